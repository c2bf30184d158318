import type { DraftClass } from '#core/datasets/dataset-draft.ts';
import type { ReadinessIssue, WarningCode } from '#core/trainings/readiness-issue.ts';
import { trainingReadiness, type TrainingReadiness } from '#core/trainings/training-readiness.ts';
import { builder } from './builder.ts';
import { idOf, writeGlobalId } from './global-id.ts';
import { labelIdOfIssue, ReadinessBlocker } from './readiness-blocker.ts';
import { nullWhenMissing } from './null-when-missing.ts';
import { TrainingConfigInput, TrainingConfigObject, toConfigInput } from './training-config.ts';

const WarningCodeEnum = builder.enumType('ReadinessWarningCode', {
  description: 'Why a training may disappoint.',
  values: {
    FEW_IMAGES: { description: 'A label stands on fewer than 50 images.' },
    IMBALANCED: { description: 'The largest class is more than 5 times the smallest.' },
    UNLABELLED_IGNORED: { description: 'Some images carry no label.' },
    SPLIT_MOVED: { description: 'Some images must change sides, since a class would be missing on one.' },
    SPLIT_JOINED: {
      description:
        'Some images must change sides to be with their group, their near-duplicates or an override among these.',
    },
    RATIO_MISSED: {
      description: 'Images keep their sides of earlier versions, overrides and groups, so a ratio cannot be met.',
    },
    LABEL_ON_ONE_SIDE: {
      description:
        'A label has no image to train on or to evaluate on: its images carry other labels too or belong together.',
    },
    LABEL_NOT_TESTED: { description: 'A label has no image in the test part that was asked for.' },
    OVERRIDES_DISAGREE: {
      description: 'Images of one group, or near-duplicates, were put on different sides by people.',
    },
    LOOK_ALIKES_APART: {
      description: 'Most images of a label look alike, so that they are dealt to the sides one by one all the same.',
    },
    LOOKS_UNKNOWN: { description: 'Some older images have not been compared with the others yet.' },
    LABEL_ON_ALL_IMAGES: { description: 'Every image carries the label: there is nothing to tell it from.' },
  } satisfies Record<WarningCode, { description: string }>,
});

const ReadinessWarning = builder.objectRef<ReadinessIssue<WarningCode>>('ReadinessWarning').implement({
  description: 'Something that does not stop a training but lowers its worth.',
  fields: (t) => ({
    code: t.field({ type: WarningCodeEnum, description: 'What kind.', resolve: (issue) => issue.code }),
    message: t.exposeString('message', { description: 'What it means, for a person.' }),
    labelId: t.id({ nullable: true, description: 'The label concerned, if one is.', resolve: labelIdOfIssue }),
    imageIds: t.idList({
      description: 'The images concerned, if it is about some; at most 100.',
      resolve: (issue) => (issue.imageIds ?? []).map((id) => writeGlobalId('Image', id)),
    }),
  }),
});
const ClassSplit = builder.objectRef<DraftClass>('ClassSplit').implement({
  description: 'How the images of one label would be split.',
  fields: (t) => ({
    labelId: t.id({ description: 'The label.', resolve: (item) => writeGlobalId('Label', item.label.id) }),
    name: t.string({ description: 'Its name.', resolve: (item) => item.label.name }),
    trainCount: t.exposeInt('trainCount', { description: 'Images that would be trained on.' }),
    validationCount: t.exposeInt('validationCount', { description: 'Images that would be evaluated on.' }),
    testCount: t.exposeInt('testCount', { description: 'Images that would be held out of both.' }),
  }),
});

const TrainingReadinessObject = builder.objectRef<TrainingReadiness>('TrainingReadiness').implement({
  description: 'Whether a training can start now, and what it would be.',
  fields: (t) => ({
    isReady: t.exposeBoolean('isReady', { description: 'True when there is no blocker.' }),
    blockers: t.field({
      type: [ReadinessBlocker],
      description: 'What must be mended.',
      resolve: (item) => [...item.blockers],
    }),
    warnings: t.field({
      type: [ReadinessWarning],
      description: 'What could be better.',
      resolve: (item) => [...item.warnings],
    }),
    config: t.field({
      type: TrainingConfigObject,
      description: 'The config it would have.',
      resolve: (item) => item.config,
    }),
    datasetVersionName: t.exposeString('datasetVersionName', {
      description: 'Name that the dataset version would get.',
    }),
    split: t.field({
      type: [ClassSplit],
      description: 'The exact split, in class order.',
      resolve: (item) => [...item.draft.classes],
    }),
  }),
});

builder.queryField('trainingReadiness', (t) =>
  t.field({
    type: TrainingReadinessObject,
    nullable: true,
    description: 'The same check that guards `startTraining`; null when there is no such project.',
    args: {
      projectId: t.arg.id({ required: true, description: 'The project.' }),
      config: t.arg({ type: TrainingConfigInput, description: 'Differences from the saved config.' }),
      datasetVersionName: t.arg.string({ description: 'As for `startTraining`.' }),
    },
    complexity: 20,
    resolve: async (_root, args, ctx) => {
      const action = ctx.action();
      return nullWhenMissing(() =>
        trainingReadiness(action, {
          ...toConfigInput(args.config),
          projectId: idOf('Project', args.projectId),
          datasetVersionName: args.datasetVersionName,
        }),
      );
    },
  }),
);
