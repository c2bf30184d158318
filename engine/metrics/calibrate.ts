import { isMultiLabel, type Labels } from '../labels/labels.ts';
import { logitsOf, softmax } from './softmax.ts';
import { scaleTemperature } from './temperature-scaling.ts';

/** A label that fewer pictures carry, or fewer lack, takes the temperature of all labels together. */
const fewestPictures = 10;

export interface Calibration {
  /** What logits are to be divided by, above 1 where the classifier was too sure of itself: [1], or [classCount] where each label has its own. */
  readonly temperatures: Float32Array;
  /** [count, classCount], with the temperatures. */
  readonly probabilities: Float32Array;
}

/**
 * Temperature scaling from probabilities. Where a picture may carry several labels, each label is a question of its own with two answers and
 * gets a temperature of its own: sigmoid(z/T) is the second of softmax((0, z)/T).
 * @param probabilities [count, classCount], row-major; none: nothing is known, the temperature is 1.
 */
export function calibrate(labels: Labels, probabilities: Float32Array, classCount: number): Calibration {
  const isKnown = probabilities.length > 0;
  if (!isMultiLabel(labels)) {
    const temperature = scaleTemperature(isKnown ? labels : new Int32Array(0), logitsOf(probabilities), classCount);
    return withTemperatures(probabilities, Float32Array.of(temperature), classCount, false);
  }
  const logits = logitsOf(bothAnswers(probabilities));
  const all = scaleTemperature(Int32Array.from(isKnown ? labels : []), logits, 2);
  const temperatures = Float32Array.from({ length: classCount }, (_, label) => {
    const places = Array.from({ length: logits.length / 2 }, (__, at) => at).filter((at) => at % classCount === label);
    const carried = Int32Array.from(places, (at) => labels[at]!);
    const support = carried.reduce((sum, each) => sum + each, 0);
    if (Math.min(support, carried.length - support) < fewestPictures) return all;
    const own = Float32Array.from(places.flatMap((at) => [logits[at * 2]!, logits[at * 2 + 1]!]));
    return scaleTemperature(carried, own, 2);
  });
  return withTemperatures(probabilities, temperatures, classCount, true);
}

/** What the classifier would have said without the temperatures, but for rounding. @param probabilities with them. */
export function uncalibrated(
  probabilities: Float32Array,
  temperatures: Float32Array,
  classCount: number,
  isMulti: boolean,
): Float32Array {
  const inverse = temperatures.map((temperature) => 1 / temperature);
  return withTemperatures(probabilities, inverse, classCount, isMulti).probabilities;
}

/** In float32 as they will be in the file, so that both answer alike. */
function withTemperatures(
  probabilities: Float32Array,
  temperatures: Float32Array,
  classCount: number,
  isMulti: boolean,
): Calibration {
  if (!isMulti) return { temperatures, probabilities: softmax(logitsOf(probabilities), classCount, temperatures[0]) };
  const logits = logitsOf(bothAnswers(probabilities));
  return {
    temperatures,
    probabilities: probabilities.map((_, at) => {
      const scaled = (logits[at * 2 + 1]! - logits[at * 2]!) / temperatures[at % classCount]!;
      return 1 / (1 + Math.exp(-scaled));
    }),
  };
}

/** Of each probability that of no and that of yes. */
function bothAnswers(probabilities: Float32Array): Float32Array {
  const answers = new Float32Array(probabilities.length * 2);
  probabilities.forEach((probability, at) => answers.set([1 - probability, probability], at * 2));
  return answers;
}
