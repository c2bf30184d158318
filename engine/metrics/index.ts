export { evaluateClassification } from './evaluate-classification.ts';
export { mostProbable } from './most-probable.ts';
export { crossEntropy } from './cross-entropy.ts';
export type { AverageMetrics, ClassStatistics, Evaluation } from './evaluation.ts';
