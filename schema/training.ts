import { getDatasetVersion } from '#core/datasets/dataset-versions.ts';
import { ConflictError, QuotaExceededError, InvalidStateError } from '#core/platform/errors.ts';
import { getTraining, listTrainings } from '#core/trainings/list-trainings.ts';
import { startTraining } from '#core/trainings/start-training.ts';
import { cancelTraining, stopTraining } from '#core/trainings/stop-training.ts';
import {
  isFinal,
  versionLabel,
  type FailureCode,
  type StopReason,
  type TrainingFailure,
  type TrainingPhase,
  type TrainingProgress,
  type TrainingState,
} from '#core/trainings/training-facts.ts';
import { NotReadyError } from '#core/trainings/training-readiness.ts';
import type { Training } from '#core/trainings/training-row.ts';
import type { TrainingWait } from '#core/trainings/flavor-queue.ts';
import { builder } from './builder.ts';
import { connectionType } from './connection.ts';
import type { GraphQLContext } from './context.ts';
import { DatasetVersionObject } from './dataset-version.ts';
import { idOf, writeGlobalId } from './global-id.ts';
import { nullWhenMissing } from './null-when-missing.ts';
import { projectList } from './project-list.ts';
import { DeviceEnum, TrainingConfigInput, TrainingConfigObject, toConfigInput } from './training-config.ts';
import { commonErrors } from './user-errors.ts';

export const TrainingStateEnum = builder.enumType('TrainingState', {
  description: 'Where a training is. The last three are final.',
  values: {
    QUEUED: { description: 'Waits for a worker.' },
    PREPARING: { description: 'A worker has it and reads the pictures.' },
    RUNNING: { description: 'It learns.' },
    EVALUATING: { description: 'The model is exported and measured.' },
    COMPLETED: { description: 'It left a model version.' },
    FAILED: { description: 'It left none; `failure` says why.' },
    CANCELLED: { description: 'Somebody cancelled it.' },
  } satisfies Record<TrainingState, { description: string }>,
});
export const StopReasonEnum = builder.enumType('StopReason', {
  description: 'Why a training ended.',
  values: {
    CONVERGED: { description: 'It had nothing more to learn.' },
    MAX_DURATION: { description: 'Its time was up; the best model so far was saved.' },
    STOPPED_BY_USER: { description: 'Somebody stopped or cancelled it.' },
  } satisfies Record<StopReason, { description: string }>,
});

const FailureCodeEnum = builder.enumType('TrainingFailureCode', {
  description: 'Why a training failed.',
  values: {
    OUT_OF_MEMORY: { description: 'The worker had too little memory.' },
    UNREADABLE_IMAGES: { description: 'Stored pictures are gone or damaged.' },
    BASE_MODEL_UNUSABLE: { description: 'The worker does not have the base model.' },
    BASE_VERSION_UNUSABLE: { description: 'The base version is gone or does not fit.' },
    DIVERGED: { description: 'The loss stopped being a number, also with a smaller learning rate.' },
    DISK_FULL: { description: 'The disk of the worker or of the object store is full.' },
    DEVICE_UNAVAILABLE: { description: 'The worker could not compute on the device of the flavor any more.' },
    WORKER_LOST: { description: 'Workers died again and again.' },
    INTERNAL: { description: 'A defect of ours.' },
  } satisfies Record<FailureCode, { description: string }>,
});
export const TrainingFailureObject = builder.objectRef<TrainingFailure>('TrainingFailure').implement({
  description: 'Why a training left no model.',
  fields: (t) => ({
    code: t.field({ type: FailureCodeEnum, description: 'What kind.', resolve: (failure) => failure.code }),
    message: t.exposeString('message', { description: 'What happened.' }),
    hint: t.exposeString('hint', { description: 'What to do.' }),
    isRetryable: t.boolean({
      description: 'Whether starting again may help.',
      resolve: (failure) => failure.retryable,
    }),
    imageIds: t.idList({
      description: 'The pictures concerned, if that is the reason; at most 100.',
      resolve: (failure) => (failure.imageIds ?? []).map((id) => writeGlobalId('Image', id)),
    }),
  }),
});

export const TrainingPhaseEnum = builder.enumType('TrainingPhase', {
  description: 'What the worker does.',
  values: {
    FEATURES: { description: 'Decodes pictures and extracts features.' },
    TRAINING: { description: 'Trains, epoch by epoch.' },
    EVALUATING: { description: 'Measures the exported model.' },
    EXPORTING: { description: 'Writes and checks the model file.' },
  } satisfies Record<TrainingPhase, { description: string }>,
});
const TrainingWaitEnum = builder.enumType('TrainingWait', {
  description: 'What a training waits for.',
  values: {
    NO_WORKER: { description: 'No worker of its flavor is alive: it goes on as soon as one comes.' },
    WORKERS_BUSY: { description: 'All workers of its flavor have a training.' },
    FLAVOR_FULL: { description: 'As many trainings of its flavor run as may at a time (`maxParallel`).' },
    NEXT_LOOK: { description: 'A worker is free and takes one within seconds.' },
  } satisfies Record<TrainingWait, { description: string }>,
});
const TrainingProgressObject = builder.objectRef<TrainingProgress>('TrainingProgress').implement({
  description: 'How far the current phase is.',
  fields: (t) => ({
    phase: t.field({ type: TrainingPhaseEnum, description: 'The phase.', resolve: (progress) => progress.phase }),
    done: t.exposeInt('done', {
      description: 'Images done; while training steps of the stage, while exporting files.',
    }),
    total: t.exposeInt('total', { description: 'Of so many.' }),
    imagesPerSecond: t.exposeFloat('imagesPerSecond', {
      nullable: true,
      description: 'Images a second; null where no images are counted.',
    }),
    etaSeconds: t.exposeFloat('etaSeconds', {
      nullable: true,
      description: 'Seconds until the phase ends, estimated; null while that is not known.',
    }),
    currentEpoch: t.int({
      nullable: true,
      description: 'The epoch under way, from 1 over all stages; null outside of training.',
      resolve: (progress) => progress.epoch ?? null,
    }),
  }),
});

const placeOf = async (training: Training, ctx: GraphQLContext) =>
  training.state === 'QUEUED'
    ? (await ctx.loaders.flavorQueues.load(training.flavor)).places.get(training.id)
    : undefined;

export const TrainingObject = builder.objectRef<Training>('Training');
builder.node(TrainingObject, {
  description: 'One round: a config applied to a dataset version.',
  id: { resolve: (training) => training.id, description: 'Global id.' },
  loadOne: (id, ctx) => nullWhenMissing(() => getTraining(ctx.action(), id)),
  fields: (t) => ({
    versionName: t.string({
      description: 'Such as V001; given at the start, never reused.',
      resolve: (training) => versionLabel(training.versionNumber),
    }),
    versionLabel: t.string({
      description: 'As the reference shows it: V001 (uuid).',
      resolve: (training) => `${versionLabel(training.versionNumber)} (${training.id})`,
    }),
    state: t.field({ type: TrainingStateEnum, description: 'Where it is.', resolve: (training) => training.state }),
    isFinished: t.boolean({
      description: 'Whether the state is final.',
      resolve: (training) => isFinal(training.state),
    }),
    stopReason: t.field({
      type: StopReasonEnum,
      nullable: true,
      description: 'Why it ended; null before the end and after a failure.',
      resolve: (training) => training.stopReason,
    }),
    failure: t.field({
      type: TrainingFailureObject,
      nullable: true,
      description: 'Why it failed, if it did.',
      resolve: (training) => training.failure,
    }),
    progress: t.field({
      type: TrainingProgressObject,
      nullable: true,
      description: 'How far it is; null before the start and after the end.',
      resolve: (training) => training.progress,
    }),
    queuePosition: t.int({
      nullable: true,
      description:
        'Its place among the trainings that wait for a worker of its flavor, those that were interrupted included: 1 is next. Null unless it is queued, and behind the first 1,000.',
      resolve: async (training, _args, ctx) => (await placeOf(training, ctx))?.position ?? null,
    }),
    expectedStartAt: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'When a worker will probably take it, estimated: an idle worker of the flavor takes it at once, each busy one takes the next when its training ends, which is as far off as the last 20 trainings of the flavor that left a model took on average, not before the end of its current phase and not after its deadline. Null unless it is queued, and where no worker is alive.',
      resolve: async (training, _args, ctx) => (await placeOf(training, ctx))?.expectedStartAt ?? null,
    }),
    waitingFor: t.field({
      type: TrainingWaitEnum,
      nullable: true,
      description:
        'What it waits for, before its first worker and between two; null while a worker has it, after the end, and behind the first 1,000. When the last worker of its flavor has gone, and when one comes, an event says so (`TrainingLogLine`).',
      resolve: async (training, _args, ctx) => {
        if (isFinal(training.state)) return null;
        const queue = await ctx.loaders.flavorQueues.load(training.flavor);
        return queue.places.has(training.id) ? queue.waitingFor : null;
      },
    }),
    attempt: t.exposeInt('attempt', { description: 'How many workers have taken it so far.' }),
    device: t.field({
      type: DeviceEnum,
      nullable: true,
      description:
        'What the worker that took it last computes on: that of its flavor, never another. Null before the first, and for trainings of before it was recorded.',
      resolve: (training) => training.device,
    }),
    lastSequence: t.exposeInt('lastSequence', { description: 'Sequence number of its last event.' }),
    config: t.field({ type: TrainingConfigObject, description: 'Its parameters.', resolve: (training) => training }),
    datasetVersion: t.field({
      type: DatasetVersionObject,
      description: 'What it learns from.',
      resolve: (training, _args, ctx) => getDatasetVersion(ctx.action(), training.datasetVersionId),
    }),
    createdAt: t.field({
      type: 'DateTime',
      description: 'When it was started by a person.',
      resolve: (item) => item.createdAt,
    }),
    startedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When a worker first took it.',
      resolve: (item) => item.startedAt,
    }),
    finishedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it ended.',
      resolve: (item) => item.finishedAt,
    }),
  }),
});

const TrainingConnection = connectionType(TrainingObject, 'Training');

projectList('trainings', 'Trainings, newest first.', TrainingConnection, listTrainings);

builder.queryField('training', (t) =>
  t.field({
    type: TrainingObject,
    nullable: true,
    description: 'A training by id; null when there is none that the viewer may see.',
    args: { id: t.arg.id({ required: true, description: 'The training.' }) },
    resolve: (_root, { id }, ctx) => {
      const action = ctx.action();
      return nullWhenMissing(() => getTraining(action, idOf('Training', id)));
    },
  }),
);

const StartTrainingInput = builder.inputType('StartTrainingInput', {
  description: 'What to train, and how.',
  fields: (t) => ({
    projectId: t.id({ required: true, description: 'The project.' }),
    config: t.field({ type: TrainingConfigInput, description: "Differences from the project's saved config." }),
    datasetVersionName: t.string({
      description: '1 to 32 characters out of letters, digits, `_`, `-`; unique in the project; left out = generated.',
    }),
    idempotencyKey: t.field({
      type: 'UUID',
      description:
        'The same key with the same input gives the same training, so that a lost answer can be asked for again.',
    }),
  }),
});

builder.mutationField('startTraining', (t) =>
  t.field({
    type: TrainingObject,
    errors: { types: [...commonErrors, NotReadyError, ConflictError, QuotaExceededError] },
    description: 'Publishes a dataset version from the labels as they are and queues a training on it. Editors.',
    args: { input: t.arg({ type: StartTrainingInput, required: true, description: 'What to train.' }) },
    resolve: (_root, { input }, ctx) =>
      startTraining(ctx.action(), {
        ...toConfigInput(input.config),
        projectId: idOf('Project', input.projectId),
        datasetVersionName: input.datasetVersionName,
        idempotencyKey: input.idempotencyKey,
      }),
  }),
);

builder.mutationField('stopTraining', (t) =>
  t.field({
    type: TrainingObject,
    errors: { types: [...commonErrors, InvalidStateError] },
    description:
      'Ends a running training early and keeps the best model so far. One that is still queued has none: it ends as CANCELLED. Editors.',
    args: { id: t.arg.id({ required: true, description: 'The training.' }) },
    resolve: (_root, { id }, ctx) => stopTraining(ctx.action(), idOf('Training', id)),
  }),
);

builder.mutationField('cancelTraining', (t) =>
  t.field({
    type: TrainingObject,
    errors: { types: [...commonErrors, InvalidStateError] },
    description: 'Ends a training without a model. Editors.',
    args: { id: t.arg.id({ required: true, description: 'The training.' }) },
    resolve: (_root, { id }, ctx) => cancelTraining(ctx.action(), idOf('Training', id)),
  }),
);
