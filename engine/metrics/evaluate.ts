import { isMultiLabel, type Labels } from '../labels/labels.ts';
import { bestF1Thresholds } from './best-f1-thresholds.ts';
import { evaluateClassification } from './evaluate-classification.ts';
import { evaluateMultiLabel } from './evaluate-multi-label.ts';
import type { Evaluation } from './evaluation.ts';

/**
 * Compares what pictures show with what a classifier said, be it one class or any number of labels.
 * @param probabilities [count, classCount], row-major. @param thresholds [classCount], only for several labels a picture. @default those
 * with the best F1 on these very pictures
 */
export function evaluate(
  labels: Labels,
  probabilities: Float32Array,
  classCount: number,
  thresholds?: Float32Array,
): Evaluation {
  if (!isMultiLabel(labels)) return evaluateClassification(labels, probabilities, classCount);
  return evaluateMultiLabel(labels, probabilities, thresholds ?? bestF1Thresholds(labels, probabilities, classCount));
}
