/** Index of the largest of `classCount` probabilities from `offset`; of equal ones the first. */
export function mostProbable(probabilities: Float32Array, offset: number, classCount: number): number {
  let best = 0;
  for (let index = 1; index < classCount; index++) {
    if (probabilities[offset + index]! > probabilities[offset + best]!) best = index;
  }
  return best;
}
