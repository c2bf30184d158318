/** Share of known pictures that shall pass as known. */
export const knownShare = 0.95;

/**
 * Above which unfamiliarity a picture counts as unknown: such that a further known picture passes with a probability of at least
 * `share`, by the rank ceil((n + 1) share) of n held-out ones (split conformal prediction; Vovk, Gammerman and Shafer, "Algorithmic
 * learning in a random world", 2005). Fewer than share/(1 - share) pictures, 19 of 95 %, cannot promise that: the largest
 * of them is multiplied by 1 + 1/n instead.
 * @returns a number that float32 knows, so that it compares alike everywhere; undefined for no pictures, or where
 * too many of the values are no numbers.
 * @param unfamiliarity of known pictures that nothing was learnt from.
 */
export function unfamiliarityThreshold(unfamiliarity: Float32Array, share = knownShare): number | undefined {
  const count = unfamiliarity.length;
  if (count === 0) return undefined;
  const sorted = unfamiliarity.toSorted();
  const rank = Math.ceil((count + 1) * share - 1e-9);
  const limit = rank <= count ? sorted[rank - 1]! : Math.fround(sorted[count - 1]! * (1 + 1 / count));
  return Number.isFinite(limit) ? limit : undefined;
}
