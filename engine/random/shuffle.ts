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
