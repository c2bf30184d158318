import type { EvaluatedSplit } from '#core/models/store-model-version.ts';
import type { ClaimedTraining } from '#core/trainings/run-training.ts';
import {
  calibrationQuality,
  carries,
  evaluate,
  evaluationIntervals,
  macroF1Interval,
  predictedLabels,
  uncalibrated,
} from '#engine/index.ts';
import { toEvaluationFacts } from './engine-facts.ts';
import { toLabels } from './to-labels.ts';
import type { TrainerAnswers } from './trainer-protocol.ts';

/** How good the answers of a model to the images of one split are, and how far that can be trusted. */
export function evaluateSplit(
  { training, projectType, classes, images }: ClaimedTraining,
  of: {
    readonly split: 'VALIDATION' | 'TEST';
    readonly answers: TrainerAnswers;
    /** [classes]; undefined in a single-label project. */
    readonly thresholds: Float32Array | undefined;
    /** [1], or [classes] in a multi-label project. */
    readonly temperatures: Float32Array;
  },
): EvaluatedSplit {
  const { thresholds, temperatures, answers } = of;
  const classCount = classes.length;
  const answered = images.filter((image) => image.split === of.split);
  const actual = toLabels(
    projectType,
    classCount,
    answered.map((image) => image.classIndexes),
  );
  const probabilities = Float32Array.from(answers.predictions.flat());
  const predicted = predictedLabels(probabilities, classCount, thresholds);
  const evaluation = evaluate(actual, probabilities, classCount, thresholds);
  const raw = uncalibrated(probabilities, temperatures, classCount, thresholds !== undefined);
  const before = calibrationQuality(actual, raw, classCount);
  const after = calibrationQuality(actual, probabilities, classCount);
  return {
    evaluation: toEvaluationFacts(evaluation, classes),
    confidence: {
      ...evaluationIntervals(evaluation),
      macroF1: macroF1Interval(actual, predicted, classCount, training.seed),
      temperature: temperatures.reduce((sum, each) => sum + each / temperatures.length, 0),
      calibrationErrorBefore: before.expectedCalibrationError,
      calibrationErrorAfter: after.expectedCalibrationError,
      crossValidated: null,
    },
    calibration: { temperatures: [...temperatures], before, after },
    predictions: answered.map((image, index) => ({
      imageId: image.imageId,
      actualClasses: image.classIndexes,
      predictedClasses: [...classes.keys()].filter((at) => carries(predicted, classCount, index, at)),
      probabilities: answers.predictions[index]!,
      unfamiliarity: answers.unfamiliarity?.[index] ?? null,
    })),
  };
}
