/** Largest difference of a probability that rounding explains. */
export const allowedDifference = 1e-4;

/** max |a - b| of two lists of probabilities; NaN where one of them holds NaN, so compare with `!(difference <= allowed)`. */
export function largestDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((largest, value, index) => {
    const difference = Math.abs(value - b[index]!);
    return difference <= largest ? largest : difference;
  }, 0);
}
