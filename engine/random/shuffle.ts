import type { Random } from './random.ts';

/** The numbers 0..count-1 in random order (Fisher-Yates). */
export function shuffledIndices(count: number, random: Random): Int32Array {
  const indices = Int32Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last--) {
    const other = random.integer(last + 1);
    const swapped = indices[last]!;
    indices[last] = indices[other]!;
    indices[other] = swapped;
  }
  return indices;
}

/**
 * Minibatches of the numbers 0..count-1 in random order; begins anew, in another order, where the numbers run out.
 * @returns `steps` arrays of `batchSize`.
 */
export function shuffledBatches(
  count: number,
  { steps, batchSize }: { readonly steps: number; readonly batchSize: number },
  random: Random,
): Int32Array[] {
  let order = shuffledIndices(count, random);
  let next = 0;
  return Array.from({ length: steps }, () =>
    Int32Array.from({ length: batchSize }, () => {
      if (next === order.length) {
        order = shuffledIndices(count, random);
        next = 0;
      }
      return order[next++]!;
    }),
  );
}
