import { strongAugmentation } from '../augmentation/augmentation-settings.ts';
import { cutsOf, loweringNamed, trainable, type ConvolutionLowering, type Trainable } from '../autodiff/index.ts';
import type { CacheFolder } from '../cache/index.ts';
import type { PositionStore } from '../checkpoint/position-store.ts';
import type { Leader, TrainingPosition } from '../checkpoint/training-checkpoint.ts';
import type { EngineEvent } from '../engine-event.ts';
import type { EndedTraining } from '../finish-training.ts';
import type { PictureSource } from '../features/picture-source.ts';
import { score } from '../metrics/scored.ts';
import type { PictureCache } from '../pictures/picture-cache.ts';
import type { StagePlan } from '../plan/stage-plan.ts';
import type { TrainingBase } from '../plan/training-base.ts';
import { earlyStop, type StopSignals } from '../stopping/stop-signals.ts';
import { openActivationFeed } from './activation-feed.ts';
import type { ExampleFeed } from './example-feed.ts';
import { continuedParameters } from './continued-parameters.ts';
import { fineTuneStage, type StageResult } from './fine-tune-stage.ts';
import { pixelFeed } from './pixel-feed.ts';
import type { StageCandidate } from './stage-progress.ts';

/** At most this often is a position saved between two better results. */
const millisecondsBetweenCheckpoints = 10_000;

export interface FineTuning extends StopSignals {
  readonly base: TrainingBase;
  readonly train: PictureSource;
  readonly validation: PictureSource;
  readonly classes: readonly unknown[];
  readonly pictures: PictureCache;
  readonly folder: CacheFolder;
  readonly seed: number;
  /** As in {@link PositionStore}. */
  readonly save: PositionStore['save'];
  /** See `suspendSignal` of TrainOptions; `cancelSignal` is raised with it. */
  readonly suspendSignal: AbortSignal;
}

/**
 * Runs the planned stages from a position on, each from the weights that the ones before it left, and keeps the parameters that did best
 * on the validation pictures, be they of an earlier stage.
 * @throws {TrainingDivergedError} @throws AbortError
 */
export async function* fineTune(
  options: FineTuning,
  from: TrainingPosition,
): AsyncGenerator<EngineEvent, EndedTraining> {
  const { network } = options.base;
  const lowering = await loweringNamed(from.lowering);
  let position = from;
  let stopReason: StageResult['stopReason'];
  while (!stopReason && position.stage < position.plans.length) {
    const started = performance.now();
    const plan = position.plans[position.stage]!;
    const trained = trainable({ network, cut: plan.cut, classCount: options.classes.length });
    const feed = yield* openFeed(options, plan, position);
    const prepared = performance.now();
    if (!feed) {
      stopReason = earlyStop(options);
      break;
    }
    let result: StageResult;
    try {
      result = yield* runStage(options, position, { lowering, trained, feed });
    } finally {
      await feed.close();
    }
    stopReason = result.stopReason === 'CONVERGED' ? undefined : result.stopReason;
    const { leader, seconds } = position;
    position = {
      ...position,
      leader: result.best ? leaderOf(plan, result.best) : leader,
      stage: position.stage + 1,
      epochsBefore: position.epochsBefore + result.epochs,
      seconds: {
        FEATURES: seconds.FEATURES + (prepared - started) / 1000,
        TRAINING: seconds.TRAINING + (performance.now() - prepared) / 1000,
      },
      progress: undefined,
    };
    const event = await options.save(position);
    if (event) yield event;
  }
  return {
    leader: position.leader,
    stopReason: stopReason ?? 'CONVERGED',
    epochs: position.epochsBefore,
    seconds: position.seconds,
    crossValidated: position.crossValidated,
  };
}

const leaderOf = ({ name, cut }: StagePlan, { epoch, parameters, probabilities }: StageCandidate): Leader => ({
  stage: name,
  cut,
  epoch,
  parameters,
  probabilities,
});

async function* openFeed(
  options: FineTuning,
  plan: StagePlan,
  { threads, device, mirrors }: TrainingPosition,
): AsyncGenerator<EngineEvent, ExampleFeed | undefined> {
  const augmentation = { ...strongAugmentation, flip: mirrors };
  const { train, validation, pictures, seed } = options;
  const { baseModel, network } = options.base;
  if (plan.views === 0)
    return pixelFeed({
      card: baseModel.card,
      train,
      validation,
      cache: pictures,
      augmentation,
      seed,
    });
  const cut = cutsOf(network).find(({ value }) => value === plan.cut);
  if (!cut) throw new RangeError(`"${plan.cut}" is no cut of the base model.`);
  return yield* openActivationFeed({
    ...options,
    baseModel,
    cut,
    views: plan.views,
    augmentation,
    threads,
    device,
  });
}

async function* runStage(
  options: FineTuning,
  position: TrainingPosition,
  { lowering, trained, feed }: { lowering: ConvolutionLowering; trained: Trainable; feed: ExampleFeed },
): AsyncGenerator<EngineEvent, StageResult> {
  const { validation } = options;
  let savedAt = Date.now();
  let saved = position.progress;
  let latest = saved;
  const stage = fineTuneStage({
    deadline: options.deadline,
    cancelSignal: options.cancelSignal,
    keepSignal: options.keepSignal,
    plan: position.plans[position.stage]!,
    trainable: trained,
    lowering,
    device: position.device,
    parameters: continuedParameters(trained, position.leader),
    feed,
    trainLabels: options.train.labels,
    validationLabels: validation.labels,
    seed: options.seed,
    epochsBefore: position.epochsBefore,
    epochsInAll: position.plans.reduce((sum, { epochs }) => sum + epochs, position.headEpochs),
    toBeat: score(validation.labels, position.leader.probabilities, trained.classCount),
    resume: position.progress,
    onProgress: async (progress) => {
      latest = progress;
      if (progress.best === saved?.best && Date.now() - savedAt < millisecondsBetweenCheckpoints) return undefined;
      const event = await options.save({ ...position, progress });
      savedAt = Date.now();
      saved = progress;
      return event;
    },
  });
  try {
    return yield* stage;
  } catch (error) {
    const event =
      options.suspendSignal.aborted && latest !== saved
        ? await options.save({ ...position, progress: latest })
        : undefined;
    if (event) yield event;
    throw error;
  }
}
