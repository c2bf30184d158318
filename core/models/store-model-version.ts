import { integerArray } from '../platform/integer-array.ts';
import { sql } from 'drizzle-orm';
import type { Transaction } from '../platform/database.ts';
import type {
  ClassForgetting,
  EvaluationCalibration,
  EvaluationConfidence,
  EvaluationFacts,
  ModelClass,
  TrainingRecipe,
} from './evaluation-facts.ts';
import { classStatisticsTable, evaluationTable, modelVersionTable, predictionTable } from './table.ts';

/** What a model says to the images of one split, and how good that is. */
export interface EvaluatedSplit {
  readonly evaluation: EvaluationFacts;
  readonly confidence: EvaluationConfidence;
  readonly calibration: EvaluationCalibration;
  readonly predictions: readonly {
    readonly imageId: string;
    readonly actualClasses: readonly number[];
    readonly predictedClasses: readonly number[];
    readonly probabilities: readonly number[];
    readonly unfamiliarity: number | null;
  }[];
}

/** What a trainer hands over; the object of `modelKey` is stored already. */
export interface FinishedModel {
  readonly classes: readonly ModelClass[];
  readonly modelKey: string;
  readonly modelSha256: Buffer;
  readonly modelBytes: number;
  readonly baseModel: string;
  readonly baseModelSha256: string;
  readonly secondsByPhase: Readonly<Record<string, number>>;
  readonly recipe: TrainingRecipe;
  /** Null without a base version. */
  readonly forgetting: readonly ClassForgetting[] | null;
  readonly unfamiliarityThreshold: number | null;
  readonly validation: EvaluatedSplit;
  /** Null where the dataset version has no test part, or it cannot be read. */
  readonly test: EvaluatedSplit | null;
}

const rowsPerInsert = 1000;

/** Writes the model version with its evaluations; part of the transaction that completes the training. Returns its id. */
export async function storeModelVersion(
  tx: Transaction,
  training: { id: string; projectId: string; versionNumber: number; datasetVersionId: string },
  model: FinishedModel,
): Promise<string> {
  const [version] = await tx
    .insert(modelVersionTable)
    .values({
      projectId: training.projectId,
      trainingId: training.id,
      versionNumber: training.versionNumber,
      datasetVersionId: training.datasetVersionId,
      classes: [...model.classes],
      modelKey: model.modelKey,
      modelSha256: model.modelSha256,
      modelBytes: model.modelBytes,
      recipe: model.recipe,
      forgetting: model.forgetting && [...model.forgetting],
      unfamiliarityThreshold: model.unfamiliarityThreshold,
      baseModel: model.baseModel,
      baseModelSha256: Buffer.from(model.baseModelSha256, 'hex'),
      secondsByPhase: { ...model.secondsByPhase },
    })
    .returning({ id: modelVersionTable.id });
  const { datasetVersionId } = training;
  const modelVersionId = version!.id;
  await storeEvaluation(tx, { modelVersionId, datasetVersionId, split: 'VALIDATION' }, model.validation);
  if (model.test) await storeEvaluation(tx, { modelVersionId, datasetVersionId, split: 'TEST' }, model.test);
  return modelVersionId;
}

async function storeEvaluation(
  tx: Transaction,
  of: { modelVersionId: string; datasetVersionId: string; split: 'VALIDATION' | 'TEST' },
  { evaluation, confidence, calibration, predictions }: EvaluatedSplit,
): Promise<void> {
  const [row] = await tx
    .insert(evaluationTable)
    .values({
      ...of,
      imageCount: evaluation.imageCount,
      accuracy: evaluation.accuracy,
      macro: evaluation.macro,
      micro: evaluation.micro,
      weighted: evaluation.weighted,
      confusionMatrix: evaluation.confusionMatrix && evaluation.confusionMatrix.map((line) => [...line]),
      confidence,
      calibration,
    })
    .returning({ id: evaluationTable.id });
  const evaluationId = row!.id;
  await tx
    .insert(classStatisticsTable)
    .values(evaluation.classStatistics.map((statistics) => ({ evaluationId, ...statistics })));
  for (let start = 0; start < predictions.length; start += rowsPerInsert)
    await tx.insert(predictionTable).values(
      predictions
        .slice(start, start + rowsPerInsert)
        .map(({ probabilities, actualClasses, predictedClasses, ...prediction }) => ({
          evaluationId,
          ...prediction,
          actualClasses: integerArray(actualClasses),
          predictedClasses: integerArray(predictedClasses),
          // drizzle would bind each element on its own; as one text the array is one parameter.
          probabilities: sql`${`{${probabilities.join(',')}}`}::real[]` as unknown as number[],
        })),
    );
}
