import {
  listTrainingEvents,
  trainingGuard,
  watchTraining,
  type TrainingResync,
} from '#core/trainings/watch-training.ts';
import type { TrainingEvent } from '#core/trainings/training-events.ts';
import type { InterruptionReason, StopRequest, TrainingFact } from '#core/trainings/training-facts.ts';
import { builder } from './builder.ts';
import { connectionType, eventPageArgs, pageComplexity, readSequence, toConnection } from './connection.ts';
import { eventStream } from './event-stream.ts';
import { MetricsObject, TrainingStageEnum } from './evaluation.ts';
import { idOf, writeGlobalId } from './global-id.ts';
import {
  StopReasonEnum,
  TrainingFailureObject,
  TrainingObject,
  TrainingPhaseEnum,
  TrainingStateEnum,
} from './training.ts';

type Fact<Type extends TrainingFact['type']> = TrainingEvent & { readonly fact: Extract<TrainingFact, { type: Type }> };

const typeNames: Record<TrainingFact['type'], string> = {
  STATE_CHANGED: 'TrainingStateChanged',
  PROGRESSED: 'TrainingProgressed',
  EPOCH_COMPLETED: 'TrainingEpochCompleted',
  EVALUATED: 'TrainingEvaluated',
  LOG_LINE: 'TrainingLogLine',
  CHECKPOINT_SAVED: 'TrainingCheckpointSaved',
  INTERRUPTED: 'TrainingInterrupted',
  RESUMED: 'TrainingResumed',
  STOP_REQUESTED: 'TrainingStopRequested',
};

type Streamed = TrainingEvent | TrainingResync;

export const TrainingEventInterface = builder.interfaceRef<Streamed>('TrainingEvent').implement({
  description: 'A fact of a training. New kinds may be added: skip what you do not know.',
  resolveType: (event) => ('fact' in event ? typeNames[event.fact.type] : 'StreamResync'),
  fields: (t) => ({
    sequence: t.exposeInt('sequence', {
      description: '1, 2, 3, ... without gaps; pass the last one you have as `after` to go on from there.',
    }),
    occurredAt: t.field({ type: 'DateTime', description: 'When.', resolve: (event) => event.occurredAt }),
    trainingId: t.id({ description: 'The training.', resolve: (event) => writeGlobalId('Training', event.trainingId) }),
  }),
});
const interfaces = [TrainingEventInterface];

builder.objectRef<TrainingResync>('StreamResync').implement({
  description:
    'Progress before `from` was thinned out since: of each run of it the last event is left. All other events are there. `sequence` is that of the event before.',
  interfaces,
  fields: (t) => ({
    from: t.int({
      description: 'From this sequence number on nothing is missing.',
      resolve: (event) => event.resyncFrom,
    }),
  }),
});
builder.objectRef<Fact<'STATE_CHANGED'>>('TrainingStateChanged').implement({
  description: 'It is in another state. With a final state the stream ends.',
  interfaces,
  fields: (t) => ({
    state: t.field({ type: TrainingStateEnum, description: 'The new state.', resolve: ({ fact }) => fact.state }),
    stopReason: t.field({
      type: StopReasonEnum,
      nullable: true,
      description: 'Why it ended.',
      resolve: ({ fact }) => fact.stopReason,
    }),
    failure: t.field({
      type: TrainingFailureObject,
      nullable: true,
      description: 'Why it failed.',
      resolve: ({ fact }) => fact.failure,
    }),
  }),
});
builder.objectRef<Fact<'PROGRESSED'>>('TrainingProgressed').implement({
  description: 'How far the current phase is.',
  interfaces,
  fields: (t) => ({
    phase: t.field({ type: TrainingPhaseEnum, description: 'The phase.', resolve: ({ fact }) => fact.phase }),
    done: t.int({
      description: 'Images done; while training steps of the stage, while exporting files.',
      resolve: ({ fact }) => fact.done,
    }),
    total: t.int({ description: 'Of so many.', resolve: ({ fact }) => fact.total }),
    imagesPerSecond: t.float({
      nullable: true,
      description: 'Images a second; null where no images are counted.',
      resolve: ({ fact }) => fact.imagesPerSecond,
    }),
    etaSeconds: t.float({
      nullable: true,
      description: 'Seconds until the phase ends, estimated; null while that is not known.',
      resolve: ({ fact }) => fact.etaSeconds,
    }),
    currentEpoch: t.int({
      nullable: true,
      description: 'The epoch under way, from 1 over all stages; null outside of training.',
      resolve: ({ fact }) => fact.epoch ?? null,
    }),
  }),
});
builder.objectRef<Fact<'EPOCH_COMPLETED'>>('TrainingEpochCompleted').implement({
  description: 'An epoch has ended and was measured on the validation split.',
  interfaces,
  fields: (t) => ({
    stage: t.field({ type: TrainingStageEnum, description: 'What learnt.', resolve: ({ fact }) => fact.stage }),
    epoch: t.int({ description: 'From 1, over all stages.', resolve: ({ fact }) => fact.epoch }),
    epochs: t.int({ description: 'Of at most so many.', resolve: ({ fact }) => fact.epochs }),
    loss: t.float({ description: 'Mean training cross entropy of the epoch.', resolve: ({ fact }) => fact.loss }),
    metrics: t.field({
      type: MetricsObject,
      description: 'On the frozen validation split.',
      resolve: ({ fact }) => fact.evaluation,
    }),
  }),
});
builder.objectRef<Fact<'EVALUATED'>>('TrainingEvaluated').implement({
  description: 'The exported model was measured: equal to the stored evaluation.',
  interfaces,
  fields: (t) => ({
    metrics: t.field({
      type: MetricsObject,
      description: 'On the frozen validation split.',
      resolve: ({ fact }) => fact.evaluation,
    }),
    testMetrics: t.field({
      type: MetricsObject,
      nullable: true,
      description: 'On the test split, whose images decided nothing; null where there is none.',
      resolve: ({ fact }) => fact.test ?? null,
    }),
  }),
});
builder.objectRef<Fact<'LOG_LINE'>>('TrainingLogLine').implement({
  description:
    'The worker has something to say; also that no worker of the flavor is alive (`WARN`), or that one has come.',
  interfaces,
  fields: (t) => ({
    level: t.field({
      type: builder.enumType('LogLevel', {
        description: 'How much a line matters.',
        values: { INFO: { description: 'For those who are curious.' }, WARN: { description: 'Read it.' } },
      }),
      description: 'How much it matters.',
      resolve: ({ fact }) => fact.level,
    }),
    message: t.string({ description: 'The line.', resolve: ({ fact }) => fact.message }),
  }),
});
builder.objectRef<Fact<'CHECKPOINT_SAVED'>>('TrainingCheckpointSaved').implement({
  description: 'The position was saved: from here the training goes on if its worker is lost.',
  interfaces,
  fields: (t) => ({
    stage: t.field({ type: TrainingStageEnum, description: 'What was learning.', resolve: ({ fact }) => fact.stage }),
    epoch: t.int({ description: 'In this epoch, from 1 over all stages.', resolve: ({ fact }) => fact.epoch }),
    byteSize: t.int({ description: 'Bytes of the saved state.', resolve: ({ fact }) => fact.byteSize }),
  }),
});
builder.objectRef<Fact<'INTERRUPTED'>>('TrainingInterrupted').implement({
  description: 'An attempt ended before the training did; another worker takes it up as the same version.',
  interfaces,
  fields: (t) => ({
    reason: t.field({
      type: builder.enumType('InterruptionReason', {
        description: 'What ended an attempt.',
        values: {
          WORKER_LOST: { description: 'The worker was not heard of any more.' },
          WORKER_STOPPED: { description: 'The worker was told to stop and has handed the training over.' },
          TRAINER_CRASHED: { description: 'The process that trains died, for example of a lack of memory.' },
        } satisfies Record<InterruptionReason, { description: string }>,
      }),
      description: 'Why.',
      resolve: ({ fact }) => fact.reason,
    }),
    attempt: t.int({ description: 'The attempt that ended, from 1.', resolve: ({ fact }) => fact.attempt }),
    message: t.string({ description: 'What is known of it.', resolve: ({ fact }) => fact.message }),
  }),
});
builder.objectRef<Fact<'RESUMED'>>('TrainingResumed').implement({
  description: 'Another attempt goes on, from the last checkpoint if there is one.',
  interfaces,
  fields: (t) => ({
    attempt: t.int({ description: 'The attempt that goes on, from 2.', resolve: ({ fact }) => fact.attempt }),
  }),
});
builder.objectRef<Fact<'STOP_REQUESTED'>>('TrainingStopRequested').implement({
  description: 'Somebody wants it to end.',
  interfaces,
  fields: (t) => ({
    request: t.field({
      type: builder.enumType('StopRequest', {
        description: 'How it shall end.',
        values: {
          STOP_AND_KEEP: { description: 'With the best model so far.' },
          CANCEL: { description: 'Without a model.' },
        } satisfies Record<StopRequest, { description: string }>,
      }),
      description: 'How.',
      resolve: ({ fact }) => fact.request,
    }),
  }),
});

const TrainingEventConnection = connectionType(TrainingEventInterface, 'TrainingEvent');

builder.objectField(TrainingObject, 'events', (t) =>
  t.field({
    type: TrainingEventConnection,
    description:
      'The same facts as the stream, in order, for clients that poll. The cursor of an event is its sequence number.',
    args: eventPageArgs(t.arg),
    complexity: pageComplexity,
    resolve: async (training, { after, first }, ctx) =>
      toConnection<Streamed>(
        await listTrainingEvents(ctx.action(), training.id, readSequence(after), first),
        after,
        (event) => String(event.sequence),
      ),
  }),
);

builder.subscriptionField('trainingEvents', (t) =>
  t.field({
    type: TrainingEventInterface,
    description:
      'Every event of a training after `after`, first the stored ones, then live; in order, each once; ends after the event of a final state.',
    args: {
      trainingId: t.arg.id({ required: true, description: 'The training.' }),
      after: t.arg.int({ defaultValue: 0, description: 'Sequence number of the last event you have; 0 = all.' }),
    },
    subscribe: (_root, args, ctx) => {
      const action = ctx.action();
      const id = idOf('Training', args.trainingId);
      return eventStream(
        ctx,
        action,
        { tails: ctx.streams.trainings, guarded: trainingGuard(action, id), after: args.after ?? 0 },
        (options, after, signal) => watchTraining(action, options, id, after, signal),
      );
    },
    resolve: (event) => event,
  }),
);
