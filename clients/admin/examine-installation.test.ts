import { describe, expect, test } from 'vitest';
import type { InstallationHealth, ServerInfo, TrainingFlavor, Worker } from '../typescript/index.ts';
import {
  judgeFlavor,
  judgeRelease,
  judgeSchema,
  judgeServerClock,
  judgeStore,
  judgeWorkers,
} from './examine-installation.ts';

/* What doctor says of answers that a healthy installation does not give. */
const flavor: TrainingFlavor = {
  id: 'gpu',
  name: 'ExeML (GPU)',
  device: 'CUDA',
  memoryGib: 16,
  maxParallel: null,
  liveWorkers: 1,
  runningTrainings: 1,
  queueLength: 2,
  expectedWaitSeconds: 300,
};
const server = {
  version: '0.1.0',
  nodeVersion: '24.0.0',
  schemaRevision: '0014_workers',
  objectStore: 'BUCKET',
  flavors: [flavor],
} as unknown as ServerInfo;
const health = (changes: {
  database?: Partial<InstallationHealth['database']>;
  objectStoreTrial?: Partial<InstallationHealth['objectStoreTrial']>;
}): InstallationHealth => ({
  database: { version: '18.4', schemaRevision: '0014_workers', clockOffsetMilliseconds: 0, ...changes.database },
  objectStoreTrial: { problem: null, milliseconds: 3, ...changes.objectStoreTrial },
});
const worker: Worker = {
  id: 'Worker_1',
  host: 'gpu-1',
  processId: 7,
  exemplarVersion: '0.1.0',
  nodeVersion: '24.0.0',
  onnxRuntimeVersion: '1.30.0',
  flavors: ['gpu'],
  devices: [
    { device: 'CPU', gigaflops: 96.7 },
    { device: 'CUDA', gigaflops: 40_000 },
  ],
  unusableDevices: [],
  memoryBytes: 32 * 2 ** 30,
  isLive: true,
  startedAt: '2026-11-26T00:00:00.000Z',
  heartbeatAt: '2026-11-26T00:01:00.000Z',
  heartbeatSeconds: 10,
  clockOffsetMilliseconds: -3,
  runningTrainings: [],
};
const noCuda = { device: 'CUDA', fault: 'UNAVAILABLE', message: 'No library.' } as const;
const noWebgpu = { device: 'WEBGPU', fault: 'SLOW', message: 'Slow.' } as const;
const ofWorker = (changes: Partial<Worker>) => judgeWorkers([{ ...worker, ...changes }], server);

describe('doctor', () => {
  test('is content with what is well', () => {
    expect(judgeSchema(server, health({})).state).toBe('good');
    expect(judgeServerClock(health({})).state).toBe('good');
    expect(judgeStore(server, health({})).state).toBe('good');
    expect(judgeFlavor(flavor)).toMatchObject({ state: 'good', message: expect.stringContaining('in about 5 min') });
    expect(judgeWorkers([worker], server)).toEqual([
      { check: 'workers', state: 'good', message: 'gpu-1 CPU 97 GFLOP/s, CUDA 40000 GFLOP/s' },
    ]);
    expect(ofWorker({ devices: null })).toMatchObject([{ state: 'good', message: 'gpu-1 not measured yet' }]);
    expect(judgeWorkers([], server)).toMatchObject([{ state: 'good' }]);
    // It still tries its device.
    expect(ofWorker({ flavors: [], unusableDevices: null })).toMatchObject([{ state: 'good' }]);
  });

  test.each([
    [
      'a database that was not migrated',
      judgeSchema(server, health({ database: { schemaRevision: '0013_operations' } })),
      'bad',
      /db:migrate/,
    ],
    [
      'a database of a newer server',
      judgeSchema(server, health({ database: { schemaRevision: null } })),
      'warning',
      /newer/,
    ],
    ['a wrong clock', judgeServerClock(health({ database: { clockOffsetMilliseconds: -9000 } })), 'bad', /NTP/],
    [
      'a store that is away',
      judgeStore(server, health({ objectStoreTrial: { problem: 'ECONNREFUSED' } })),
      'bad',
      /EXEMPLAR_S3_ENDPOINT/,
    ],
    ['another release', judgeRelease({ ...server, version: '9.9.9' }), 'warning', /release/],
    ['a flavor without a worker', judgeFlavor({ ...flavor, liveWorkers: 0 }), 'bad', /EXEMPLAR_WORKER_FLAVOR=gpu/],
    [
      'one that nobody waits for',
      judgeFlavor({ ...flavor, liveWorkers: 0, queueLength: 0 }),
      'warning',
      /EXEMPLAR_WORKER_FLAVOR=gpu/,
    ],
    ['a lost worker', ofWorker({ isLive: false })[0]!, 'warning', /see its log/],
    ['a worker of another release', ofWorker({ exemplarVersion: '0.0.9' })[0]!, 'warning', /one release/],
    ['the clock of a worker', ofWorker({ clockOffsetMilliseconds: 60_000 })[0]!, 'bad', /NTP/],
    [
      'a worker without the device',
      ofWorker({ flavors: [], unusableDevices: [noCuda, noWebgpu] })[0]!,
      'bad',
      /driver/,
    ],
    ['a worker with little memory', ofWorker({ memoryBytes: 8 * 2 ** 30 })[0]!, 'warning', /EXEMPLAR_FLAVORS/],
  ])('finds %s, and says what to do', (_, finding, state, advice) => {
    expect(finding.state).toBe(state);
    expect(finding.advice).toMatch(advice);
  });

  test('says why a worker takes no trainings, in the words of the worker', () => {
    const [finding] = ofWorker({ flavors: [], unusableDevices: [noCuda, noWebgpu] });
    expect(finding!.message).toBe('takes no trainings. CUDA is UNAVAILABLE: No library.');
  });
});
