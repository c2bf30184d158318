import type { ClassForgetting, TrainingRecipe } from '#core/models/evaluation-facts.ts';
import {
  findModelOfTraining,
  findTestEvaluation,
  getModelVersion,
  listModelVersions,
  modelUrl,
  readEvaluation,
  type ModelVersion,
} from '#core/models/model-versions.ts';
import { getTraining } from '#core/trainings/list-trainings.ts';
import { trainingPhases, versionLabel, type TrainingPhase } from '#core/trainings/training-facts.ts';
import { builder } from './builder.ts';
import { connectionType } from './connection.ts';
import { TrainingStageEnum } from './evaluation.ts';
import { idOf, writeGlobalId } from './global-id.ts';
import { ModelClassObject } from './model-class.ts';
import { nullWhenMissing } from './null-when-missing.ts';
import { projectList } from './project-list.ts';
import { EvaluationObject } from './stored-evaluation.ts';
import { DeviceEnum } from './training-config.ts';
import { TrainingObject, TrainingPhaseEnum } from './training.ts';

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
    device: t.field({
      type: DeviceEnum,
      nullable: true,
      description: 'What its last attempt trained on; null for versions of before it was recorded.',
      resolve: (item) => item.device ?? null,
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
