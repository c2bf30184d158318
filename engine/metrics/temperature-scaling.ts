import { crossEntropy } from './cross-entropy.ts';
import { expectedCalibrationError } from './expected-calibration-error.ts';
import { softmax } from './softmax.ts';

/** How confident a classifier is, and by how much too confident. */
export interface Confidence {
  /** Negative log likelihood, nats a picture. */
  readonly crossEntropy: number;
  /** 0..1, see {@link expectedCalibrationError}. */
  readonly expectedCalibrationError: number;
}

export interface TemperatureScaling {
  /** What logits are to be divided by: above 1 where the classifier was too sure of itself. */
  readonly temperature: number;
  readonly before: Confidence;
  readonly after: Confidence;
}

/** A few pictures that are all right are no reason to be sure of everything. */
const smallestTemperature = 0.2;
const largestTemperature = 20;
/** Of the logarithm: a thousandth of the temperature. */
const tolerance = 1e-3;

/**
 * The one temperature under which the validation pictures are most likely (Guo et al., "On calibration of modern neural networks",
 * 2017). Classes keep their order, so that no answer changes. The negative log likelihood is convex in 1/temperature and therefore has
 * one valley in its logarithm, which golden-section search closes in on from 0.2..20 (Kiefer, "Sequential minimax search for a maximum",
 * 1953). Where every picture is right the best temperature is 0: it ends at the bound. `after` is measured on the pictures that chose
 * the temperature; with one parameter that flatters little.
 * @param actual [count], class indices. @param logits [count, classCount], row-major; see `logitsOf` for probabilities.
 */
export function scaleTemperature(actual: Int32Array, logits: Float32Array, classCount: number): TemperatureScaling {
  const judge = (temperature: number): Confidence => {
    const probabilities = softmax(logits, classCount, temperature);
    return {
      crossEntropy: crossEntropy(actual, probabilities, classCount),
      expectedCalibrationError: expectedCalibrationError(actual, probabilities, classCount).error,
    };
  };
  const before = judge(1);
  if (actual.length === 0) return { temperature: 1, before, after: before };
  const temperature = Math.exp(
    goldenSection(
      (logarithm) => negativeLogLikelihood(actual, logits, classCount, Math.exp(-logarithm)),
      Math.log(smallestTemperature),
      Math.log(largestTemperature),
    ),
  );
  const after = judge(temperature);
  // Where all temperatures are as good, such as with equal logits, nothing is gained by another one.
  return after.crossEntropy < before.crossEntropy
    ? { temperature, before, after }
    : { temperature: 1, before, after: before };
}

/** Sum over pictures of ln sum exp(beta z) - beta z of the class; unlike probabilities it has no floor that would hide the slope. */
function negativeLogLikelihood(actual: Int32Array, logits: Float32Array, classCount: number, beta: number): number {
  let total = 0;
  actual.forEach((label, index) => {
    const start = index * classCount;
    const own = logits[start + label]!;
    let largest = -Infinity;
    for (let at = start; at < start + classCount; at++) largest = Math.max(largest, logits[at]!);
    let powers = 0;
    for (let at = start; at < start + classCount; at++) powers += Math.exp(beta * (logits[at]! - largest));
    total += Math.log(powers) + beta * (largest - own);
  });
  return total;
}

function goldenSection(valueAt: (x: number) => number, from: number, to: number): number {
  const section = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [from, to];
  let left = high - section * (high - low);
  let right = low + section * (high - low);
  let [leftValue, rightValue] = [valueAt(left), valueAt(right)];
  while (high - low > tolerance) {
    if (leftValue <= rightValue) {
      high = right;
      [right, rightValue] = [left, leftValue];
      left = high - section * (high - low);
      leftValue = valueAt(left);
    } else {
      low = left;
      [left, leftValue] = [right, rightValue];
      right = low + section * (high - low);
      rightValue = valueAt(right);
    }
  }
  return (low + high) / 2;
}
