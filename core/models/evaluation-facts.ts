/** A class as the model knows it: the label's id and its name when the training started. */
export interface ModelClass {
  readonly labelId: string;
  readonly name: string;
}

/** Precision, recall and F1 averaged over classes, each in 0..1. */
export interface AverageMetrics {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** One class against the rest. Precision = TP/(TP+FP), recall = TP/(TP+FN), 0/0 = 0. */
export interface ClassStatistics {
  readonly classIndex: number;
  readonly labelId: string;
  readonly labelName: string;
  /** Images of the split that carry the label. */
  readonly support: number;
  readonly predictedCount: number;
  readonly truePositives: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** (TP+TN)/N. */
  readonly oneVsRestAccuracy: number;
}

/** Metrics over one split: what an epoch reports and what an evaluation stores are this same shape. */
export interface EvaluationFacts {
  readonly imageCount: number;
  readonly accuracy: number;
  readonly macro: AverageMetrics;
  readonly micro: AverageMetrics;
  readonly weighted: AverageMetrics;
  readonly classStatistics: readonly ClassStatistics[];
  /** Row = actual class, column = predicted class. */
  readonly confusionMatrix: readonly (readonly number[])[];
}
