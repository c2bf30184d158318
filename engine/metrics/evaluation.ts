/** Precision, recall and F1 of one class or averaged over classes; each in 0..1. */
export interface AverageMetrics {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** One class against all others. Precision = TP/(TP+FP), recall = TP/(TP+FN), F1 = 2PR/(P+R), each 0 where it would be 0/0. */
export interface ClassStatistics extends AverageMetrics {
  /** Pictures that carry the class: TP+FN. */
  readonly support: number;
  /** Pictures said to be of the class: TP+FP. */
  readonly predictedCount: number;
  readonly truePositives: number;
  /** (TP+TN)/count. */
  readonly oneVsRestAccuracy: number;
  /** Probability from which on the class is said to be there; null where the most probable class is the answer. */
  readonly threshold: number | null;
}

/** How well probabilities agree with what the pictures are. */
export interface Evaluation {
  /** Pictures evaluated. */
  readonly count: number;
  /**
   * Share of pictures whose answer is right: the most probable class is theirs (trace/total of the confusion matrix), or, where a picture
   * may carry several labels, none is missing and none too many.
   */
  readonly accuracy: number;
  /** Plain mean over all classes, those without support included (scikit-learn's `average='macro'` with `zero_division=0`). */
  readonly macro: AverageMetrics;
  /** From summed TP, FP and FN; with one class a picture all three equal accuracy. */
  readonly micro: AverageMetrics;
  /** Mean over classes weighted by support. */
  readonly weighted: AverageMetrics;
  /** In class order. */
  readonly classStatistics: readonly ClassStatistics[];
  /** Row = actual class, column = predicted class; null where a picture may carry several labels. */
  readonly confusionMatrix: readonly (readonly number[])[] | null;
}
