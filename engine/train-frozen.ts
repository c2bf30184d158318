import { initialParameters, trainable } from './autodiff/index.ts';
import { logInfo, type EngineEvent } from './engine-event.ts';
import { extractFeatures, type ExtractedFeatures } from './features/extract-features.ts';
import { openFrozenPrefix } from './features/frozen-prefix.ts';
import type { EndedTraining } from './finish-training.ts';
import type { PictureSource } from './features/picture-source.ts';
import {
  crossValidatedEstimate,
  needsCrossValidation,
  type CrossValidatedEstimate,
} from './head/cross-validated-estimate.ts';
import { trainHead } from './head/train-head.ts';
import { joinLabels } from './labels/labels.ts';
import type { Device } from './onnx/device.ts';
import type { PictureCache } from './pictures/picture-cache.ts';
import { mirrorTest, type MirrorTest } from './plan/mirror-test.ts';
import type { TrainingBase } from './plan/training-base.ts';
import { trainingPlan, type Preference } from './plan/training-plan.ts';
import { estimatedSecondsPerPicture, picturesAfterTraining, withReserve } from './stopping/deadline-reserve.ts';
import type { StopSignals } from './stopping/stop-signals.ts';

export interface FrozenTraining extends StopSignals {
  readonly base: TrainingBase;
  readonly train: PictureSource;
  readonly validation: PictureSource;
  readonly test?: PictureSource | undefined;
  readonly classes: readonly { readonly id: string }[];
  readonly preference: Preference;
  readonly pictures: PictureCache;
  readonly seed: number;
  readonly threads: number;
  readonly device: Device;
}

export interface TrainedOnFrozen extends EndedTraining {
  /** Measured. */
  readonly secondsPerPicture: number;
  /** Whether training may mirror pictures; see {@link mirrorTest}. */
  readonly mirrors: boolean;
  /** Whether nothing was cut short, so that there is something to fine-tune from. */
  readonly isComplete: boolean;
}

/** The first stage of every training: features of all pictures, and a linear head on them. @throws {UnreadablePicturesError} @throws AbortError */
export async function* trainOnFrozen(options: FrozenTraining): AsyncGenerator<EngineEvent, TrainedOnFrozen> {
  const { base, train, validation, seed } = options;
  const { card } = base.baseModel;
  const plan = trainingPlan(options.preference, train.count);
  const prefix = await openFrozenPrefix(base.baseModel, card.output.name, [card.output.dimension], options);
  let features;
  let mirrors: MirrorTest | undefined;
  try {
    features = yield* extractFeatures(prefix, train, validation, {
      ...withReserve(options, picturesAfterTraining(options), estimatedSecondsPerPicture(card.multiplyAdds)),
      views: plan.views,
      seed,
      pictures: options.pictures,
    });
    if (options.preference !== 'PERFORMANCE_FIRST')
      mirrors = await mirrorTest({
        ...withReserve(options, picturesAfterTraining(options), estimatedSecondsPerPicture(card.multiplyAdds)),
        prefix,
        train,
        pictures: options.pictures,
        features: features.train,
        classCount: options.classes.length,
        seed,
      });
  } finally {
    await prefix.close();
  }
  if (mirrors && !mirrors.isAlike)
    yield logInfo(
      `Mirrored pictures are not alike here (${percent(mirrors.mirroredAccuracy)} instead of ${percent(mirrors.accuracy)} recognised): training does not mirror them.`,
    );
  const missing = features.train.finishedViews.reduce((total, views) => total + (views < plan.views ? 1 : 0), 0);
  if (missing > 0)
    yield logInfo(`Stopped before all views were extracted: ${missing} training pictures lack some or all of theirs.`);
  const views = features.train.finishedViews.reduce((total, each) => total + each, validation.count);
  const secondsPerPicture = features.seconds / views;
  const classIds = options.classes.map(({ id }) => id);
  const crossValidated = await secondOpinion(options, features);
  const trained = yield* trainHead({
    ...withReserve(options, picturesAfterTraining(options), secondsPerPicture),
    train: features.train,
    trainLabels: train.labels,
    validation: features.validation,
    validationLabels: validation.labels,
    classIds,
    plan,
    seed,
    ...(base.previous && { previous: base.previous }),
  });
  const { network } = base;
  const headAlone = trainable({ network, cut: network.output, classCount: classIds.length });
  return {
    leader: {
      stage: 'HEAD',
      cut: network.output,
      epoch: trained.bestEpoch,
      parameters: initialParameters(headAlone, trained.head),
      probabilities: trained.scored?.probabilities ?? new Float32Array(0),
    },
    stopReason: trained.stopReason,
    epochs: trained.epochs,
    seconds: { FEATURES: features.seconds, TRAINING: trained.seconds },
    crossValidated,
    mirrors: mirrors?.isAlike ?? true,
    secondsPerPicture,
    isComplete: trained.stopReason === 'CONVERGED' && missing === 0 && trained.scored !== undefined,
  };
}

/** Where a class has too few validation pictures to say much; the head standardises features in place, so this comes before it. */
async function secondOpinion(
  { train, validation, classes, seed, cancelSignal }: FrozenTraining,
  features: ExtractedFeatures,
): Promise<CrossValidatedEstimate | undefined> {
  const isComplete = ![features.train, features.validation].some(({ finishedViews }) => finishedViews.includes(0));
  if (!isComplete || !needsCrossValidation(validation.labels, classes.length)) return undefined;
  const { dimension, values } = features.train;
  const asPredicted = values.subarray(0, train.count * dimension);
  const all = new Float32Array((train.count + validation.count) * dimension);
  all.set(asPredicted);
  all.set(features.validation.values, asPredicted.length);
  const labels = joinLabels(train.labels, validation.labels);
  const classCount = classes.length;
  return crossValidatedEstimate({ features: all, dimension, labels, classCount, seed, cancelSignal });
}

const percent = (share: number) => `${Math.round(share * 100)} %`;
