import { isMultiLabel, type Labels } from '../labels/labels.ts';
import type { Evaluation } from '../metrics/evaluation.ts';

/** One number by which ways to look at pictures are compared, 0..1: accuracy, or micro F1 where few pictures are wholly right. */
export const recognisedShare = (evaluation: Evaluation, labels: Labels): number =>
  isMultiLabel(labels) ? evaluation.micro.f1 : evaluation.accuracy;
