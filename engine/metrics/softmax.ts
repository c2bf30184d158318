/** @param logits [count, classCount], row-major. @param temperature divides the logits. @returns the same shape; rows sum to 1. */
export function softmax(logits: Float32Array, classCount: number, temperature = 1): Float32Array {
  const probabilities = new Float32Array(logits.length);
  for (let start = 0; start < logits.length; start += classCount) {
    const row = logits.subarray(start, start + classCount);
    const largest = row.reduce((a, b) => Math.max(a, b), -Infinity);
    const powers = Float64Array.from(row, (logit) => Math.exp((logit - largest) / temperature));
    const total = powers.reduce((a, b) => a + b, 0);
    probabilities.set(
      powers.map((power) => power / total),
      start,
    );
  }
  return probabilities;
}

/** Logits that give these probabilities; of probabilities below 1e-12, those of 1e-12. */
export function logitsOf(probabilities: Float32Array): Float32Array {
  return probabilities.map((probability) => Math.log(Math.max(1e-12, probability)));
}
