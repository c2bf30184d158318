import { sql } from 'drizzle-orm';
import { afterEach, beforeAll, afterAll, describe, expect, test } from 'vitest';
import { collect, firstEvent, watchOverSse, watchOverWebSocket, type StreamedEvent } from '#test/event-streams.ts';
import { signalTrainer } from '#test/trainer-process.ts';
import { startWorkerProcess, type WorkerProcess } from '#test/worker-process.ts';
import { World, type TestProject } from '#test/world.ts';

const trainedEpochs = (events: readonly StreamedEvent[]) =>
  events
    .filter((event) => event.__typename === 'TrainingEpochCompleted' && event.stage !== 'HEAD')
    .map(({ epoch }) => epoch);
const interruptions = (events: readonly StreamedEvent[]) =>
  events
    .filter((event) => event.__typename === 'TrainingInterrupted')
    .map(({ reason, attempt }) => `${attempt} ${reason}`);

describe('a training between workers', () => {
  let world: World;
  let project: TestProject;
  const workers: WorkerProcess[] = [];
  beforeAll(async () => {
    world = await World.open();
    project = await world.project({ labels: ['circle', 'square', 'disc'], images: 12 });
  });
  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.close()));
  });
  afterAll(() => world.close());

  const start = async (count: number, environment: Record<string, string> = {}) =>
    workers.push(...(await Promise.all(Array.from({ length: count }, () => startWorkerProcess(world, environment)))));
  const holderOf = async (id: string) => {
    for (const worker of workers) if (await worker.holds(id)) return worker;
    throw new Error('no worker has it');
  };

  /** Stops it outside of any transaction: in one, its locks would be released after a minute only. */
  const freeze = async (worker: WorkerProcess) => {
    for (;;) {
      worker.kill('SIGSTOP');
      const open = await world.platform.db.execute(sql`
        select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null`);
      if (open.length === 0) return;
      worker.kill('SIGCONT');
    }
  };

  test('is handed over by one that is told to stop, and loses nothing', async () => {
    // Were it for the heartbeat, the other would come after ten minutes.
    await start(2, { EXEMPLAR_WORKER_HEARTBEAT_SECONDS: '600' });
    const { id, versionName } = await world.startTraining(project.id, { preference: 'ACCURACY_FIRST' });
    const seen: StreamedEvent[] = [];
    let first: WorkerProcess | undefined;
    for await (const event of watchOverWebSocket(world.admin, id)) {
      seen.push(event);
      if (first || event.__typename !== 'TrainingEpochCompleted' || event.stage === 'HEAD') continue;
      first = await holderOf(id);
      first.kill('SIGTERM');
    }
    expect(await first!.exit).toEqual([0, null]);
    expect(interruptions(seen)).toEqual(['1 WORKER_STOPPED']);
    const interruption = seen.findIndex((event) => event.__typename === 'TrainingInterrupted');
    expect(seen[interruption + 1]).toMatchObject({ __typename: 'TrainingResumed', attempt: 2 });
    expect(seen.slice(0, interruption).some((event) => event.__typename === 'TrainingCheckpointSaved')).toBe(true);
    const epochs = trainedEpochs(seen);
    expect(epochs).toEqual(epochs.map((_, index) => epochs[0] + index));
    expect(seen.at(-1)).toMatchObject({ state: 'COMPLETED' });
    const { training } = await world.admin.ask(
      `query ($id: ID!) { training(id: $id) { versionName attempt modelVersion { name } } }`,
      { id },
    );
    expect(training).toEqual({ versionName, attempt: 2, modelVersion: { name: versionName } });
  });

  test('is handed over also when its trainer does not answer, and whatever it was doing', async () => {
    await start(2);
    const { id } = await world.startTraining(project.id, { preference: 'ACCURACY_FIRST' });
    await firstEvent(watchOverSse(world.admin, id), (event) => event.state === 'PREPARING');
    await signalTrainer(id, 'SIGSTOP');
    (await holderOf(id)).kill('SIGTERM');
    const events = await collect(watchOverSse(world.admin, id));
    expect(interruptions(events)).toEqual(['1 WORKER_STOPPED']);
    expect(events.at(-1)).toMatchObject({ state: 'COMPLETED' });
  });

  test('does not end with the trainer that a terminal or service manager tells to stop', async () => {
    await start(1);
    const { id } = await world.startTraining(project.id, { preference: 'ACCURACY_FIRST' });
    const seen: StreamedEvent[] = [];
    for await (const event of watchOverWebSocket(world.admin, id)) {
      seen.push(event);
      if (event.state !== 'RUNNING') continue;
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) await signalTrainer(id, signal);
    }
    expect(interruptions(seen)).toEqual([]);
    expect(seen.at(-1)).toMatchObject({ state: 'COMPLETED' });
  });

  test('cannot be written by one that was taken for dead and wakes up', async () => {
    await start(2);
    const { id } = await world.startTraining(project.id, { preference: 'ACCURACY_FIRST' });
    await firstEvent(watchOverSse(world.admin, id), (event) => event.__typename === 'TrainingEpochCompleted');
    const frozen = await holderOf(id);
    await freeze(frozen);
    await firstEvent(watchOverSse(world.admin, id), (event) => event.__typename === 'TrainingResumed');
    frozen.kill('SIGCONT');
    const events = await collect(watchOverSse(world.admin, id));
    expect(interruptions(events)).toEqual(['1 WORKER_LOST']);
    expect(events.at(-1)).toMatchObject({ state: 'COMPLETED' });
    expect(events.map((event) => event.sequence)).toEqual(events.map((_, index) => index + 1));
    // It has noticed, has stopped its trainer and can stop in order.
    frozen.kill('SIGTERM');
    expect(await frozen.exit).toEqual([0, null]);
    const written = await world.platform.db.execute<{ attempt: number; first: number; last: number }>(sql`
      select attempt, min(seq) as first, max(seq) as last from training_event
      where training_id = ${id.replace('Training_', '')} group by attempt order by attempt`);
    const [, one, two] = [...written];
    expect(one!.last).toBeLessThan(two!.first);
    const keys = await world.platform.db.execute<{ key: string }>(
      sql`select model_key as key from model_version where training_id = ${id.replace('Training_', '')}`,
    );
    expect([...keys].map(({ key }) => key)).toEqual([expect.stringContaining(`${id.replace('Training_', '')}-2/`)]);
  });
});

describe('a training whose trainer dies', () => {
  let world: World;
  let project: TestProject;
  beforeAll(async () => {
    world = await World.open({ worker: true });
    project = await world.project({ labels: ['circle', 'square'], images: 8 });
  });
  afterAll(() => world.close());

  /** Kills the first so many trainers of it. */
  const killing = async (id: string, count: number) => {
    const seen: StreamedEvent[] = [];
    let killed = 0;
    for await (const event of watchOverWebSocket(world.admin, id)) {
      seen.push(event);
      if (event.state !== 'PREPARING' || killed === count) continue;
      killed += 1;
      await signalTrainer(id, 'SIGKILL');
    }
    return seen;
  };

  test('is given up with the third, which no lost or stopped worker counts for', async () => {
    const busy = await world.startTraining(project.id, { preference: 'ACCURACY_FIRST' });
    const { id } = await world.startTraining(project.id, { preference: 'ACCURACY_FIRST' });
    // As if many workers had stopped with it before.
    await world.platform.db.execute(
      sql`update training set attempt = 20 where id = ${id.replace('Training_', '')} and state = 'QUEUED'`,
    );
    await world.admin.ask(`mutation ($id: ID!) { cancelTraining(id: $id) { __typename } }`, { id: busy.id });
    const seen = await killing(id, 3);
    expect(interruptions(seen).slice(1)).toEqual(['21 TRAINER_CRASHED', '22 TRAINER_CRASHED']);
    expect(seen.at(-1)).toMatchObject({ state: 'FAILED', failure: { code: 'OUT_OF_MEMORY', isRetryable: true } });
    expect(seen.at(-1).failure.message).toContain('SIGKILL');
  });

  test('ends by the deadline that it had from its first start', async () => {
    const { id } = await world.startTraining(project.id, { preference: 'ACCURACY_FIRST' });
    const startedAt = async () =>
      (await world.admin.ask(`query ($id: ID!) { training(id: $id) { startedAt } }`, { id })).training.startedAt;
    const starts: unknown[] = [];
    for await (const event of watchOverWebSocket(world.admin, id)) {
      if (event.state !== 'PREPARING') continue;
      starts.push(await startedAt());
      if (starts.length === 1) await signalTrainer(id, 'SIGKILL');
    }
    expect(starts).toEqual([starts[0], starts[0]]);
    expect(starts[0]).not.toBeNull();
  });
});
