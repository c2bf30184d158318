import { trainable } from './autodiff/index.ts';
import type { Leader, TrainingPosition } from './checkpoint/training-checkpoint.ts';
import { logInfo, type EngineEvent } from './engine-event.ts';
import { evaluateExport } from './export/evaluate-export.ts';
import { exportClassifier } from './export/export-classifier.ts';
import type { ClassifierClass } from './export/classifier-metadata.ts';
import type { CrossValidatedEstimate } from './head/cross-validated-estimate.ts';
import type { PictureSource } from './features/picture-source.ts';
import { isMultiLabel } from './labels/labels.ts';
import { bestF1Thresholds, calibrate } from './metrics/index.ts';
import type { TrainingBase } from './plan/training-base.ts';
import { ProgressMeter } from './progress-meter.ts';
import type { TrainingResult, TrainingStopReason } from './train.ts';

export interface EndedTraining {
  readonly leader: Leader;
  readonly stopReason: TrainingStopReason;
  readonly epochs: number;
  readonly seconds: TrainingPosition['seconds'];
  readonly crossValidated: CrossValidatedEstimate | undefined;
}

/** Calibrates the leader, writes it as one file, loads that and evaluates it. @throws {ParityError} @throws {UnreadablePicturesError} @throws AbortError */
export async function* finishTraining(
  options: {
    readonly base: TrainingBase;
    readonly classes: readonly ClassifierClass[];
    readonly validation: PictureSource;
    readonly threads: number;
    readonly cancelSignal: AbortSignal;
  },
  { leader, stopReason, epochs, seconds, crossValidated }: EndedTraining,
): AsyncGenerator<EngineEvent, TrainingResult> {
  const { classes, validation, threads, cancelSignal } = options;
  const { baseModel, network } = options.base;
  const classCount = classes.length;
  yield logInfo(`Trained ${epochs} epochs (${stopReason}); epoch ${leader.epoch} did best on the validation pictures.`);
  const isKnown = leader.probabilities.length > 0;
  const calibration = calibrate(validation.labels, leader.probabilities, classCount);
  const thresholds = isMultiLabel(validation.labels)
    ? bestF1Thresholds(isKnown ? validation.labels : new Uint8Array(0), calibration.probabilities, classCount)
    : undefined;
  const exporting = new ProgressMeter('EXPORTING', 1, 'files');
  yield* exporting.at(0);
  const model = exportClassifier(baseModel, classes, {
    trainable: trainable({ network, cut: leader.cut, classCount }),
    parameters: leader.parameters,
    temperature: calibration.temperature,
    thresholds,
  });
  yield* exporting.at(1);
  const exportSeconds = exporting.seconds;
  const expected = isKnown ? calibration.probabilities : undefined;
  const evaluated = yield* evaluateExport(model, { validation, expected, threads, cancelSignal });
  yield { type: 'evaluation', evaluation: evaluated.evaluation };
  return {
    model,
    evaluation: evaluated.evaluation,
    predictions: evaluated.probabilities,
    thresholds,
    calibration,
    crossValidated,
    stopReason,
    epochs,
    bestEpoch: leader.epoch,
    bestStage: leader.stage,
    baseModel: baseModel.card,
    inputSize: baseModel.card.input.size,
    parity: evaluated.parity,
    secondsByPhase: { ...seconds, EXPORTING: exportSeconds, EVALUATING: evaluated.seconds },
  };
}
