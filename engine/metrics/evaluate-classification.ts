import type { ClassStatistics, Evaluation } from './evaluation.ts';
import { mostProbable } from './most-probable.ts';
import { averageMetrics, precisionRecallF1, ratio, sum } from './precision-recall-f1.ts';

/**
 * Compares what pictures are with what a classifier said. Definitions are those of {@link Evaluation}; they agree with
 * scikit-learn's `precision_recall_fscore_support` over all `classCount` labels with `zero_division=0`.
 * @param actual [count], class indices in 0..classCount-1.
 * @param probabilities [count, classCount], row-major; any scores whose largest wins will do, of equal ones the first.
 * @throws {RangeError} when the shapes disagree or a class index is out of range.
 */
export function evaluateClassification(
  actual: Int32Array,
  probabilities: Float32Array,
  classCount: number,
): Evaluation {
  const confusionMatrix = countConfusions(actual, probabilities, classCount);
  const count = actual.length;
  const classStatistics = confusionMatrix.map((row, index): ClassStatistics => {
    const truePositives = row[index]!;
    const support = sum(row);
    const predictedCount = sum(confusionMatrix.map((other) => other[index]!));
    const trueNegatives = count - support - predictedCount + truePositives;
    return {
      support,
      predictedCount,
      truePositives,
      ...precisionRecallF1(truePositives, predictedCount, support),
      oneVsRestAccuracy: ratio(truePositives + trueNegatives, count),
      threshold: null,
    };
  });
  const truePositives = sum(classStatistics.map((statistics) => statistics.truePositives));
  return {
    count,
    accuracy: ratio(truePositives, count),
    macro: averageMetrics(classStatistics, () => 1),
    micro: precisionRecallF1(truePositives, count, count),
    weighted: averageMetrics(classStatistics, ({ support }) => support),
    classStatistics,
    confusionMatrix,
  };
}

function countConfusions(actual: Int32Array, probabilities: Float32Array, classCount: number): number[][] {
  if (probabilities.length !== actual.length * classCount)
    throw new RangeError(
      `${probabilities.length} probabilities do not fit ${actual.length} pictures of ${classCount} classes`,
    );
  const matrix = Array.from({ length: classCount }, () => Array<number>(classCount).fill(0));
  actual.forEach((label, index) => {
    const row = matrix[label];
    if (!row) throw new RangeError(`picture ${index} has class ${label}, but there are ${classCount} classes`);
    row[mostProbable(probabilities, index * classCount, classCount)]! += 1;
  });
  return matrix;
}
