import { listBaseModels, type BaseModel } from '#core/base-models/base-models.ts';
import type { BaseModelSource, TrainablePart } from '#core/base-models/table.ts';
import { builder } from './builder.ts';

const BaseModelSourceEnum = builder.enumType('BaseModelSource', {
  description: 'Where a base model comes from.',
  values: {
    SHIPPED: { description: 'It came with this release.' },
    INSTALLED: { description: "Somebody put it into a worker's models folder." },
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
