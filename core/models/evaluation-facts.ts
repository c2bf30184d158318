import type { Device } from '../platform/config.ts';

/** A class as the model knows it: the label's id and its name when the training started. */
export interface ModelClass {
  readonly labelId: string;
  readonly name: string;
  /** Probability from which on the model says the label; absent where it says the most probable one. */
  readonly threshold?: number;
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
  /** Probability from which on the label is said; null where the most probable one is. */
  readonly threshold: number | null;
}

/** Metrics over one split: what an epoch reports and what an evaluation stores are this same shape. */
export interface EvaluationFacts {
  readonly imageCount: number;
  /** Share of images of which the answer is wholly right. */
  readonly accuracy: number;
  readonly macro: AverageMetrics;
  readonly micro: AverageMetrics;
  readonly weighted: AverageMetrics;
  readonly classStatistics: readonly ClassStatistics[];
  /** Row = actual class, column = predicted class; null where images carry several labels. */
  readonly confusionMatrix: readonly (readonly number[])[] | null;
}

/** Where a share lies with 95 % confidence, 0..1. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/** How far the figures of an evaluation can be trusted. */
export interface EvaluationConfidence {
  /** Wilson's score interval. */
  readonly accuracy: Interval;
  /** By the bootstrap. */
  readonly macroF1: Interval;
  /** In class order; Wilson's score intervals. */
  readonly classes: readonly { readonly precision: Interval; readonly recall: Interval }[];
  /** Logits were divided by it, so that probabilities mean what they say; in a multi-label project the mean of the labels' temperatures. */
  readonly temperature: number;
  /** Expected calibration error before and after, 0..1. */
  readonly calibrationErrorBefore: number;
  readonly calibrationErrorAfter: number;
  /**
   * Where a class has fewer than 5 validation images: what closed-form heads on the frozen features reach by cross-validation over training
   * and validation images together. An estimate, not a measurement of the model. Null where the validation images suffice.
   */
  readonly crossValidated: CrossValidation | null;
}

/** Answers that are about equally probable: one bar of a reliability diagram. */
export interface CalibrationBin {
  readonly count: number;
  /** Mean probability of the answers, and share of them that is right; 0 in an empty bin. */
  readonly confidence: number;
  readonly accuracy: number;
}

/** How far probabilities mean what they say. */
export interface CalibrationQuality {
  /** Sum over bins of count/total x |accuracy - confidence|, 0..1. */
  readonly expectedCalibrationError: number;
  /** Negative log likelihood, nats: of an image, or of a label of an image in a multi-label project. */
  readonly crossEntropy: number;
  /** Mean squared error of the probabilities, summed over classes in a single-label project. */
  readonly brier: number;
  /** 15 of equal width over 0..1. */
  readonly bins: readonly CalibrationBin[];
}

/** What the temperatures of a model make of its probabilities on the images of an evaluation. */
export interface EvaluationCalibration {
  /** What logits are divided by: one for all classes, or one for each label in a multi-label project. */
  readonly temperatures: readonly number[];
  readonly before: CalibrationQuality;
  readonly after: CalibrationQuality;
}

export interface CrossValidation {
  readonly folds: number;
  readonly imageCount: number;
  /** Share of images of which the answer is wholly right. */
  readonly accuracy: number;
  readonly macroF1: number;
}

export const trainingStages = ['HEAD', 'SUFFIX', 'FULL'] as const;
/** What learns: the linear head alone, the last layers with it, or the whole network. */
export type TrainingStage = (typeof trainingStages)[number];

/** How a model version was made. */
export interface TrainingRecipe {
  /** Of the engine's way to train; counted up when it changes. Absent for versions of before it was recorded. */
  readonly version?: number;
  /** Where the last attempt trained it. Absent for versions of before it was recorded. */
  readonly device?: Device;
  /** Stage and epoch of the exported parameters; epoch 0 = the closed-form head. */
  readonly stage: TrainingStage;
  readonly epoch: number;
  /** Epochs run. */
  readonly epochs: number;
  /** Pixels of a side of the square input. */
  readonly inputSize: number;
}

/** What an incremental training cost of what was known before. */
export interface ClassForgetting {
  readonly labelId: string;
  readonly labelName: string;
  /** Validation images of the base version that carry the label and are there still. */
  readonly support: number;
  readonly recallBefore: number;
  readonly recallAfter: number;
}
