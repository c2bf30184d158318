import {
  mostImagesFromFile,
  verifyModelVersion,
  type FigureDifference,
  type FileVerification,
  type ModelVerification,
} from '#core/models/verify-model-version.ts';
import { builder } from './builder.ts';
import { idOf, writeGlobalId } from './global-id.ts';
import { ModelVersionObject } from './model-version.ts';
import { commonErrors } from './user-errors.ts';

const FigureDifferenceObject = builder.objectRef<FigureDifference>('FigureDifference').implement({
  description: 'A figure of an evaluation that is stored otherwise than it was found.',
  fields: (t) => ({
    figure: t.exposeString('figure', {
      description: 'Its path, such as `accuracy`, `macro.f1`, `confusionMatrix.0.2` or `classStatistics.1.recall`.',
    }),
    stored: t.exposeFloat('stored', { nullable: true, description: 'As stored; null where it is missing.' }),
    found: t.exposeFloat('found', { nullable: true, description: 'As found; null where there is no such figure.' }),
  }),
});

const FileVerificationObject = builder.objectRef<FileVerification>('FileVerification').implement({
  description: 'What the file of a model version says now.',
  fields: (t) => ({
    isUnchanged: t.exposeBoolean('isUnchanged', {
      description: 'Whether it is, to the byte, the one that the training left. It is not asked anything otherwise.',
    }),
    imageCount: t.exposeInt('imageCount', { description: 'Images that it was asked about.' }),
    unreadableCount: t.exposeInt('unreadableCount', { description: 'Images that it could not be asked about.' }),
    largestDifference: t.exposeFloat('largestDifference', { description: 'Of a probability from the stored one.' }),
    isWithinTolerance: t.exposeBoolean('isWithinTolerance', { description: 'Whether that is at most 1e-4.' }),
  }),
});

const ModelVerificationObject = builder.objectRef<ModelVerification>('ModelVerification').implement({
  description: 'Whether the evaluation of a model version is what its answers say.',
  fields: (t) => ({
    isEqual: t.exposeBoolean('isEqual', { description: 'Whether all is as stored.' }),
    imageCount: t.exposeInt('imageCount', { description: 'Images whose stored answers were counted again.' }),
    differences: t.field({
      type: [FigureDifferenceObject],
      description: 'Figures that differ; empty where all are equal.',
      resolve: (item) => [...item.differences],
    }),
    contradictingImageIds: t.idList({
      description: 'Images whose stored answer is not what their stored probabilities say, up to 100.',
      resolve: (item) => item.contradictingImageIds.map((id) => writeGlobalId('Image', id)),
    }),
    file: t.field({
      type: FileVerificationObject,
      nullable: true,
      description: 'What the file says; null unless it was asked for.',
      resolve: (item) => item.file,
    }),
    modelVersion: t.field({
      type: ModelVersionObject,
      description: 'The version.',
      resolve: (item) => item.modelVersion,
    }),
  }),
});

builder.mutationField('verifyModelVersion', (t) =>
  t.field({
    type: ModelVerificationObject,
    errors: { types: [...commonErrors] },
    description: 'Counts the stored evaluation of a model version again from its stored answers, and changes nothing.',
    args: {
      id: t.arg.id({ required: true, description: 'The model version.' }),
      fromFile: t.arg.boolean({
        defaultValue: false,
        description: `Whether to ask the file too, about up to ${mostImagesFromFile} images of the dataset version, evenly chosen.`,
      }),
    },
    resolve: (_root, { id, fromFile }, ctx) =>
      verifyModelVersion(ctx.action(), ctx.predictor, { id: idOf('ModelVersion', id), fromFile: fromFile ?? false }),
  }),
);
