import { integerArray } from '../platform/integer-array.ts';
import { sql } from 'drizzle-orm';
import type { Transaction } from '../platform/database.ts';
import type {
  ClassForgetting,
  EvaluationConfidence,
  EvaluationFacts,
  ModelClass,
  TrainingRecipe,
} from './evaluation-facts.ts';
import { classStatisticsTable, evaluationTable, modelVersionTable, predictionTable } from './table.ts';

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
  /** On the validation split. */
  readonly evaluation: EvaluationFacts;
  readonly confidence: EvaluationConfidence;
  readonly predictions: readonly {
    readonly imageId: string;
    readonly actualClasses: readonly number[];
    readonly predictedClasses: readonly number[];
    readonly probabilities: readonly number[];
  }[];
}

const rowsPerInsert = 1000;

/** Writes the model version with its evaluation; part of the transaction that completes the training. Returns its id. */
export async function storeModelVersion(
  tx: Transaction,
  training: { id: string; projectId: string; versionNumber: number; datasetVersionId: string },
  model: FinishedModel,
): Promise<string> {
  const { evaluation } = model;
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
      baseModel: model.baseModel,
      baseModelSha256: Buffer.from(model.baseModelSha256, 'hex'),
      secondsByPhase: { ...model.secondsByPhase },
    })
    .returning({ id: modelVersionTable.id });
  const [row] = await tx
    .insert(evaluationTable)
    .values({
      modelVersionId: version!.id,
      datasetVersionId: training.datasetVersionId,
      split: 'VALIDATION',
      imageCount: evaluation.imageCount,
      accuracy: evaluation.accuracy,
      macro: evaluation.macro,
      micro: evaluation.micro,
      weighted: evaluation.weighted,
      confusionMatrix: evaluation.confusionMatrix && evaluation.confusionMatrix.map((line) => [...line]),
      confidence: model.confidence,
    })
    .returning({ id: evaluationTable.id });
  const evaluationId = row!.id;
  await tx
    .insert(classStatisticsTable)
    .values(evaluation.classStatistics.map((statistics) => ({ evaluationId, ...statistics })));
  for (let start = 0; start < model.predictions.length; start += rowsPerInsert)
    await tx.insert(predictionTable).values(
      model.predictions
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
  return version!.id;
}
