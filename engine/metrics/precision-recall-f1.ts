import type { AverageMetrics } from './evaluation.ts';

/** From counts; each 0 where it would be 0/0 (scikit-learn's `zero_division=0`). */
export function precisionRecallF1(truePositives: number, predictedCount: number, support: number): AverageMetrics {
  return {
    precision: ratio(truePositives, predictedCount),
    recall: ratio(truePositives, support),
    // 2PR/(P+R) written so that it needs no division by P or R.
    f1: ratio(2 * truePositives, predictedCount + support),
  };
}

/** Mean over classes or labels, each with its weight; 0 without any weight. */
export function averageMetrics<T extends AverageMetrics>(
  statistics: readonly T[],
  weightOf: (statistics: T) => number,
): AverageMetrics {
  const total = sum(statistics.map(weightOf));
  const mean = (valueOf: (statistics: T) => number) =>
    ratio(sum(statistics.map((each) => valueOf(each) * weightOf(each))), total);
  return {
    precision: mean(({ precision }) => precision),
    recall: mean(({ recall }) => recall),
    f1: mean(({ f1 }) => f1),
  };
}

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
export const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
