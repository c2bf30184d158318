import type { ClassStatistics, Evaluation } from './evaluation.ts';
import { averageMetrics, precisionRecallF1, ratio, sum } from './precision-recall-f1.ts';

/**
 * As `evaluateClassification`, for pictures that may carry any number of labels. Definitions are those of scikit-learn's
 * `precision_recall_fscore_support` and `accuracy_score` on indicator matrices, with `zero_division=0`.
 * @param actual [count, labelCount] of 0 and 1. @param probabilities [count, labelCount], of each label on its own (sigmoid).
 * @param thresholds [labelCount]; a label is said to be there from its threshold on.
 * @throws {RangeError} when the shapes disagree.
 */
export function evaluateMultiLabel(
  actual: Uint8Array,
  probabilities: Float32Array,
  thresholds: Float32Array,
): Evaluation {
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
  const classStatistics = counts.map((each, label): ClassStatistics => {
    const { support, predictedCount, truePositives } = each;
    const wrong = support + predictedCount - 2 * truePositives;
    return {
      ...each,
      ...precisionRecallF1(truePositives, predictedCount, support),
      oneVsRestAccuracy: ratio(count - wrong, count),
      threshold: thresholds[label]!,
    };
  });
  const total = (valueOf: (statistics: ClassStatistics) => number) => sum(classStatistics.map(valueOf));
  return {
    count,
    accuracy: ratio(allRight, count),
    macro: averageMetrics(classStatistics, () => 1),
    micro: precisionRecallF1(
      total(({ truePositives }) => truePositives),
      total(({ predictedCount }) => predictedCount),
      total(({ support }) => support),
    ),
    weighted: averageMetrics(classStatistics, ({ support }) => support),
    classStatistics,
    confusionMatrix: null,
  };
}
