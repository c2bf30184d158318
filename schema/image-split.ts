import { setImageGroup, setImageSplit, type ImageChange } from '#core/images/set-image-split.ts';
import { builder } from './builder.ts';
import { idOf, lenientIdOf } from './global-id.ts';
import { ImageObject } from './image.ts';
import { SplitEnum } from './split.ts';
import { commonErrors, errorValue, UserErrorInterface } from './user-errors.ts';

const ChangedImage = builder.objectRef<Extract<ImageChange, { image: unknown }>>('ChangedImage').implement({
  description: 'The image, changed.',
  fields: (t) => ({
    image: t.field({ type: ImageObject, description: 'The image as it is now.', resolve: (item) => item.image }),
  }),
});
const ImageChangeRefused = builder.objectRef<Extract<ImageChange, { error: unknown }>>('ImageChangeRefused').implement({
  description: 'One image of the call was not changed; the others were.',
  fields: (t) => ({
    imageId: t.id({ description: 'The image.', resolve: (item) => item.imageId }),
    error: t.field({ type: UserErrorInterface, description: 'Why not.', resolve: (item) => errorValue(item.error) }),
  }),
});
const ChangeImageResult = builder.unionType('ChangeImageResult', {
  description: 'What became of one image of the call.',
  types: [ChangedImage, ImageChangeRefused],
  resolveType: (item) => ('image' in item ? ChangedImage : ImageChangeRefused),
});
const ChangeImagesPayload = builder.objectRef<{ results: ImageChange[] }>('ChangeImagesPayload').implement({
  description: 'A result for each image of the call.',
  fields: (t) => ({
    results: t.field({
      type: [ChangeImageResult],
      description: 'In the order asked.',
      complexity: { field: 1, multiplier: 1 },
      resolve: (payload) => payload.results,
    }),
  }),
});

const SetImageSplitInput = builder.inputType('SetImageSplitInput', {
  description: 'Images of one project and where they shall stand.',
  fields: (t) => ({
    projectId: t.id({ required: true, description: 'The project.' }),
    imageIds: t.idList({ required: true, description: '1 to 1,000, each once.' }),
    split: t.field({ type: SplitEnum, description: 'Their side from now on; null or left out = automatic again.' }),
  }),
});
const SetImageGroupInput = builder.inputType('SetImageGroupInput', {
  description: 'Images of one project that belong together.',
  fields: (t) => ({
    projectId: t.id({ required: true, description: 'The project.' }),
    imageIds: t.idList({ required: true, description: '1 to 1,000, each once.' }),
    group: t.string({
      description: 'Such as a camera or a patient, 1 to 128 characters; null or left out = with no others.',
    }),
  }),
});

/** Ids are shown as they were sent. */
const asAsked = (results: readonly ImageChange[], asked: readonly string[]) => ({
  results: results.map((result, index) => ('error' in result ? { ...result, imageId: asked[index]! } : result)),
});

builder.mutationField('setImageSplit', (t) =>
  t.field({
    type: ChangeImagesPayload,
    errors: { types: commonErrors },
    description:
      'Puts images on a side of the split in all dataset versions to come, and with them their groups and near-duplicates. Published versions do not change. Editors.',
    args: { input: t.arg({ type: SetImageSplitInput, required: true, description: 'Which, and where.' }) },
    resolve: async (_root, { input }, ctx) => {
      const projectId = idOf('Project', input.projectId);
      const imageIds = input.imageIds.map((id) => lenientIdOf('Image', id));
      const results = await setImageSplit(ctx.action(), { projectId, imageIds, split: input.split ?? null });
      return asAsked(results, input.imageIds);
    },
  }),
);

builder.mutationField('setImageGroup', (t) =>
  t.field({
    type: ChangeImagesPayload,
    errors: { types: commonErrors },
    description: 'Says that images belong together: a group stands on one side of the split. Editors.',
    args: { input: t.arg({ type: SetImageGroupInput, required: true, description: 'Which, and what they share.' }) },
    resolve: async (_root, { input }, ctx) => {
      const projectId = idOf('Project', input.projectId);
      const imageIds = input.imageIds.map((id) => lenientIdOf('Image', id));
      const results = await setImageGroup(ctx.action(), { projectId, imageIds, group: input.group ?? null });
      return asAsked(results, input.imageIds);
    },
  }),
);
