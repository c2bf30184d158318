export interface LearningRateSchedule {
  readonly peak: number;
  /** Share of the training during which the rate rises linearly from 0, 0..1. @default 0.05 */
  readonly warmUp?: number;
  /** Rate at the end, as a share of the peak. @default 0 */
  readonly floor?: number;
}

/**
 * Linear warm-up, then half a cosine down (Loshchilov and Hutter, "SGDR", 2017, without restarts). By progress and not by step, so that
 * a training that is given minutes ends its cosine when the minutes are over.
 * @param progress 0..1, of steps or of time; beyond it is held.
 */
export function learningRateAt(progress: number, { peak, warmUp = 0.05, floor = 0 }: LearningRateSchedule): number {
  const at = Math.min(1, Math.max(0, progress));
  if (at < warmUp) return (peak * at) / warmUp;
  const cosine = (1 + Math.cos((Math.PI * (at - warmUp)) / Math.max(1e-9, 1 - warmUp))) / 2;
  return peak * (floor + (1 - floor) * cosine);
}
