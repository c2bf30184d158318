import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readAnswers } from '#core/models/model-versions.ts';
import type { FinishedModel } from '#core/models/store-model-version.ts';
import type { Platform } from '#core/platform/platform.ts';
import type { ClaimedTraining } from '#core/trainings/run-training.ts';
import { carries, evaluate, evaluationIntervals, macroF1Interval, predictedLabels } from '#engine/index.ts';
import { toEvaluationFacts } from './engine-facts.ts';
import { compareWithBase } from './forgetting.ts';
import { toLabels } from './to-labels.ts';
import { trainerResultSchema } from './trainer-protocol.ts';

/** Each attempt has its own, so that one that was overtaken cannot overwrite. */
export const modelFolder = ({ projectId, id, attempt }: ClaimedTraining['training']): string =>
  `projects/${projectId}/models/${id}-${attempt}/`;

/** Puts the trainer's files into the object store and works out what the database shall say of them. */
export async function storeModel(platform: Platform, claimed: ClaimedTraining, folder: string) {
  const { training, classes, images } = claimed;
  const result = trainerResultSchema.parse(JSON.parse(await readFile(join(folder, 'result.json'), 'utf8')));
  const modelBytes = await readFile(join(folder, 'model.onnx'));
  const modelKey = `${modelFolder(training)}model.onnx`;
  await platform.objects.put(modelKey, modelBytes);
  const validation = images.filter((image) => image.split === 'VALIDATION');
  const thresholds = result.thresholds ? Float32Array.from(result.thresholds) : undefined;
  const classCount = classes.length;
  const actual = toLabels(
    claimed.projectType,
    classCount,
    validation.map((image) => image.classIndexes),
  );
  const probabilities = Float32Array.from(result.predictions.flat());
  const predicted = predictedLabels(probabilities, classCount, thresholds);
  const evaluation = evaluate(actual, probabilities, classCount, thresholds);
  const modelClasses = classes.map((item, index) => ({
    labelId: item.labelId,
    name: item.name,
    ...(thresholds && { threshold: thresholds[index]! }),
  }));
  const predictions = validation.map((image, index) => ({
    imageId: image.imageId,
    actualClasses: image.classIndexes,
    predictedClasses: [...classes.keys()].filter((at) => carries(predicted, classCount, index, at)),
    probabilities: result.predictions[index]!,
  }));
  const base = training.baseVersionId && (await readAnswers(platform.db, training.baseVersionId));
  const intervals = evaluationIntervals(evaluation);
  const model: FinishedModel = {
    classes: modelClasses,
    modelKey,
    modelSha256: createHash('sha256').update(modelBytes).digest(),
    modelBytes: modelBytes.byteLength,
    baseModel: result.baseModel,
    baseModelSha256: result.baseModelSha256,
    secondsByPhase: result.secondsByPhase,
    recipe: result.recipe,
    forgetting: base ? compareWithBase(base, { classes: modelClasses, answers: predictions }) : null,
    evaluation: toEvaluationFacts(evaluation, classes),
    confidence: {
      ...intervals,
      macroF1: macroF1Interval(actual, predicted, classCount, training.seed),
      temperature: result.calibration.temperature,
      calibrationErrorBefore: result.calibration.errorBefore,
      calibrationErrorAfter: result.calibration.errorAfter,
      crossValidated: result.crossValidated,
    },
    predictions,
  };
  return { stopReason: result.stopReason, model };
}
