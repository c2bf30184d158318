import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assign, byDigest, picture, ratio, seed, sizesByLabel } from './testing/split-candidates.ts';

/** Up to 60 different pictures, each with one to four of five labels, some common and some rare. */
const labelled = fc
  .uniqueArray(fc.tuple(fc.nat({ max: 10_000 }), fc.uniqueArray(fc.nat({ max: 4 }), { minLength: 1, maxLength: 4 })), {
    selector: ([number]) => number,
    maxLength: 60,
  })
  .map((items) =>
    items.map(([number, labels]) =>
      picture(
        number,
        labels.map((label) => `label ${label}`),
      ),
    ),
  );
describe('the split of pictures with several labels', () => {
  test('has a picture of each label on each side wherever one can be spared', () => {
    fc.assert(
      fc.property(labelled, ratio, seed, (candidates, trainRatio, chosen) => {
        const { splits, movedCount } = assign(candidates, trainRatio, chosen);
        expect(splits).toHaveLength(candidates.length);
        expect(movedCount).toBe(0);
        const counts = sizesByLabel(candidates, splits);
        for (const [label, { TRAIN, VALIDATION }] of counts) {
          if (TRAIN + VALIDATION < 2 || Math.min(TRAIN, VALIDATION) > 0) continue;
          const side = TRAIN > 0 ? 'TRAIN' : 'VALIDATION';
          const spared = candidates.filter(
            ({ labelIds }) => labelIds.includes(label) && labelIds.every((each) => counts.get(each)![side] > 1),
          );
          expect(spared).toEqual([]);
        }
      }),
    );
  });

  test('comes near the ratio for each label and in all', () => {
    // 400 pictures; labels of 300, 120, 60 and 20 of them, in all combinations.
    const many = Array.from({ length: 400 }, (_, number) =>
      picture(number, [
        ...(number % 4 < 3 ? ['common'] : ['other']),
        ...(number % 10 < 3 ? ['third'] : []),
        ...(number % 20 < 3 ? ['seventh'] : []),
        ...(number % 20 === 7 ? ['rare'] : []),
      ]),
    );
    for (const trainRatio of [0.5, 0.8, 0.9]) {
      const { splits } = assign(many, trainRatio, 3);
      for (const { TRAIN, VALIDATION } of sizesByLabel(many, splits).values())
        expect(Math.abs(VALIDATION - (TRAIN + VALIDATION) * (1 - trainRatio))).toBeLessThanOrEqual(2);
      const validation = splits.filter((side) => side === 'VALIDATION').length;
      expect(Math.abs(validation - 400 * (1 - trainRatio))).toBeLessThanOrEqual(4);
    }
  });

  test('does not depend on the order of the pictures or of their labels, and is another for another seed', () => {
    fc.assert(
      fc.property(labelled, ratio, seed, fc.func(fc.nat()), (candidates, trainRatio, chosen, rank) => {
        const shuffled = candidates
          .toSorted((a, b) => rank(a.sha256) - rank(b.sha256))
          .map((item) => ({ ...item, labelIds: item.labelIds.toReversed() }));
        expect(byDigest(shuffled, assign(shuffled, trainRatio, chosen).splits)).toEqual(
          byDigest(candidates, assign(candidates, trainRatio, chosen).splits),
        );
      }),
    );
    const many = Array.from({ length: 40 }, (_, number) => picture(number, ['a', 'b']));
    expect(new Set(Array.from({ length: 20 }, (_, one) => assign(many, 0.5, one).splits.join())).size).toBe(20);
  });

  test('leaves every picture on its side, but for those without which a label would be missing on one', () => {
    fc.assert(
      fc.property(labelled, ratio, ratio, seed, fc.nat({ max: 60 }), (candidates, first, second, chosen, cut) => {
        const before = candidates.slice(0, cut);
        const sides = byDigest(before, assign(before, first, chosen).splits);
        const later = candidates
          .slice(Math.floor(cut / 3))
          .map((item) => ({ ...item, assigned: sides.get(item.sha256) }));
        const { splits, movedCount } = assign(later, second, chosen);
        const moved = later.filter((item, index) => item.assigned && item.assigned !== splits[index]);
        expect(moved.length).toBeLessThanOrEqual(movedCount);
        expect(movedCount).toBeLessThanOrEqual(5);
        for (const { assigned, labelIds } of moved)
          expect(
            labelIds.some((label) =>
              later.every((item) => !item.labelIds.includes(label) || (item.assigned ?? assigned) === assigned),
            ),
          ).toBe(true);
      }),
    );
  });
});
