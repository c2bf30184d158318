import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assignSplits } from './assign-splits.ts';
import { nearDuplicates } from './near-duplicates.ts';
import { splitNames, wantedCounts, type SplitCandidate, type SplitName } from './split-plan.ts';

const digestOf = (number: number): string => createHash('sha256').update(String(number)).digest('hex');
/** A picture like no other that nobody has put anywhere. */
const picture = (number: number, labelIds: readonly string[], more: Partial<SplitCandidate> = {}): SplitCandidate => ({
  sha256: digestOf(number),
  labelIds,
  assigned: undefined,
  override: undefined,
  group: undefined,
  perceptualHash: undefined,
  ...more,
});
const assign = (candidates: readonly SplitCandidate[], trainRatio: number, chosen: number, testRatio = 0) =>
  assignSplits(candidates, { trainRatio, testRatio, seed: chosen });
/** Up to 60 different pictures of up to 5 classes, none assigned. */
const fresh = fc
  .uniqueArray(fc.tuple(fc.nat({ max: 10_000 }), fc.nat({ max: 4 })), { selector: ([number]) => number, maxLength: 60 })
  .map((items) => items.map(([number, label]) => picture(number, [`label ${label}`])));
const ratio = fc.integer({ min: 1, max: 99_999 }).map((number) => number / 100_000);
const seed = fc.integer({ min: 0, max: 4_294_967_295 });

const byDigest = (candidates: readonly SplitCandidate[], splits: readonly SplitName[]) =>
  new Map(candidates.map(({ sha256 }, index) => [sha256, splits[index]!]));
const sizes = (candidates: readonly SplitCandidate[], splits: readonly SplitName[]) => {
  const counts = new Map<string, Record<SplitName, number>>();
  candidates.forEach(({ labelIds: [labelId] }, index) => {
    const count = counts.get(labelId!) ?? { TRAIN: 0, VALIDATION: 0, TEST: 0 };
    count[splits[index]!]++;
    counts.set(labelId!, count);
  });
  return [...counts.values()];
};

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
const sizesByLabel = (candidates: readonly SplitCandidate[], splits: readonly SplitName[]) => {
  const counts = new Map<string, Record<SplitName, number>>();
  candidates.forEach(({ labelIds }, index) =>
    labelIds.forEach((label) => {
      const count = counts.get(label) ?? { TRAIN: 0, VALIDATION: 0, TEST: 0 };
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

/** A hash that is like no other number's: they differ in about half of their bits. */
const hashOf = (number: number, flipped = 0): Buffer => {
  const hash = createHash('sha256').update(`look ${number}`).digest();
  for (let bit = 0; bit < flipped; bit++) hash[31 - bit]! ^= 1;
  return hash;
};

interface Drawn {
  readonly number: number;
  readonly labels: readonly number[];
  readonly group: number | undefined;
  readonly look: number | undefined;
  readonly override: SplitName | undefined;
}
/** Up to 60 pictures in groups and near-duplicates of any size, a few of them put somewhere. */
const drawn = (mostLabels: number) =>
  fc.uniqueArray(
    fc.record<Drawn>({
      number: fc.nat({ max: 10_000 }),
      labels: fc.uniqueArray(fc.nat({ max: 4 }), { minLength: 1, maxLength: mostLabels }),
      group: fc.option(fc.nat({ max: 12 }), { nil: undefined }),
      look: fc.option(fc.nat({ max: 30 }), { nil: undefined }),
      override: fc.option(fc.constantFrom(...splitNames), { nil: undefined, freq: 6 }),
    }),
    { selector: ({ number }) => number, maxLength: 60 },
  );
const toCandidates = (items: readonly Drawn[]): SplitCandidate[] =>
  items.map(({ number, labels, group, look, override }) =>
    picture(
      number,
      labels.map((label) => `label ${label}`),
      {
        override,
        group: group === undefined ? undefined : `camera ${group}`,
        perceptualHash: look === undefined ? undefined : hashOf(look, number % 8),
      },
    ),
  );
/** What belongs together, found the slow way. */
const unitsOf = (candidates: readonly SplitCandidate[]): number[][] => {
  const alike = nearDuplicates(candidates.map(({ perceptualHash }) => perceptualHash));
  const unit = candidates.map((_, index) => index);
  for (let changed = true; changed;) {
    changed = false;
    for (const [a, one] of candidates.entries())
      for (const [b, other] of candidates.entries()) {
        const together = (one.group !== undefined && one.group === other.group) || alike.find(a) === alike.find(b);
        if (!together || unit[a] === unit[b]) continue;
        unit[a] = unit[b] = Math.min(unit[a]!, unit[b]!);
        changed = true;
      }
  }
  return [...Map.groupBy(candidates.keys(), (index) => unit[index]).values()];
};
const testShare = fc.constantFrom(0, 0.1, 0.5);

describe.each([
  ['one label', 1],
  ['several labels', 4],
])('the split of groups, near-duplicates and overrides of %s', (_name, mostLabels) => {
  test('keeps every override, and what belongs together on one side unless overrides tear it apart', () => {
    fc.assert(
      fc.property(drawn(mostLabels), ratio, testShare, seed, (items, trainRatio, testRatio, chosen) => {
        const candidates = toCandidates(items);
        const plan = assign(candidates, trainRatio, chosen, testRatio);
        expect(plan.splits).toHaveLength(candidates.length);
        for (const [index, { override }] of candidates.entries())
          expect(plan.splits[index]).toBe(override ?? plan.splits[index]);
        if (plan.lookAlikeCount > 0) return;
        const torn = new Set(plan.contradictions.flat());
        for (const unit of unitsOf(candidates)) {
          const sides = new Set(unit.map((index) => plan.splits[index]));
          const wanted = new Set(unit.flatMap((index) => candidates[index]!.override ?? []));
          expect(unit.some((index) => torn.has(index))).toBe(wanted.size > 1);
          if (wanted.size <= 1) expect(sides.size).toBe(1);
          else expect(sides).toEqual(wanted);
        }
      }),
    );
  });

  test('uses the test part only where it is asked for, and is the same whatever the order', () => {
    fc.assert(
      fc.property(
        drawn(mostLabels),
        ratio,
        testShare,
        seed,
        fc.func(fc.nat()),
        (items, trainRatio, testRatio, chosen, rank) => {
          const candidates = toCandidates(items);
          const { splits } = assign(candidates, trainRatio, chosen, testRatio);
          const shuffled = candidates.toSorted((a, b) => rank(a.sha256) - rank(b.sha256));
          expect(byDigest(shuffled, assign(shuffled, trainRatio, chosen, testRatio).splits)).toEqual(
            byDigest(candidates, splits),
          );
          if (testRatio === 0 && items.every(({ override }) => override !== 'TEST'))
            expect(splits).not.toContain('TEST');
        },
      ),
    );
  });

  test('moves nothing when pictures are added, but for classes that would be missing and for what belongs together now', () => {
    fc.assert(
      fc.property(
        drawn(mostLabels),
        ratio,
        testShare,
        seed,
        seed,
        fc.nat({ max: 60 }),
        (items, trainRatio, testRatio, one, two, cut) => {
          const all = toCandidates(items);
          const before = all.slice(0, cut);
          const sides = byDigest(before, assign(before, trainRatio, one, testRatio).splits);
          const later = all.map((item) => ({ ...item, assigned: sides.get(item.sha256) }));
          const plan = assign(later, trainRatio, two, testRatio);
          const moved = [...later.keys()].filter((index) => {
            const { assigned, override } = later[index]!;
            return assigned !== undefined && override === undefined && assigned !== plan.splits[index];
          });
          expect(moved).toHaveLength(plan.movedCount + plan.joinedCount);
          if (plan.lookAlikeCount > 0 || plan.movedCount > 0) return;
          // Only where a new picture, or its override, connects what stood apart; and then towards what was there before.
          const units = unitsOf(later);
          for (const index of moved) {
            const unit = units.find((each) => each.includes(index))!;
            expect(unit.some((each) => later[each]!.assigned === undefined)).toBe(true);
            const reasons = unit.flatMap((each) => [later[each]!.assigned ?? [], later[each]!.override ?? []].flat());
            expect(reasons).toContain(plan.splits[index]);
            expect(new Set(reasons).size).toBeGreaterThan(1);
          }
        },
      ),
    );
  });

  test('has each label on both sides wherever a unit can be spared', () => {
    fc.assert(
      fc.property(drawn(mostLabels), ratio, testShare, seed, (items, trainRatio, testRatio, chosen) => {
        const candidates = toCandidates(items.map((item) => ({ ...item, override: undefined })));
        const { splits, lookAlikeCount } = assign(candidates, trainRatio, chosen, testRatio);
        if (lookAlikeCount > 0) return;
        const units = unitsOf(candidates);
        const counts = sizesByLabel(candidates, splits);
        for (const [label, count] of counts)
          for (const side of ['TRAIN', 'VALIDATION'] as const) {
            const carrying = units.filter((unit) => unit.some((index) => candidates[index]!.labelIds.includes(label)));
            if (count[side] > 0) continue;
            expect(side === 'TRAIN' && carrying.length === 1).toBe(false);
            if (carrying.length < 2) continue;
            const spared = carrying.filter((unit) => {
              const from = splits[unit[0]!]!;
              const own = sizesByLabel(
                unit.map((index) => candidates[index]!),
                unit.map(() => from),
              );
              return from === 'TEST' || [...own].every(([each, { [from]: held }]) => counts.get(each)![from] > held);
            });
            expect(spared).toEqual([]);
          }
      }),
    );
  });
});

test('units of one label each come within twice the largest unit of what is wanted of each label', () => {
  const grouped = fc.array(fc.record({ label: fc.nat({ max: 3 }), size: fc.integer({ min: 1, max: 9 }) }), {
    maxLength: 30,
  });
  fc.assert(
    fc.property(grouped, ratio, testShare, seed, (groups, trainRatio, testRatio, chosen) => {
      const candidates = groups.flatMap(({ label, size }, group) =>
        Array.from({ length: size }, (_, number) =>
          picture(group * 10 + number, [`label ${label}`], { group: `patient ${group}` }),
        ),
      );
      const { splits } = assign(candidates, trainRatio, chosen, testRatio);
      for (const [label, counts] of sizesByLabel(candidates, splits)) {
        const own = groups.filter((group) => `label ${group.label}` === label);
        const largest = Math.max(...own.map(({ size }) => size));
        const wanted = wantedCounts(counts.TRAIN + counts.VALIDATION + counts.TEST, { trainRatio, testRatio });
        for (const side of splitNames)
          if (own.length > 1) expect(Math.abs(counts[side] - wanted[side])).toBeLessThanOrEqual(2 * largest);
      }
    }),
  );
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

test('pictures that nearly all look alike are dealt one by one', () => {
  const candidates = Array.from({ length: 30 }, (_, number) =>
    picture(number, [number % 2 ? 'good' : 'scratched'], { perceptualHash: hashOf(number < 25 ? 0 : number) }),
  );
  const { splits, lookAlikeCount } = assign(candidates, 0.8, 0);
  expect(lookAlikeCount).toBe(25);
  expect(sizes(candidates, splits)).toEqual(['good', 'scratched'].map(() => ({ TRAIN: 12, VALIDATION: 3, TEST: 0 })));
});

test('what stood on several sides and belongs together now goes where it was trained on', () => {
  const pictures = Array.from({ length: 12 }, (_, number) =>
    picture(number, ['a'], { assigned: number < 9 ? 'TRAIN' : 'VALIDATION' }),
  );
  const grouped = pictures.map((item, number) => ({ ...item, group: [0, 9, 10].includes(number) ? 'one' : undefined }));
  const { splits, joinedCount, movedCount } = assign(grouped, 0.8, 0);
  expect([splits[0], splits[9], splits[10], splits[11]]).toEqual(['TRAIN', 'TRAIN', 'TRAIN', 'VALIDATION']);
  expect([joinedCount, movedCount]).toEqual([2, 0]);
});
