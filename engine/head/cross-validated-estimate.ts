import { setImmediate } from 'node:timers/promises';
import { interleaveClasses } from '../features/interleave-classes.ts';
import { classCounts, pictureCount, strataOf, type Labels } from '../labels/labels.ts';
import { lossOf } from '../labels/loss-of.ts';
import { evaluate } from '../metrics/evaluate.ts';
import type { Evaluation } from '../metrics/evaluation.ts';
import { throwIfCancelled } from '../stopping/abortable.ts';
import { openHeadEvaluator } from './head-probabilities.ts';
import { mostRidgePictures, ridgeHead } from './ridge-head.ts';
import { fitStandardisation, standardise } from './standardisation.ts';
import { stratifiedFolds } from './stratified-folds.ts';

/** Fewer validation pictures of a class than this and each of them moves its recall by more than a fifth. */
const fewestValidationPictures = 5;
const mostFolds = 5;

/**
 * What to expect of a classifier for pictures it has not seen, by cross-validation. It is an estimate, not a test of the model that is
 * exported: it comes from closed-form heads on the same features, each trained on a part of the pictures. It is on the careful side, since
 * each head had fewer pictures than the model has.
 */
export interface CrossValidatedEstimate {
  readonly folds: number;
  /** Every picture once, as the head said that was not trained on it. */
  readonly evaluation: Evaluation;
}

/** Whether a class has too few validation pictures for their evaluation to mean much. */
export function needsCrossValidation(validationLabels: Labels, classCount: number): boolean {
  return classCounts(validationLabels, classCount).some((count) => count < fewestValidationPictures);
}

/**
 * Stratified k-fold cross-validation (Kohavi, "A study of cross-validation and bootstrap for accuracy estimation and model selection",
 * 1995) with 5 folds, or as many as the largest class has pictures. Features are standardised and heads are trained without the fold
 * that is judged. A head is trained on 512 pictures at most, of all classes alike. A class with one picture can only be wrong.
 * @param options.features [count, dimension] of training and validation pictures together, each as prediction sees it; not changed.
 * @param options.judged [count, dimension]: what the heads are asked, where that is not `features`.
 * A label among several is said to be there from a probability of one half on. @param options.seed unsigned 32-bit.
 * @param options.keepSignal where nobody waits for the estimate once the training is stopped.
 * @returns undefined when no class has two pictures, or it was stopped. @throws AbortError
 */
export async function crossValidatedEstimate(options: {
  readonly features: Float32Array;
  readonly judged?: Float32Array;
  readonly dimension: number;
  readonly labels: Labels;
  readonly classCount: number;
  readonly seed: number;
  readonly cancelSignal: AbortSignal;
  readonly keepSignal?: AbortSignal;
}): Promise<CrossValidatedEstimate | undefined> {
  const { features, dimension, labels, classCount, cancelSignal } = options;
  const count = pictureCount(labels, classCount);
  if (features.length !== count * dimension)
    throw new RangeError(`${features.length} features do not fit ${count} pictures of ${dimension}`);
  const folds = Math.min(mostFolds, Math.max(...classCounts(labels, classCount)));
  if (folds < 2) return undefined;
  const strata = strataOf(labels, classCount);
  const foldOf = stratifiedFolds(strata, folds, options.seed);
  const probabilities = new Float32Array(count * classCount);
  const evaluator = await openHeadEvaluator(dimension, classCount, lossOf(labels));
  try {
    for (let fold = 0; fold < folds; fold++) {
      // A fold's system of equations takes up to a quarter of a second, and signals come through the event loop.
      await setImmediate();
      throwIfCancelled(cancelSignal);
      if (options.keepSignal?.aborted) return undefined;
      const trained = interleaveClasses(strata)
        .order.filter((picture) => foldOf[picture] !== fold)
        .subarray(0, mostRidgePictures);
      const judged = Int32Array.from(strata.keys()).filter((picture) => foldOf[picture] === fold);
      const standardisation = fitStandardisation(features, dimension, trained);
      const standardised = features.slice();
      standardise(standardised, standardisation);
      const head = ridgeHead(standardised, dimension, labels, trained, classCount);
      const questions = rowsOf(options.judged ?? features, dimension, judged);
      standardise(questions, standardisation);
      const answers = await evaluator.probabilities(questions, head);
      judged.forEach((picture, at) =>
        probabilities.set(answers.subarray(at * classCount, (at + 1) * classCount), picture * classCount),
      );
    }
  } finally {
    await evaluator.close();
  }
  return { folds, evaluation: evaluate(labels, probabilities, classCount, new Float32Array(classCount).fill(0.5)) };
}

function rowsOf(features: Float32Array, dimension: number, rows: Int32Array): Float32Array {
  const picked = new Float32Array(rows.length * dimension);
  rows.forEach((row, at) => picked.set(features.subarray(row * dimension, (row + 1) * dimension), at * dimension));
  return picked;
}
