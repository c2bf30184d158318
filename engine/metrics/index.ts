export { evaluateClassification } from './evaluate-classification.ts';
export { evaluate } from './evaluate.ts';
export { mostProbable } from './most-probable.ts';
export { predictedLabels } from './predicted-labels.ts';
export { binaryCrossEntropy, crossEntropy } from './cross-entropy.ts';
export type { AverageMetrics, ClassStatistics, Evaluation } from './evaluation.ts';
export type { Interval } from './interval.ts';
export { evaluationIntervals, wilsonInterval, type EvaluationIntervals } from './wilson-interval.ts';
export { macroF1Interval } from './macro-f1-interval.ts';
export { logitsOf, softmax } from './softmax.ts';
export { calibrate, type Calibration } from './calibrate.ts';
export { scaleTemperature, type Confidence, type TemperatureScaling } from './temperature-scaling.ts';
export { expectedCalibrationError, type CalibrationBin, type CalibrationError } from './expected-calibration-error.ts';
export { evaluateMultiLabel } from './evaluate-multi-label.ts';
export { bestF1Thresholds } from './best-f1-thresholds.ts';
export {
  forgettingReport,
  type ClassEvaluation,
  type ClassForgetting,
  type ForgettingReport,
} from './forgetting-report.ts';
