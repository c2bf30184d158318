/** Mean of -ln p(actual class), natural logarithm; 0 for no pictures. Probabilities below 1e-12 count as that. */
export function crossEntropy(actual: Int32Array, probabilities: Float32Array, classCount: number): number {
  let total = 0;
  actual.forEach((label, index) => {
    total -= Math.log(Math.max(1e-12, probabilities[index * classCount + label]!));
  });
  return actual.length === 0 ? 0 : total / actual.length;
}
