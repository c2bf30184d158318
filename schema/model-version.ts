import { getTraining } from '#core/trainings/list-trainings.ts';
import { trainingPhases, versionLabel, type TrainingPhase } from '#core/trainings/training-facts.ts';
import type { ClassForgetting, TrainingRecipe } from '#core/models/evaluation-facts.ts';
import { getDatasetVersion } from '#core/datasets/dataset-versions.ts';
import {
  countUnfamiliar,
  findModelOfTraining,
  findTestEvaluation,
  getModelVersion,
  listModelVersions,
  listPredictions,
  modelUrl,
  readClassStatistics,
  readEvaluation,
  type Evaluation,
  type ModelVersion,
  type StoredPrediction,
} from '#core/models/model-versions.ts';
import { isUnfamiliar, predict, type Prediction } from '#core/models/predict.ts';
import { findThreshold, readThresholdCurve, readThresholdPoint } from '#core/models/threshold-points.ts';
import { PictureRefusedError } from '#core/platform/errors.ts';
import { builder } from './builder.ts';
import { connectionType, pageArgs, pageComplexity, toConnection } from './connection.ts';
import { DatasetVersionObject } from './dataset-version.ts';
import {
  accuracyDescription,
  AverageMetricsObject,
  ClassStatisticsObject,
  confusionMatrixDescription,
  EvaluationCalibrationObject,
  EvaluationConfidenceObject,
  TrainingStageEnum,
} from './evaluation.ts';
import { idOf, optionalIdOf, writeGlobalId } from './global-id.ts';
import { nullWhenMissing } from './null-when-missing.ts';
import { ThresholdPointObject } from './threshold-point.ts';
import { projectList } from './project-list.ts';
import { TrainingObject, TrainingPhaseEnum } from './training.ts';
import { commonErrors } from './user-errors.ts';

const ModelClassObject = builder.objectRef<ModelVersion['classes'][number]>('ModelClass').implement({
  description: 'A class that a model answers with.',
  fields: (t) => ({
    labelId: t.id({
      description: 'The label; it may have been renamed or deleted since.',
      resolve: (item) => writeGlobalId('Label', item.labelId),
    }),
    name: t.exposeString('name', { description: 'Its name when the training started.' }),
    threshold: t.float({
      nullable: true,
      description: 'Probability from which on the model says it; null where the model says the most probable class.',
      resolve: (item) => item.threshold ?? null,
    }),
  }),
});

const classesAt = ({ classes }: ModelVersion, indexes: readonly number[]) => indexes.map((index) => classes[index]!);

const unfamiliarityDescription =
  'How unlike all training images it is: about 1 for images like those; null where the model cannot tell.';
const isUnfamiliarDescription =
  "Whether its unfamiliarity is above the version's threshold: it shows nothing that was trained on, whatever the scores say. Null where the model cannot tell.";

const StoredPredictionObject = builder
  .objectRef<{ prediction: StoredPrediction; modelVersion: ModelVersion }>('EvaluatedImage')
  .implement({
    description: 'What the model answered for one image of the evaluated split.',
    fields: (t) => ({
      imageId: t.id({
        description: 'The image; it may have been deleted since.',
        resolve: ({ prediction }) => writeGlobalId('Image', prediction.imageId),
      }),
      actual: t.field({
        type: [ModelClassObject],
        description: 'The labels it carried; one in a single-label project.',
        resolve: ({ prediction, modelVersion }) => classesAt(modelVersion, prediction.actualClasses),
      }),
      predicted: t.field({
        type: [ModelClassObject],
        description: 'What the model says: the most probable class, or each label from its threshold on, perhaps none.',
        resolve: ({ prediction, modelVersion }) => classesAt(modelVersion, prediction.predictedClasses),
      }),
      probabilities: t.floatList({
        description: 'In class order; sums to 1 in a single-label project.',
        resolve: ({ prediction }) => prediction.probabilities,
      }),
      unfamiliarity: t.float({
        nullable: true,
        description: unfamiliarityDescription,
        resolve: ({ prediction }) => prediction.unfamiliarity,
      }),
      isUnfamiliar: t.boolean({
        nullable: true,
        description: isUnfamiliarDescription,
        resolve: ({ prediction, modelVersion }) => isUnfamiliar(modelVersion, prediction.unfamiliarity),
      }),
    }),
  });
const EvaluatedImageConnection = connectionType(StoredPredictionObject, 'EvaluatedImage');

const EvaluationObject = builder
  .objectRef<{ evaluation: Evaluation; modelVersion: ModelVersion }>('Evaluation')
  .implement({
    description: 'Metrics of a model version on one split of one dataset version.',
    fields: (t) => ({
      split: t.string({
        description: 'Side of the split: VALIDATION or TEST.',
        resolve: ({ evaluation }) => evaluation.split,
      }),
      datasetVersion: t.field({
        type: DatasetVersionObject,
        description: 'The dataset version it was measured on.',
        resolve: ({ evaluation }, _args, ctx) => getDatasetVersion(ctx.action(), evaluation.datasetVersionId),
      }),
      imageCount: t.int({ description: 'Images of the split.', resolve: ({ evaluation }) => evaluation.imageCount }),
      accuracy: t.float({
        description: accuracyDescription,
        resolve: ({ evaluation }) => evaluation.accuracy,
      }),
      confidence: t.field({
        type: EvaluationConfidenceObject,
        nullable: true,
        description: 'How far the figures can be trusted; null for evaluations of before it was recorded.',
        resolve: ({ evaluation }) => evaluation.confidence,
      }),
      calibration: t.field({
        type: EvaluationCalibrationObject,
        nullable: true,
        description:
          'How far probabilities mean what they say. The validation images chose the temperatures: the figures of the test part are the honest ones. Null for evaluations of before it was recorded.',
        resolve: ({ evaluation }) => evaluation.calibration,
      }),
      unfamiliarCount: t.int({
        nullable: true,
        description:
          'Images that count as unlike everything that was trained on, by mistake; null where the model cannot tell.',
        resolve: ({ evaluation, modelVersion }, _args, ctx) =>
          countUnfamiliar(ctx.platform.db, evaluation.id, modelVersion),
      }),
      thresholdCurve: t.field({
        type: [ThresholdPointObject],
        nullable: true,
        description:
          'What confidence thresholds from 0 to 1 would decide automatically, and how well; null for a label that the model does not know.',
        args: {
          labelId: t.arg.id({ description: 'Of one label; of all together without.' }),
          points: t.arg.int({ required: true, defaultValue: 21, description: 'How many, evenly: 2 to 101.' }),
        },
        complexity: ({ points }) => ({ field: 20, multiplier: Math.max(1, points) }),
        resolve: (of, { labelId, points }, ctx) => {
          const input = { labelId: optionalIdOf('Label', labelId) ?? undefined, points };
          return nullWhenMissing(() => readThresholdCurve(ctx.platform.db, of, input));
        },
      }),
      atThreshold: t.field({
        type: ThresholdPointObject,
        nullable: true,
        description:
          'What one confidence threshold would decide automatically, and how well; null for a label that the model does not know.',
        args: {
          threshold: t.arg.float({ required: true, description: '0 to 1.' }),
          labelId: t.arg.id({ description: 'Of one label; of all together without.' }),
        },
        complexity: 20,
        resolve: (of, { labelId, threshold }, ctx) => {
          const input = { labelId: optionalIdOf('Label', labelId) ?? undefined, threshold };
          return nullWhenMissing(() => readThresholdPoint(ctx.platform.db, of, input));
        },
      }),
      thresholdFor: t.field({
        type: ThresholdPointObject,
        nullable: true,
        description:
          'The lowest confidence threshold of which at least a share of what it decides is right; null where there is none. It was chosen by these very images: look at the interval.',
        args: {
          precision: t.arg.float({ required: true, description: 'The share, above 0 to 1.' }),
          labelId: t.arg.id({ description: 'Of one label; of all together without.' }),
        },
        complexity: 20,
        resolve: (of, { labelId, precision }, ctx) => {
          const input = { labelId: optionalIdOf('Label', labelId) ?? undefined, precision };
          return nullWhenMissing(() => findThreshold(ctx.platform.db, of, input));
        },
      }),
      macro: t.field({
        type: AverageMetricsObject,
        description: 'Every class counts alike: the headline.',
        resolve: ({ evaluation }) => evaluation.macro,
      }),
      micro: t.field({
        type: AverageMetricsObject,
        description: 'Every image counts alike.',
        resolve: ({ evaluation }) => evaluation.micro,
      }),
      weighted: t.field({
        type: AverageMetricsObject,
        description: 'Classes count by their support.',
        resolve: ({ evaluation }) => evaluation.weighted,
      }),
      classStatistics: t.field({
        type: [ClassStatisticsObject],
        description: 'In class order.',
        resolve: ({ evaluation }, _args, ctx) => readClassStatistics(ctx.platform.db, evaluation.id),
      }),
      confusionMatrix: t.field({
        type: t.listRef(t.listRef('Int')),
        nullable: true,
        description: confusionMatrixDescription,
        resolve: ({ evaluation }) => evaluation.confusionMatrix,
      }),
      images: t.field({
        type: EvaluatedImageConnection,
        description: 'What the model answered image by image.',
        args: pageArgs(t.arg),
        complexity: pageComplexity,
        resolve: async ({ evaluation, modelVersion }, args, ctx) => {
          const page = await listPredictions(ctx.platform.db, evaluation.id, args);
          const items = page.items.map((prediction) => ({ prediction, modelVersion }));
          return toConnection({ ...page, items }, args.after, (item) => item.prediction.imageId);
        },
      }),
    }),
  });

const PhaseDurationObject = builder.objectRef<{ phase: TrainingPhase; seconds: number }>('PhaseDuration').implement({
  description: 'How long a phase of a training took.',
  fields: (t) => ({
    phase: t.field({ type: TrainingPhaseEnum, description: 'The phase.', resolve: (item) => item.phase }),
    seconds: t.exposeFloat('seconds', { description: 'Seconds by the clock of the worker.' }),
  }),
});

const TrainingRecipeObject = builder.objectRef<TrainingRecipe>('TrainingRecipe').implement({
  description: 'How a model version was made.',
  fields: (t) => ({
    stage: t.field({
      type: TrainingStageEnum,
      description: 'What its best epoch trained.',
      resolve: (item) => item.stage,
    }),
    version: t.int({
      nullable: true,
      description: "Of the engine's way to train; null for versions of before it was recorded.",
      resolve: (item) => item.version ?? null,
    }),
    epoch: t.exposeInt('epoch', { description: 'The epoch that was exported; 0 = the closed-form head.' }),
    epochs: t.exposeInt('epochs', { description: 'Epochs run.' }),
    inputSize: t.exposeInt('inputSize', { description: 'Pixels of a side of what the model sees.' }),
  }),
});

const ClassForgettingObject = builder.objectRef<ClassForgetting>('ClassForgetting').implement({
  description: 'Recall of a class before and after an incremental training, on the validation images of both.',
  fields: (t) => ({
    labelId: t.id({ description: 'The label.', resolve: (item) => writeGlobalId('Label', item.labelId) }),
    labelName: t.exposeString('labelName', { description: 'Its name when the training started.' }),
    support: t.exposeInt('support', { description: 'Images that both were evaluated on.' }),
    recallBefore: t.exposeFloat('recallBefore', { description: 'Of the base version, 0 to 1.' }),
    recallAfter: t.exposeFloat('recallAfter', { description: 'Of this version, 0 to 1.' }),
  }),
});

export const ModelVersionObject = builder.objectRef<ModelVersion>('ModelVersion');
builder.node(ModelVersionObject, {
  description: 'A trained model: what a training that ends with one leaves.',
  id: { resolve: (version) => version.id, description: 'Global id.' },
  loadOne: (id, ctx) => nullWhenMissing(() => getModelVersion(ctx.action(), id)),
  fields: (t) => ({
    name: t.string({ description: 'Such as V001.', resolve: (version) => versionLabel(version.versionNumber) }),
    versionNumber: t.exposeInt('versionNumber', { description: 'From 1, never reused in the project.' }),
    classes: t.field({
      type: [ModelClassObject],
      description: 'In the order of its outputs.',
      resolve: (version) => version.classes,
    }),
    modelBytes: t.exposeInt('modelBytes', { description: 'Size of the ONNX file in bytes.' }),
    modelSha256: t.string({
      description: 'Digest of the ONNX file.',
      resolve: (version) => version.modelSha256.toString('hex'),
    }),
    modelUrl: t.string({
      description: 'Signed address of the ONNX file, good for an hour.',
      resolve: (version, _args, ctx) => modelUrl(ctx.platform, version),
    }),
    baseModel: t.exposeString('baseModel', { description: 'The pretrained model it is built on.' }),
    baseModelSha256: t.string({
      description: 'Digest of what it was trained on: the file of the base model, or of the base version.',
      resolve: (version) => version.baseModelSha256.toString('hex'),
    }),
    createdAt: t.field({ type: 'DateTime', description: 'When it was made.', resolve: (version) => version.createdAt }),
    recipe: t.field({
      type: TrainingRecipeObject,
      nullable: true,
      description: 'What was trained; null for versions of before it was recorded.',
      resolve: (version) => version.recipe,
    }),
    forgetting: t.field({
      type: [ClassForgettingObject],
      nullable: true,
      description:
        "What it still knows of its base version's classes, most forgotten first; null without a base version.",
      complexity: { field: 1, multiplier: 20 },
      resolve: (version) => version.forgetting,
    }),
    phases: t.field({
      type: [PhaseDurationObject],
      description: 'How long the worker took for it, in order.',
      resolve: (version) =>
        trainingPhases.flatMap((phase) => {
          const seconds = version.secondsByPhase[phase];
          return seconds === undefined ? [] : [{ phase, seconds }];
        }),
    }),
    unfamiliarityThreshold: t.float({
      nullable: true,
      description:
        'Above which unfamiliarity a picture counts as unlike everything that was trained on: 95 % of the validation images are below it. Null where the model cannot tell.',
      resolve: (version) => version.unfamiliarityThreshold,
    }),
    training: t.field({
      type: TrainingObject,
      description: 'The training it came from.',
      resolve: (version, _args, ctx) => getTraining(ctx.action(), version.trainingId),
    }),
    evaluation: t.field({
      type: EvaluationObject,
      description: 'On the validation split of its dataset version.',
      resolve: async (modelVersion, _args, ctx) => ({
        modelVersion,
        evaluation: await readEvaluation(ctx.platform.db, modelVersion),
      }),
    }),
    testEvaluation: t.field({
      type: EvaluationObject,
      nullable: true,
      description:
        'On the test split of its dataset version, whose images decided nothing; null where it has none, or one of them could not be read.',
      resolve: async (modelVersion, _args, ctx) => {
        const evaluation = await findTestEvaluation(ctx.platform.db, modelVersion);
        return evaluation ? { modelVersion, evaluation } : null;
      },
    }),
  }),
});

builder.objectField(TrainingObject, 'modelVersion', (t) =>
  t.field({
    type: ModelVersionObject,
    nullable: true,
    description: 'The model it left; null until it has completed.',
    resolve: async (training, _args, ctx) => (await findModelOfTraining(ctx.platform.db, training.id)) ?? null,
  }),
);

const ModelVersionConnection = connectionType(ModelVersionObject, 'ModelVersion');

projectList('modelVersions', 'Trained models, newest first.', ModelVersionConnection, listModelVersions);

builder.queryField('modelVersion', (t) =>
  t.field({
    type: ModelVersionObject,
    nullable: true,
    description: 'A model version by id; null when there is none that the viewer may see.',
    args: { id: t.arg.id({ required: true, description: 'The model version.' }) },
    resolve: (_root, { id }, ctx) => {
      const action = ctx.action();
      return nullWhenMissing(() => getModelVersion(action, idOf('ModelVersion', id)));
    },
  }),
);

const ScoreObject = builder.objectRef<Prediction['scores'][number]>('Score').implement({
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
    errors: { types: [...commonErrors, PictureRefusedError] },
    description: 'Quick test of a model version on one picture.',
    args: { input: t.arg({ type: PredictInput, required: true, description: 'Model and picture.' }) },
    resolve: (_root, { input }, ctx) =>
      predict(ctx.action(), ctx.predictor, {
        modelVersionId: idOf('ModelVersion', input.modelVersionId),
        imageId: optionalIdOf('Image', input.imageId),
        uploadId: optionalIdOf('ImageUpload', input.uploadId),
      }),
  }),
);
