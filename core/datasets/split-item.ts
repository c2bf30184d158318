import { splitNames, type SplitCandidate, type SplitName } from './split-plan.ts';

/** Pictures that are dealt as one. */
export interface SplitItem {
  /** Indices of the candidates. */
  readonly members: readonly number[];
  /** How many of them carry each label. */
  readonly labels: ReadonlyMap<string, number>;
  /** Whether none of them stood anywhere in an earlier version. */
  readonly isNew: boolean;
  /** Whether a person has said where it stands. */
  readonly isFixed: boolean;
  /** Undefined until it is dealt. */
  side: SplitName | undefined;
  /** Whether it was moved for the sake of a class. */
  isMoved: boolean;
}

/**
 * The items of a unit. One, as a rule: it stands where a person has put one of its pictures, else where the most exposed of them stood
 * before. Where people have put its pictures on different sides, each of these is an item of its own, and the others go where most of
 * these are.
 */
export function splitItems(candidates: readonly SplitCandidate[], unit: readonly number[]): SplitItem[] {
  const overridden = unit.filter((index) => candidates[index]!.override !== undefined);
  const sides = Map.groupBy(overridden, (index) => candidates[index]!.override!);
  if (sides.size > 1) {
    const most = Math.max(...[...sides.values()].map((members) => members.length));
    const side = splitNames.find((name) => sides.get(name)?.length === most);
    const rest = unit.filter((index) => candidates[index]!.override === undefined);
    const own = overridden.map((index) => itemOf(candidates, [index], candidates[index]!.override, true));
    return rest.length > 0 ? [...own, itemOf(candidates, rest, side, true)] : own;
  }
  const [override] = sides.keys();
  const before = splitNames.find((name) => unit.some((index) => candidates[index]!.assigned === name));
  return [itemOf(candidates, unit, override ?? before, override !== undefined)];
}

function itemOf(
  candidates: readonly SplitCandidate[],
  members: readonly number[],
  side: SplitName | undefined,
  isFixed: boolean,
): SplitItem {
  const labels = new Map<string, number>();
  for (const index of members)
    for (const labelId of candidates[index]!.labelIds) labels.set(labelId, (labels.get(labelId) ?? 0) + 1);
  const isNew = members.every((index) => candidates[index]!.assigned === undefined);
  return { members, labels, isNew, isFixed, side, isMoved: false };
}
