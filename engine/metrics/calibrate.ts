import { isMultiLabel, type Labels } from '../labels/labels.ts';
import { logitsOf, softmax } from './softmax.ts';
import { scaleTemperature, type TemperatureScaling } from './temperature-scaling.ts';

export interface Calibration extends TemperatureScaling {
  /** [count, classCount], with the temperature. */
  readonly probabilities: Float32Array;
}

/**
 * Temperature scaling from probabilities. Where a picture may carry several labels, each label of each picture is a question of its own with
 * two answers: sigmoid(z/T) is the second of softmax((0, z)/T).
 * @param probabilities [count, classCount], row-major; none: nothing is known, the temperature is 1.
 */
export function calibrate(labels: Labels, probabilities: Float32Array, classCount: number): Calibration {
  if (!isMultiLabel(labels)) {
    const logits = logitsOf(probabilities);
    const scaling = scaleTemperature(probabilities.length === 0 ? new Int32Array(0) : labels, logits, classCount);
    return { ...scaling, probabilities: softmax(logits, classCount, scaling.temperature) };
  }
  const answers = new Float32Array(probabilities.length * 2);
  probabilities.forEach((probability, at) => answers.set([1 - probability, probability], at * 2));
  const logits = logitsOf(answers);
  const scaling = scaleTemperature(Int32Array.from(labels.subarray(0, probabilities.length)), logits, 2);
  const both = softmax(logits, 2, scaling.temperature);
  return { ...scaling, probabilities: probabilities.map((_, at) => both[at * 2 + 1]!) };
}
