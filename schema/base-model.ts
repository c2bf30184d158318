import {
  createBaseModelUpload,
  deleteBaseModel,
  listBaseModelUploads,
  type BaseModelUpload,
} from '#core/base-models/base-model-uploads.ts';
import { listBaseModels, type BaseModel } from '#core/base-models/base-models.ts';
import type { BaseModelSource, BaseModelUploadState, TrainablePart } from '#core/base-models/table.ts';
import { ConflictError, InvalidStateError, LimitExceededError } from '#core/platform/errors.ts';
import { builder } from './builder.ts';
import { writeGlobalId } from './global-id.ts';
import { commonErrors } from './user-errors.ts';

const BaseModelSourceEnum = builder.enumType('BaseModelSource', {
  description: 'Where a base model comes from.',
  values: {
    SHIPPED: { description: 'It came with this release.' },
    INSTALLED: { description: "Somebody put it into a worker's models folder." },
    UPLOADED: { description: 'An administrator uploaded it for all workers.' },
  } satisfies Record<BaseModelSource, { description: string }>,
});

const TrainablePartEnum = builder.enumType('TrainablePart', {
  description: 'What a training may change of a network.',
  values: {
    WHOLE: { description: 'All of it.' },
    SUFFIX: { description: 'Its last layers.' },
    HEAD: { description: 'Nothing but the head that is put on top.' },
  } satisfies Record<TrainablePart, { description: string }>,
});

const BaseModelObject = builder.objectRef<BaseModel>('BaseModel').implement({
  description: 'A pretrained network that trainings build on.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'For the training config.' }),
    version: t.exposeString('version', { description: 'Of the model.' }),
    sha256: t.string({ description: 'Digest of the ONNX file.', resolve: ({ sha256 }) => sha256.toString('hex') }),
    source: t.field({
      type: BaseModelSourceEnum,
      description: 'Where it comes from.',
      resolve: ({ source }) => source,
    }),
    licence: t.string({ description: 'Its terms, as far as stated.', resolve: ({ facts }) => facts.licence }),
    bytes: t.float({ description: 'Size of the ONNX file, bytes.', resolve: ({ facts }) => facts.bytes }),
    parameters: t.float({ description: 'Numbers in it.', resolve: ({ facts }) => facts.parameters }),
    multiplyAdds: t.float({
      description: 'Of one picture: what it costs.',
      resolve: ({ facts }) => facts.multiplyAdds,
    }),
    millisecondsPerPicture: t.float({
      nullable: true,
      description: 'On one thread of the machine on which it was brought; null where it was not tried.',
      resolve: ({ facts }) => facts.millisecondsPerPicture,
    }),
    inputSize: t.int({ description: 'Pixels of a side of what it sees.', resolve: ({ facts }) => facts.inputSize }),
    dimension: t.int({
      description: 'Numbers by which it describes a picture.',
      resolve: ({ facts }) => facts.dimension,
    }),
    trainable: t.field({
      type: TrainablePartEnum,
      description: 'How far trainings can go into it.',
      resolve: ({ facts }) => facts.trainable,
    }),
    frozenOperators: t.stringList({
      description: 'Operators that cannot be differentiated: what comes before them stays frozen.',
      resolve: ({ facts }) => [...facts.frozenOperators],
    }),
    remarks: t.stringList({
      description: 'What was found, assumed or changed when it was brought, a sentence each.',
      resolve: ({ facts }) => [...facts.remarks],
    }),
    offeredAt: t.field({
      type: 'DateTime',
      description: 'When a worker last said that it has it.',
      resolve: ({ offeredAt }) => offeredAt,
    }),
  }),
});

builder.queryField('baseModels', (t) =>
  t.field({
    type: [BaseModelObject],
    description: 'The base models that workers offer, by name.',
    resolve: (_root, _args, ctx) => listBaseModels(ctx.action()),
  }),
);

const BaseModelUploadStateEnum = builder.enumType('BaseModelUploadState', {
  description: 'How far an uploaded model is.',
  values: {
    ANNOUNCED: { description: 'Its bytes are awaited.' },
    QUEUED: { description: 'A worker will try it, or does.' },
    READY: { description: 'It is a base model now.' },
    REFUSED: { description: 'No training can build on it.' },
  } satisfies Record<BaseModelUploadState, { description: string }>,
});

const BaseModelUploadObject = builder.objectRef<BaseModelUpload>('BaseModelUpload').implement({
  description: 'An ONNX file on its way to become a base model.',
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: (upload) => writeGlobalId('BaseModelUpload', upload.id) }),
    name: t.exposeString('name', { description: 'Name that the base model gets.' }),
    state: t.field({ type: BaseModelUploadStateEnum, description: 'How far it is.', resolve: (item) => item.state }),
    message: t.exposeString('message', { nullable: true, description: 'Why it was refused, for a person.' }),
    createdAt: t.field({ type: 'DateTime', description: 'When it was announced.', resolve: (item) => item.createdAt }),
  }),
});

const CreatedBaseModelUpload = builder
  .objectRef<{ upload: BaseModelUpload; uploadUrl: string }>('CreatedBaseModelUpload')
  .implement({
    description: 'Where to send the bytes of a model.',
    fields: (t) => ({
      upload: t.field({ type: BaseModelUploadObject, description: 'The upload.', resolve: (item) => item.upload }),
      uploadUrl: t.exposeString('uploadUrl', {
        description: 'Signed address for one PUT of the bytes, good for 6 hours.',
      }),
    }),
  });

const CreateBaseModelUploadInput = builder.inputType('CreateBaseModelUploadInput', {
  description: 'A model to bring, and what its owner knows of it; what is left out is found or assumed.',
  fields: (t) => ({
    name: t.string({
      required: true,
      description: 'Lower-case words joined by hyphens, at most 64 characters; not taken.',
    }),
    byteSize: t.int({ required: true, description: 'Bytes of the ONNX file.' }),
    licence: t.string({ description: 'Its terms, for those who choose it.' }),
    size: t.int({ description: 'Pixels of a side, 8 to 2048, where the file leaves it open.' }),
    mean: t.floatList({ description: 'Per channel, 0 to 1: x = (pixel/255 - mean) / std; default: of ImageNet.' }),
    std: t.floatList({ description: 'Per channel, 0.001 to 1; default: of ImageNet.' }),
    resize: t.field({
      type: builder.enumType('ResizeMode', {
        description: 'How pictures are brought to a square.',
        values: {
          COVER: { value: 'cover', description: 'The centre, as much of it as fits; the default.' },
          FILL: { value: 'fill', description: 'All of it, stretched.' },
        } satisfies Record<string, { value: 'cover' | 'fill'; description: string }>,
      }),
      description: 'Left out = COVER.',
    }),
    output: t.string({ description: 'Value of the graph that describes a picture.' }),
  }),
});

builder.mutationField('createBaseModelUpload', (t) =>
  t.field({
    type: CreatedBaseModelUpload,
    errors: { types: [...commonErrors, ConflictError, LimitExceededError] },
    description:
      'Announces an ONNX classifier or embedder that is to become a base model for all workers. Administrators.',
    args: { input: t.arg({ type: CreateBaseModelUploadInput, required: true, description: 'The model.' }) },
    resolve: (_root, { input }, ctx) => createBaseModelUpload(ctx.action(), input),
  }),
);

builder.queryField('baseModelUploads', (t) =>
  t.field({
    type: [BaseModelUploadObject],
    description: 'The last 100 uploads of base models, newest first; none for others than administrators.',
    resolve: (_root, _args, ctx) => listBaseModelUploads(ctx.action()),
  }),
);

const DeletedBaseModel = builder.objectRef<{ name: string }>('DeletedBaseModel').implement({
  description: 'What is left of a deleted base model.',
  fields: (t) => ({ name: t.exposeString('name', { description: 'The name it had, free again.' }) }),
});

builder.mutationField('deleteBaseModel', (t) =>
  t.field({
    type: DeletedBaseModel,
    errors: { types: [...commonErrors, InvalidStateError] },
    description:
      'Deletes an uploaded base model with its files. Versions that were trained on it stay; trainings that name it and have not begun fail. Administrators.',
    args: { name: t.arg.string({ required: true, description: 'As in `baseModels`.' }) },
    resolve: async (_root, { name }, ctx) => {
      await deleteBaseModel(ctx.action(), name);
      return { name };
    },
  }),
);
