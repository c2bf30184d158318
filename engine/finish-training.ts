import { trainable } from './autodiff/index.ts';
import type { Leader, TrainingPosition } from './checkpoint/training-checkpoint.ts';
import { logInfo, type EngineEvent } from './engine-event.ts';
import { withUnfamiliarityThreshold, type ClassifierClass } from './export/classifier-metadata.ts';
import { evaluateExport } from './export/evaluate-export.ts';
import { exportClassifier } from './export/export-classifier.ts';
import { fitFamiliarity } from './familiarity/fit-familiarity.ts';
import { referenceFeatures } from './familiarity/reference-features.ts';
import { unfamiliarityThreshold } from './familiarity/unfamiliarity-threshold.ts';
import type { CrossValidatedEstimate } from './head/cross-validated-estimate.ts';
import type { PictureSource } from './features/picture-source.ts';
import { isMultiLabel } from './labels/labels.ts';
import { bestF1Thresholds, calibrate } from './metrics/index.ts';
import type { Device } from './onnx/device.ts';
import type { PictureCache } from './pictures/picture-cache.ts';
import type { TrainingBase } from './plan/training-base.ts';
import type { TrainingResult, TrainingStopReason } from './train.ts';

export interface EndedTraining {
  readonly leader: Leader;
  readonly stopReason: TrainingStopReason;
  readonly epochs: number;
  readonly seconds: TrainingPosition['seconds'];
  readonly crossValidated: CrossValidatedEstimate | undefined;
}

/**
 * Calibrates the leader, lets it look at what it was trained on to know what is familiar, writes it as one file, loads that and evaluates it.
 * The test pictures come last, and nothing depends on them.
 * @throws {ParityError} @throws {UnreadablePicturesError} @throws AbortError
 */
export async function* finishTraining(
  options: {
    readonly base: TrainingBase;
    readonly classes: readonly ClassifierClass[];
    readonly train: PictureSource;
    readonly validation: PictureSource;
    readonly test?: PictureSource | undefined;
    readonly pictures: PictureCache;
    /** With which the training began: another number may round otherwise. */
    readonly threads: number;
    readonly device: Device;
    readonly cancelSignal: AbortSignal;
  },
  { leader, stopReason, epochs, seconds, crossValidated }: EndedTraining,
): AsyncGenerator<EngineEvent, TrainingResult> {
  const { classes, validation, test, threads, cancelSignal } = options;
  const { baseModel, network } = options.base;
  const classCount = classes.length;
  yield logInfo(`Trained ${epochs} epochs (${stopReason}); epoch ${leader.epoch} did best on the validation pictures.`);
  const isKnown = leader.probabilities.length > 0;
  const calibration = calibrate(validation.labels, leader.probabilities, classCount);
  const thresholds = isMultiLabel(validation.labels)
    ? bestF1Thresholds(isKnown ? validation.labels : new Uint8Array(0), calibration.probabilities, classCount)
    : undefined;
  const trained = {
    trainable: trainable({ network, cut: leader.cut, classCount }),
    parameters: leader.parameters,
    temperature: thresholds ? calibration.temperatures : calibration.temperatures[0]!,
    thresholds,
  };
  const references = yield* referenceFeatures(baseModel, trained, options);
  const composed = performance.now();
  const { features, labels } = references;
  const familiarity = await fitFamiliarity(features, baseModel.card.output.dimension, labels);
  const file = exportClassifier(baseModel, classes, { ...trained, familiarity });
  const exportSeconds = references.seconds + (performance.now() - composed) / 1000;
  const expected = isKnown ? calibration.probabilities : undefined;
  const evaluated = yield* evaluateExport(file, { validation, test, expected, threads, cancelSignal });
  const limit = evaluated.unfamiliarity && unfamiliarityThreshold(evaluated.unfamiliarity);
  const model = limit === undefined ? file : withUnfamiliarityThreshold(file, limit);
  yield { type: 'evaluation', evaluation: evaluated.evaluation };
  return {
    model,
    evaluation: evaluated.evaluation,
    predictions: evaluated.probabilities,
    unfamiliarity: evaluated.unfamiliarity,
    unfamiliarityThreshold: limit,
    test: evaluated.test,
    thresholds,
    temperatures: calibration.temperatures,
    crossValidated,
    stopReason,
    epochs,
    bestEpoch: leader.epoch,
    bestStage: leader.stage,
    device: options.device,
    baseModel: baseModel.card,
    inputSize: baseModel.card.input.size,
    parity: evaluated.parity,
    secondsByPhase: { ...seconds, EXPORTING: exportSeconds, EVALUATING: evaluated.seconds },
  };
}
