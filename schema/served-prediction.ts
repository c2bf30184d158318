import { addPredictionsToProject, type AddedPrediction } from '#core/deployments/add-predictions.ts';
import type { Deployment } from '#core/deployments/deployment-row.ts';
import type { ImageOrigin } from '#core/deployments/image-origins.ts';
import {
  listServedPredictions,
  predictionCursor,
  servedPictureUrl,
  type StoredServedPrediction,
} from '#core/deployments/served-predictions.ts';
import type { Decision } from '#core/models/decide.ts';
import type { ModelVersion } from '#core/models/model-versions.ts';
import { toScores } from '#core/models/predict.ts';
import { builder } from './builder.ts';
import { connectionType, pageArgs, pageComplexity, toConnection } from './connection.ts';
import { DecisionEnum } from './deployment-enums.ts';
import { DeploymentObject } from './deployment.ts';
import { idOf, lenientIdOf, optionalIdOf, writeGlobalId } from './global-id.ts';
import { ImageObject } from './image.ts';
import { ModelVersionObject } from './model-version.ts';
import { ScoreObject } from './prediction.ts';
import { commonErrors, errorValue, UserErrorInterface } from './user-errors.ts';

interface Shown {
  readonly prediction: StoredServedPrediction;
  readonly deployment: Deployment;
  readonly modelVersion: ModelVersion;
}

const ServedPredictionObject = builder.objectRef<Shown>('ServedPrediction').implement({
  description: 'What a deployment has answered to one picture, kept for a while.',
  fields: (t) => ({
    id: t.id({
      description: 'Global id; the `predictionId` of the answer.',
      resolve: ({ prediction }) => writeGlobalId('ServedPrediction', prediction.id),
    }),
    fileName: t.string({ description: 'As it was sent.', resolve: ({ prediction }) => prediction.fileName }),
    pictureUrl: t.string({
      description: 'Signed address of the picture as it was sent, good for an hour.',
      resolve: ({ prediction, deployment }, _args, ctx) =>
        servedPictureUrl(ctx.platform, deployment.projectId, prediction.id),
    }),
    modelVersion: t.field({
      type: ModelVersionObject,
      description: 'The version that answered.',
      resolve: ({ modelVersion }) => modelVersion,
    }),
    scores: t.field({
      type: [ScoreObject],
      description: 'Most probable first.',
      args: { first: t.arg.int({ defaultValue: 5, description: 'How many, from 1.' }) },
      resolve: ({ prediction, modelVersion }, { first }) =>
        toScores(modelVersion.classes, { probabilities: Float32Array.from(prediction.probabilities) }).slice(
          0,
          Math.max(1, first ?? 5),
        ),
    }),
    decision: t.field({
      type: DecisionEnum,
      description: 'What the application was told to do with the answer.',
      resolve: ({ prediction }) => prediction.decision as Decision,
    }),
    uncertainty: t.float({
      description: '0 = sure, 1 = the two most probable classes are equally probable.',
      resolve: ({ prediction }) => prediction.uncertainty,
    }),
    createdAt: t.field({
      type: 'DateTime',
      description: 'When it was answered.',
      resolve: ({ prediction }) => prediction.createdAt,
    }),
    expiresAt: t.field({
      type: 'DateTime',
      description: 'When it is deleted, with its picture.',
      resolve: ({ prediction }) => prediction.expiresAt,
    }),
    imageId: t.id({
      nullable: true,
      description: 'The image that was made of it, if one was; it may have been deleted since.',
      resolve: ({ prediction: { imageId } }) => (imageId === null ? null : writeGlobalId('Image', imageId)),
    }),
  }),
});
const ServedPredictionConnection = connectionType(ServedPredictionObject, 'ServedPrediction');

const ServedPredictionFilterInput = builder.inputType('ServedPredictionFilter', {
  description: 'Which of the kept predictions; all given conditions must hold.',
  fields: (t) => ({
    modelVersionId: t.id({ description: 'Answered by this version.' }),
    decision: t.field({ type: DecisionEnum, description: 'With this decision.' }),
    minimumUncertainty: t.float({ description: 'At least so uncertain, 0 to 1.' }),
    maximumUncertainty: t.float({ description: 'At most so uncertain, 0 to 1.' }),
    isAdded: t.boolean({ description: 'Whether an image was made of it.' }),
  }),
});

builder.objectField(DeploymentObject, 'predictions', (t) =>
  t.field({
    type: ServedPredictionConnection,
    description: 'What it has kept of its calls, the most uncertain first.',
    args: {
      filter: t.arg({ type: ServedPredictionFilterInput, description: 'Left out = all.' }),
      ...pageArgs(t.arg),
    },
    complexity: pageComplexity,
    resolve: async (deployment, { filter, first, after }, ctx) => {
      const conditions = { ...filter, modelVersionId: optionalIdOf('ModelVersion', filter?.modelVersionId) };
      const page = await listServedPredictions(ctx.action(), deployment, conditions, { first, after });
      const items: Shown[] = [];
      for (const prediction of page.items) {
        const modelVersion = await ctx.serving.versions.get(prediction.modelVersionId);
        if (modelVersion) items.push({ prediction, deployment, modelVersion });
      }
      return toConnection({ ...page, items }, after, ({ prediction }) => predictionCursor(prediction));
    },
  }),
);

const AddedPredictionObject = builder
  .objectRef<Extract<AddedPrediction, { image: unknown }>>('AddedPrediction')
  .implement({
    description: 'A prediction of which there is an image now.',
    fields: (t) => ({
      isNew: t.boolean({
        description: 'Whether the project did not have the picture before.',
        resolve: ({ outcome }) => outcome === 'CREATED',
      }),
      image: t.field({ type: ImageObject, description: 'The image.', resolve: ({ image }) => image }),
    }),
  });
const PredictionNotAddedObject = builder
  .objectRef<Extract<AddedPrediction, { error: unknown }>>('PredictionNotAdded')
  .implement({
    description: 'A prediction of which no image could be made.',
    fields: (t) => ({
      predictionId: t.id({
        description: 'The prediction, as it was named.',
        resolve: ({ predictionId }) => writeGlobalId('ServedPrediction', predictionId),
      }),
      error: t.field({ type: UserErrorInterface, description: 'Why.', resolve: ({ error }) => errorValue(error) }),
    }),
  });
const AddPredictionResult = builder.unionType('AddPredictionResult', {
  description: 'What became of one prediction.',
  types: [AddedPredictionObject, PredictionNotAddedObject],
  resolveType: (result) => ('image' in result ? 'AddedPrediction' : 'PredictionNotAdded'),
});
const AddPredictionsPayload = builder
  .objectRef<{ results: readonly AddedPrediction[] }>('AddPredictionsPayload')
  .implement({
    description: 'What became of the predictions.',
    fields: (t) => ({
      results: t.field({
        type: [AddPredictionResult],
        description: 'One for each, in the order asked.',
        resolve: ({ results }) => [...results],
      }),
    }),
  });

const AddPredictionsInput = builder.inputType('AddPredictionsToProjectInput', {
  description: 'Kept predictions of a deployment that are to become images.',
  fields: (t) => ({
    deploymentId: t.id({ required: true, description: 'The deployment.' }),
    predictionIds: t.idList({ required: true, description: '1 to 100 of its predictions.' }),
  }),
});

builder.mutationField('addPredictionsToProject', (t) =>
  t.field({
    type: AddPredictionsPayload,
    errors: { types: commonErrors },
    description: 'Makes images of kept predictions, to be labelled; `Image.origin` says where they came from.',
    args: { input: t.arg({ type: AddPredictionsInput, required: true, description: 'The predictions.' }) },
    resolve: async (_root, { input }, ctx) => ({
      results: await addPredictionsToProject(ctx.action(), {
        deploymentId: idOf('Deployment', input.deploymentId),
        predictionIds: input.predictionIds.map((id) => lenientIdOf('ServedPrediction', id)),
      }),
    }),
  }),
);

const ImageOriginObject = builder.objectRef<ImageOrigin>('ImageOrigin').implement({
  description: 'The call of a deployment that an image was made of.',
  fields: (t) => ({
    deploymentId: t.id({
      description: 'The deployment; it may have been deleted since.',
      resolve: (origin) => writeGlobalId('Deployment', origin.deploymentId),
    }),
    modelVersionId: t.id({
      description: 'The version that answered.',
      resolve: (origin) => writeGlobalId('ModelVersion', origin.modelVersionId),
    }),
    predictedLabelId: t.id({
      description: 'The most probable label.',
      resolve: (origin) => writeGlobalId('Label', origin.predictedLabelId),
    }),
    probability: t.exposeFloat('probability', { description: 'Of that label, 0 to 1.' }),
    predictedAt: t.field({
      type: 'DateTime',
      description: 'When it was answered.',
      resolve: (origin) => origin.predictedAt,
    }),
  }),
});

builder.objectField(ImageObject, 'origin', (t) =>
  t.field({
    type: ImageOriginObject,
    nullable: true,
    description: 'Where it came from, if it was made of a prediction.',
    resolve: (image, _args, ctx) => ctx.loaders.imageOrigins.load(image.id),
  }),
);
