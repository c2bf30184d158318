import { emptyTrash } from '#core/images/empty-trash.ts';
import { listTrash, trashCursor, type TrashItem, type TrashKind } from '#core/images/list-trash.ts';
import type { Image } from '#core/images/image-row.ts';
import type { Label } from '#core/labels/label-row.ts';
import { getProject } from '#core/projects/projects.ts';
import { builder } from './builder.ts';
import { connectionType, pageArgs, pageComplexity, toConnection } from './connection.ts';
import { idOf, writeGlobalId } from './global-id.ts';
import { ImageObject } from './image.ts';
import { LabelObject } from './label.ts';
import { ProjectObject } from './project.ts';
import { commonErrors } from './user-errors.ts';

export const TrashItemInterface = builder.interfaceRef<TrashItem>('TrashItem').implement({
  description: 'Something that was deleted and can be restored.',
  resolveType: ({ item }) => ('image' in item ? 'TrashedImage' : 'TrashedLabel'),
  fields: (t) => ({
    deletedAt: t.field({ type: 'DateTime', description: 'When it was deleted.', resolve: (item) => item.deletedAt }),
    deletedById: t.id({
      nullable: true,
      description: 'Global id of the user who deleted it; null when there is no such user any more.',
      resolve: (item) => item.deletedBy && writeGlobalId('User', item.deletedBy.userId),
    }),
    deletedByName: t.string({
      nullable: true,
      description: 'Name of that user.',
      resolve: (item) => item.deletedBy?.userName ?? null,
    }),
    expiresAt: t.field({
      type: 'DateTime',
      description: 'Until when it can be restored; after that it is gone for good.',
      resolve: (item) => item.expiresAt,
    }),
  }),
});
type TrashedImage = TrashItem & { readonly item: { readonly image: Image } };
type TrashedLabel = TrashItem & { readonly item: { readonly label: Label } };

builder.objectRef<TrashedImage>('TrashedImage').implement({
  description: 'An image in the trash.',
  interfaces: [TrashItemInterface],
  fields: (t) => ({
    image: t.field({
      type: ImageObject,
      description: 'As it was, but for its labels, which come back with it.',
      resolve: ({ item }) => item.image,
    }),
  }),
});
builder.objectRef<TrashedLabel>('TrashedLabel').implement({
  description: 'A label in the trash.',
  interfaces: [TrashItemInterface],
  fields: (t) => ({
    label: t.field({
      type: LabelObject,
      description: 'As it was; `imageCount` tells how many images are still to lose it.',
      resolve: ({ item }) => item.label,
    }),
  }),
});

const TrashKindEnum = builder.enumType('TrashKind', {
  description: 'What kind of thing is in the trash.',
  values: { IMAGE: { description: 'An image.' }, LABEL: { description: 'A label.' } } satisfies Record<
    TrashKind,
    { description: string }
  >,
});

builder.objectField(ProjectObject, 'trash', (t) =>
  t.field({
    type: connectionType(TrashItemInterface, 'TrashItem'),
    description: 'Deleted images and labels that can still be restored, last deleted first.',
    args: { ...pageArgs(t.arg), kind: t.arg({ type: TrashKindEnum, description: 'Left out = both.' }) },
    complexity: pageComplexity,
    resolve: async (project, args, ctx) =>
      toConnection(await listTrash(ctx.action(), { ...args, projectId: project.id }), args.after, trashCursor),
  }),
);

builder.mutationField('emptyTrash', (t) =>
  t.field({
    type: ProjectObject,
    errors: { types: commonErrors },
    description:
      'Deletes for good what is in the trash of a project: it cannot be restored from now on, and files that no dataset version holds go in the background. Editors.',
    args: { projectId: t.arg.id({ required: true, description: 'The project.' }) },
    resolve: async (_root, args, ctx) => {
      const projectId = idOf('Project', args.projectId);
      await emptyTrash(ctx.action(), projectId);
      return getProject(ctx.action(), projectId);
    },
  }),
);
