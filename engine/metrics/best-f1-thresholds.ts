import { precisionRecallF1 } from './precision-recall-f1.ts';

/** For a label that no picture carries: there is nothing to choose by. */
const defaultThreshold = 0.5;

/**
 * For each label the threshold with the best F1 on these pictures (Lipton, Elkan and Naryanaswamy, "Optimal thresholding of classifiers to
 * maximize F1 measure", 2014), in the middle between the least probable picture it accepts and the next; of equally good ones the highest.
 * @param actual [count, labelCount] of 0 and 1. @param probabilities [count, labelCount], row-major.
 * @returns [labelCount]; a label is said to be there from its threshold on.
 */
export function bestF1Thresholds(actual: Uint8Array, probabilities: Float32Array, labelCount: number): Float32Array {
  return Float32Array.from({ length: labelCount }, (_, label) => {
    const pictures = Array.from({ length: actual.length / labelCount }, (_, picture) => ({
      probability: probabilities[picture * labelCount + label]!,
      carried: actual[picture * labelCount + label]!,
    })).sort((a, b) => b.probability - a.probability);
    return bestThreshold(pictures);
  });
}

/** @param pictures most probable first. */
function bestThreshold(pictures: readonly { probability: number; carried: number }[]): number {
  const support = pictures.reduce((total, { carried }) => total + carried, 0);
  let best = { f1: 0, threshold: defaultThreshold };
  let truePositives = 0;
  pictures.forEach(({ probability, carried }, index) => {
    truePositives += carried;
    const next = pictures[index + 1]?.probability ?? 0;
    // Equal probabilities stand on one side of any threshold.
    if (next === probability && index + 1 < pictures.length) return;
    const { f1 } = precisionRecallF1(truePositives, index + 1, support);
    if (f1 > best.f1) best = { f1, threshold: between(next, probability) };
  });
  return best.threshold;
}

/** Above `lower` and at most `upper`, in float32 too, unless they are equal. */
function between(lower: number, upper: number): number {
  const middle = Math.fround((lower + upper) / 2);
  return middle > lower ? middle : upper;
}
