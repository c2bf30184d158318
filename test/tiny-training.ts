import { expect } from 'vitest';
import { readTrainedVersion } from '#engine/export/read-trained-version.ts';
import type { PictureSource } from '#engine/features/picture-source.ts';
import { openClassifier } from '#engine/inference/open-classifier.ts';
import { evaluate } from '#engine/metrics/evaluate.ts';
import { tinyBaseModel } from '#engine/testing/tiny-base-model.ts';
import type { TrainOptions, TrainingResult } from '#engine/train.ts';
import { drawnSource, noStop } from './picture-source.ts';

export const tinyClasses = ['cat', 'dog', 'owl'].map((name) => ({ id: `id-${name}`, name }));

/** Drawn pictures of three classes with keys, so that they and their activations can be found in a cache again. */
export async function keyedSource(perClass: number, firstNumber = 0): Promise<PictureSource> {
  const source = await drawnSource(3, perClass, firstNumber);
  return { ...source, keyOf: (index) => `drawn-${source.labels[index]}-${firstNumber + (index % perClass)}` };
}

/** A training of a second or so, on one thread: what it leaves depends on the seed alone. */
export async function tinyTraining(changes: Partial<TrainOptions> = {}): Promise<TrainOptions> {
  return {
    ...noStop,
    baseModel: tinyBaseModel(),
    classes: tinyClasses,
    train: await keyedSource(4),
    validation: await keyedSource(4, 100),
    preference: 'BALANCE',
    seed: 1,
    threads: 1,
    ...changes,
  };
}

/** What a model that is worth keeping must do: load, know all classes, and answer as its training says. */
export async function expectWholeModel(
  result: TrainingResult,
  { classes, validation }: Pick<TrainOptions, 'classes' | 'validation'>,
): Promise<void> {
  const classCount = classes.length;
  const classifier = await openClassifier(result.model);
  expect(classifier.classes).toEqual(classes);
  const answer = await classifier.classifyPicture(await validation.load(4));
  await classifier.close();
  answer.probabilities.forEach((value, index) =>
    expect(value).toBeCloseTo(result.predictions[4 * classCount + index]!, 5),
  );
  expect(result.evaluation).toEqual(evaluate(validation.labels, result.predictions, classCount));
  expect(result.parity).toBeLessThanOrEqual(1e-4);
  const { head } = readTrainedVersion(result.model);
  expect(head.classIds).toEqual(classes.map(({ id }) => id));
  expect(head.weights).toHaveLength(classCount * 128);
  for (const value of [...head.weights, ...head.bias]) expect(Number.isFinite(value)).toBe(true);
}
