import { getModelVersion } from '#core/models/model-versions.ts';
import { objectUrl } from '#core/platform/object-url.ts';
import {
  type Int8Outcome,
  type ModelExportFormat,
  type ModelExportInput,
  type ModelExportResult,
} from '#core/transfer/model-export-facts.ts';
import { startModelExport } from '#core/transfer/start-model-export.ts';
import type { Transfer } from '#core/transfer/transfer-row.ts';
import { builder } from './builder.ts';
import { idOf } from './global-id.ts';
import { ModelVersionObject } from './model-version.ts';
import { nullWhenMissing } from './null-when-missing.ts';
import { ModelExportObject } from './transfer.ts';
import { commonErrors } from './user-errors.ts';

const Int8Object = builder.objectRef<Int8Outcome>('ModelExportInt8').implement({
  description: 'The variant with weights in 8 bits: a smaller file, no faster.',
  fields: (t) => ({
    isIncluded: t.exposeBoolean('isIncluded', {
      description: 'Whether it went along: only where it loses no more accuracy than is allowed.',
    }),
    bytes: t.exposeInt('bytes', { description: 'Of the file.' }),
    accuracy: t.exposeFloat('accuracy', { description: 'Share of right answers to the same images, 0 to 1.' }),
    drop: t.exposeFloat('drop', { description: 'What it loses of that; negative where it happens to gain.' }),
    allowedDrop: t.exposeFloat('allowedDrop', { description: 'What it may lose.' }),
  }),
});

const BundleObject = builder.objectRef<ModelExportResult>('ModelBundle').implement({
  description: 'A ZIP file with a model and what belongs to it; see docs/taking-a-model-with-you.md.',
  fields: (t) => ({
    url: t.string({
      description: 'Signed address of the ZIP file, good for an hour.',
      resolve: ({ key }, _args, ctx) => objectUrl(ctx.platform, key),
    }),
    bytes: t.exposeInt('bytes', { description: 'Of the ZIP file.' }),
    sha256: t.exposeString('sha256', { description: 'Of the ZIP file, hexadecimal.' }),
    modelBytes: t.exposeInt('modelBytes', { description: 'Of `model.onnx` inside.' }),
    imageCount: t.exposeInt('imageCount', {
      description: 'Validation images that the server and the file were asked about.',
    }),
    unreadableCount: t.exposeInt('unreadableCount', { description: 'Those of them that could not be read.' }),
    parity: t.exposeFloat('parity', {
      description: 'Largest difference of a probability between the two, with the pixels that the network sees.',
    }),
    wholeParity: t.exposeFloat('wholeParity', {
      description:
        'The same with whole pictures, which the file resizes. Above 1e-4 only for versions of before pictures were decoded whole.',
    }),
    accuracy: t.exposeFloat('accuracy', { description: 'Share of right answers of the file to them, 0 to 1.' }),
    int8: t.field({ type: Int8Object, description: 'The 8-bit variant.', resolve: (result) => result.int8 }),
  }),
});

builder.objectFields(ModelExportObject, (t) => ({
  modelVersion: t.field({
    type: ModelVersionObject,
    nullable: true,
    description: 'The version that is exported; null when it was deleted.',
    resolve: (transfer, _args, ctx) => {
      const action = ctx.action();
      return nullWhenMissing(() => getModelVersion(action, inputOf(transfer).modelVersionId));
    },
  }),
  bundle: t.field({
    type: BundleObject,
    nullable: true,
    description: 'What is to be taken away; null until it is completed.',
    resolve: (transfer) => transfer.result as ModelExportResult | null,
  }),
}));

const inputOf = ({ input }: Transfer) => input as ModelExportInput;

const ModelExportFormatEnum = builder.enumType('ModelExportFormat', {
  description: 'What a model can be exported as.',
  values: {
    ONNX: { description: 'ONNX, operator set 13 or later, from pixels to probabilities in one file.' },
  } satisfies Record<ModelExportFormat, { description: string }>,
});

builder.mutationField('startModelExport', (t) =>
  t.field({
    type: ModelExportObject,
    errors: { types: [...commonErrors] },
    description:
      'Has a worker make a bundle of a model version. A version has one: whoever asks again gets the export that waits, runs or is done. Editors.',
    args: {
      modelVersionId: t.arg.id({ required: true, description: 'The model version.' }),
      format: t.arg({ type: ModelExportFormatEnum, required: true, description: 'What as.' }),
      idempotencyKey: t.arg.string({ description: 'Of the call: sent again, it gives the same export.' }),
    },
    resolve: (_root, { modelVersionId, ...rest }, ctx) =>
      startModelExport(ctx.action(), { modelVersionId: idOf('ModelVersion', modelVersionId), ...rest }),
  }),
);
