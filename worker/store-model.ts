import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readAnswers } from '#core/models/model-versions.ts';
import type { FinishedModel } from '#core/models/store-model-version.ts';
import type { Platform } from '#core/platform/platform.ts';
import type { ClaimedTraining } from '#core/trainings/run-training.ts';
import { evaluateSplit } from './evaluate-split.ts';
import { compareWithBase } from './forgetting.ts';
import { trainerResultSchema, type TrainerAnswers } from './trainer-protocol.ts';

/** Each attempt has its own, so that one that was overtaken cannot overwrite. */
export const modelFolder = ({ projectId, id, attempt }: ClaimedTraining['training']): string =>
  `projects/${projectId}/models/${id}-${attempt}/`;

/** Puts the trainer's files into the object store and works out what the database shall say of them. */
export async function storeModel(platform: Platform, claimed: ClaimedTraining, folder: string) {
  const { training, classes } = claimed;
  const result = trainerResultSchema.parse(JSON.parse(await readFile(join(folder, 'result.json'), 'utf8')));
  const modelBytes = await readFile(join(folder, 'model.onnx'));
  const modelKey = `${modelFolder(training)}model.onnx`;
  await platform.objects.put(modelKey, modelBytes);
  const thresholds = result.thresholds ? Float32Array.from(result.thresholds) : undefined;
  const modelClasses = classes.map((item, index) => ({
    labelId: item.labelId,
    name: item.name,
    ...(thresholds && { threshold: thresholds[index]! }),
  }));
  const evaluated = (split: 'VALIDATION' | 'TEST', answers: TrainerAnswers) =>
    evaluateSplit(claimed, { split, answers, thresholds, temperatures: Float32Array.from(result.temperatures) });
  const validation = evaluated('VALIDATION', result.validation);
  const base = training.baseVersionId && (await readAnswers(platform.db, training.baseVersionId));
  const model: FinishedModel = {
    classes: modelClasses,
    modelKey,
    modelSha256: createHash('sha256').update(modelBytes).digest(),
    modelBytes: modelBytes.byteLength,
    baseModel: result.baseModel,
    baseModelSha256: result.baseModelSha256,
    secondsByPhase: result.secondsByPhase,
    recipe: result.recipe,
    forgetting: base ? compareWithBase(base, { classes: modelClasses, answers: validation.predictions }) : null,
    unfamiliarityThreshold: result.unfamiliarityThreshold,
    validation: {
      ...validation,
      confidence: { ...validation.confidence, crossValidated: result.crossValidated },
    },
    test: result.test && evaluated('TEST', result.test),
  };
  return { stopReason: result.stopReason, model };
}
