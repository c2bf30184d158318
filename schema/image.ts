import { annotateImages, type AnnotationResult } from '#core/images/annotate-images.ts';
import type { Image, ImageForm } from '#core/images/image-row.ts';
import { getImage, imageUrl, type Annotation } from '#core/images/list-images.ts';
import { deleteImages } from '#core/images/remove-images.ts';
import { getProject } from '#core/projects/projects.ts';
import { builder } from './builder.ts';
import { idOf, lenientIdOf } from './global-id.ts';
import { LabelObject } from './label.ts';
import { nullWhenMissing } from './null-when-missing.ts';
import { ProjectObject } from './project.ts';
import { SplitEnum } from './split.ts';
import { commonErrors, errorValue, UserErrorInterface } from './user-errors.ts';

const AnnotationSource = builder.enumType('AnnotationSource', {
  description: 'Who or what said that the image carries the label.',
  values: {
    HUMAN: { description: 'A person.' },
    IMPORT: { description: 'It came with the data.' },
    MODEL: { description: 'A model suggested it.' },
  },
});

const ImageFormEnum = builder.enumType('ImageForm', {
  description: 'One of the stored forms of a picture.',
  values: {
    ORIGINAL: { value: 'original', description: 'The uploaded bytes.' },
    NORMALISED: {
      value: 'normalised',
      description: 'JPEG, upright, sRGB, longest side at most 1024 px: what models see.',
    },
    THUMBNAIL: { value: 'thumbnail', description: 'JPEG, longest side at most 256 px.' },
  } satisfies Record<Uppercase<ImageForm>, { value: ImageForm; description: string }>,
});

const AnnotationObject = builder.objectRef<Annotation>('Annotation').implement({
  description: 'An image carries a label.',
  fields: (t) => ({
    label: t.field({
      type: LabelObject,
      description: 'The label.',
      resolve: (annotation) => annotation.label,
    }),
    source: t.field({ type: AnnotationSource, description: 'Who or what said so.', resolve: (item) => item.source }),
    confidence: t.exposeFloat('confidence', {
      nullable: true,
      description: '0 to 1 where a model said so, otherwise null.',
    }),
    createdAt: t.field({ type: 'DateTime', description: 'When.', resolve: (item) => item.createdAt }),
  }),
});

export const ImageObject = builder.objectRef<Image>('Image');
builder.node(ImageObject, {
  description: 'One picture of a project.',
  id: { resolve: (image) => image.id, description: 'Global id.' },
  loadOne: (id, ctx) => nullWhenMissing(() => getImage(ctx.action(), id)),
  fields: (t) => ({
    fileName: t.exposeString('fileName', { description: 'Name it was uploaded under; not unique, never a path.' }),
    sha256: t.string({
      description: 'Digest of the uploaded bytes, 64 hexadecimal digits: the identity inside the project.',
      resolve: (image) => image.sha256.toString('hex'),
    }),
    format: t.exposeString('format', { description: 'Format of the upload, such as jpeg or png.' }),
    width: t.exposeInt('width', { description: 'Pixels, upright.' }),
    height: t.exposeInt('height', { description: 'Pixels, upright.' }),
    byteSize: t.exposeInt('byteSize', { description: 'Bytes uploaded.' }),
    createdAt: t.field({ type: 'DateTime', description: 'When it came.', resolve: (image) => image.createdAt }),
    isLabelled: t.exposeBoolean('isLabelled', { description: 'Whether it carries a label.' }),
    annotationRevision: t.exposeInt('annotationRevision', {
      description:
        'Grows with every change of the annotation; send it as `expectedRevision` to notice changes by others.',
    }),
    splitOverride: t.field({
      type: SplitEnum,
      nullable: true,
      description: 'Side of the split where a person has put it; null = automatic.',
      resolve: (image) => image.splitOverride,
    }),
    group: t.exposeString('group', {
      nullable: true,
      description: 'Such as a camera or a patient: images of one group stand on one side of the split.',
    }),
    annotations: t.field({
      type: [AnnotationObject],
      description: 'The labels it carries.',
      complexity: { field: 1, multiplier: 1 },
      resolve: (image, _args, ctx) => ctx.loaders.annotations.load(image.id),
    }),
    nearDuplicates: t.field({
      type: [ImageObject],
      description:
        'Other images of the project that look alike, by how far they were compared in the background since they came; at most 20, oldest first.',
      complexity: { field: 1, multiplier: 5 },
      resolve: (image, _args, ctx) => ctx.loaders.nearDuplicates.load(image.id),
    }),
    url: t.string({
      description: 'Signed address of the bytes, good for at least an hour.',
      args: { form: t.arg({ type: ImageFormEnum, defaultValue: 'thumbnail', description: 'Which form.' }) },
      resolve: (image, { form }, ctx) => imageUrl(ctx.platform, image, form ?? 'thumbnail'),
    }),
  }),
});

builder.queryField('image', (t) =>
  t.field({
    type: ImageObject,
    nullable: true,
    description: 'An image by id; null when there is none that the viewer may see.',
    args: { id: t.arg.id({ required: true, description: 'The image.' }) },
    resolve: (_root, { id }, ctx) => {
      const action = ctx.action();
      return nullWhenMissing(() => getImage(action, idOf('Image', id)));
    },
  }),
);

const AnnotateImagesInput = builder.inputType('AnnotateImagesInput', {
  description: 'Changes to the labels of images of one project.',
  fields: (t) => ({
    projectId: t.id({ required: true, description: 'The project.' }),
    annotations: t.field({
      type: [
        builder.inputType('AnnotateImageInput', {
          description:
            'The labels of one image from now on: by `labelId`, by `labelIds`, or by `addLabelIds` and `removeLabelIds`.',
          fields: (f) => ({
            imageId: f.id({ required: true, description: 'The image; each at most once a call.' }),
            labelId: f.id({ description: 'The one label it carries from now on; null takes all labels away.' }),
            labelIds: f.idList({ description: 'Exactly the labels it carries from now on, at most 100.' }),
            addLabelIds: f.idList({ description: 'Labels it carries from now on besides those it has.' }),
            removeLabelIds: f.idList({ description: 'Labels it does not carry any more.' }),
            expectedRevision: f.int({
              description: '`annotationRevision` that the caller has seen; left out = whatever it is now.',
            }),
          }),
        }),
      ],
      required: true,
      description: '1 to 1,000.',
    }),
  }),
});

const AnnotatedImage = builder.objectRef<{ image: Image }>('AnnotatedImage').implement({
  description: 'The image, annotated.',
  fields: (t) => ({
    image: t.field({ type: ImageObject, description: 'The image as it is now.', resolve: (item) => item.image }),
  }),
});
const AnnotationRefused = builder
  .objectRef<Extract<AnnotationResult, { error: unknown }>>('AnnotationRefused')
  .implement({
    description: 'One image of the call was not annotated; the others were.',
    fields: (t) => ({
      imageId: t.id({ description: 'The image.', resolve: (item) => item.imageId }),
      error: t.field({ type: UserErrorInterface, description: 'Why not.', resolve: (item) => errorValue(item.error) }),
    }),
  });
const AnnotateImageResult = builder.unionType('AnnotateImageResult', {
  description: 'What became of one image of the call.',
  types: [AnnotatedImage, AnnotationRefused],
  resolveType: (item) => ('image' in item ? AnnotatedImage : AnnotationRefused),
});
const AnnotateImagesPayload = builder
  .objectRef<{ projectId: string; results: AnnotationResult[] }>('AnnotateImagesPayload')
  .implement({
    description: 'A result for each image of the call.',
    fields: (t) => ({
      results: t.field({
        type: [AnnotateImageResult],
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

const lenientLabelIds = (ids: readonly string[] | null | undefined) => ids?.map((id) => lenientIdOf('Label', id));

builder.mutationField('annotateImages', (t) =>
  t.field({
    type: AnnotateImagesPayload,
    errors: { types: commonErrors },
    description: 'Labels up to 1,000 images at once; what is wrong with one does not touch the others. Labellers.',
    args: { input: t.arg({ type: AnnotateImagesInput, required: true, description: 'What carries what.' }) },
    resolve: async (_root, { input }, ctx) => {
      const projectId = idOf('Project', input.projectId);
      const asked = input.annotations.map((item) => item.imageId);
      const results = await annotateImages(ctx.action(), {
        projectId,
        annotations: input.annotations.map((item) => ({
          imageId: lenientIdOf('Image', item.imageId),
          labelId: item.labelId == null ? null : lenientIdOf('Label', item.labelId),
          labelIds: lenientLabelIds(item.labelIds),
          addLabelIds: lenientLabelIds(item.addLabelIds),
          removeLabelIds: lenientLabelIds(item.removeLabelIds),
          expectedRevision: item.expectedRevision,
        })),
      });
      return {
        projectId,
        results: results.map((result, index) => ('error' in result ? { ...result, imageId: asked[index]! } : result)),
      };
    },
  }),
);

const DeleteImagesInput = builder.inputType('DeleteImagesInput', {
  description: 'Images to move into the trash of one project.',
  fields: (t) => ({
    projectId: t.id({ required: true, description: 'The project.' }),
    imageIds: t.idList({ required: true, description: '1 to 1,000; ids that are not there are skipped.' }),
    deleteSourceFiles: t.boolean({
      description:
        'Not into the trash: the images are gone for good at once, and files that no dataset version holds within moments. Default false.',
    }),
  }),
});
const DeleteImagesPayload = builder
  .objectRef<{ projectId: string; deletedCount: number }>('DeleteImagesPayload')
  .implement({
    description: 'What was deleted.',
    fields: (t) => ({
      deletedCount: t.exposeInt('deletedCount', { description: 'Images that went.' }),
      project: t.field({
        type: ProjectObject,
        description: 'The project with its counts as they are now.',
        resolve: (payload, _args, ctx) => getProject(ctx.action(), payload.projectId),
      }),
    }),
  });

builder.mutationField('deleteImages', (t) =>
  t.field({
    type: DeleteImagesPayload,
    errors: { types: commonErrors },
    description:
      'Moves images into the trash, from where they can be restored for 30 days (or as the installation says). Dataset versions keep what they hold, also after that. Editors.',
    args: { input: t.arg({ type: DeleteImagesInput, required: true, description: 'Which.' }) },
    resolve: async (_root, { input }, ctx) => {
      const projectId = idOf('Project', input.projectId);
      const imageIds = input.imageIds.map((id) => lenientIdOf('Image', id));
      const deletedCount = await deleteImages(ctx.action(), { ...input, projectId, imageIds });
      return { projectId, deletedCount };
    },
  }),
);
