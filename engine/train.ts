import { availableParallelism } from 'node:os';
import type { BaseModel } from './base-model.ts';
import type { EngineEvent, EnginePhase } from './engine-event.ts';
import { evaluateExport } from './export/evaluate-export.ts';
import { exportClassifier } from './export/export-classifier.ts';
import { extractFeatures } from './features/extract-features.ts';
import { openFeatureExtractor } from './features/feature-extractor.ts';
import type { PictureSource } from './features/picture-source.ts';
import type { ClassifierHead } from './head/classifier-head.ts';
import { trainHead } from './head/train-head.ts';
import type { Evaluation } from './metrics/evaluation.ts';
import { trainingPlan, type Preference } from './plan/training-plan.ts';
import { ProgressMeter } from './progress-meter.ts';
import { requireTrainable } from './require-trainable.ts';
import type { StopSignals } from './stopping/stop-signals.ts';

export interface TrainOptions extends StopSignals {
  readonly baseModel: BaseModel;
  /** At least two; labels of the sources are indices into it. */
  readonly classes: readonly { readonly id: string; readonly name: string }[];
  readonly train: PictureSource;
  readonly validation: PictureSource;
  readonly preference: Preference;
  /** Unsigned 32-bit. Same seed, pictures and number of threads: same model, to the bit. */
  readonly seed: number;
  /** Of the version to go on from. */
  readonly initialHead?: ClassifierHead;
  /** Of the base model's forward pass. @default the cores of the machine, at most 4 */
  readonly threads?: number;
}

/** CONVERGED: no better result for a while, or all planned epochs done. */
export type TrainingStopReason = 'CONVERGED' | 'MAX_DURATION' | 'STOPPED_BY_USER';

export interface TrainingResult {
  /** An ONNX file that {@link openClassifier} reads. */
  readonly model: Uint8Array;
  /** What that file, loaded again, says to the validation pictures; equal to the last event's. */
  readonly evaluation: Evaluation;
  /** [validation.count, classes], row-major: the probabilities behind `evaluation`. */
  readonly predictions: Float32Array;
  /** For the next incremental training. */
  readonly head: ClassifierHead;
  readonly stopReason: TrainingStopReason;
  /** Epochs run; 0 when the clock allowed none and the model is the initial one. */
  readonly epochs: number;
  /** The epoch that was exported; 0 = the initial head. */
  readonly bestEpoch: number;
  /** Largest |difference| of a probability between the trained graph and the exported file. */
  readonly parity: number;
  readonly secondsByPhase: Readonly<Record<EnginePhase, number>>;
}

/**
 * Trains a linear classifier on a frozen base model and exports both as one file. Yields what happens, returns the model.
 *
 * At the deadline, or when `keepSignal` is raised, it finishes with what it has: a model is always left, and the validation pictures are
 * still evaluated with it. When `cancelSignal` is raised it throws within about a second.
 * @throws {RangeError} for options that make no sense. @throws {UnreadablePicturesError} @throws {ParityError}
 * @throws AbortError when cancelled.
 */
export async function* trainClassifier(options: TrainOptions): AsyncGenerator<EngineEvent, TrainingResult> {
  requireTrainable(options);
  const { baseModel, classes, train, validation, seed } = options;
  const stopSignals = {
    deadline: options.deadline,
    cancelSignal: options.cancelSignal,
    keepSignal: options.keepSignal,
  };
  const threads = options.threads ?? Math.min(4, availableParallelism());
  const plan = trainingPlan(options.preference, train.count);
  const previous = usablePrevious(options);
  yield info(
    `${train.count} training and ${validation.count} validation pictures of ${classes.length} classes; base model ${baseModel.card.name} ` +
      `${baseModel.card.version}; ${plan.views} views a picture, up to ${plan.epochs} epochs.`,
  );
  if (options.initialHead && !previous)
    yield {
      type: 'log',
      level: 'WARN',
      message:
        'The earlier version was trained on another base model, so that its weights mean nothing here: training starts afresh.',
    };

  const extractor = await openFeatureExtractor(baseModel, threads);
  let features;
  try {
    features = yield* extractFeatures(extractor, train, validation, { ...stopSignals, views: plan.views, seed });
  } finally {
    await extractor.close();
  }
  const missing = features.train.finishedViews.reduce((total, views) => total + (views < plan.views ? 1 : 0), 0);
  if (missing > 0)
    yield info(`Stopped before all views were extracted: ${missing} training pictures lack some or all of theirs.`);

  const trained = yield* trainHead({
    ...stopSignals,
    train: features.train,
    trainLabels: train.labels,
    validation: features.validation,
    validationLabels: validation.labels,
    classIds: classes.map(({ id }) => id),
    plan,
    seed,
    ...(previous ? { previous } : {}),
  });
  yield info(
    `Trained ${trained.epochs} epochs (${trained.stopReason}); epoch ${trained.bestEpoch} did best on the validation pictures.`,
  );

  const exporting = new ProgressMeter('EXPORTING', 1, 'files');
  yield* exporting.at(0);
  const model = exportClassifier(baseModel, classes, trained.head);
  yield* exporting.at(1);
  const exportSeconds = exporting.seconds;

  const evaluated = yield* evaluateExport(model, {
    validation,
    expected: trained.probabilities,
    threads,
    cancelSignal: options.cancelSignal,
  });
  yield { type: 'evaluation', evaluation: evaluated.evaluation };
  return {
    model,
    evaluation: evaluated.evaluation,
    predictions: evaluated.probabilities,
    head: { classIds: classes.map(({ id }) => id), ...trained.head, baseModelSha256: baseModel.card.sha256 },
    stopReason: trained.stopReason,
    epochs: trained.epochs,
    bestEpoch: trained.bestEpoch,
    parity: evaluated.parity,
    secondsByPhase: {
      FEATURES: features.seconds,
      TRAINING: trained.seconds,
      EXPORTING: exportSeconds,
      EVALUATING: evaluated.seconds,
    },
  };
}

function usablePrevious({ initialHead, baseModel }: TrainOptions): ClassifierHead | undefined {
  return initialHead?.baseModelSha256 === baseModel.card.sha256 ? initialHead : undefined;
}

const info = (message: string): EngineEvent => ({ type: 'log', level: 'INFO', message });
