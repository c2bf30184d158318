import { isMultiLabel, type Labels } from '../labels/labels.ts';
import { mostProbable } from './most-probable.ts';

const binCount = 15;

/** Answers that are about equally probable. */
export interface CalibrationBin {
  readonly count: number;
  /** Mean probability of the answers; 0 in an empty bin. */
  readonly confidence: number;
  /** Share of them that is right; 0 in an empty bin. */
  readonly accuracy: number;
}

export interface CalibrationError {
  /** 0..1: 0 when of the pictures that are said to be sure to 80 %, 80 % are right. */
  readonly error: number;
  /** 15 bins of equal width over 0..1; what a reliability diagram shows. */
  readonly bins: readonly CalibrationBin[];
}

/**
 * Sum over bins of count/total x |accuracy - confidence| (Naeini, Cooper and Hauskrecht, "Obtaining well calibrated probabilities using
 * Bayesian binning", 2015), with bins closed above as in Guo et al. (2017). 0 for no pictures. An answer is the most probable class of a
 * picture; where a picture may carry several labels, each label of each picture is one, right where it is carried.
 * @param labels of the pictures. @param probabilities [count, classCount], row-major.
 */
export function expectedCalibrationError(
  labels: Labels,
  probabilities: Float32Array,
  classCount: number,
): CalibrationError {
  const sums = Array.from({ length: binCount }, () => ({ count: 0, confidence: 0, right: 0 }));
  const add = (confidence: number, isRight: boolean) => {
    const bin = sums[Math.min(binCount - 1, Math.max(0, Math.ceil(confidence * binCount) - 1))]!;
    bin.count += 1;
    bin.confidence += confidence;
    bin.right += isRight ? 1 : 0;
  };
  if (isMultiLabel(labels)) labels.forEach((carried, at) => add(probabilities[at]!, carried === 1));
  else
    labels.forEach((label, index) => {
      const answer = mostProbable(probabilities, index * classCount, classCount);
      add(probabilities[index * classCount + answer]!, answer === label);
    });
  const bins = sums.map(({ count, confidence, right }) =>
    count === 0
      ? { count, confidence: 0, accuracy: 0 }
      : { count, confidence: confidence / count, accuracy: right / count },
  );
  const error = bins.reduce(
    (total, { count, confidence, accuracy }) => total + (count / labels.length) * Math.abs(accuracy - confidence),
    0,
  );
  return { error: labels.length === 0 ? 0 : error, bins };
}
