import type { ProjectEvent } from '#core/projects/project-events.ts';
import type { LabelChange, ProjectFact } from '#core/projects/project-facts.ts';
import { listProjectEvents, projectGuard, watchProject, type ProjectResync } from '#core/projects/watch-project.ts';
import { versionLabel, type StopReason, type TrainingState } from '#core/trainings/training-facts.ts';
import { transferTypeNames, type TransferKind, type TransferState } from '#core/transfer/transfer-facts.ts';
import { builder } from './builder.ts';
import { connectionType, eventPageArgs, pageComplexity, readSequence, toConnection } from './connection.ts';
import { eventStream } from './event-stream.ts';
import { idOf, writeGlobalId } from './global-id.ts';
import { ProjectObject } from './project.ts';
import { StopReasonEnum, TrainingStateEnum } from './training.ts';
import { TransferStateEnum } from './transfer.ts';

type Fact<Type extends ProjectFact['type']> = ProjectEvent & { readonly fact: Extract<ProjectFact, { type: Type }> };
type Streamed = ProjectEvent | ProjectResync;

const typeNames: Record<ProjectFact['type'], string> = {
  COUNTS_CHANGED: 'ProjectCountsChanged',
  LABEL_CHANGED: 'ProjectLabelChanged',
  TRAINING_CHANGED: 'ProjectTrainingChanged',
  TRANSFER_CHANGED: 'ProjectTransferChanged',
  VERSION_CREATED: 'ProjectVersionCreated',
};

const ProjectEventInterface = builder.interfaceRef<Streamed>('ProjectEvent').implement({
  description: 'What a dashboard hears of a project. New kinds may be added: skip what you do not know.',
  resolveType: (event) => ('fact' in event ? typeNames[event.fact.type] : 'ProjectStreamResync'),
  fields: (t) => ({
    sequence: t.exposeInt('sequence', {
      description: '1, 2, 3, ... without gaps; pass the last one you have as `after` to go on from there.',
    }),
    occurredAt: t.field({ type: 'DateTime', description: 'When.', resolve: (event) => event.occurredAt }),
    projectId: t.id({ description: 'The project.', resolve: (event) => writeGlobalId('Project', event.projectId) }),
  }),
});
const interfaces = [ProjectEventInterface];

builder.objectRef<ProjectResync>('ProjectStreamResync').implement({
  description:
    'Events between the last one that you have and `from` are not stored any more: read the project anew. `sequence` is the one before `from`.',
  interfaces,
  fields: (t) => ({
    from: t.int({ description: 'The first event that is still there.', resolve: (event) => event.resyncFrom }),
  }),
});

const LabelCount = builder.objectRef<{ labelId: string; imageCount: number }>('LabelCount').implement({
  description: 'How many images carry a label.',
  fields: (t) => ({
    labelId: t.id({ description: 'The label.', resolve: (item) => writeGlobalId('Label', item.labelId) }),
    imageCount: t.exposeInt('imageCount', { description: 'Images that carry it.' }),
  }),
});
builder.objectRef<Fact<'COUNTS_CHANGED'>>('ProjectCountsChanged').implement({
  description: 'Images came, went or were labelled. Counts are absolute: the latest event is all you need.',
  interfaces,
  fields: (t) => ({
    imageCount: t.int({ description: 'Images of the project.', resolve: ({ fact }) => fact.imageCount }),
    labelledImageCount: t.int({
      description: 'Images that carry a label.',
      resolve: ({ fact }) => fact.labelledImageCount,
    }),
    labels: t.field({
      type: [LabelCount],
      description: 'The labels whose count moved.',
      resolve: ({ fact }) => [...fact.labels],
    }),
  }),
});
builder.objectRef<Fact<'LABEL_CHANGED'>>('ProjectLabelChanged').implement({
  description: 'A label was made, changed or deleted.',
  interfaces,
  fields: (t) => ({
    change: t.field({
      type: builder.enumType('LabelChange', {
        description: 'What happened to a label.',
        values: {
          CREATED: { description: 'It is new.' },
          UPDATED: { description: 'It has another name, colour or shortcut.' },
          DELETED: { description: 'It is gone.' },
        } satisfies Record<LabelChange, { description: string }>,
      }),
      description: 'What happened.',
      resolve: ({ fact }) => fact.change,
    }),
    labelId: t.id({ description: 'The label.', resolve: ({ fact }) => writeGlobalId('Label', fact.labelId) }),
    name: t.string({ description: 'Its name then.', resolve: ({ fact }) => fact.name }),
  }),
});
builder.objectRef<Fact<'TRAINING_CHANGED'>>('ProjectTrainingChanged').implement({
  description: 'A training was started or is in another state.',
  interfaces,
  fields: (t) => ({
    trainingId: t.id({
      description: 'The training; its own stream has the details.',
      resolve: ({ fact }) => writeGlobalId('Training', fact.trainingId),
    }),
    versionName: t.string({ description: 'Such as V001.', resolve: ({ fact }) => versionLabel(fact.versionNumber) }),
    state: t.field({
      type: TrainingStateEnum,
      description: 'The new state.',
      resolve: ({ fact }) => fact.state as TrainingState,
    }),
    stopReason: t.field({
      type: StopReasonEnum,
      nullable: true,
      description: 'Why it ended, if it did.',
      resolve: ({ fact }) => fact.stopReason as StopReason | null,
    }),
  }),
});
builder.objectRef<Fact<'TRANSFER_CHANGED'>>('ProjectTransferChanged').implement({
  description: 'An import or export was started or is in another state.',
  interfaces,
  fields: (t) => ({
    transferId: t.id({
      description: 'The import or export; its own stream has the details.',
      resolve: ({ fact }) => writeGlobalId(transferTypeNames[fact.kind as TransferKind], fact.transferId),
    }),
    transferState: t.field({
      type: TransferStateEnum,
      description: 'The new state.',
      resolve: ({ fact }) => fact.state as TransferState,
    }),
  }),
});
builder.objectRef<Fact<'VERSION_CREATED'>>('ProjectVersionCreated').implement({
  description: 'A training has left a model version.',
  interfaces,
  fields: (t) => ({
    modelVersionId: t.id({
      description: 'The model version.',
      resolve: ({ fact }) => writeGlobalId('ModelVersion', fact.modelVersionId),
    }),
    trainingId: t.id({
      description: 'Its training.',
      resolve: ({ fact }) => writeGlobalId('Training', fact.trainingId),
    }),
    versionName: t.string({ description: 'Such as V001.', resolve: ({ fact }) => versionLabel(fact.versionNumber) }),
    accuracy: t.float({ description: 'On the validation split, 0 to 1.', resolve: ({ fact }) => fact.accuracy }),
  }),
});

const ProjectEventConnection = connectionType(ProjectEventInterface, 'ProjectEvent');

builder.objectField(ProjectObject, 'events', (t) =>
  t.field({
    type: ProjectEventConnection,
    description:
      'The same events as the stream, in order, for clients that poll. The cursor of an event is its sequence number.',
    args: eventPageArgs(t.arg),
    complexity: pageComplexity,
    resolve: async (project, { after, first }, ctx) =>
      toConnection<Streamed>(
        await listProjectEvents(ctx.action(), project.id, readSequence(after), first),
        after,
        (event) => String(event.sequence),
      ),
  }),
);
builder.objectField(ProjectObject, 'lastSequence', (t) =>
  t.exposeInt('lastSequence', {
    description: 'Sequence number of its last event: read this, then watch from here, and nothing is missed.',
  }),
);

builder.subscriptionField('projectEvents', (t) =>
  t.field({
    type: ProjectEventInterface,
    description:
      'What happens in a project after `after`: trainings, versions, labels and counts; first the stored events, then live, in order, each once, without end.',
    args: {
      projectId: t.arg.id({ required: true, description: 'The project.' }),
      after: t.arg.int({ defaultValue: 0, description: 'Sequence number of the last event you have; 0 = all.' }),
    },
    subscribe: (_root, args, ctx) => {
      const action = ctx.action();
      const id = idOf('Project', args.projectId);
      return eventStream(
        ctx,
        action,
        { tails: ctx.streams.projects, guarded: projectGuard(action, id), after: args.after ?? 0 },
        (options, after, signal) => watchProject(action, options, id, after, signal),
      );
    },
    resolve: (event) => event,
  }),
);
