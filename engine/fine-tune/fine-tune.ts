import { strongAugmentation } from '../augmentation/augmentation-settings.ts';
import {
  cutsOf,
  initialParameters,
  parameterValues,
  trainable,
  type ConvolutionLowering,
  type Network,
  type Trainable,
} from '../autodiff/index.ts';
import type { BaseModel } from '../base-model.ts';
import type { CacheFolder } from '../cache/index.ts';
import type { Leader, TrainingPosition } from '../checkpoint/training-checkpoint.ts';
import type { EngineEvent } from '../engine-event.ts';
import type { PictureSource } from '../features/picture-source.ts';
import { score } from '../metrics/scored.ts';
import type { PictureCache } from '../pictures/picture-cache.ts';
import type { StagePlan } from '../plan/stage-plan.ts';
import { earlyStop, type StopSignals } from '../stopping/stop-signals.ts';
import { openActivationFeed } from './activation-feed.ts';
import type { ExampleFeed } from './example-feed.ts';
import { fineTuneStage, headOf, type StageResult } from './fine-tune-stage.ts';
import { pixelFeed } from './pixel-feed.ts';

/** At most this often is a position saved between two better results. */
const millisecondsBetweenCheckpoints = 10_000;

export interface FineTuning extends StopSignals {
  readonly baseModel: BaseModel;
  readonly network: Network;
  readonly lowering: ConvolutionLowering;
  readonly train: PictureSource;
  readonly validation: PictureSource;
  readonly classCount: number;
  readonly pictures: PictureCache;
  readonly folder: CacheFolder;
  readonly seed: number;
  /** Of the frozen part's forward pass. */
  readonly threads: number;
  readonly save: (position: TrainingPosition) => Promise<void>;
}

export interface FineTuned {
  readonly leader: Leader;
  readonly stopReason: 'CONVERGED' | 'MAX_DURATION' | 'STOPPED_BY_USER';
  readonly epochs: number;
  readonly seconds: TrainingPosition['seconds'];
}

/**
 * Runs the planned stages from a position on, each from the weights that the ones before it left, and keeps the parameters that did best
 * on the validation pictures, be they of an earlier stage.
 * @throws {TrainingDivergedError} @throws AbortError
 */
export async function* fineTune(options: FineTuning, from: TrainingPosition): AsyncGenerator<EngineEvent, FineTuned> {
  let position = from;
  let stopReason: StageResult['stopReason'];
  while (!stopReason && position.stage < position.plans.length) {
    const started = performance.now();
    const plan = position.plans[position.stage]!;
    const trained = trainable({ network: options.network, cut: plan.cut, classCount: options.classCount });
    const feed = yield* openFeed(options, plan);
    const prepared = performance.now();
    if (!feed) {
      stopReason = earlyStop(options);
      break;
    }
    let result: StageResult;
    try {
      result = yield* runStage(options, position, plan, trained, feed);
    } finally {
      await feed.close();
    }
    stopReason = result.stopReason === 'CONVERGED' ? undefined : result.stopReason;
    const { leader, seconds } = position;
    position = {
      ...position,
      leader: result.best ? { stage: plan.name, cut: plan.cut, ...result.best } : leader,
      stage: position.stage + 1,
      epochsBefore: position.epochsBefore + result.epochs,
      seconds: {
        FEATURES: seconds.FEATURES + (prepared - started) / 1000,
        TRAINING: seconds.TRAINING + (performance.now() - prepared) / 1000,
      },
      progress: undefined,
    };
    await options.save(position);
  }
  return {
    leader: position.leader,
    stopReason: stopReason ?? 'CONVERGED',
    epochs: position.epochsBefore,
    seconds: position.seconds,
  };
}

async function* openFeed(options: FineTuning, plan: StagePlan): AsyncGenerator<EngineEvent, ExampleFeed | undefined> {
  const { baseModel, network, train, validation, pictures, seed } = options;
  if (plan.views === 0)
    return pixelFeed({
      card: baseModel.card,
      train,
      validation,
      cache: pictures,
      augmentation: strongAugmentation,
      seed,
    });
  const cut = cutsOf(network).find(({ value }) => value === plan.cut);
  if (!cut) throw new RangeError(`"${plan.cut}" is no cut of the base model.`);
  return yield* openActivationFeed({
    ...options,
    cut,
    views: plan.views,
    augmentation: strongAugmentation,
  });
}

async function* runStage(
  options: FineTuning,
  position: TrainingPosition,
  plan: StagePlan,
  trained: Trainable,
  feed: ExampleFeed,
): AsyncGenerator<EngineEvent, StageResult> {
  const { classCount, validation, network } = options;
  let savedAt = Date.now();
  let savedBest = position.progress?.best;
  return yield* fineTuneStage({
    deadline: options.deadline,
    cancelSignal: options.cancelSignal,
    keepSignal: options.keepSignal,
    plan,
    trainable: trained,
    lowering: options.lowering,
    parameters: startOf(network, trained, position.leader, classCount),
    feed,
    trainLabels: options.train.labels,
    validationLabels: validation.labels,
    seed: options.seed,
    epochsBefore: position.epochsBefore,
    epochsInAll: position.plans.reduce((sum, { epochs }) => sum + epochs, position.headEpochs),
    toBeat: score(validation.labels, position.leader.probabilities, classCount),
    resume: position.progress,
    onProgress: async (progress) => {
      if (progress.best === savedBest && Date.now() - savedAt < millisecondsBetweenCheckpoints) return;
      await options.save({ ...position, progress });
      savedAt = Date.now();
      savedBest = progress.best;
    },
  });
}

/** The leader's weights where it has any of its own, the network's where not. */
function startOf(network: Network, to: Trainable, leader: Leader, classCount: number): Float32Array {
  const from = trainable({ network, cut: leader.cut, classCount });
  const parameters = initialParameters(to, headOf(from, leader.parameters));
  const known = new Set(to.slots.map(({ name }) => name));
  for (const { name } of from.slots)
    if (known.has(name)) parameterValues(to, parameters, name).set(parameterValues(from, leader.parameters, name));
  return parameters;
}
