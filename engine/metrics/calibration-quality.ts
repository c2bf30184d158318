import { isMultiLabel, type Labels } from '../labels/labels.ts';
import { binaryCrossEntropy, crossEntropy } from './cross-entropy.ts';
import { expectedCalibrationError, type CalibrationBin } from './expected-calibration-error.ts';

/** How far probabilities mean what they say. */
export interface CalibrationQuality {
  /** 0..1, see {@link expectedCalibrationError}. */
  readonly expectedCalibrationError: number;
  /** Negative log likelihood, nats: mean over pictures, or over pictures and labels where there may be several. */
  readonly crossEntropy: number;
  /**
   * Mean squared difference of probabilities and what was the case (Brier, "Verification of forecasts expressed in terms of probability",
   * 1950), summed over classes: 0..2; or of each label on its own: 0..1.
   */
  readonly brier: number;
  /** 15, see {@link expectedCalibrationError}. */
  readonly bins: readonly CalibrationBin[];
}

/** @param probabilities [count, classCount], row-major. */
export function calibrationQuality(
  labels: Labels,
  probabilities: Float32Array,
  classCount: number,
): CalibrationQuality {
  const { error, bins } = expectedCalibrationError(labels, probabilities, classCount);
  return {
    expectedCalibrationError: error,
    crossEntropy: isMultiLabel(labels)
      ? binaryCrossEntropy(labels, probabilities)
      : crossEntropy(labels, probabilities, classCount),
    brier: brier(labels, probabilities, classCount),
    bins,
  };
}

function brier(labels: Labels, probabilities: Float32Array, classCount: number): number {
  let total = 0;
  probabilities.forEach((probability, at) => {
    const picture = Math.floor(at / classCount);
    const isCase = isMultiLabel(labels) ? labels[at] === 1 : labels[picture] === at % classCount;
    total += (probability - (isCase ? 1 : 0)) ** 2;
  });
  return labels.length === 0 ? 0 : total / labels.length;
}
