import type { ActionContext } from '#core/access/viewer.ts';
import type { ImageFilter } from '#core/images/image-filter.ts';
import type { ImageOrder } from '#core/images/image-page.ts';
import { countImages, listImages } from '#core/images/list-images.ts';
import { builder } from './builder.ts';
import { connectionType, pageArgs, pageComplexity, toConnection } from './connection.ts';
import { idOf, lenientIdOf } from './global-id.ts';
import { ImageObject } from './image.ts';
import { nullWhenMissing } from './null-when-missing.ts';
import { ProjectObject } from './project.ts';
import { SplitEnum } from './split.ts';

const ImageConnection = connectionType(ImageObject, 'Image');
/** Counts what a connection lists, when that is asked for. */
const counters = new WeakMap<object, () => Promise<number | null>>();

builder.objectField(ImageConnection, 'totalCount', (t) =>
  t.int({
    nullable: true,
    description:
      'How many images there are in all, where that is maintained: without a filter, by `isLabelled`, by `labelId`. Null for any other filter.',
    resolve: (connection) => counters.get(connection)?.() ?? null,
  }),
);

const ImageOrderEnum = builder.enumType('ImageOrder', {
  description: 'What images are ordered by.',
  values: {
    UPLOADED_AT: { description: 'The time of their upload.' },
    FILE_NAME: { description: 'The first 200 characters of their file name whatever their case, by code points.' },
  } satisfies Record<ImageOrder, { description: string }>,
});
const OrderDirection = builder.enumType('OrderDirection', {
  description: 'Which end of a list comes first.',
  values: {
    ASC: { description: 'Oldest first; names from A to Z.' },
    DESC: { description: 'Newest first; names from Z to A.' },
  },
});
const ImageFilterInput = builder.inputType('ImageFilter', {
  description: 'Which images; conditions that are left out do not count, the others must all hold.',
  fields: (t) => ({
    isLabelled: t.boolean({ description: 'Only those with, or without, a label.' }),
    labelId: t.id({ description: 'Only those that carry this label.' }),
    split: t.field({
      type: SplitEnum,
      description:
        'Only those that stand on this side: where a person has put them, else where the last dataset version did.',
    }),
    group: t.string({ description: 'Only those of this group.' }),
    fileNameContains: t.string({
      description: 'Only those with this in their file name, whatever the case of letters; 1 to 200 characters.',
    }),
    uploadedById: t.id({ description: 'Only those that this user has uploaded.' }),
    uploadedAfter: t.field({ type: 'DateTime', description: 'Only those uploaded at this time or after it.' }),
    uploadedBefore: t.field({ type: 'DateTime', description: 'Only those uploaded before this time.' }),
    annotatedById: t.id({ description: 'Only those that carry a label that this user has put there.' }),
    hasNearDuplicates: t.boolean({
      description:
        'Only suspected duplicates, or only others: whether another image of the project looks alike. New images are compared within moments.',
    }),
  }),
});

function imageListArgs(arg: Parameters<typeof pageArgs>[0]) {
  return {
    ...pageArgs(arg),
    filter: arg({ type: ImageFilterInput, description: 'Which ones.' }),
    orderBy: arg({ type: ImageOrderEnum, defaultValue: 'UPLOADED_AT', description: 'In which order.' }),
    direction: arg({
      type: OrderDirection,
      description: 'Left out = newest first by upload time, from A to Z by file name.',
    }),
  };
}

interface ImageListArgs {
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: ImageFilter | null | undefined;
  orderBy?: ImageOrder | null | undefined;
  direction?: 'ASC' | 'DESC' | null | undefined;
}

const lenient = (kind: string, id: string | null | undefined) => (id == null ? null : lenientIdOf(kind, id));

async function readImages(ctx: ActionContext, projectId: string, args: ImageListArgs) {
  const filter = {
    ...args.filter,
    labelId: lenient('Label', args.filter?.labelId),
    uploadedById: lenient('User', args.filter?.uploadedById),
    annotatedById: lenient('User', args.filter?.annotatedById),
  };
  const page = await listImages(ctx, { ...args, projectId, filter });
  const cursors = new Map(page.items.map(({ image, cursor }) => [image, cursor]));
  const connection = toConnection({ ...page, items: [...cursors.keys()] }, args.after, (image) => cursors.get(image)!);
  counters.set(connection, () => countImages(ctx, projectId, filter));
  return connection;
}

const order =
  'A page costs the same however many images there are: where the conditions of a filter hardly ever meet it can hold fewer images than asked for, even none, although `hasNextPage` is true; go on from `endCursor`.';

builder.objectField(ProjectObject, 'images', (t) =>
  t.field({
    type: ImageConnection,
    description: `Images, newest first unless told otherwise. ${order}`,
    args: imageListArgs(t.arg),
    complexity: pageComplexity,
    resolve: (project, args, ctx) => readImages(ctx.action(), project.id, args),
  }),
);

builder.queryField('images', (t) =>
  t.field({
    type: ImageConnection,
    nullable: true,
    description: `Images of a project, newest first unless told otherwise; null when there is no such project. ${order}`,
    args: { projectId: t.arg.id({ required: true, description: 'The project.' }), ...imageListArgs(t.arg) },
    complexity: pageComplexity,
    resolve: (_root, { projectId, ...args }, ctx) => {
      const action = ctx.action();
      return nullWhenMissing(() => readImages(action, idOf('Project', projectId), args));
    },
  }),
);
