import {
  getDatasetVersion,
  listDatasetVersions,
  readDatasetClasses,
  type DatasetClass,
  type DatasetVersion,
} from '#core/datasets/dataset-versions.ts';
import {
  publishDatasetVersion,
  type PublishedDatasetVersion,
  type PublishOutcome,
} from '#core/trainings/publish-dataset-version.ts';
import { ConflictError, InvalidStateError } from '#core/platform/errors.ts';
import { builder } from './builder.ts';
import { connectionType } from './connection.ts';
import { idOf, writeGlobalId } from './global-id.ts';
import { nullWhenMissing } from './null-when-missing.ts';
import { projectList } from './project-list.ts';
import { commonErrors } from './user-errors.ts';

export const DatasetClassObject = builder.objectRef<DatasetClass>('DatasetClass').implement({
  description: 'A class of a dataset version, as it was then.',
  fields: (t) => ({
    classIndex: t.exposeInt('classIndex', { description: "Place among a model's outputs, from 0." }),
    labelId: t.id({
      description: 'Global id of the label; it may have been deleted since.',
      resolve: (item) => writeGlobalId('Label', item.labelId),
    }),
    name: t.exposeString('name', { description: 'Name of the label then.' }),
    color: t.exposeString('color', { description: 'Colour of the label then.' }),
    trainCount: t.exposeInt('trainCount', { description: 'Images that are trained on.' }),
    validationCount: t.exposeInt('validationCount', { description: 'Images that are evaluated on.' }),
    testCount: t.exposeInt('testCount', { description: 'Images that are held out of both.' }),
  }),
});

export const DatasetVersionObject = builder.objectRef<DatasetVersion>('DatasetVersion');
builder.node(DatasetVersionObject, {
  description: 'An immutable snapshot of labelled images with the split of each.',
  id: { resolve: (version) => version.id, description: 'Global id.' },
  loadOne: (id, ctx) => nullWhenMissing(() => getDatasetVersion(ctx.action(), id)),
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Unique in the project, such as V001.' }),
    trainRatio: t.exposeFloat('trainRatio', {
      description: 'Share asked for on the training side, of what is not in the test part, over (0,1).',
    }),
    testRatio: t.exposeFloat('testRatio', { description: 'Share asked for in the test part, 0 to 0.5.' }),
    seed: t.float({ description: 'Seed of the split.', resolve: (version) => version.seed }),
    contentSha256: t.string({
      description: 'Digest of images, labels and splits: equal content has equal digests.',
      resolve: (version) => version.contentSha256.toString('hex'),
    }),
    imageCount: t.exposeInt('imageCount', { description: 'Images.' }),
    trainCount: t.exposeInt('trainCount', { description: 'Images that are trained on.' }),
    validationCount: t.exposeInt('validationCount', { description: 'Images that are evaluated on.' }),
    testCount: t.exposeInt('testCount', { description: 'Images that are held out of both.' }),
    createdAt: t.field({ type: 'DateTime', description: 'When it was published.', resolve: (item) => item.createdAt }),
    classes: t.field({
      type: [DatasetClassObject],
      description: 'The classes in the order of a model trained on it.',
      complexity: { field: 1, multiplier: 20 },
      resolve: (version, _args, ctx) => readDatasetClasses(ctx.platform.db, version.id),
    }),
  }),
});

const DatasetVersionConnection = connectionType(DatasetVersionObject, 'DatasetVersion');

builder.queryField('datasetVersion', (t) =>
  t.field({
    type: DatasetVersionObject,
    nullable: true,
    description: 'A dataset version by id; null when there is none that the viewer may see.',
    args: { id: t.arg.id({ required: true, description: 'The dataset version.' }) },
    resolve: (_root, { id }, ctx) => {
      const action = ctx.action();
      return nullWhenMissing(() => getDatasetVersion(action, idOf('DatasetVersion', id)));
    },
  }),
);

projectList('datasetVersions', 'Dataset versions, newest first.', DatasetVersionConnection, listDatasetVersions);

const PublishDatasetVersionInput = builder.inputType('PublishDatasetVersionInput', {
  description: 'What to publish.',
  fields: (t) => ({
    projectId: t.id({ required: true, description: 'The project.' }),
    name: t.string({
      description: '1 to 32 characters out of letters, digits, `_`, `-`; unique in the project; left out = generated.',
    }),
    trainRatio: t.float({ description: 'Over (0,1), at most 5 decimals; left out = that of the training config.' }),
    testRatio: t.float({ description: '0 to 0.5, at most 5 decimals; left out = that of the training config.' }),
    seed: t.float({ description: 'Integer, 0 to 4294967295; left out = that of the training config.' }),
  }),
});
const PublishOutcomeEnum = builder.enumType('PublishOutcome', {
  description: 'What publishing did.',
  values: {
    CREATED: { description: 'There is a new dataset version.' },
    UNCHANGED: { description: 'The latest one holds exactly the same; nothing was made.' },
  } satisfies Record<PublishOutcome, { description: string }>,
});
const PublishedDatasetVersionObject = builder.objectRef<PublishedDatasetVersion>('PublishedDatasetVersion').implement({
  description: 'The dataset version that holds the labels as they are.',
  fields: (t) => ({
    outcome: t.field({ type: PublishOutcomeEnum, description: 'Whether it is new.', resolve: (item) => item.outcome }),
    datasetVersion: t.field({
      type: DatasetVersionObject,
      description: 'The version.',
      resolve: (item) => item.datasetVersion,
    }),
  }),
});

builder.mutationField('publishDatasetVersion', (t) =>
  t.field({
    type: PublishedDatasetVersionObject,
    errors: { types: [...commonErrors, ConflictError, InvalidStateError] },
    description:
      'Freezes the labelled images with the split of each, whether or not they suffice for a training (`startTraining` does the same by itself). Editors.',
    args: { input: t.arg({ type: PublishDatasetVersionInput, required: true, description: 'What to publish.' }) },
    resolve: (_root, { input }, ctx) =>
      publishDatasetVersion(ctx.action(), { ...input, projectId: idOf('Project', input.projectId) }),
  }),
);
