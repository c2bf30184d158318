import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { assignSplits } from '../assign-splits.ts';
import type { SplitCandidate, SplitName } from '../split-plan.ts';

const digestOf = (number: number): string => createHash('sha256').update(String(number)).digest('hex');
/** A picture like no other that nobody has put anywhere. */
export const picture = (
  number: number,
  labelIds: readonly string[],
  more: Partial<SplitCandidate> = {},
): SplitCandidate => ({
  sha256: digestOf(number),
  labelIds,
  assigned: undefined,
  override: undefined,
  group: undefined,
  perceptualHash: undefined,
  ...more,
});
export const assign = (candidates: readonly SplitCandidate[], trainRatio: number, chosen: number, testRatio = 0) =>
  assignSplits(candidates, { trainRatio, testRatio, seed: chosen });
/** Up to 60 different pictures of up to 5 classes, none assigned. */
export const fresh = fc
  .uniqueArray(fc.tuple(fc.nat({ max: 10_000 }), fc.nat({ max: 4 })), { selector: ([number]) => number, maxLength: 60 })
  .map((items) => items.map(([number, label]) => picture(number, [`label ${label}`])));
export const ratio = fc.integer({ min: 1, max: 99_999 }).map((number) => number / 100_000);
export const seed = fc.integer({ min: 0, max: 4_294_967_295 });

/** Share of the pictures that is held out of all else. */
export const testShare = fc.constantFrom(0, 0.1, 0.5);

export const byDigest = (candidates: readonly SplitCandidate[], splits: readonly SplitName[]) =>
  new Map(candidates.map(({ sha256 }, index) => [sha256, splits[index]!]));
/** How many of each label stand on each side; of pictures with one label. */
export const sizes = (candidates: readonly SplitCandidate[], splits: readonly SplitName[]) => {
  const counts = new Map<string, Record<SplitName, number>>();
  candidates.forEach(({ labelIds: [labelId] }, index) => {
    const count = counts.get(labelId!) ?? { TRAIN: 0, VALIDATION: 0, TEST: 0 };
    count[splits[index]!]++;
    counts.set(labelId!, count);
  });
  return [...counts.values()];
};

/** By label. */
export const sizesByLabel = (candidates: readonly SplitCandidate[], splits: readonly SplitName[]) => {
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
