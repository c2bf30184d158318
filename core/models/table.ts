import { sql } from 'drizzle-orm';
import {
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  real,
  text,
  unique,
  uuid,
  type AnyPgColumn,
} from 'drizzle-orm/pg-core';
import { datasetVersionTable, split } from '../datasets/table.ts';
import { bytea, instant } from '../platform/table.ts';
import { projectTable } from '../projects/table.ts';
// oxlint-disable-next-line import/no-cycle -- see trainings/table.ts
import { trainingTable } from '../trainings/table.ts';
import type {
  AverageMetrics,
  ClassForgetting,
  EvaluationCalibration,
  EvaluationConfidence,
  ModelClass,
  TrainingRecipe,
} from './evaluation-facts.ts';

/** What a training that ends with a model leaves. */
export const modelVersionTable = pgTable(
  'model_version',
  {
    id: uuid('id')
      .primaryKey()
      .default(sql`uuidv7()`),
    projectId: uuid('project_id')
      .notNull()
      .references(() => projectTable.id, { onDelete: 'cascade' }),
    trainingId: uuid('training_id')
      .notNull()
      .references((): AnyPgColumn => trainingTable.id, { onDelete: 'cascade' }),
    versionNumber: integer('version_number').notNull(),
    datasetVersionId: uuid('dataset_version_id')
      .notNull()
      .references(() => datasetVersionTable.id),
    /** In the order of the model's outputs. */
    classes: jsonb('classes').$type<ModelClass[]>().notNull(),
    modelKey: text('model_key').notNull(),
    modelSha256: bytea('model_sha256').notNull(),
    modelBytes: integer('model_bytes').notNull(),
    baseModel: text('base_model').notNull(),
    baseModelSha256: bytea('base_model_sha256').notNull(),
    secondsByPhase: jsonb('seconds_by_phase').$type<Record<string, number>>().notNull(),
    /** What was trained; null for versions of before it was recorded. */
    recipe: jsonb('recipe').$type<TrainingRecipe>(),
    /** Recall of the base version's classes before and after, on its own validation images; null without a base version. */
    forgetting: jsonb('forgetting').$type<ClassForgetting[]>(),
    /** Above which unfamiliarity an image counts as unlike all that were trained on; null where the model cannot tell. */
    unfamiliarityThreshold: doublePrecision('unfamiliarity_threshold'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [
    unique('model_version_training_unique').on(table.trainingId),
    index('model_version_project_list').on(table.projectId, table.id),
  ],
);

/** Metrics of a model version on one split of one dataset version. */
export const evaluationTable = pgTable(
  'evaluation',
  {
    id: uuid('id')
      .primaryKey()
      .default(sql`uuidv7()`),
    modelVersionId: uuid('model_version_id')
      .notNull()
      .references(() => modelVersionTable.id, { onDelete: 'cascade' }),
    datasetVersionId: uuid('dataset_version_id')
      .notNull()
      .references(() => datasetVersionTable.id),
    split: split('split').notNull(),
    imageCount: integer('image_count').notNull(),
    accuracy: doublePrecision('accuracy').notNull(),
    macro: jsonb('macro').$type<AverageMetrics>().notNull(),
    micro: jsonb('micro').$type<AverageMetrics>().notNull(),
    weighted: jsonb('weighted').$type<AverageMetrics>().notNull(),
    /** Row = actual class, column = predicted class, both in class order; null where images carry several labels. */
    confusionMatrix: jsonb('confusion_matrix').$type<number[][]>(),
    /** How far the figures can be trusted; null for evaluations of before it was recorded. */
    confidence: jsonb('confidence').$type<EvaluationConfidence>(),
    /** Null for evaluations of before it was recorded. */
    calibration: jsonb('calibration').$type<EvaluationCalibration>(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [unique('evaluation_unique').on(table.modelVersionId, table.datasetVersionId, table.split)],
);

export const classStatisticsTable = pgTable(
  'class_statistics',
  {
    evaluationId: uuid('evaluation_id')
      .notNull()
      .references(() => evaluationTable.id, { onDelete: 'cascade' }),
    classIndex: integer('class_index').notNull(),
    labelId: uuid('label_id').notNull(),
    labelName: text('label_name').notNull(),
    support: integer('support').notNull(),
    predictedCount: integer('predicted_count').notNull(),
    truePositives: integer('true_positives').notNull(),
    precision: doublePrecision('precision').notNull(),
    recall: doublePrecision('recall').notNull(),
    f1: doublePrecision('f1').notNull(),
    oneVsRestAccuracy: doublePrecision('one_vs_rest_accuracy').notNull(),
    threshold: doublePrecision('threshold'),
  },
  (table) => [primaryKey({ name: 'class_statistics_pk', columns: [table.evaluationId, table.classIndex] })],
);

/** What the model answered for each image of the evaluated split. */
export const predictionTable = pgTable(
  'prediction',
  {
    evaluationId: uuid('evaluation_id')
      .notNull()
      .references(() => evaluationTable.id, { onDelete: 'cascade' }),
    imageId: uuid('image_id').notNull(),
    /** Indexes of the classes that the image carries and that the model says; one each in a single-label project. */
    actualClasses: integer('actual_classes').array().notNull(),
    predictedClasses: integer('predicted_classes').array().notNull(),
    /** In class order; sums to 1 in a single-label project. */
    probabilities: real('probabilities').array().notNull(),
    /** How unlike all training images it is; null where the model cannot tell. */
    unfamiliarity: real('unfamiliarity'),
  },
  (table) => [primaryKey({ name: 'prediction_pk', columns: [table.evaluationId, table.imageId] })],
);
