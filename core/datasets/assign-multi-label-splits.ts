import { validationCount, type SplitCandidate, type SplitName, type SplitPlan } from './split-plan.ts';

/**
 * Iterative stratification (Sechidis, Tsoumakas and Vlahavas, "On the stratification of multi-label data", 2011): the label with the fewest
 * pictures left is dealt out first, each of its pictures to the side that wants that label most, then to the one that wants pictures most.
 * Pictures that have a side keep it. Where a label is missing on a side in the end, one of its pictures moves there, if one can without
 * another label going missing; else it stays missing, and readiness says so.
 * @param order indices of the candidates in the order in which they are dealt.
 */
export function assignMultiLabelSplits(
  candidates: readonly SplitCandidate[],
  order: readonly number[],
  trainRatio: number,
): SplitPlan {
  const labels = labelsOf(candidates, order, trainRatio);
  const all = new Label([...order], trainRatio);
  const splits: (SplitName | undefined)[] = candidates.map(() => undefined);
  const take = (index: number, side: SplitName) => {
    splits[index] = side;
    all.taken[side]++;
    for (const label of candidates[index]!.labelIds) labels.get(label)!.taken[side]++;
  };
  candidates.forEach(({ assigned }, index) => {
    if (assigned !== undefined) take(index, assigned === 'VALIDATION' ? 'VALIDATION' : 'TRAIN');
  });
  for (let label = rarest(labels); label; label = rarest(labels))
    for (const index of label.members)
      if (splits[index] === undefined) {
        const more = label.preference || all.preference;
        take(index, more > 0 ? 'VALIDATION' : 'TRAIN');
      }

  let movedCount = 0;
  for (const { members, taken } of labels.values())
    for (const side of ['TRAIN', 'VALIDATION'] as const) {
      if (members.length < 2 || taken[side] > 0) continue;
      const other = side === 'TRAIN' ? 'VALIDATION' : 'TRAIN';
      const canLeave = (index: number) =>
        candidates[index]!.labelIds.every((each) => labels.get(each)!.taken[other] > 1);
      const isNew = (index: number) => candidates[index]!.assigned === undefined;
      const chosen = members.find((index) => isNew(index) && canLeave(index)) ?? members.find(canLeave);
      if (chosen === undefined) continue;
      for (const label of candidates[chosen]!.labelIds) labels.get(label)!.taken[other]--;
      take(chosen, side);
      if (!isNew(chosen)) movedCount++;
    }
  return { splits: splits as SplitName[], movedCount };
}

class Label {
  /** Indices of its pictures in the order in which they are dealt. */
  readonly members: number[];
  readonly taken: Record<SplitName, number> = { TRAIN: 0, VALIDATION: 0 };
  readonly #trainRatio: number;

  constructor(members: number[], trainRatio: number) {
    this.members = members;
    this.#trainRatio = trainRatio;
  }

  /** Pictures without a side yet. */
  get open(): number {
    return this.members.length - this.taken.TRAIN - this.taken.VALIDATION;
  }

  /** By how many more pictures are wanted on the validation side than on the other. */
  get preference(): number {
    const validation = validationCount(this.members.length, this.#trainRatio);
    const train = this.members.length - validation;
    return validation - this.taken.VALIDATION - (train - this.taken.TRAIN);
  }
}

/** In the order of their ids, so that nothing hangs on the order of the candidates. */
function labelsOf(
  candidates: readonly SplitCandidate[],
  order: readonly number[],
  trainRatio: number,
): Map<string, Label> {
  const labels = new Map<string, Label>();
  const ids = [...new Set(candidates.flatMap(({ labelIds }) => labelIds))].sort();
  for (const id of ids) labels.set(id, new Label([], trainRatio));
  for (const index of order) for (const id of candidates[index]!.labelIds) labels.get(id)!.members.push(index);
  return labels;
}

/** The label with the fewest open pictures, of equal ones the first; undefined when none is open. */
function rarest(labels: ReadonlyMap<string, Label>): Label | undefined {
  let found: Label | undefined;
  for (const label of labels.values()) if (label.open > 0 && (!found || label.open < found.open)) found = label;
  return found;
}
