import type { AverageMetrics, ClassStatistics, Evaluation } from './evaluation.ts';
import { mostProbable } from './most-probable.ts';

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
    };
  });
  const truePositives = sum(classStatistics.map((statistics) => statistics.truePositives));
  return {
    count,
    accuracy: ratio(truePositives, count),
    macro: average(classStatistics, () => 1),
    micro: precisionRecallF1(truePositives, count, count),
    weighted: average(classStatistics, ({ support }) => support),
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

function precisionRecallF1(truePositives: number, predictedCount: number, support: number): AverageMetrics {
  return {
    precision: ratio(truePositives, predictedCount),
    recall: ratio(truePositives, support),
    // 2PR/(P+R) written so that it needs no division by P or R.
    f1: ratio(2 * truePositives, predictedCount + support),
  };
}

function average(
  statistics: readonly ClassStatistics[],
  weightOf: (statistics: ClassStatistics) => number,
): AverageMetrics {
  const total = sum(statistics.map(weightOf));
  const mean = (valueOf: (statistics: ClassStatistics) => number) =>
    ratio(sum(statistics.map((each) => valueOf(each) * weightOf(each))), total);
  return {
    precision: mean(({ precision }) => precision),
    recall: mean(({ recall }) => recall),
    f1: mean(({ f1 }) => f1),
  };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const ratio = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
