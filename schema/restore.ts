import { restoreImages, type RestoredImage } from '#core/images/restore-images.ts';
import { restoreLabels, type RestoredLabel } from '#core/images/restore-labels.ts';
import { getProject } from '#core/projects/projects.ts';
import { builder } from './builder.ts';
import { idOf, lenientIdOf } from './global-id.ts';
import { ImageObject } from './image.ts';
import { LabelObject } from './label.ts';
import { ProjectObject } from './project.ts';
import { commonErrors, errorValue, UserErrorInterface } from './user-errors.ts';

type Refused<T> = Extract<T, { error: unknown }>;

const RestoredImageObject = builder.objectRef<Exclude<RestoredImage, { error: unknown }>>('RestoredImage').implement({
  description: 'The image is back.',
  fields: (t) => ({
    image: t.field({ type: ImageObject, description: 'The image as it is now.', resolve: (item) => item.image }),
  }),
});
const ImageRestoreRefused = builder.objectRef<Refused<RestoredImage>>('ImageRestoreRefused').implement({
  description: 'One image of the call was not restored; the others were.',
  fields: (t) => ({
    imageId: t.id({ description: 'The image.', resolve: (item) => item.imageId }),
    error: t.field({ type: UserErrorInterface, description: 'Why not.', resolve: (item) => errorValue(item.error) }),
    existing: t.field({
      type: ImageObject,
      nullable: true,
      description: 'The image of the same picture that the project has by now, where that is why.',
      resolve: (item) => item.existing ?? null,
    }),
  }),
});
const RestoredLabelObject = builder.objectRef<Exclude<RestoredLabel, { error: unknown }>>('RestoredLabel').implement({
  description: 'The label is back.',
  fields: (t) => ({
    label: t.field({
      type: LabelObject,
      description: 'The label as it is now; `imageCount` goes on growing in the background beyond 1,000.',
      resolve: (item) => item.label,
    }),
  }),
});
const LabelRestoreRefused = builder.objectRef<Refused<RestoredLabel>>('LabelRestoreRefused').implement({
  description: 'One label of the call was not restored; the others were.',
  fields: (t) => ({
    labelId: t.id({ description: 'The label.', resolve: (item) => item.labelId }),
    error: t.field({ type: UserErrorInterface, description: 'Why not.', resolve: (item) => errorValue(item.error) }),
    existing: t.field({
      type: LabelObject,
      nullable: true,
      description: 'The label that has its name by now, where that is why.',
      resolve: (item) => item.existing ?? null,
    }),
  }),
});

const RestoreImagesPayload = builder
  .objectRef<{ projectId: string; results: RestoredImage[] }>('RestoreImagesPayload')
  .implement({
    description: 'A result for each image of the call.',
    fields: (t) => ({
      results: t.field({
        type: [
          builder.unionType('RestoreImageResult', {
            description: 'What became of one image of the call.',
            types: [RestoredImageObject, ImageRestoreRefused],
            resolveType: (item) => ('error' in item ? ImageRestoreRefused : RestoredImageObject),
          }),
        ],
        description: 'In the order asked.',
        complexity: { field: 1, multiplier: 1 },
        resolve: (payload) => payload.results,
      }),
      project: t.field({
        type: ProjectObject,
        description: 'The project with its counts as they are now.',
        resolve: (payload, _args, ctx) => getProject(ctx.action(), payload.projectId),
      }),
    }),
  });
const RestoreLabelsPayload = builder
  .objectRef<{ projectId: string; results: RestoredLabel[] }>('RestoreLabelsPayload')
  .implement({
    description: 'A result for each label of the call.',
    fields: (t) => ({
      results: t.field({
        type: [
          builder.unionType('RestoreLabelResult', {
            description: 'What became of one label of the call.',
            types: [RestoredLabelObject, LabelRestoreRefused],
            resolveType: (item) => ('error' in item ? LabelRestoreRefused : RestoredLabelObject),
          }),
        ],
        description: 'In the order asked.',
        complexity: { field: 1, multiplier: 1 },
        resolve: (payload) => payload.results,
      }),
      project: t.field({
        type: ProjectObject,
        description: 'The project with its counts as they are now.',
        resolve: (payload, _args, ctx) => getProject(ctx.action(), payload.projectId),
      }),
    }),
  });

const RestoreImagesInput = builder.inputType('RestoreImagesInput', {
  description: 'Images to take out of the trash of one project.',
  fields: (t) => ({
    projectId: t.id({ required: true, description: 'The project.' }),
    imageIds: t.idList({ required: true, description: '1 to 1,000, each once.' }),
  }),
});
const RestoreLabelsInput = builder.inputType('RestoreLabelsInput', {
  description: 'Labels to take out of the trash of one project.',
  fields: (t) => ({
    projectId: t.id({ required: true, description: 'The project.' }),
    labelIds: t.idList({ required: true, description: '1 to 100, each once.' }),
  }),
});

builder.mutationField('restoreImages', (t) =>
  t.field({
    type: RestoreImagesPayload,
    errors: { types: commonErrors },
    description:
      'Takes images out of the trash, with the labels that they carried; labels that are in the trash themselves come with `restoreLabels`. Editors.',
    args: { input: t.arg({ type: RestoreImagesInput, required: true, description: 'Which.' }) },
    resolve: async (_root, { input }, ctx) => {
      const projectId = idOf('Project', input.projectId);
      const imageIds = input.imageIds.map((id) => lenientIdOf('Image', id));
      const results = await restoreImages(ctx.action(), { projectId, imageIds });
      // Ids are shown as they were sent.
      return {
        projectId,
        results: results.map((item, index) => ('error' in item ? { ...item, imageId: input.imageIds[index]! } : item)),
      };
    },
  }),
);

builder.mutationField('restoreLabels', (t) =>
  t.field({
    type: RestoreLabelsPayload,
    errors: { types: commonErrors },
    description:
      'Takes labels out of the trash and puts them on the images that carried them, unless these are in the trash or, where an image carries one label, were labelled anew. A keyboard shortcut that another label has by now is lost. Editors.',
    args: { input: t.arg({ type: RestoreLabelsInput, required: true, description: 'Which.' }) },
    resolve: async (_root, { input }, ctx) => {
      const projectId = idOf('Project', input.projectId);
      const labelIds = input.labelIds.map((id) => lenientIdOf('Label', id));
      const results = await restoreLabels(ctx.action(), { projectId, labelIds });
      return {
        projectId,
        results: results.map((item, index) => ('error' in item ? { ...item, labelId: input.labelIds[index]! } : item)),
      };
    },
  }),
);
