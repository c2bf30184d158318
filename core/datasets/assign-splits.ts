import { createHash } from 'node:crypto';

export type SplitName = 'TRAIN' | 'VALIDATION';

export interface SplitCandidate {
  /** Hexadecimal digest of the picture: its identity. */
  readonly sha256: string;
  readonly labelId: string;
  /** Where it stood in earlier versions; undefined = not assigned yet. */
  readonly assigned: SplitName | 'TEST' | undefined;
}

export interface SplitPlan {
  /** One for each candidate, in its order. */
  readonly splits: readonly SplitName[];
  /** Pictures that had to leave the side they stood on, since their class would have been missing on the other. */
  readonly movedCount: number;
}

/**
 * Stratified, seeded, sticky split. For each class of n pictures the validation side gets round(n * (1 - trainRatio)), at least 1
 * and at most n - 1; pictures that have a side keep it, new ones fill up in the order of SHA-256(seed, digest), so that neither
 * the order nor the number of calls matters. Only when a class would be missing on one side, one picture moves there.
 * A class of one picture stays on the training side: readiness has refused it before.
 */
export function assignSplits(candidates: readonly SplitCandidate[], trainRatio: number, seed: number): SplitPlan {
  const splits: SplitName[] = Array.from({ length: candidates.length }, () => 'TRAIN');
  const byLabel = new Map<string, number[]>();
  candidates.forEach((candidate, index) => {
    const members = byLabel.get(candidate.labelId);
    if (members) members.push(index);
    else byLabel.set(candidate.labelId, [index]);
  });
  let movedCount = 0;
  for (const members of byLabel.values()) {
    const ordered = members
      .map((index) => ({ index, rank: rankOf(seed, candidates[index]!.sha256) }))
      .sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0))
      .map(({ index }) => index);
    const wanted = validationCount(ordered.length, trainRatio);
    let validation = 0;
    for (const index of ordered)
      if (candidates[index]!.assigned === 'VALIDATION') {
        splits[index] = 'VALIDATION';
        validation++;
      }
    for (const index of ordered)
      if (candidates[index]!.assigned === undefined && validation < wanted) {
        splits[index] = 'VALIDATION';
        validation++;
      }
    if (ordered.length < 2) continue;
    if (validation === 0) {
      splits[ordered[0]!] = 'VALIDATION';
      movedCount++;
    } else if (validation === ordered.length) {
      splits[ordered.at(-1)!] = 'TRAIN';
      movedCount++;
    }
  }
  return { splits, movedCount };
}

/** Validation pictures out of `count` of one class: rounded, but never an empty side when there are two or more. */
export function validationCount(count: number, trainRatio: number): number {
  if (count < 2) return 0;
  return Math.min(count - 1, Math.max(1, Math.round(count * (1 - trainRatio))));
}

function rankOf(seed: number, sha256: string): string {
  return createHash('sha256').update(`${seed}:${sha256}`).digest('hex');
}
