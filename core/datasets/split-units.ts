import { DisjointSets } from './disjoint-sets.ts';
import { nearDuplicateSteps } from './near-duplicates.ts';
import type { SplitCandidate } from './split-plan.ts';
import type { Steps } from './steps.ts';

/** From how many pictures on a cluster can be a class's way to look rather than copies of one picture. */
const leastLookAlikes = 10;

export interface SplitUnits {
  /** Indices of the candidates that must stand on one side, one list for each unit; each candidate is in one. */
  readonly units: readonly (readonly number[])[];
  /** Pictures in clusters of near-duplicates that were set aside. */
  readonly lookAlikeCount: number;
}

/**
 * What must stand on one side: pictures of one group, near-duplicates, and whatever these connect. A cluster of ten or more near-duplicates
 * that holds more than half of the pictures of a class is set aside: where a camera and its subject hardly move, all pictures look
 * alike, and the class could not be split at all.
 */
export function* splitUnitSteps(candidates: readonly SplitCandidate[]): Steps<SplitUnits> {
  const sets = new DisjointSets(candidates.length);
  const alike = yield* nearDuplicateSteps(candidates.map(({ perceptualHash }) => perceptualHash));
  yield;
  const totals = countLabels(candidates);
  let lookAlikeCount = 0;
  for (const cluster of Map.groupBy(candidates.keys(), (index) => alike.find(index)).values()) {
    if (cluster.length === 1) continue;
    const counts = countLabels(cluster.map((index) => candidates[index]!));
    if (cluster.length >= leastLookAlikes && [...counts].some(([label, count]) => count > totals.get(label)! / 2))
      lookAlikeCount += cluster.length;
    else for (const index of cluster) sets.union(cluster[0]!, index);
  }
  yield;
  const firstOfGroup = new Map<string, number>();
  candidates.forEach(({ group }, index) => {
    if (group === undefined) return;
    const first = firstOfGroup.get(group);
    if (first === undefined) firstOfGroup.set(group, index);
    else sets.union(first, index);
  });
  const units = Map.groupBy(candidates.keys(), (index) => sets.find(index));
  return { units: [...units.values()], lookAlikeCount };
}

function countLabels(candidates: readonly SplitCandidate[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { labelIds } of candidates)
    for (const labelId of labelIds) counts.set(labelId, (counts.get(labelId) ?? 0) + 1);
  return counts;
}
