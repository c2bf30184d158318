import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { watchOverSse, type StreamedEvent } from '#test/event-streams.ts';
import { World } from '#test/world.ts';
import { startWorker, type RunningWorker } from './worker.ts';

let world: World;
let worker: RunningWorker | undefined;
beforeAll(async () => {
  // The base model that ships: on a tiny one a training would be over too soon.
  world = await World.open({ jobSeconds: 16, environment: { EXEMPLAR_BASE_MODEL: '' } });
});
afterAll(async () => {
  await worker?.close();
  await world.close();
});

const countOf = (events: readonly StreamedEvent[], type: string) =>
  events.filter((event) => event.__typename === type).length;
const goingOn = (events: readonly StreamedEvent[]) =>
  events.filter((event) => /Going on from a checkpoint/.test(event.message ?? ''));

test('a training outlives the jobs that carry it, and ends by its own deadline', async () => {
  const project = await world.project({ labels: ['circle', 'square'], images: 8 });
  const { id } = await world.startTraining(project.id, { preference: 'ACCURACY_FIRST', maxDurationMinutes: 6 });
  const trainingId = id.replace('Training_', '');
  worker = await startWorker(world.platform);
  const events: StreamedEvent[] = [];
  for await (const event of watchOverSse(world.admin, id)) {
    events.push(event);
    const isEnough = countOf(events, 'TrainingInterrupted') >= 2 && goingOn(events).length > 0;
    if (event.__typename !== 'TrainingInterrupted' || !isEnough) continue;
    // As if its first worker had taken it almost six minutes ago.
    await world.platform.db.execute(
      sql`update training set started_at = now() - interval '5 minutes 50 seconds' where id = ${trainingId}`,
    );
  }
  expect(events.at(-1)).toMatchObject({ state: 'COMPLETED', stopReason: 'MAX_DURATION', failure: null });
  const reasons = events.flatMap((event) => (event.__typename === 'TrainingInterrupted' ? [event.reason] : []));
  expect(reasons.length).toBeGreaterThanOrEqual(2);
  expect(new Set(reasons)).toEqual(new Set(['WORKER_STOPPED']));
  const rows = await world.platform.db.execute(sql`select crashes, attempt from training where id = ${trainingId}`);
  expect([...rows]).toEqual([{ crashes: 0, attempt: reasons.length + 1 }]);
}, 240_000);
