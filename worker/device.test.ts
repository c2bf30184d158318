import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { firstEvent, watchOverSse } from '#test/event-streams.ts';
import { takeJob } from '#test/queued-job.ts';
import { startWorkerProcess } from '#test/worker-process.ts';
import { World, type TestProject } from '#test/world.ts';
import type { Device } from '#engine/index.ts';
import { noWebgpu, skippedReason } from '#engine/testing/webgpu.ts';
import { BaseModelShelf } from './base-model-shelf.ts';
import { leaseOf } from './job-lease.ts';
import { trainJob } from './train-job.ts';

const flavors = JSON.stringify([
  { id: 'cpu', name: 'CPU', device: 'CPU' },
  { id: 'gpu', name: 'GPU', device: 'CUDA' },
  { id: 'any-gpu', name: 'Any GPU', device: 'WEBGPU' },
]);
const trainingFields = `state device waitingFor failure { code message isRetryable } modelVersion { recipe { device } }`;

describe('the device of a flavor', { timeout: 120_000 }, () => {
  let world: World;
  let project: TestProject;
  beforeAll(async () => {
    world = await World.open({ worker: 'nobody', environment: { EXEMPLAR_FLAVORS: flavors } });
    project = await world.project({ labels: ['circle', 'square'], images: 8 });
  });
  afterAll(() => world.close());

  const start = async (flavor: string): Promise<string> =>
    (await world.startTraining(project.id, { flavor, preference: 'PERFORMANCE_FIRST' })).id;
  const read = async (id: string) =>
    (await world.admin.ask(`query ($id: ID!) { training(id: $id) { ${trainingFields} } }`, { id })).training;
  /** As a worker of the flavor whose self-test has found its device good. */
  const train = async (id: string, flavor: string, device: Device) => {
    using lease = leaseOf(await takeJob(world, flavor), new AbortController().signal);
    const lowering = Promise.resolve({ name: 'portable', reason: 'Portable operators.' } as const);
    const workerId = '00000000-0000-7000-8000-000000000000';
    const equipment = { workerId, device, lowering, shelf: new BaseModelShelf(world.platform) };
    await trainJob(world.platform, equipment, id.replace('Training_', ''), lease);
  };

  test('is where its trainings run, which training and model version tell', async () => {
    const id = await start('cpu');
    expect(await read(id)).toMatchObject({ state: 'QUEUED', device: null });
    await train(id, 'cpu', 'CPU');
    expect(await read(id)).toMatchObject({
      state: 'COMPLETED',
      device: 'CPU',
      modelVersion: { recipe: { device: 'CPU' } },
    });
    const { message } = await firstEvent(watchOverSse(world.admin, id), (event) => event.message?.includes('pixels'));
    expect(message).toMatch(/on the CPU\.$/);
  });

  test.skipIf(noWebgpu)(`is WebGPU as well${skippedReason}`, { timeout: 600_000 }, async () => {
    const id = await start('any-gpu');
    await train(id, 'any-gpu', 'WEBGPU');
    expect(await read(id)).toMatchObject({
      state: 'COMPLETED',
      device: 'WEBGPU',
      modelVersion: { recipe: { device: 'WEBGPU' } },
    });
  });

  // The provider of CUDA does not come with the package.
  describe.skipIf(process.env['ONNXRUNTIME_NODE_INSTALL'])('that is missing', () => {
    test('fails a training that comes there all the same, by name', async () => {
      const id = await start('gpu');
      await train(id, 'gpu', 'CUDA');
      expect(await read(id)).toMatchObject({
        state: 'FAILED',
        device: 'CUDA',
        failure: {
          code: 'DEVICE_UNAVAILABLE',
          message: expect.stringMatching(/^ONNX Runtime cannot compute on CUDA here: .*Failed to load shared library/),
          isRetryable: true,
        },
        modelVersion: null,
      });
    });

    test('keeps a worker from its trainings: it says why, and they wait', async () => {
      const id = await start('gpu');
      const folder = await mkdtemp(join(tmpdir(), 'exemplar-device-'));
      const log = await open(join(folder, 'log'), 'w');
      const environment = { EXEMPLAR_FLAVORS: flavors, EXEMPLAR_WORKER_FLAVOR: 'gpu', EXEMPLAR_LOG_LEVEL: 'error' };
      const process = await startWorkerProcess(world, environment, log.fd);
      try {
        for (;;) {
          const { workers } = await world.admin.ask(
            `{ workers { processId flavors unusableDevices { device fault message } } }`,
          );
          const [worker] = workers.filter(({ processId }: { processId: number }) => processId === process.pid);
          expect(worker.flavors).toEqual([]);
          if (worker.unusableDevices === null) continue;
          expect(worker.unusableDevices).toContainEqual({
            device: 'CUDA',
            fault: 'UNAVAILABLE',
            message: expect.stringContaining('Failed to load shared library'),
          });
          break;
        }
        process.kill('SIGTERM');
        expect(await process.exit).toEqual([0, null]);
        const line = JSON.parse(await readFile(join(folder, 'log'), 'utf8')) as object;
        expect(line).toMatchObject({
          msg: 'the worker takes no trainings: the device of its flavor is unusable here',
          flavor: 'gpu',
          device: 'CUDA',
          fault: 'UNAVAILABLE',
        });
        expect(await read(id)).toMatchObject({ state: 'QUEUED', device: null, waitingFor: 'NO_WORKER' });
      } finally {
        await process.close();
        await log.close();
        await rm(folder, { recursive: true });
      }
    });
  });
});
