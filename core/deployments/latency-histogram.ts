/** Four to each doubling, from 1 ms to 55 s: a percentile is off by a fifth at most. */
const bucketsPerDoubling = 4;
export const bucketCount = 64;

/** Bucket i holds what took more than 2^((i-1)/4) ms, up to 2^(i/4) ms; the first all that was faster, the last all that was slower. */
export function bucketOf(milliseconds: number): number {
  const bucket = Math.ceil(bucketsPerDoubling * Math.log2(milliseconds));
  return Math.min(bucketCount - 1, Math.max(0, bucket));
}

/**
 * Milliseconds that this share of the counted calls did not exceed, geometrically interpolated inside its bucket; null without a call.
 * @param share 0..1, such as 0.99.
 */
export function percentile(counts: readonly number[], share: number): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const rank = share * total;
  let before = 0;
  for (const [bucket, count] of counts.entries()) {
    if (count > 0 && before + count >= rank) return 2 ** ((bucket - 1 + (rank - before) / count) / bucketsPerDoubling);
    before += count;
  }
  throw new RangeError(`no share: ${share}`);
}
