import { hashBands, nearDuplicateBits } from '../images/near-duplicate-rule.ts';
import { DisjointSets } from './disjoint-sets.ts';
import { atOnce, type Steps } from './steps.ts';

/** With how many of those that share a band, in the order of their hashes, a picture is compared at most. */
const mostCompared = 32;
const words = 8;

/**
 * What looks alike: two pictures are near-duplicates when their hashes differ in at most {@link nearDuplicateBits} bits and agree in at least one
 * of 8 bands, which by the pigeonhole principle all do that differ in fewer than 8 of the first 128 bits; near-duplicates of near-duplicates
 * belong together. Where more than 32 pictures share a band, each is compared with the next 32 in hash order only, so that cost is
 * bounded by 256 comparisons a picture however much alike all of them look.
 * @param hashes of 32 bytes; pictures without one (undefined) are like none.
 */
export function* nearDuplicateSteps(hashes: readonly (Buffer | undefined)[]): Steps<DisjointSets> {
  const sets = new DisjointSets(hashes.length);
  const { bits, indices } = yield* inHashOrder(hashes);
  for (let band = 0; band < hashBands; band++) {
    yield;
    const { values, places } = inBandOrder(bits, indices.length, band);
    yield;
    for (let first = 0; first < places.length; first++) {
      const [value, a] = [values[first]!, places[first]!];
      const end = Math.min(places.length, first + 1 + mostCompared);
      for (let second = first + 1; second < end && values[second] === value; second++) {
        const b = places[second]!;
        if (sets.find(indices[a]!) === sets.find(indices[b]!)) continue;
        if (distance(bits, a, b) <= nearDuplicateBits) sets.union(indices[a]!, indices[b]!);
      }
    }
  }
  return sets;
}

export const nearDuplicates = (hashes: readonly (Buffer | undefined)[]): DisjointSets =>
  atOnce(nearDuplicateSteps(hashes));

/** Places in hash order, sorted by the band's value: those that share one lie together, still in hash order. */
function inBandOrder(bits: Uint32Array, count: number, band: number): { values: Uint16Array; places: Uint32Array } {
  const shift = band & 1 ? 0 : 16;
  // Both in one number, so that numbers are sorted without a callback.
  const keys = new Float64Array(count);
  for (let at = 0; at < count; at++)
    keys[at] = ((bits[at * words + (band >> 1)]! >>> shift) & 0xffff) * placesPerValue + at;
  keys.sort();
  const values = Uint16Array.from(keys, (key) => key / placesPerValue);
  return { values, places: Uint32Array.from(keys, (key, at) => key - values[at]! * placesPerValue) };
}

const placesPerValue = 2 ** 32;

/** The hashes as 32-bit words, sorted, and which picture each is of. */
function* inHashOrder(hashes: readonly (Buffer | undefined)[]): Steps<{ bits: Uint32Array; indices: Int32Array }> {
  const all = new Uint32Array(hashes.length * words);
  hashes.forEach((hash, index) => {
    if (hash) for (let word = 0; word < words; word++) all[index * words + word] = hash.readUInt32BE(word * 4);
  });
  yield;
  const compare = (a: number, b: number): number => {
    for (let word = 0; word < words; word++) {
      const difference = all[a * words + word]! - all[b * words + word]!;
      if (difference !== 0) return difference;
    }
    return a - b;
  };
  const indices = Int32Array.from(hashes.flatMap((hash, index) => (hash ? [index] : []))).sort(compare);
  const bits = new Uint32Array(indices.length * words);
  indices.forEach((index, at) => bits.set(all.subarray(index * words, (index + 1) * words), at * words));
  return { bits, indices };
}

function distance(bits: Uint32Array, a: number, b: number): number {
  let differing = 0;
  for (let word = 0; word < words && differing <= nearDuplicateBits; word++)
    differing += ones(bits[a * words + word]! ^ bits[b * words + word]!);
  return differing;
}

/** Set bits of a 32-bit word (Warren, "Hacker's Delight", 5-1). */
function ones(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
