import type { AverageMetrics } from './evaluation.ts';
import { averageMetrics, precisionRecallF1, ratio, sum } from './precision-recall-f1.ts';

/** One label against its absence; see `ClassStatistics`. */
export interface LabelStatistics extends AverageMetrics {
  /** Pictures that carry the label. */
  readonly support: number;
  /** Pictures said to carry it. */
  readonly predictedCount: number;
  readonly truePositives: number;
}

/** How well probabilities agree with what pictures show, when a picture may carry any number of labels. */
export interface MultiLabelEvaluation {
  readonly count: number;
  /** Share of pictures of which every label is right: none too many, none missing. */
  readonly subsetAccuracy: number;
  /** Plain mean over all labels. */
  readonly macro: AverageMetrics;
  /** From summed TP, FP and FN. */
  readonly micro: AverageMetrics;
  /** In label order. */
  readonly labelStatistics: readonly LabelStatistics[];
}

/**
 * Definitions are those of scikit-learn's `precision_recall_fscore_support` and `accuracy_score` on indicator matrices, with
 * `zero_division=0`.
 * @param actual [count, labelCount] of 0 and 1. @param probabilities [count, labelCount], of each label on its own (sigmoid).
 * @param thresholds [labelCount]; a label is said to be there from its threshold on.
 * @throws {RangeError} when the shapes disagree.
 */
export function evaluateMultiLabel(
  actual: Uint8Array,
  probabilities: Float32Array,
  thresholds: Float32Array,
): MultiLabelEvaluation {
  const labelCount = thresholds.length;
  const count = labelCount === 0 ? 0 : actual.length / labelCount;
  if (actual.length !== probabilities.length || !Number.isInteger(count))
    throw new RangeError(
      `${probabilities.length} probabilities and ${actual.length} labels do not fit ${labelCount} thresholds`,
    );
  const counts = Array.from(thresholds, () => ({ support: 0, predictedCount: 0, truePositives: 0 }));
  let allRight = 0;
  for (let picture = 0; picture < count; picture++) {
    let right = true;
    for (const [label, statistics] of counts.entries()) {
      const at = picture * labelCount + label;
      const carried = actual[at] === 1;
      const said = probabilities[at]! >= thresholds[label]!;
      if (carried) statistics.support += 1;
      if (said) statistics.predictedCount += 1;
      if (carried && said) statistics.truePositives += 1;
      right &&= carried === said;
    }
    if (right) allRight += 1;
  }
  const labelStatistics = counts.map((each) => ({
    ...each,
    ...precisionRecallF1(each.truePositives, each.predictedCount, each.support),
  }));
  const total = (valueOf: (statistics: LabelStatistics) => number) => sum(labelStatistics.map(valueOf));
  return {
    count,
    subsetAccuracy: ratio(allRight, count),
    macro: averageMetrics(labelStatistics, () => 1),
    micro: precisionRecallF1(
      total(({ truePositives }) => truePositives),
      total(({ predictedCount }) => predictedCount),
      total(({ support }) => support),
    ),
    labelStatistics,
  };
}
