import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { collect, watchOverSse, watchOverWebSocket } from '#test/event-streams.ts';
import { TrainingWriter } from '#test/training-writer.ts';
import { World } from '#test/world.ts';
import { thinProgress } from './thin-progress.ts';
import type { TrainingFact } from './training-facts.ts';

const progress = (done: number): TrainingFact => ({
  type: 'PROGRESSED',
  phase: 'TRAINING',
  done,
  total: 9,
  imagesPerSecond: null,
  etaSeconds: 1,
  epoch: 1,
});
const line = (message: string): TrainingFact => ({ type: 'LOG_LINE', level: 'INFO', message });

describe('progress of a training that ended', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.open();
  });
  afterAll(() => world.close());

  test('is thinned out after its time, and watchers are told so', async () => {
    const project = await world.project({ labels: ['cat', 'dog'], images: 5 });
    const { id } = await world.startTraining(project.id);
    const writer = await TrainingWriter.claim(world.platform, id);
    await writer.facts([
      progress(1),
      progress(2),
      progress(3),
      line('a'),
      progress(4),
      line('b'),
      progress(5),
      progress(6),
    ]);
    await thinProgress(world.platform, 0);
    const during = await collect(watchUntil(id, 10));
    expect(during.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);

    await writer.end();
    expect(await thinProgress(world.platform, 7)).toBe(0);
    await world.platform.db.execute(
      sql`update training set finished_at = now() - interval '8 days' where version_number = 1`,
    );
    expect(await thinProgress(world.platform, 7)).toBe(1);
    expect(await thinProgress(world.platform, 7)).toBe(0);
    for (const watch of [watchOverSse, watchOverWebSocket]) {
      const [resync, ...events] = await collect(watch(world.admin, id));
      expect(resync).toMatchObject({ __typename: 'StreamResync', sequence: 0, from: 12 });
      expect(events.map(({ sequence, done }) => [sequence, done])).toEqual([
        [1, undefined],
        [2, undefined],
        [5, 3],
        [6, undefined],
        [7, 4],
        [8, undefined],
        [10, 6],
        [11, undefined],
      ]);
    }
    expect(await collect(watchOverSse(world.admin, id, 11))).toEqual([]);
  });

  async function* watchUntil(id: string, last: number) {
    for await (const event of watchOverSse(world.admin, id)) {
      yield event;
      if (event.sequence === last) return;
    }
  }
});
