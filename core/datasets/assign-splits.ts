import { hash } from 'node:crypto';
import { LabelTally } from './label-tally.ts';
import { splitItems, type SplitItem } from './split-item.ts';
import { splitUnitSteps } from './split-units.ts';
import { splitNames, type SplitCandidate, type SplitName, type SplitOptions, type SplitPlan } from './split-plan.ts';
import { atOnce, type Steps } from './steps.ts';

/**
 * Stratified, seeded, sticky split of whatever must stand on one side ({@link splitUnitSteps}). What a person has put somewhere stands there,
 * what stood somewhere in an earlier version stays; the rest is dealt by iterative stratification (Sechidis, Tsoumakas and Vlahavas, "On the
 * stratification of multi-label data", 2011): the label with the fewest pictures left comes first, its large units before its small ones and
 * equal ones in the order of SHA-256(seed, digest), each to the side that wants most pictures of that label, then to the one that wants
 * most of all. Neither the order nor the number of calls matters. Where every unit is one picture of one label, the sides have exactly
 * the {@link wantedCounts} of each label; else they differ from these by at most twice the largest unit of the label, as long as units
 * hold one label each and nothing stood anywhere before.
 * Where a label is missing on the training or the validation side in the end, one of its units moves there, a new one if there is one, if
 * one can without another label going missing; else it stays missing, and readiness says so.
 */
export function* assignSplitSteps(candidates: readonly SplitCandidate[], options: SplitOptions): Steps<SplitPlan> {
  const { units, lookAlikeCount } = yield* splitUnitSteps(candidates);
  yield;
  const undealt = units.flatMap((unit) => splitItems(candidates, unit));
  yield;
  const items = yield* inDealingOrder(candidates, undealt, options.seed);
  yield;
  const tallies = new Tallies(items, options);
  yield;
  const sides = options.testRatio > 0 ? splitNames : splitNames.slice(0, 2);
  for (const item of items) if (item.side !== undefined) tallies.take(item, item.side);
  // A label that cannot be on two sides is of use only where it is learned from.
  for (const {
    items: [only, ...others],
  } of tallies.labels.values())
    if (only!.side === undefined && others.length === 0) tallies.take(only!, 'TRAIN');
  for (let label = tallies.rarest(); label; label = tallies.rarest()) {
    for (const item of label.items)
      if (item.side === undefined) tallies.take(item, mostWanting(sides, label, tallies.all));
    yield;
  }
  for (const label of tallies.labels.values()) completeSides(label, tallies);

  yield;
  const splits: SplitName[] = [];
  let [movedCount, joinedCount] = [0, 0];
  for (const { members, side, isMoved } of items)
    for (const index of members) {
      const { assigned, override } = candidates[index]!;
      splits[index] = side!;
      if (assigned === undefined || override !== undefined || assigned === side) continue;
      if (isMoved) movedCount++;
      else joinedCount++;
    }
  yield;
  const contradictions = units
    .map((unit) => unit.filter((index) => candidates[index]!.override !== undefined))
    .filter((unit) => new Set(unit.map((index) => candidates[index]!.override)).size > 1);
  return { splits, movedCount, joinedCount, contradictions, lookAlikeCount };
}

/** Without a break. */
export const assignSplits = (candidates: readonly SplitCandidate[], options: SplitOptions): SplitPlan =>
  atOnce(assignSplitSteps(candidates, options));

/** So many ranks take some ten milliseconds. */
const ranksPerStep = 10_000;

/** Large items first: small ones then fill what is left. */
function* inDealingOrder(candidates: readonly SplitCandidate[], items: SplitItem[], seed: number): Steps<SplitItem[]> {
  const rankOf = (index: number) => hash('sha256', `${seed}:${candidates[index]!.sha256}`, 'hex');
  const ranked: { item: SplitItem; rank: string; start: number }[] = [];
  for (const item of items) {
    const rank = item.members.map(rankOf).reduce((least, each) => (each < least ? each : least));
    // Numbers compare faster than texts, and 48 bits hardly ever tie.
    ranked.push({ item, rank, start: Number.parseInt(rank.slice(0, 12), 16) });
    if (ranked.length % ranksPerStep === 0) yield;
  }
  yield;
  return ranked
    .sort(
      (a, b) =>
        b.item.members.length - a.item.members.length ||
        a.start - b.start ||
        (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0),
    )
    .map(({ item }) => item);
}

class Tallies {
  /** In the order of their ids, so that nothing hangs on the order of the candidates. */
  readonly labels: ReadonlyMap<string, LabelTally>;
  readonly all = new LabelTally();

  constructor(items: readonly SplitItem[], options: SplitOptions) {
    const ids = [...new Set(items.flatMap(({ labels }) => [...labels.keys()]))].sort();
    this.labels = new Map(ids.map((id) => [id, new LabelTally()]));
    for (const item of items) {
      this.all.add(item, item.members.length);
      for (const [id, count] of item.labels) this.labels.get(id)!.add(item, count);
    }
    for (const tally of [this.all, ...this.labels.values()]) tally.count(options);
  }

  take(item: SplitItem, side: SplitName): void {
    item.side = side;
    this.#change(item, side, 1);
  }

  move(item: SplitItem, side: SplitName): void {
    this.#change(item, item.side!, -1);
    this.take(item, side);
    item.isMoved = true;
  }

  /** Whether no label goes missing on its side when it leaves. The test part may lose any. */
  canLeave({ side, labels }: SplitItem): boolean {
    return side === 'TEST' || [...labels].every(([id, count]) => this.labels.get(id)!.taken[side!] > count);
  }

  /** The label with the fewest open pictures, of equal ones the first; undefined when none is open. */
  rarest(): LabelTally | undefined {
    let found: LabelTally | undefined;
    for (const label of this.labels.values()) if (label.open > 0 && (!found || label.open < found.open)) found = label;
    return found;
  }

  #change({ members, labels }: SplitItem, side: SplitName, sign: 1 | -1): void {
    this.all.taken[side] += sign * members.length;
    for (const [id, count] of labels) this.labels.get(id)!.taken[side] += sign * count;
  }
}

/** Of sides that want equally much of both, the first. */
function mostWanting(sides: readonly SplitName[], label: LabelTally, all: LabelTally): SplitName {
  return sides.reduce((best, side) => {
    const more = label.wants(side) - label.wants(best) || all.wants(side) - all.wants(best);
    return more > 0 ? side : best;
  });
}

/** Gives the training and the validation side a unit of the label where one of them has none. */
function completeSides(label: LabelTally, tallies: Tallies): void {
  for (const side of ['TRAIN', 'VALIDATION'] as const) {
    if (label.taken[side] > 0 || label.items.length < 2) continue;
    const free = label.items.filter((item) => !item.isFixed && tallies.canLeave(item));
    const chosen =
      // What was trained on before is the last to be evaluated on.
      free.findLast((item) => item.isNew) ?? free.findLast((item) => item.side !== 'TRAIN') ?? free.at(-1);
    if (chosen) tallies.move(chosen, side);
  }
}
