import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nearDuplicates } from './near-duplicates.ts';
import { splitNames, wantedCounts, type SplitCandidate, type SplitName } from './split-plan.ts';
import { assign, byDigest, picture, ratio, seed, sizes, sizesByLabel, testShare } from './testing/split-candidates.ts';

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
