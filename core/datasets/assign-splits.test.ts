import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wantedCounts, type SplitName } from './split-plan.ts';
import { assign, byDigest, fresh, picture, ratio, seed, sizes } from './testing/split-candidates.ts';

describe('the split', () => {
  test('has round(n * (1 - ratio)) pictures of each class to evaluate on, and none of its sides is empty', () => {
    fc.assert(
      fc.property(fresh, ratio, seed, (candidates, trainRatio, chosen) => {
        const { splits, movedCount } = assign(candidates, trainRatio, chosen);
        expect(splits).toHaveLength(candidates.length);
        expect(movedCount).toBe(0);
        for (const { TRAIN, VALIDATION } of sizes(candidates, splits)) {
          const count = TRAIN + VALIDATION;
          const wanted = Math.round(count * (1 - trainRatio));
          expect(VALIDATION).toBe(count < 2 ? 0 : Math.max(1, Math.min(count - 1, wanted)));
          expect(wantedCounts(count, { trainRatio, testRatio: 0 }).VALIDATION).toBe(VALIDATION);
        }
      }),
    );
  });

  test('does not depend on the order of the pictures, and is the same for the same seed', () => {
    fc.assert(
      fc.property(fresh, ratio, seed, fc.func(fc.nat()), (candidates, trainRatio, chosen, rank) => {
        const shuffled = candidates.toSorted((a, b) => rank(a.sha256) - rank(b.sha256));
        expect(byDigest(shuffled, assign(shuffled, trainRatio, chosen).splits)).toEqual(
          byDigest(candidates, assign(candidates, trainRatio, chosen).splits),
        );
      }),
    );
  });

  test('is another for another seed', () => {
    const candidates = Array.from({ length: 40 }, (_, number) => picture(number, ['a']));
    const plans = Array.from({ length: 20 }, (_, chosen) => assign(candidates, 0.5, chosen).splits.join());
    expect(new Set(plans).size).toBe(20);
  });

  test('leaves every picture on its side, whatever is added, taken away, asked for or seeded later', () => {
    fc.assert(
      fc.property(
        fresh,
        ratio,
        ratio,
        seed,
        seed,
        fc.integer({ min: 0, max: 60 }),
        (candidates, first, second, one, two, cut) => {
          const before = candidates.slice(0, cut);
          const sides = byDigest(before, assign(before, first, one).splits);
          const later = candidates
            .slice(Math.floor(cut / 3))
            .map((item) => ({ ...item, assigned: sides.get(item.sha256) }));
          const { splits, movedCount } = assign(later, second, two);
          const moved = later.filter((item, index) => item.assigned && item.assigned !== splits[index]);
          expect(moved.length).toBeLessThanOrEqual(movedCount);
          for (const { TRAIN, VALIDATION } of sizes(later, splits))
            if (TRAIN + VALIDATION > 1) expect(Math.min(TRAIN, VALIDATION)).toBeGreaterThan(0);
          // One moves only where a class would be missing on one side.
          const labels = new Set(moved.map((item) => item.labelIds[0]));
          expect(labels.size).toBe(moved.length);
          for (const label of labels) {
            const old = new Set(
              later.filter((item) => item.labelIds[0] === label).map((item) => item.assigned ?? 'TRAIN'),
            );
            expect(old.size).toBe(1);
          }
        },
      ),
    );
  });

  test('grows towards the ratio with new pictures only', () => {
    fc.assert(
      fc.property(fresh, ratio, seed, (candidates, trainRatio, chosen) => {
        const half = candidates.slice(0, Math.floor(candidates.length / 2));
        const sides = byDigest(half, assign(half, trainRatio, chosen).splits);
        const all = candidates.map((item) => ({ ...item, assigned: sides.get(item.sha256) }));
        for (const { TRAIN, VALIDATION } of sizes(all, assign(all, trainRatio, chosen).splits))
          expect(VALIDATION).toBeGreaterThanOrEqual(
            wantedCounts(TRAIN + VALIDATION, { trainRatio, testRatio: 0 }).VALIDATION,
          );
      }),
    );
  });

  test('treats a relabelled picture as one of its new class, on its old side', () => {
    const at = (number: number, labelId: string, assigned: SplitName) => picture(number, [labelId], { assigned });
    const candidates = [
      at(1, 'a', 'VALIDATION'),
      at(2, 'a', 'VALIDATION'),
      at(3, 'a', 'VALIDATION'),
      at(4, 'b', 'TRAIN'),
      at(5, 'b', 'TRAIN'),
    ];
    const { splits, movedCount } = assign(candidates, 0.8, 0);
    expect(movedCount).toBe(2);
    expect(sizes(candidates, splits)).toEqual([
      { TRAIN: 1, VALIDATION: 2, TEST: 0 },
      { TRAIN: 1, VALIDATION: 1, TEST: 0 },
    ]);
  });
});

test('a test part has round(n * testRatio) pictures of each class of three or more, and the other sides share the rest', () => {
  fc.assert(
    fc.property(fresh, ratio, fc.constantFrom(0.1, 0.25, 0.5), seed, (candidates, trainRatio, testRatio, chosen) => {
      const { splits } = assign(candidates, trainRatio, chosen, testRatio);
      for (const counts of sizes(candidates, splits)) {
        const count = counts.TRAIN + counts.VALIDATION + counts.TEST;
        expect(counts).toEqual(wantedCounts(count, { trainRatio, testRatio }));
        expect(counts.TEST).toBe(count < 3 ? 0 : Math.max(1, Math.min(count - 2, Math.round(count * testRatio))));
      }
    }),
  );
});
