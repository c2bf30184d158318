import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { userErrorFields } from '#test/api-client.ts';
import { collect, firstEvent, watchOverSse, watchOverWebSocket, type StreamedEvent } from '#test/event-streams.ts';
import { loseJob, takeJob } from '#test/queued-job.ts';
import { signalTrainer } from '#test/trainer-process.ts';
import { World, type TestProject } from '#test/world.ts';
import { claimTraining } from '#core/trainings/run-training.ts';
import { BaseModelShelf } from './base-model-shelf.ts';
import { leaseOf } from './job-lease.ts';
import { trainJob } from './train-job.ts';
import { startWorker, type RunningWorker } from './worker.ts';

describe('whoever wants a training to end', () => {
  let world: World;
  let project: TestProject;
  let worker: RunningWorker | undefined;
  beforeAll(async () => {
    world = await World.open();
    project = await world.project({ labels: ['circle', 'square', 'disc'], images: 12 });
  });
  afterEach(async () => {
    await worker?.close();
    worker = undefined;
  });
  afterAll(() => world.close());

  const start = async () => (await world.startTraining(project.id, { preference: 'ACCURACY_FIRST' })).id as string;
  const act = async (action: 'stopTraining' | 'cancelTraining', id: string) =>
    (
      await world.admin.ask(
        `mutation ($id: ID!) { ${action}(id: $id) { ${userErrorFields} ... on Training { state } } }`,
        { id },
      )
    )[action];
  const hasModel = async (id: string) =>
    (await world.admin.ask(`query ($id: ID!) { training(id: $id) { modelVersion { id } } }`, { id })).training
      .modelVersion !== null;
  /** A worker that is still preparing: its self-test never ends. */
  const prepareForEver = async (id: string, stopping = new AbortController().signal) => {
    const job = await takeJob(world);
    using lease = leaseOf(job, stopping);
    const equipment = {
      workerId: '00000000-0000-7000-8000-000000000000',
      shelf: new BaseModelShelf(world.platform),
      device: 'CPU' as const,
      lowering: new Promise<never>(() => {}),
    };
    await trainJob(world.platform, equipment, id.replace('Training_', ''), lease);
    return job;
  };

  test('is heard while the training is still being prepared', async () => {
    const id = await start();
    const preparing = prepareForEver(id);
    await firstEvent(watchOverSse(world.admin, id), (event) => event.state === 'PREPARING');
    expect(await act('cancelTraining', id)).toMatchObject({ state: 'PREPARING' });
    await preparing;
    const events = await collect(watchOverSse(world.admin, id));
    expect(events.at(-1)).toMatchObject({ state: 'CANCELLED', stopReason: 'STOPPED_BY_USER' });
  });

  test('is heard by a worker that stops while it prepares: another takes the training at once', async () => {
    const id = await start();
    const stopping = new AbortController();
    const preparing = prepareForEver(id, stopping.signal);
    await firstEvent(watchOverSse(world.admin, id), (event) => event.state === 'PREPARING');
    stopping.abort(new Error('The worker was told to stop.'));
    const job = await preparing;
    const next = await takeJob(world);
    expect(next).toMatchObject({ data: { trainingId: id.replace('Training_', '') } });
    expect(next.id).not.toBe(job.id);
    await loseJob(world, next);
    worker = await startWorker(world.platform);
    const events = await collect(watchOverSse(world.admin, id));
    expect(events.filter((event) => event.__typename === 'TrainingInterrupted')).toMatchObject([
      { reason: 'WORKER_STOPPED', attempt: 1, message: 'The worker was told to stop.' },
    ]);
    expect(events.at(-1)).toMatchObject({ state: 'COMPLETED' });
  });

  test.each([
    ['PREPARING', 'while pictures are read'],
    ['RUNNING', 'while it learns'],
  ])('is heard also where the trainer hangs: %s', async (state) => {
    worker = await startWorker(world.platform);
    const id = await start();
    const seen: StreamedEvent[] = [];
    for await (const event of watchOverWebSocket(world.admin, id)) {
      seen.push(event);
      if (event.state !== state) continue;
      await signalTrainer(id, 'SIGSTOP');
      await act('cancelTraining', id);
    }
    expect(seen.at(-1)).toMatchObject({ state: 'CANCELLED', stopReason: 'STOPPED_BY_USER' });
    expect(await hasModel(id)).toBe(false);
  });

  test('and keep its model gets it from the next worker where the first one died', async () => {
    const id = await start();
    const job = await takeJob(world);
    await claimTraining(world.platform, id.replace('Training_', ''));
    await loseJob(world, job);
    await act('stopTraining', id);
    worker = await startWorker(world.platform);
    const events = await collect(watchOverSse(world.admin, id));
    expect(events.at(-1)).toMatchObject({ state: 'COMPLETED', stopReason: 'STOPPED_BY_USER' });
    expect(events.some((event) => event.stage && event.stage !== 'HEAD')).toBe(false);
    expect(await hasModel(id)).toBe(true);
  });

  test('is not answered by a training that goes on after its twelfth lost worker in a row', async () => {
    const id = await start();
    const trainingId = id.replace('Training_', '');
    for (let lost = 0; lost < 12; lost++) await claimTraining(world.platform, trainingId);
    worker = await startWorker(world.platform);
    const events = await collect(watchOverSse(world.admin, id));
    expect(events.at(-1)).toMatchObject({ state: 'FAILED', failure: { code: 'WORKER_LOST', isRetryable: true } });
    const [job] = await world.platform.db.execute(sql`
      select retry_limit from pgboss.job join training on training.job_id = job.id where training.id = ${trainingId}`);
    expect(job!['retry_limit']).toBeGreaterThan(12);
  });
});
