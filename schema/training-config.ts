import type { Flavor } from '#core/platform/config.ts';
import { getTrainingConfig, updateTrainingConfig, type TrainingConfig } from '#core/trainings/training-config.ts';
import type { Preference } from '#core/trainings/training-facts.ts';
import { builder } from './builder.ts';
import { idOf, optionalIdOf, writeGlobalId } from './global-id.ts';
import { ProjectObject } from './project.ts';
import { commonErrors } from './user-errors.ts';

export const TrainingPreferenceEnum = builder.enumType('TrainingPreference', {
  description: 'What matters most in a training.',
  values: {
    PERFORMANCE_FIRST: { description: 'A short training.' },
    BALANCE: { description: 'In between; the default.' },
    ACCURACY_FIRST: { description: 'The best model that the time allows.' },
  } satisfies Record<Preference, { description: string }>,
});

export const DeviceEnum = builder.enumType('Device', {
  description: 'What a worker computes on.',
  values: {
    CPU: { description: 'Processor.' },
    CUDA: { description: 'NVIDIA GPU through CUDA.' },
    WEBGPU: { description: 'Any GPU through WebGPU.' },
  },
});

export const TrainingFlavorObject = builder.objectRef<Flavor>('TrainingFlavor').implement({
  description: 'A pool of workers; one job queue each.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Name of the pool, for the training config.' }),
    name: t.exposeString('name', { description: 'Name for people, such as ExeML (CPU).' }),
    device: t.field({ type: DeviceEnum, description: 'What it computes on.', resolve: (flavor) => flavor.device }),
    memoryGib: t.float({
      nullable: true,
      description: 'GiB of memory that its machines should have; null = not said.',
      resolve: (flavor) => flavor.memoryGib ?? null,
    }),
    maxParallel: t.int({
      nullable: true,
      description: 'So many of its trainings run at a time; null = as many as there are workers.',
      resolve: (flavor) => flavor.maxParallel ?? null,
    }),
    liveWorkers: t.int({
      description: 'Workers that take its trainings, busy ones included; 0 = trainings wait until one comes.',
      resolve: async ({ id }, _args, ctx) => (await ctx.loaders.flavorQueues.load(id)).liveWorkers,
    }),
    runningTrainings: t.int({
      description: 'Trainings of all projects that a worker has.',
      resolve: async ({ id }, _args, ctx) => (await ctx.loaders.flavorQueues.load(id)).running,
    }),
    queueLength: t.int({
      description: 'Trainings of all projects that wait for a worker; counted up to 1,000.',
      resolve: async ({ id }, _args, ctx) => (await ctx.loaders.flavorQueues.load(id)).places.size,
    }),
    expectedWaitSeconds: t.float({
      nullable: true,
      description:
        'Seconds until a worker would take a training that is started now, estimated as `Training.expectedStartAt` is; null while no worker is alive.',
      resolve: async ({ id }, _args, ctx) => (await ctx.loaders.flavorQueues.load(id)).expectedWaitSeconds,
    }),
  }),
});

builder.queryField('trainingFlavors', (t) =>
  t.field({
    type: [TrainingFlavorObject],
    description: 'The pools of workers of this installation; the first is the default.',
    resolve: (_root, _args, ctx) => [...ctx.action().platform.config.flavors],
  }),
);

export const TrainingConfigObject = builder.objectRef<TrainingConfig>('TrainingConfig').implement({
  description: 'The parameters of a training.',
  fields: (t) => ({
    trainRatio: t.exposeFloat('trainRatio', {
      description: 'Share of the images of each class beside the test part that is trained on, over (0,1).',
    }),
    testRatio: t.exposeFloat('testRatio', {
      description: 'Share of the images of each class that is held out of training and validation, 0 to 0.5.',
    }),
    validationRatio: t.float({
      description: '1 - trainRatio.',
      resolve: (config) => Number((1 - config.trainRatio).toFixed(5)),
    }),
    baseModel: t.exposeString('baseModel', {
      nullable: true,
      description:
        'Base model to build on, by name; null = the one that suits the preference. Without meaning beside a base version.',
    }),
    baseVersionId: t.id({
      nullable: true,
      description: 'Model version that the training starts from; null = from nothing.',
      resolve: (config) => (config.baseVersionId === null ? null : writeGlobalId('ModelVersion', config.baseVersionId)),
    }),
    maxDurationMinutes: t.exposeInt('maxDurationMinutes', {
      description: 'Minutes, 6 to 6000; at the limit the model is saved.',
    }),
    preference: t.field({
      type: TrainingPreferenceEnum,
      description: 'What matters most.',
      resolve: (config) => config.preference,
    }),
    flavor: t.exposeString('flavor', { description: 'Id of the pool of workers.' }),
    seed: t.float({
      description: 'Integer, 0 to 4294967295: same seed, same split and training.',
      resolve: (config) => config.seed,
    }),
  }),
});

/** The fields by which a call may differ from the project's saved config. */
export const TrainingConfigInput = builder.inputType('TrainingConfigInput', {
  description: "Differences from the project's saved config.",
  fields: (t) => ({
    trainRatio: t.float({ description: 'Over (0,1), at most 5 decimals; left out = as saved (0.8).' }),
    testRatio: t.float({ description: '0 to 0.5, at most 5 decimals; left out = as saved (0: no test part).' }),
    baseModel: t.string({ description: 'Name out of `baseModels`; null = by preference, left out = as saved (null).' }),
    baseVersionId: t.id({ description: 'A model version of the project; null = none, left out = as saved.' }),
    maxDurationMinutes: t.int({ description: '6 to 6000 minutes; left out = as saved (60).' }),
    preference: t.field({ type: TrainingPreferenceEnum, description: 'Left out = as saved (BALANCE).' }),
    flavor: t.string({ description: 'Id of a pool of workers; left out = as saved (the first).' }),
    seed: t.float({ description: 'Integer, 0 to 4294967295; left out = as saved (0).' }),
  }),
});

export function toConfigInput(input: typeof TrainingConfigInput.$inferInput | null | undefined) {
  if (!input) return {};
  const { baseVersionId, ...rest } = input;
  return baseVersionId === undefined ? rest : { ...rest, baseVersionId: optionalIdOf('ModelVersion', baseVersionId) };
}

builder.objectField(ProjectObject, 'trainingConfig', (t) =>
  t.field({
    type: TrainingConfigObject,
    description: 'What the next training starts from.',
    resolve: (project, _args, ctx) => getTrainingConfig(ctx.action(), project.id),
  }),
);

builder.mutationField('updateTrainingConfig', (t) =>
  t.field({
    type: TrainingConfigObject,
    errors: { types: commonErrors },
    description: "Saves defaults for the project's next trainings. Editors.",
    args: {
      projectId: t.arg.id({ required: true, description: 'The project.' }),
      input: t.arg({ type: TrainingConfigInput, required: true, description: 'The changes.' }),
    },
    resolve: (_root, { projectId, input }, ctx) =>
      updateTrainingConfig(ctx.action(), idOf('Project', projectId), toConfigInput(input)),
  }),
);
