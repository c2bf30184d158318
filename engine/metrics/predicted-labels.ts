import type { Labels } from '../labels/labels.ts';
import { mostProbable } from './most-probable.ts';

/**
 * What a classifier says of pictures.
 * @param probabilities [count, classCount], row-major. @param thresholds [classCount], from which on a label is said to be there; without
 * them the most probable class is the answer.
 */
export function predictedLabels(probabilities: Float32Array, classCount: number, thresholds?: Float32Array): Labels {
  if (thresholds) return Uint8Array.from(probabilities, (value, at) => (value >= thresholds[at % classCount]! ? 1 : 0));
  const count = classCount === 0 ? 0 : probabilities.length / classCount;
  return Int32Array.from({ length: count }, (_, picture) =>
    mostProbable(probabilities, picture * classCount, classCount),
  );
}
