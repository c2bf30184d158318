import { predict, type Prediction } from '#core/models/predict.ts';
import { InvalidStateError, PictureRefusedError, UnavailableError } from '#core/platform/errors.ts';
import { builder } from './builder.ts';
import { idOf, optionalIdOf, writeGlobalId } from './global-id.ts';
import { ModelVersionObject } from './model-version.ts';
import { isUnfamiliarDescription, unfamiliarityDescription } from './stored-evaluation.ts';
import { commonErrors } from './user-errors.ts';

export const ScoreObject = builder.objectRef<Prediction['scores'][number]>('Score').implement({
  description: 'How probable a class is.',
  fields: (t) => ({
    labelId: t.id({ description: 'The label.', resolve: (score) => writeGlobalId('Label', score.modelClass.labelId) }),
    labelName: t.string({ description: 'Its name.', resolve: (score) => score.modelClass.name }),
    probability: t.exposeFloat('probability', { description: '0 to 1.' }),
    isPredicted: t.exposeBoolean('isPredicted', { description: 'Whether the model says that the picture shows it.' }),
  }),
});
const PredictionObject = builder.objectRef<Prediction>('Prediction').implement({
  description: 'What a model version says to a picture.',
  fields: (t) => ({
    predictedLabel: t.string({
      description: 'Name of the most probable class.',
      resolve: (item) => item.scores[0]!.modelClass.name,
    }),
    predictedLabels: t.stringList({
      description:
        'Names of what the picture shows, most probable first: one in a single-label project, else any number.',
      resolve: (item) => item.scores.filter(({ isPredicted }) => isPredicted).map(({ modelClass }) => modelClass.name),
    }),
    scores: t.field({
      type: [ScoreObject],
      description: 'Most probable first.',
      args: { first: t.arg.int({ defaultValue: 5, description: 'How many, from 1.' }) },
      resolve: (item, { first }) => item.scores.slice(0, Math.max(1, first ?? 5)),
    }),
    unfamiliarity: t.float({
      nullable: true,
      description: unfamiliarityDescription,
      resolve: (item) => item.unfamiliarity,
    }),
    isUnfamiliar: t.boolean({
      nullable: true,
      description: isUnfamiliarDescription,
      resolve: (item) => item.isUnfamiliar,
    }),
    modelVersion: t.field({
      type: ModelVersionObject,
      description: 'Who says so.',
      resolve: (item) => item.modelVersion,
    }),
  }),
});

const PredictInput = builder.inputType('PredictInput', {
  description: 'A model version and one picture: either an image or an upload.',
  fields: (t) => ({
    modelVersionId: t.id({ required: true, description: 'The model version.' }),
    imageId: t.id({ description: 'An image of the project; or:' }),
    uploadId: t.id({ description: 'a file sent to an upload address, which need not become an image.' }),
  }),
});

builder.mutationField('predict', (t) =>
  t.field({
    type: PredictionObject,
    errors: { types: [...commonErrors, PictureRefusedError, InvalidStateError, UnavailableError] },
    description: 'Quick test of a model version on one picture.',
    args: { input: t.arg({ type: PredictInput, required: true, description: 'Model and picture.' }) },
    resolve: (_root, { input }, ctx) =>
      predict(ctx.action(), ctx.serving.predictor, {
        modelVersionId: idOf('ModelVersion', input.modelVersionId),
        imageId: optionalIdOf('Image', input.imageId),
        uploadId: optionalIdOf('ImageUpload', input.uploadId),
      }),
  }),
);
