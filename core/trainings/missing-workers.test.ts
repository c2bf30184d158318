import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { collect, watchOverSse } from '#test/event-streams.ts';
import { takeJob } from '#test/queued-job.ts';
import { World, type TestProject } from '#test/world.ts';
import { removeWorker, reportWorker } from '../workers/report-worker.ts';
import { announceMissingWorkers } from './missing-workers.ts';
import { claimTraining, endTraining } from './run-training.ts';

describe('a training for which no worker is alive', () => {
  let world: World;
  let project: TestProject;
  beforeAll(async () => {
    world = await World.open({ worker: 'nobody' });
    project = await world.project({ labels: ['cat', 'dog'], images: 5 });
  });
  afterAll(() => world.close());

  const come = async (id: string = randomUUID()) => {
    await reportWorker(world.platform, id, {
      host: 'here',
      processId: 1,
      versions: { exemplar: '1', node: '2', onnxRuntime: '3' },
      flavors: ['cpu'],
      speeds: null,
      unusableDevices: null,
      memoryBytes: 1,
      heartbeatSeconds: 600,
    });
    return id;
  };
  /** As if the heartbeat had run out. */
  const fallSilent = (id: string) =>
    world.platform.db.execute(sql`update worker set heartbeat_at = now() - interval '11 minutes' where id = ${id}`);
  const linesOf = async (id: string): Promise<string[]> => {
    const { training } = await world.admin.ask(
      'query ($id: ID!) { training(id: $id) { events(first: 50) { nodes { ... on TrainingLogLine { level message } } } } }',
      { id },
    );
    return training.events.nodes
      .filter(({ message }: { message?: string }) => message)
      .map(({ level, message }: { level: string; message: string }) => `${level} ${message}`);
  };
  const waitOf = async (id: string) =>
    (await world.admin.ask('query ($id: ID!) { training(id: $id) { waitingFor } }', { id })).training.waitingFor;
  const missing = /^WARN No worker of the flavor cpu is alive\./;
  const came = /^INFO A worker of the flavor cpu is there/;

  test('says so at once, in its stream too, again when the last one goes, and when one comes', async () => {
    const { id } = await world.startTraining(project.id);
    expect(await waitOf(id)).toBe('NO_WORKER');
    expect(await linesOf(id)).toEqual([expect.stringMatching(missing)]);
    await announceMissingWorkers(world.platform);
    expect(await linesOf(id)).toHaveLength(1);

    const first = await come();
    const second = await come();
    // Two servers look at the same moment.
    await Promise.all([announceMissingWorkers(world.platform), announceMissingWorkers(world.platform)]);
    expect(await waitOf(id)).toBe('NEXT_LOOK');
    expect(await linesOf(id)).toEqual([expect.stringMatching(missing), expect.stringMatching(came)]);
    await removeWorker(world.platform, first);
    await announceMissingWorkers(world.platform);
    expect(await linesOf(id)).toHaveLength(2);
    await fallSilent(second);
    await announceMissingWorkers(world.platform);
    expect(await waitOf(id)).toBe('NO_WORKER');
    expect((await linesOf(id)).slice(2)).toEqual([expect.stringMatching(missing)]);

    await come(second);
    await announceMissingWorkers(world.platform);
    await takeJob(world);
    const { training } = (await claimTraining(world.platform, id.replace('Training_', '')))!;
    expect(await waitOf(id)).toBeNull();
    await fallSilent(second);
    await announceMissingWorkers(world.platform);
    expect(await linesOf(id)).toHaveLength(4);

    await endTraining(world.platform, training.id, training.attempt, { state: 'CANCELLED' });
    const events = await collect(watchOverSse(world.admin, id));
    expect(events.filter(({ __typename }) => __typename === 'TrainingLogLine')).toHaveLength(4);
    expect(events.slice(0, 2)).toMatchObject([{ state: 'QUEUED' }, { __typename: 'TrainingLogLine', level: 'WARN' }]);
  });

  test('says nothing where a worker is alive, and flavors say how they stand', async () => {
    const worker = await come();
    const flavor = async () =>
      (await world.admin.ask('{ trainingFlavors { liveWorkers runningTrainings queueLength expectedWaitSeconds } }'))
        .trainingFlavors[0];
    const before = await flavor();
    const { id } = await world.startTraining(project.id);
    expect(await linesOf(id)).toEqual([]);
    expect(await flavor()).toMatchObject({
      ...before,
      queueLength: before.queueLength + 1,
      expectedWaitSeconds: expect.any(Number),
    });
    await world.admin.ask('mutation ($id: ID!) { cancelTraining(id: $id) { __typename } }', { id });
    await removeWorker(world.platform, worker);
    await announceMissingWorkers(world.platform);
    expect(await linesOf(id)).toEqual([]);
  });
});
