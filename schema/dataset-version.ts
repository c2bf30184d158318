import {
  getDatasetVersion,
  listDatasetVersions,
  readDatasetClasses,
  type DatasetClass,
  type DatasetVersion,
} from '#core/datasets/dataset-versions.ts';
import { builder } from './builder.ts';
import { connectionType } from './connection.ts';
import { idOf, writeGlobalId } from './global-id.ts';
import { nullWhenMissing } from './null-when-missing.ts';
import { projectList } from './project-list.ts';

const DatasetClassObject = builder.objectRef<DatasetClass>('DatasetClass').implement({
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
  }),
});

export const DatasetVersionObject = builder.objectRef<DatasetVersion>('DatasetVersion');
builder.node(DatasetVersionObject, {
  description: 'An immutable snapshot of labelled images with the split of each.',
  id: { resolve: (version) => version.id, description: 'Global id.' },
  loadOne: (id, ctx) => nullWhenMissing(() => getDatasetVersion(ctx.action(), id)),
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Unique in the project, such as V001.' }),
    trainRatio: t.exposeFloat('trainRatio', { description: 'Share asked for on the training side, over (0,1).' }),
    seed: t.float({ description: 'Seed of the split.', resolve: (version) => version.seed }),
    contentSha256: t.string({
      description: 'Digest of images, labels and splits: equal content has equal digests.',
      resolve: (version) => version.contentSha256.toString('hex'),
    }),
    imageCount: t.exposeInt('imageCount', { description: 'Images.' }),
    trainCount: t.exposeInt('trainCount', { description: 'Images that are trained on.' }),
    validationCount: t.exposeInt('validationCount', { description: 'Images that are evaluated on.' }),
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
