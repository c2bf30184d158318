import { isMultiLabel, type Labels } from '../labels/labels.ts';
import { binaryCrossEntropy, crossEntropy } from './cross-entropy.ts';
import { evaluate } from './evaluate.ts';
import type { Evaluation } from './evaluation.ts';

/** What some parameters say to the validation pictures, and how good that is. */
export interface Scored {
  /** [validation, classes]. */
  readonly probabilities: Float32Array;
  readonly evaluation: Evaluation;
  /** Mean cross entropy. */
  readonly loss: number;
}

export function score(labels: Labels, probabilities: Float32Array, classCount: number): Scored {
  return {
    probabilities,
    evaluation: evaluate(labels, probabilities, classCount),
    loss: isMultiLabel(labels)
      ? binaryCrossEntropy(labels, probabilities)
      : crossEntropy(labels, probabilities, classCount),
  };
}

/** Macro F1 decides: in unbalanced sets accuracy alone would reward forgetting the rare classes. */
export function isBetter(candidate: Scored, best: Scored): boolean {
  const gain =
    candidate.evaluation.macro.f1 - best.evaluation.macro.f1 ||
    candidate.evaluation.accuracy - best.evaluation.accuracy;
  return gain > 0 || (gain === 0 && candidate.loss < best.loss);
}
