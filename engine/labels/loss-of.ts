import type { LossName } from '../autodiff/losses.ts';
import { isMultiLabel, type Labels } from './labels.ts';

/** What is minimised where pictures are of one class, or carry any number of labels. */
export const lossOf = (labels: Labels): LossName =>
  isMultiLabel(labels) ? 'sigmoidCrossEntropy' : 'softmaxCrossEntropy';
