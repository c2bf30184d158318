import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assignSplits } from './assign-splits.ts';
import { validationCount, type SplitCandidate, type SplitName } from './split-plan.ts';

const digestOf = (number: number): string => createHash('sha256').update(String(number)).digest('hex');
/** Up to 60 different pictures of up to 5 classes, none assigned. */
const fresh = fc
  .uniqueArray(fc.tuple(fc.nat({ max: 10_000 }), fc.nat({ max: 4 })), { selector: ([number]) => number, maxLength: 60 })
  .map((items) =>
    items.map(([number, label]): SplitCandidate => ({
      sha256: digestOf(number),
      labelIds: [`label ${label}`],
      assigned: undefined,
    })),
  );
const ratio = fc.integer({ min: 1, max: 99_999 }).map((number) => number / 100_000);
const seed = fc.integer({ min: 0, max: 4_294_967_295 });

const byDigest = (candidates: readonly SplitCandidate[], splits: readonly SplitName[]) =>
  new Map(candidates.map(({ sha256 }, index) => [sha256, splits[index]!]));
const sizes = (candidates: readonly SplitCandidate[], splits: readonly SplitName[]) => {
  const counts = new Map<string, { TRAIN: number; VALIDATION: number }>();
  candidates.forEach(({ labelIds: [labelId] }, index) => {
    const count = counts.get(labelId!) ?? { TRAIN: 0, VALIDATION: 0 };
    count[splits[index]!]++;
    counts.set(labelId!, count);
  });
  return [...counts.values()];
};

describe('the split', () => {
  test('has round(n * (1 - ratio)) pictures of each class to evaluate on, and none of its sides is empty', () => {
    fc.assert(
      fc.property(fresh, ratio, seed, (candidates, trainRatio, chosen) => {
        const { splits, movedCount } = assignSplits(candidates, trainRatio, chosen);
        expect(splits).toHaveLength(candidates.length);
        expect(movedCount).toBe(0);
        for (const { TRAIN, VALIDATION } of sizes(candidates, splits)) {
          const count = TRAIN + VALIDATION;
          const wanted = Math.round(count * (1 - trainRatio));
          expect(VALIDATION).toBe(count < 2 ? 0 : Math.max(1, Math.min(count - 1, wanted)));
          expect(validationCount(count, trainRatio)).toBe(VALIDATION);
        }
      }),
    );
  });

  test('does not depend on the order of the pictures, and is the same for the same seed', () => {
    fc.assert(
      fc.property(fresh, ratio, seed, fc.func(fc.nat()), (candidates, trainRatio, chosen, rank) => {
        const shuffled = candidates.toSorted((a, b) => rank(a.sha256) - rank(b.sha256));
        expect(byDigest(shuffled, assignSplits(shuffled, trainRatio, chosen).splits)).toEqual(
          byDigest(candidates, assignSplits(candidates, trainRatio, chosen).splits),
        );
      }),
    );
  });

  test('is another for another seed', () => {
    const candidates = Array.from({ length: 40 }, (_, number): SplitCandidate => ({
      sha256: digestOf(number),
      labelIds: ['a'],
      assigned: undefined,
    }));
    const plans = Array.from({ length: 20 }, (_, chosen) => assignSplits(candidates, 0.5, chosen).splits.join());
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
          const sides = byDigest(before, assignSplits(before, first, one).splits);
          const later = candidates
            .slice(Math.floor(cut / 3))
            .map((item) => ({ ...item, assigned: sides.get(item.sha256) }));
          const { splits, movedCount } = assignSplits(later, second, two);
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
        const sides = byDigest(half, assignSplits(half, trainRatio, chosen).splits);
        const all = candidates.map((item) => ({ ...item, assigned: sides.get(item.sha256) }));
        for (const { TRAIN, VALIDATION } of sizes(all, assignSplits(all, trainRatio, chosen).splits))
          expect(VALIDATION).toBeGreaterThanOrEqual(validationCount(TRAIN + VALIDATION, trainRatio));
      }),
    );
  });

  test('treats a relabelled picture as one of its new class, on its old side', () => {
    const at = (number: number, labelId: string, assigned: SplitCandidate['assigned']) => ({
      sha256: digestOf(number),
      labelIds: [labelId],
      assigned,
    });
    const candidates = [
      at(1, 'a', 'VALIDATION'),
      at(2, 'a', 'VALIDATION'),
      at(3, 'a', 'VALIDATION'),
      at(4, 'b', 'TRAIN'),
      at(5, 'b', 'TRAIN'),
    ];
    const { splits, movedCount } = assignSplits(candidates, 0.8, 0);
    expect(movedCount).toBe(2);
    expect(sizes(candidates, splits)).toEqual([
      { TRAIN: 1, VALIDATION: 2 },
      { TRAIN: 1, VALIDATION: 1 },
    ]);
  });
});

/** Up to 60 different pictures, each with one to four of five labels, some common and some rare. */
const labelled = fc
  .uniqueArray(fc.tuple(fc.nat({ max: 10_000 }), fc.uniqueArray(fc.nat({ max: 4 }), { minLength: 1, maxLength: 4 })), {
    selector: ([number]) => number,
    maxLength: 60,
  })
  .map((items) =>
    items.map(([number, labels]): SplitCandidate => ({
      sha256: digestOf(number),
      labelIds: labels.map((label) => `label ${label}`),
      assigned: undefined,
    })),
  );
const sizesByLabel = (candidates: readonly SplitCandidate[], splits: readonly SplitName[]) => {
  const counts = new Map<string, Record<SplitName, number>>();
  candidates.forEach(({ labelIds }, index) =>
    labelIds.forEach((label) => {
      const count = counts.get(label) ?? { TRAIN: 0, VALIDATION: 0 };
      count[splits[index]!]++;
      counts.set(label, count);
    }),
  );
  return counts;
};

describe('the split of pictures with several labels', () => {
  test('has a picture of each label on each side wherever one can be spared', () => {
    fc.assert(
      fc.property(labelled, ratio, seed, (candidates, trainRatio, chosen) => {
        const { splits, movedCount } = assignSplits(candidates, trainRatio, chosen);
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
    const many = Array.from({ length: 400 }, (_, number): SplitCandidate => ({
      sha256: digestOf(number),
      labelIds: [
        ...(number % 4 < 3 ? ['common'] : ['other']),
        ...(number % 10 < 3 ? ['third'] : []),
        ...(number % 20 < 3 ? ['seventh'] : []),
        ...(number % 20 === 7 ? ['rare'] : []),
      ],
      assigned: undefined,
    }));
    for (const trainRatio of [0.5, 0.8, 0.9]) {
      const { splits } = assignSplits(many, trainRatio, 3);
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
        expect(byDigest(shuffled, assignSplits(shuffled, trainRatio, chosen).splits)).toEqual(
          byDigest(candidates, assignSplits(candidates, trainRatio, chosen).splits),
        );
      }),
    );
    const many = Array.from({ length: 40 }, (_, number): SplitCandidate => ({
      sha256: digestOf(number),
      labelIds: ['a', 'b'],
      assigned: undefined,
    }));
    expect(new Set(Array.from({ length: 20 }, (_, one) => assignSplits(many, 0.5, one).splits.join())).size).toBe(20);
  });

  test('leaves every picture on its side, but for those without which a label would be missing on one', () => {
    fc.assert(
      fc.property(labelled, ratio, ratio, seed, fc.nat({ max: 60 }), (candidates, first, second, chosen, cut) => {
        const before = candidates.slice(0, cut);
        const sides = byDigest(before, assignSplits(before, first, chosen).splits);
        const later = candidates
          .slice(Math.floor(cut / 3))
          .map((item) => ({ ...item, assigned: sides.get(item.sha256) }));
        const { splits, movedCount } = assignSplits(later, second, chosen);
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
