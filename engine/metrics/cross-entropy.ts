/** Mean of -ln p(actual class), natural logarithm; 0 for no pictures. Probabilities below 1e-12 count as that. */
export function crossEntropy(actual: Int32Array, probabilities: Float32Array, classCount: number): number {
  let total = 0;
  actual.forEach((label, index) => {
    total -= Math.log(Math.max(1e-12, probabilities[index * classCount + label]!));
  });
  return actual.length === 0 ? 0 : total / actual.length;
}

/**
 * Mean over pictures and labels of -ln p where a label is carried and -ln(1 - p) where not; 0 for nothing. As above, nothing counts as less
 * probable than 1e-12.
 * @param actual [count, labels] of 0 and 1. @param probabilities [count, labels].
 */
export function binaryCrossEntropy(actual: Uint8Array, probabilities: Float32Array): number {
  let total = 0;
  actual.forEach((carried, at) => {
    const probability = carried === 1 ? probabilities[at]! : 1 - probabilities[at]!;
    total -= Math.log(Math.max(1e-12, probability));
  });
  return actual.length === 0 ? 0 : total / actual.length;
}
