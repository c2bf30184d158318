import { completeImageUploads, type CompletedUpload } from '#core/images/complete-image-uploads.ts';
import { createImageUploads, type CreatedUpload, type SignedImageUpload } from '#core/images/image-uploads.ts';
import { getProject } from '#core/projects/projects.ts';
import { builder } from './builder.ts';
import { idOf, lenientIdOf, writeGlobalId } from './global-id.ts';
import { ImageObject } from './image.ts';
import { ProjectObject } from './project.ts';
import { commonErrors, errorValue, UserErrorInterface } from './user-errors.ts';

const HttpHeader = builder.objectRef<SignedImageUpload['headers'][number]>('HttpHeader').implement({
  description: 'A header to send.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name.' }),
    value: t.exposeString('value', { description: 'Value.' }),
  }),
});

const ImageUploadObject = builder.objectRef<SignedImageUpload>('ImageUpload').implement({
  description: 'A file that was announced: PUT its bytes to `uploadUrl`, then call `completeImageUploads`.',
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: ({ upload }) => writeGlobalId('ImageUpload', upload.id) }),
    fileName: t.string({ description: 'Name it was announced under.', resolve: ({ upload }) => upload.fileName }),
    uploadUrl: t.exposeString('uploadUrl', { description: 'Signed address for one PUT of the bytes.' }),
    headers: t.field({
      type: [HttpHeader],
      description: 'Headers to send with it.',
      resolve: (item) => [...item.headers],
    }),
    expiresAt: t.field({ type: 'DateTime', description: 'Until then.', resolve: ({ upload }) => upload.expiresAt }),
  }),
});

const UploadRefused = builder.objectRef<Extract<CreatedUpload, { error: unknown }>>('UploadRefused').implement({
  description: 'One file of the call was refused; the others were not.',
  fields: (t) => ({
    error: t.field({ type: UserErrorInterface, description: 'Why.', resolve: (item) => errorValue(item.error) }),
  }),
});
const CreateImageUploadResult = builder.unionType('CreateImageUploadResult', {
  description: 'What became of one announced file.',
  types: [ImageUploadObject, UploadRefused],
  resolveType: (item) => ('error' in item ? UploadRefused : ImageUploadObject),
});
const CreateImageUploadsPayload = builder
  .objectRef<{ results: CreatedUpload[] }>('CreateImageUploadsPayload')
  .implement({
    description: 'A result for each announced file.',
    fields: (t) => ({
      results: t.field({
        type: [CreateImageUploadResult],
        description: 'In the order asked.',
        complexity: { field: 1, multiplier: 1 },
        resolve: (payload) => payload.results,
      }),
    }),
  });

const CreateImageUploadsInput = builder.inputType('CreateImageUploadsInput', {
  description: 'Files to announce for one project.',
  fields: (t) => ({
    projectId: t.id({ required: true, description: 'The project.' }),
    files: t.field({
      type: [
        builder.inputType('ImageFileInput', {
          description: 'A file to announce.',
          fields: (f) => ({
            fileName: f.string({
              required: true,
              description: 'Any name, 1 to 1,024 characters; shown, never a path.',
            }),
            byteSize: f.int({ required: true, description: 'Exact size in bytes.' }),
            sha256: f.string({ description: '64 hexadecimal digits; checked on arrival when given.' }),
            group: f.string({
              description:
                '`Image.group` of the image that it becomes, 1 to 128 characters; an image that is there already keeps its own.',
            }),
          }),
        }),
      ],
      required: true,
      description: '1 to 100.',
    }),
  }),
});

builder.mutationField('createImageUploads', (t) =>
  t.field({
    type: CreateImageUploadsPayload,
    errors: { types: commonErrors },
    description: 'Announces up to 100 files and gives an address for the bytes of each. Editors.',
    args: { input: t.arg({ type: CreateImageUploadsInput, required: true, description: 'The files.' }) },
    resolve: async (_root, { input }, ctx) => ({
      results: await createImageUploads(ctx.action(), { ...input, projectId: idOf('Project', input.projectId) }),
    }),
  }),
);

const CompletedImage = builder
  .objectRef<Extract<CompletedUpload, { image: unknown }>>('CompletedImageUpload')
  .implement({
    description: 'A file that is an image of the project now, or was already.',
    fields: (t) => ({
      uploadId: t.id({ description: 'The upload.', resolve: (item) => writeGlobalId('ImageUpload', item.uploadId) }),
      outcome: t.field({
        type: builder.enumType('UploadOutcome', {
          description: 'What became of an upload.',
          values: {
            CREATED: { description: 'A new image.' },
            DUPLICATE: { description: 'The project had these very bytes already.' },
          },
        }),
        description: 'New or known.',
        resolve: (item) => item.outcome,
      }),
      image: t.field({ type: ImageObject, description: 'The image.', resolve: (item) => item.image }),
    }),
  });
const CompletionRefused = builder
  .objectRef<Extract<CompletedUpload, { error: unknown }>>('ImageUploadRefused')
  .implement({
    description: 'One file of the call did not become an image; the others did.',
    fields: (t) => ({
      uploadId: t.id({ description: 'The upload.', resolve: (item) => item.uploadId }),
      error: t.field({ type: UserErrorInterface, description: 'Why.', resolve: (item) => errorValue(item.error) }),
    }),
  });
const CompleteResult = builder.unionType('CompleteImageUploadResult', {
  description: 'What became of one upload.',
  types: [CompletedImage, CompletionRefused],
  resolveType: (item) => ('error' in item ? CompletionRefused : CompletedImage),
});
const CompletePayload = builder
  .objectRef<{ projectId: string | undefined; results: CompletedUpload[] }>('CompleteImageUploadsPayload')
  .implement({
    description: 'A result for each upload.',
    fields: (t) => ({
      results: t.field({
        type: [CompleteResult],
        description: 'In the order asked.',
        complexity: { field: 1, multiplier: 1 },
        resolve: (payload) => payload.results,
      }),
      project: t.field({
        type: ProjectObject,
        nullable: true,
        description: 'The project with its counts as they are now; null when no upload became an image.',
        resolve: (payload, _args, ctx) =>
          payload.projectId === undefined ? null : getProject(ctx.action(), payload.projectId),
      }),
    }),
  });

builder.mutationField('completeImageUploads', (t) =>
  t.field({
    type: CompletePayload,
    errors: { types: commonErrors },
    description: 'Verifies and normalises up to 100 sent files and makes them images. Safe to repeat. Editors.',
    args: { uploadIds: t.arg.idList({ required: true, description: '1 to 100, each once.' }) },
    resolve: async (_root, { uploadIds }, ctx) => {
      const results = await completeImageUploads(ctx.action(), {
        uploadIds: uploadIds.map((id) => lenientIdOf('ImageUpload', id)),
      });
      return {
        projectId: results.flatMap((item) => ('image' in item ? [item.image.projectId] : []))[0],
        results: results.map((item, index) => ('error' in item ? { ...item, uploadId: uploadIds[index]! } : item)),
      };
    },
  }),
);
