import { listWorkers, type Worker } from '#core/workers/list-workers.ts';
import type { DeviceFault, DeviceSpeed, UnusableDevice } from '#core/workers/table.ts';
import type { RunningTraining } from '#core/trainings/running-trainings.ts';
import { versionLabel } from '#core/trainings/training-facts.ts';
import { builder } from './builder.ts';
import { writeGlobalId } from './global-id.ts';
import { DeviceEnum } from './training-config.ts';
import { TrainingStateEnum } from './training.ts';

const DeviceSpeedObject = builder.objectRef<DeviceSpeed>('DeviceSpeed').implement({
  description: 'Something that ONNX Runtime can compute on.',
  fields: (t) => ({
    device: t.field({ type: DeviceEnum, description: 'What.', resolve: ({ device }) => device }),
    gigaflops: t.exposeFloat('gigaflops', {
      description:
        'Billions of multiplications and additions a second, in a product of matrices of 32-bit floats, measured when the worker started.',
    }),
  }),
});

const DeviceFaultEnum = builder.enumType('DeviceFault', {
  description: 'Why no training may run on a device.',
  values: {
    UNAVAILABLE: { description: 'ONNX Runtime cannot compute there: there is no such device, driver or build.' },
    WRONG: { description: 'It computes, and what comes out of a training step is not what the CPU says.' },
    CRASHED: { description: 'The process that tried it died, or took too long.' },
    SLOW: { description: 'It computes right, and slower than the CPU.' },
  } satisfies Record<DeviceFault, { description: string }>,
});

const UnusableDeviceObject = builder.objectRef<UnusableDevice>('UnusableDevice').implement({
  description: 'A device of a worker that no training may run on.',
  fields: (t) => ({
    device: t.field({ type: DeviceEnum, description: 'Which.', resolve: ({ device }) => device }),
    fault: t.field({ type: DeviceFaultEnum, description: 'What kind of reason.', resolve: ({ fault }) => fault }),
    message: t.exposeString('message', { description: 'What was found when the worker started.' }),
  }),
});

const RunningTrainingObject = builder.objectRef<RunningTraining>('RunningTraining').implement({
  description: 'A training that a worker has.',
  fields: (t) => ({
    trainingId: t.id({ description: 'The training.', resolve: ({ id }) => writeGlobalId('Training', id) }),
    versionName: t.string({
      description: 'Such as V001.',
      resolve: (training) => versionLabel(training.versionNumber),
    }),
    state: t.field({ type: TrainingStateEnum, description: 'Where it is.', resolve: ({ state }) => state }),
    projectId: t.id({ description: 'Its project.', resolve: ({ projectId }) => writeGlobalId('Project', projectId) }),
    projectName: t.exposeString('projectName', { description: 'Name of its project.' }),
  }),
});

const WorkerObject = builder.objectRef<Worker>('Worker').implement({
  description: 'A process that trains.',
  fields: (t) => ({
    id: t.id({
      description: 'Global id; each start has one of its own.',
      resolve: ({ id }) => writeGlobalId('Worker', id),
    }),
    host: t.exposeString('host', { description: 'Name of its machine or container.' }),
    processId: t.exposeInt('processId', { description: 'Number of the process there.' }),
    exemplarVersion: t.string({ description: 'Of Exemplar.', resolve: ({ versions }) => versions.exemplar }),
    nodeVersion: t.string({ description: 'Of Node.js.', resolve: ({ versions }) => versions.node }),
    onnxRuntimeVersion: t.string({ description: 'Of ONNX Runtime.', resolve: ({ versions }) => versions.onnxRuntime }),
    flavors: t.exposeStringList('flavors', {
      description:
        'Ids of the flavors whose trainings it takes: none while it tries their device, and none where that is unusable.',
    }),
    devices: t.field({
      type: [DeviceSpeedObject],
      nullable: true,
      description: 'What ONNX Runtime can compute on there, usable or not. Null until it has been measured.',
      resolve: ({ speeds }) => (speeds === null ? null : [...speeds]),
    }),
    unusableDevices: t.field({
      type: [UnusableDeviceObject],
      nullable: true,
      description:
        'What no training may run on there, by its self-test: trainings of a flavor with such a device wait for another worker. Null until it has tried.',
      resolve: ({ unusableDevices }) => (unusableDevices === null ? null : [...unusableDevices]),
    }),
    memoryBytes: t.exposeFloat('memoryBytes', { description: 'Bytes of memory of its machine, or of its container.' }),
    isLive: t.exposeBoolean('isLive', {
      description: 'Whether it has been heard of lately; those that were lost are shown for a day.',
    }),
    startedAt: t.field({ type: 'DateTime', description: 'When it started.', resolve: ({ startedAt }) => startedAt }),
    heartbeatAt: t.field({
      type: 'DateTime',
      description: 'When it was last heard of.',
      resolve: ({ heartbeatAt }) => heartbeatAt,
    }),
    heartbeatSeconds: t.exposeInt('heartbeatSeconds', { description: 'After so much silence it is taken for dead.' }),
    clockOffsetMilliseconds: t.exposeInt('clockOffsetMilliseconds', {
      description: 'How far its clock is ahead of that of the database; the way between them makes it a little less.',
    }),
    runningTrainings: t.field({
      type: [RunningTrainingObject],
      description: 'What it has at the moment.',
      resolve: ({ id }, _args, ctx) => ctx.loaders.runningTrainings.load(id),
    }),
  }),
});

builder.queryField('workers', (t) =>
  t.field({
    type: [WorkerObject],
    description:
      'The workers that are alive and those that were lost within a day, newest first, at most 1,000. Those that were told to stop are gone. Administrators only.',
    resolve: (_root, _args, ctx) => listWorkers(ctx.action()),
  }),
);
