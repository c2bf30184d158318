import { hostname } from 'node:os';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { exemplarVersion } from '#core/platform/exemplar-version.ts';
import { forgetLostWorkers } from '#core/workers/report-worker.ts';
import { onnxRuntimeVersion } from '#engine/index.ts';
import { collect, firstEvent, watchOverSse } from '#test/event-streams.ts';
import { startWorkerProcess, type WorkerProcess } from '#test/worker-process.ts';
import { World, type TestProject } from '#test/world.ts';

const workersDocument = `{ workers { id host processId exemplarVersion nodeVersion onnxRuntimeVersion flavors devices { device gigaflops }
  memoryBytes isLive startedAt heartbeatAt heartbeatSeconds clockOffsetMilliseconds
  runningTrainings { trainingId versionName state projectId projectName } } }`;

describe('workers', { timeout: 120_000 }, () => {
  let world: World;
  let project: TestProject;
  const processes: WorkerProcess[] = [];
  beforeAll(async () => {
    world = await World.open({ worker: 'nobody' });
    project = await world.project({ labels: ['circle', 'square', 'disc'], images: 8 });
  });
  afterEach(async () => {
    await Promise.all(processes.splice(0).map((each) => each.close()));
    await world.platform.client`delete from worker`;
  });
  afterAll(() => world.close());

  const start = async (environment: Record<string, string> = {}) => {
    const process = await startWorkerProcess(world, environment);
    processes.push(process);
    return process;
  };
  // oxlint-disable-next-line typescript/no-explicit-any -- the shape is that of the document above
  const workers = async (): Promise<any[]> => (await world.admin.ask(workersDocument)).workers;
  /** Asks until it is so: what workers say comes by their heartbeat. */
  const workersOnce = async (isSo: (all: Awaited<ReturnType<typeof workers>>) => boolean) => {
    for (;;) {
      const all = await workers();
      if (isSo(all)) return all;
    }
  };

  test('tell who they are and how fast, while they live; those that are told to stop are gone, the killed are seen as lost', async () => {
    const [first, second] = [await start(), await start()];
    const all = await workersOnce((each) => each.length === 2 && each.every(({ devices }) => devices !== null));
    expect(all.map(({ processId }) => processId)).toEqual([second.pid, first.pid]);
    expect(all[0]).toEqual({
      id: expect.stringMatching(/^Worker_/),
      host: hostname(),
      processId: second.pid,
      exemplarVersion,
      nodeVersion: process.versions.node,
      onnxRuntimeVersion,
      flavors: ['cpu'],
      devices: expect.arrayContaining([{ device: 'CPU', gigaflops: expect.any(Number) }]),
      memoryBytes: expect.any(Number),
      isLive: true,
      startedAt: expect.any(String),
      heartbeatAt: expect.any(String),
      heartbeatSeconds: 10,
      clockOffsetMilliseconds: expect.any(Number),
      runningTrainings: [],
    });
    // The same machine, the same clock.
    expect(Math.abs(all[0].clockOffsetMilliseconds)).toBeLessThan(10_000);
    const { heartbeatAt } = all[1];
    await workersOnce((each) => each[1].heartbeatAt > heartbeatAt);

    second.kill('SIGTERM');
    await second.exit;
    expect((await workers()).map(({ processId }) => processId)).toEqual([first.pid]);
    first.kill('SIGKILL');
    await first.exit;
    const [lost] = await workersOnce(([one]) => !one.isLive);
    expect(Date.parse(lost.heartbeatAt)).toBeGreaterThan(0);
    expect(await forgetLostWorkers(world.platform)).toBe(0);
    await world.platform.client`update worker set heartbeat_at = now() - interval '25 hours'`;
    expect(await forgetLostWorkers(world.platform)).toBe(1);
  });

  test('take a training that has waited for one, which says so and goes on, and tell what they have', async () => {
    const { id, versionName } = await world.startTraining(project.id);
    const events = collect(watchOverSse(world.admin, id));
    await firstEvent(watchOverSse(world.admin, id), ({ __typename }) => __typename === 'TrainingLogLine');
    await start();
    await firstEvent(watchOverSse(world.admin, id), ({ state }) => state === 'RUNNING');
    const [{ runningTrainings }] = await workers();
    expect(runningTrainings).toMatchObject([
      { trainingId: id, versionName, projectId: project.id, projectName: project.name },
    ]);
    const seen = await events;
    expect(seen[1]).toMatchObject({ level: 'WARN', message: expect.stringContaining('flavor cpu') });
    expect(seen.map(({ state }) => state).filter(Boolean)).toEqual([
      'QUEUED',
      'PREPARING',
      'RUNNING',
      'EVALUATING',
      'COMPLETED',
    ]);
    expect((await workers())[0].runningTrainings).toEqual([]);
  });

  test('run no more trainings of a flavor at a time than may', async () => {
    const flavors = JSON.stringify([{ id: 'cpu', name: 'CPU', device: 'CPU', maxParallel: 1 }]);
    await Promise.all([0, 1].map(() => start({ EXEMPLAR_FLAVORS: flavors })));
    const ids: string[] = [];
    for (let count = 0; count < 3; count++) ids.push((await world.startTraining(project.id)).id);
    await Promise.all(ids.map((id) => collect(watchOverSse(world.admin, id))));
    const overlapping = await world.platform.client`
      select one.id from training one join training other on other.id <> one.id
        and other.started_at >= one.started_at and other.started_at < one.finished_at`;
    expect(overlapping).toEqual([]);
    const done = await world.platform.client`select 1 from training where state = 'COMPLETED'`;
    expect(done.length).toBeGreaterThanOrEqual(3);
  });
});
