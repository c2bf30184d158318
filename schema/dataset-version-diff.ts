import {
  datasetVersionDiff,
  listDatasetVersionChanges,
  type ChangeKind,
  type ClassChange,
  type DatasetVersionChange,
  type DatasetVersionDiff,
  type HeldImage,
} from '#core/datasets/dataset-version-diff.ts';
import { builder } from './builder.ts';
import { connectionType, pageArgs, pageComplexity, toConnection } from './connection.ts';
import { DatasetClassObject, DatasetVersionObject } from './dataset-version.ts';
import { idOf, writeGlobalId } from './global-id.ts';
import { nullWhenMissing } from './null-when-missing.ts';
import { SplitEnum } from './split.ts';

const ChangeKindEnum = builder.enumType('DatasetChangeKind', {
  description: 'How an image differs between two dataset versions.',
  values: {
    ADDED: { description: 'It is in the later one only.' },
    REMOVED: { description: 'It is in the earlier one only.' },
    RELABELLED: { description: 'It carries other labels.' },
    MOVED: { description: 'It stands on another side of the split.' },
  } satisfies Record<ChangeKind, { description: string }>,
});

const DatasetImageObject = builder.objectRef<HeldImage>('DatasetImage').implement({
  description: 'What a dataset version holds of one image.',
  fields: (t) => ({
    labels: t.field({
      type: [DatasetClassObject],
      description: 'The labels it carried, in class order.',
      complexity: { field: 1, multiplier: 1 },
      resolve: (item) => [...item.labels],
    }),
    split: t.field({ type: SplitEnum, description: 'Its side.', resolve: (item) => item.split }),
  }),
});

const ChangeObject = builder.objectRef<DatasetVersionChange>('DatasetVersionChange').implement({
  description: 'What became of one image between two dataset versions.',
  fields: (t) => ({
    imageId: t.id({
      description: 'Global id of the image; it may have been deleted since.',
      resolve: (item) => writeGlobalId('Image', item.imageId),
    }),
    sha256: t.string({
      description: 'Digest of the uploaded bytes, 64 hexadecimal digits: the identity of the image.',
      resolve: (item) => item.sha256.toString('hex'),
    }),
    before: t.field({
      type: DatasetImageObject,
      nullable: true,
      description: 'What `from` holds of it; null where it was added.',
      resolve: (item) => item.before,
    }),
    after: t.field({
      type: DatasetImageObject,
      nullable: true,
      description: 'What `to` holds of it; null where it was removed.',
      resolve: (item) => item.after,
    }),
    annotatedById: t.id({
      nullable: true,
      description: 'Global id of the user who had labelled it last when `to` was published, where that is known.',
      resolve: (item) => item.annotatedBy && writeGlobalId('User', item.annotatedBy.userId),
    }),
    annotatedByName: t.string({
      nullable: true,
      description: 'Name of that user.',
      resolve: (item) => item.annotatedBy?.userName ?? null,
    }),
  }),
});
const ChangeConnection = connectionType(ChangeObject, 'DatasetVersionChange');

const ClassChangeObject = builder.objectRef<ClassChange>('DatasetClassChange').implement({
  description: 'A class of two dataset versions, with its counts in each.',
  fields: (t) => ({
    labelId: t.id({ description: 'Global id of the label.', resolve: (item) => writeGlobalId('Label', item.labelId) }),
    before: t.field({
      type: DatasetClassObject,
      nullable: true,
      description: 'The class in `from`; null where it was none.',
      resolve: (item) => item.before,
    }),
    after: t.field({
      type: DatasetClassObject,
      nullable: true,
      description: 'The class in `to`; null where it is none any more.',
      resolve: (item) => item.after,
    }),
  }),
});

const DiffObject = builder.objectRef<DatasetVersionDiff>('DatasetVersionDiff').implement({
  description:
    'What changed from one dataset version to another. An image that was deleted and uploaded again is no change.',
  fields: (t) => ({
    from: t.field({ type: DatasetVersionObject, description: 'The one.', resolve: (diff) => diff.from }),
    to: t.field({ type: DatasetVersionObject, description: 'The other.', resolve: (diff) => diff.to }),
    addedCount: t.int({ description: 'Images in `to` only.', resolve: (diff) => diff.counts.ADDED }),
    removedCount: t.int({ description: 'Images in `from` only.', resolve: (diff) => diff.counts.REMOVED }),
    relabelledCount: t.int({
      description: 'Images of both with other labels.',
      resolve: (diff) => diff.counts.RELABELLED,
    }),
    movedCount: t.int({ description: 'Images of both on another side.', resolve: (diff) => diff.counts.MOVED }),
    classes: t.field({
      type: [ClassChangeObject],
      description: 'All classes of the two, those of `to` first, in class order.',
      complexity: { field: 1, multiplier: 20 },
      resolve: (diff) => [...diff.classes],
    }),
    changes: t.field({
      type: ChangeConnection,
      description: 'The images of one kind, by id. One that was relabelled and moved is in both lists.',
      args: { kind: t.arg({ type: ChangeKindEnum, required: true, description: 'Which kind.' }), ...pageArgs(t.arg) },
      complexity: pageComplexity,
      resolve: async (diff, { kind, ...page }, ctx) =>
        toConnection(
          await listDatasetVersionChanges(ctx.action(), diff, kind, page),
          page.after,
          (change) => change.imageId,
        ),
    }),
  }),
});

builder.queryField('datasetVersionDiff', (t) =>
  t.field({
    type: DiffObject,
    nullable: true,
    description:
      'What changed between two dataset versions of one project; null when the viewer may not see one of them, or they are of two projects.',
    args: {
      fromId: t.arg.id({ required: true, description: 'The one.' }),
      toId: t.arg.id({ required: true, description: 'The other.' }),
    },
    complexity: 20,
    resolve: (_root, { fromId, toId }, ctx) => {
      const action = ctx.action();
      return nullWhenMissing(() =>
        datasetVersionDiff(action, idOf('DatasetVersion', fromId), idOf('DatasetVersion', toId)),
      );
    },
  }),
);
