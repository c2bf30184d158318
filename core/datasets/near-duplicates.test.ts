import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nearDuplicateBits } from '../images/near-duplicate-rule.ts';
import { nearDuplicates } from './near-duplicates.ts';

const hashOf = (number: number): Buffer => createHash('sha256').update(String(number)).digest();
const flip = (hash: Buffer, bits: readonly number[]): Buffer => {
  const flipped = Buffer.from(hash);
  for (const bit of bits) flipped[bit >> 3]! ^= 0x80 >> (bit & 7);
  return flipped;
};
const differing = (a: Buffer, b: Buffer): number =>
  [...a].reduce((bits, byte, at) => bits + (byte ^ b[at]!).toString(2).replaceAll('0', '').length, 0);
const shareBand = (a: Buffer, b: Buffer): boolean =>
  [0, 2, 4, 6, 8, 10, 12, 14].some((at) => a.readUInt16BE(at) === b.readUInt16BE(at));
const setsOf = (hashes: readonly (Buffer | undefined)[]): number[][] => {
  const sets = nearDuplicates(hashes);
  return [...Map.groupBy(hashes.keys(), (index) => sets.find(index)).values()];
};

describe('near-duplicates', () => {
  test('are exactly what a comparison of all with all finds, and what that connects', () => {
    const bits = fc.uniqueArray(fc.nat({ max: 255 }), { maxLength: 40 });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat({ max: 5 }), bits), { maxLength: 30 }), (items) => {
        const hashes = items.map(([number, flipped]) => flip(hashOf(number), flipped));
        const found = nearDuplicates(hashes);
        const slow = hashes.map((_, index) => index);
        for (let round = 0; round < hashes.length; round++)
          hashes.forEach((a, first) =>
            hashes.forEach((b, second) => {
              if (differing(a, b) <= nearDuplicateBits && shareBand(a, b))
                slow[first] = slow[second] = Math.min(slow[first]!, slow[second]!);
            }),
          );
        expect(hashes.map((_, index) => found.find(index))).toEqual(slow);
      }),
    );
  });

  test('are found wherever fewer than 8 of the first 128 bits differ', () => {
    const low = fc.uniqueArray(fc.nat({ max: 127 }), { maxLength: 7 });
    const high = fc.uniqueArray(fc.integer({ min: 128, max: 255 }), { maxLength: 21 });
    fc.assert(
      fc.property(fc.nat(), low, high, (number, first, second) => {
        const hash = hashOf(number);
        expect(setsOf([hash, flip(hash, [...first, ...second]), hashOf(number + 1)])).toEqual([[0, 1], [2]]);
      }),
    );
  });

  test('are none of pictures without a hash', () => {
    expect(setsOf([undefined, hashOf(1), undefined, hashOf(1)])).toEqual([[0], [1, 3], [2]]);
    expect(setsOf([])).toEqual([]);
  });

  test('of thousands that share a band are found at a bounded cost', () => {
    // All share the first band; each of 2,000 scenes occurs twice, once with a few bits changed.
    const hashes = Array.from({ length: 4000 }, (_, number) => {
      const hash = hashOf(number >> 1);
      hash.writeUInt16BE(0, 0);
      return number & 1 ? flip(hash, [200, 220, 240]) : hash;
    });
    const sets = setsOf(hashes);
    expect(sets).toHaveLength(2000);
    expect(sets.every((set) => set.length === 2)).toBe(true);
  });
});
