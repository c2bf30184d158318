import { createHash } from 'node:crypto';
import { assignMultiLabelSplits } from './assign-multi-label-splits.ts';
import { validationCount, type SplitCandidate, type SplitName, type SplitPlan } from './split-plan.ts';

/**
 * Stratified, seeded, sticky split. For each class of n pictures the validation side gets round(n * (1 - trainRatio)), at least 1
 * and at most n - 1; pictures that have a side keep it, new ones fill up in the order of SHA-256(seed, digest), so that neither
 * the order nor the number of calls matters. Only when a class would be missing on one side, one picture moves there.
 * A class of one picture stays on the training side: readiness has refused it before.
 * Where pictures carry several labels, {@link assignMultiLabelSplits} comes as near to that as labels that go together allow.
 */
export function assignSplits(candidates: readonly SplitCandidate[], trainRatio: number, seed: number): SplitPlan {
  const ranks = candidates.map(({ sha256 }) => rankOf(seed, sha256));
  const order = [...candidates.keys()].sort((a, b) => (ranks[a]! < ranks[b]! ? -1 : ranks[a]! > ranks[b]! ? 1 : 0));
  if (candidates.some(({ labelIds }) => labelIds.length > 1))
    return assignMultiLabelSplits(candidates, order, trainRatio);
  const splits: SplitName[] = Array.from({ length: candidates.length }, () => 'TRAIN');
  let movedCount = 0;
  for (const ordered of Map.groupBy(order, (index) => candidates[index]!.labelIds[0]).values()) {
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

function rankOf(seed: number, sha256: string): string {
  return createHash('sha256').update(`${seed}:${sha256}`).digest('hex');
}
