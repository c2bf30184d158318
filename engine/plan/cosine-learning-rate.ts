/**
 * From `peak` at step 0 to nearly 0 at the last of `steps` (Loshchilov and Hutter, "SGDR", 2017, without restarts). No warm-up: a
 * linear head that starts from prototypes needs none.
 */
export function cosineLearningRate(peak: number, step: number, steps: number): number {
  return (peak / 2) * (1 + Math.cos((Math.PI * step) / steps));
}
