import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  initialParameters,
  chooseLowering,
  readNetwork,
  trainable,
  type ConvolutionLowering,
  type Network,
} from './autodiff/index.ts';
import type { BaseModel } from './base-model.ts';
import { openCacheFolder, type CacheFolder } from './cache/index.ts';
import type { CheckpointStore } from './checkpoint/checkpoint-store.ts';
import { packTraining, unpackTraining, type Leader, type TrainingPosition } from './checkpoint/training-checkpoint.ts';
import type { EngineEvent, EnginePhase, TrainingStage } from './engine-event.ts';
import type { TrainedNetwork } from './export/compose-classifier.ts';
import { evaluateExport } from './export/evaluate-export.ts';
import { exportClassifier } from './export/export-classifier.ts';
import { readTrainedVersion } from './export/read-trained-version.ts';
import { extractFeatures } from './features/extract-features.ts';
import { openFrozenPrefix } from './features/frozen-prefix.ts';
import type { PictureSource } from './features/picture-source.ts';
import { fineTune } from './fine-tune/fine-tune.ts';
import type { ClassifierHead } from './head/classifier-head.ts';
import { trainHead } from './head/train-head.ts';
import { logitsOf, scaleTemperature, softmax, type TemperatureScaling } from './metrics/index.ts';
import type { Evaluation } from './metrics/evaluation.ts';
import { openPictureCache, type PictureCache } from './pictures/picture-cache.ts';
import { withInputSizeFor } from './plan/input-size.ts';
import { measureSteps } from './plan/measure-step.ts';
import { planFineTuning } from './plan/plan-fine-tuning.ts';
import type { StagePlan } from './plan/stage-plan.ts';
import { trainingPlan, type Preference } from './plan/training-plan.ts';
import { ProgressMeter } from './progress-meter.ts';
import { requireTrainable } from './require-trainable.ts';
import type { StopSignals } from './stopping/stop-signals.ts';
import { trainingFingerprint } from './training-fingerprint.ts';

export interface TrainOptions extends StopSignals {
  readonly baseModel: BaseModel;
  /** At least two; labels of the sources are indices into it. */
  readonly classes: readonly { readonly id: string; readonly name: string }[];
  readonly train: PictureSource;
  readonly validation: PictureSource;
  readonly preference: Preference;
  /** Unsigned 32-bit. Same seed, pictures and number of threads: same model, to the bit. */
  readonly seed: number;
  /** The file of an earlier version to go on from: its network takes the place of the base model, its head that of a fresh one. */
  readonly initialVersion?: Uint8Array;
  /** Where decoded pictures and activations are kept, for this and later trainings. @default a temporary folder, 4 GB at most */
  readonly cache?: { readonly directory: string; readonly budgetBytes: number };
  /** Where the training's position is kept, so that another process can go on from it. @default nowhere */
  readonly checkpoints?: CheckpointStore;
  /** Of the base model's forward pass. @default the cores of the machine, at most 4 */
  readonly threads?: number;
}

/** CONVERGED: no better result for a while, or all planned epochs done. */
export type TrainingStopReason = 'CONVERGED' | 'MAX_DURATION' | 'STOPPED_BY_USER';

export interface TrainingResult {
  /** An ONNX file that {@link openClassifier} reads, and that a later training can go on from. */
  readonly model: Uint8Array;
  /** What that file, loaded again, says to the validation pictures; equal to the last event's. */
  readonly evaluation: Evaluation;
  /** [validation.count, classes], row-major: the probabilities behind `evaluation`. */
  readonly predictions: Float32Array;
  readonly calibration: TemperatureScaling;
  readonly stopReason: TrainingStopReason;
  /** Epochs run; 0 when the clock allowed none and the model is the initial one. */
  readonly epochs: number;
  /** The epoch that was exported, and what it had trained; 0 = the initial head. */
  readonly bestEpoch: number;
  readonly bestStage: TrainingStage;
  /** What was trained on: the base model, or the network of the initial version. */
  readonly baseModel: Pick<BaseModel['card'], 'name' | 'version' | 'sha256'>;
  /** Pixels of a side. */
  readonly inputSize: number;
  /** Largest |difference| of a probability between the trained graph and the exported file. */
  readonly parity: number;
  readonly secondsByPhase: Readonly<Record<EnginePhase, number>>;
}

const defaultCacheBytes = 4e9;
/** Seconds that writing the file takes at most, and a picture beside its multiply-adds. */
const secondsOfExport = 0.8;
const multiplyAddsPerSecond = 1e10;
const secondsOfDecoding = 0.01;

/**
 * Trains a classifier on a base model: a linear head on its frozen features, then, as the preference asks and the time allows, its last
 * layers and all of them. Exports one file. Yields what happens, returns the model.
 *
 * Before the deadline, or when `keepSignal` is raised, it finishes with what it has: a model is always left, and the validation pictures
 * are still evaluated with it. When `cancelSignal` is raised it throws within about a second.
 * @throws {RangeError} for options that make no sense. @throws {UnreadablePicturesError} @throws {ParityError}
 * @throws {OnnxFormatError} for an initial version that is no file of ours. @throws {TrainingDivergedError}
 * @throws AbortError when cancelled.
 */
export async function* trainClassifier(options: TrainOptions): AsyncGenerator<EngineEvent, TrainingResult> {
  requireTrainable(options);
  await using resources = new AsyncDisposableStack();
  const folder = resources.adopt(await openFolder(options, resources), (each) => each.close());
  const version = options.initialVersion && readTrainedVersion(options.initialVersion);
  const baseModel = version?.baseModel ?? (await withInputSizeFor(options.preference, options.baseModel));
  return yield* new Training(options, baseModel, version?.head, folder).run();
}

async function openFolder({ cache }: TrainOptions, resources: AsyncDisposableStack): Promise<CacheFolder> {
  if (cache) return openCacheFolder(cache.directory, cache);
  const directory = await mkdtemp(join(tmpdir(), 'exemplar-cache-'));
  resources.defer(() => rm(directory, { recursive: true, force: true }));
  return openCacheFolder(directory, { budgetBytes: defaultCacheBytes });
}

class Training {
  readonly #options: TrainOptions;
  readonly #folder: CacheFolder;
  readonly #pictures: PictureCache;
  readonly #baseModel: BaseModel;
  readonly #previous: ClassifierHead | undefined;
  readonly #threads: number;
  readonly #fingerprint: string;

  constructor(options: TrainOptions, baseModel: BaseModel, previous: ClassifierHead | undefined, folder: CacheFolder) {
    this.#options = options;
    this.#folder = folder;
    this.#pictures = openPictureCache(folder);
    this.#previous = previous;
    this.#baseModel = baseModel;
    this.#threads = options.threads ?? Math.min(4, availableParallelism());
    const classIds = options.classes.map(({ id }) => id);
    this.#fingerprint = trainingFingerprint({ ...options, baseModel: this.#baseModel, classIds });
  }

  async *run(): AsyncGenerator<EngineEvent, TrainingResult> {
    const { classes, train, validation } = this.#options;
    const { card, model } = this.#baseModel;
    yield info(
      `${train.count} training and ${validation.count} validation pictures of ${classes.length} classes; ` +
        `base model ${card.name} ${card.version} at ${card.input.size} pixels.`,
    );
    const network = await readNetwork(model, card.input.name, card.output.name, card.input.size);
    const { lowering, reason } = await chooseLowering();
    yield info(reason);
    const saved = await this.#loadPosition();
    if (saved)
      yield info(`Going on from a checkpoint in epoch ${saved.epochsBefore + (saved.progress?.epochs ?? 0) + 1}.`);
    const head = saved ?? (yield* this.#trainHead(network, lowering));
    if ('stopReason' in head) return yield* this.#finish(network, head);
    const tuned = yield* fineTune(
      {
        ...this.#signals(head.secondsPerPicture),
        baseModel: this.#baseModel,
        network,
        lowering,
        train,
        validation,
        classCount: classes.length,
        pictures: this.#pictures,
        folder: this.#folder,
        seed: this.#options.seed,
        threads: this.#threads,
        save: (position) => this.#savePosition(position),
      },
      head,
    );
    return yield* this.#finish(network, tuned);
  }

  /** @returns where to go on, or the end when there is nothing more to do. */
  async *#trainHead(
    network: Network,
    lowering: ConvolutionLowering,
  ): AsyncGenerator<EngineEvent, TrainingPosition | Ended> {
    const { classes, train, validation, preference, seed } = this.#options;
    const { card } = this.#baseModel;
    const plan = trainingPlan(preference, train.count);
    const estimate = card.multiplyAdds / multiplyAddsPerSecond + secondsOfDecoding;
    const prefix = await openFrozenPrefix(this.#baseModel, card.output.name, [card.output.dimension], this.#threads);
    let features;
    try {
      const signals = this.#signals(estimate);
      features = yield* extractFeatures(prefix, train, validation, {
        ...signals,
        views: plan.views,
        seed,
        pictures: this.#pictures,
      });
    } finally {
      await prefix.close();
    }
    const missing = features.train.finishedViews.reduce((total, views) => total + (views < plan.views ? 1 : 0), 0);
    if (missing > 0)
      yield info(`Stopped before all views were extracted: ${missing} training pictures lack some or all of theirs.`);
    const views = features.train.finishedViews.reduce((total, each) => total + each, validation.count);
    const secondsPerPicture = features.seconds / views;
    const trained = yield* trainHead({
      ...this.#signals(secondsPerPicture),
      train: features.train,
      trainLabels: train.labels,
      validation: features.validation,
      validationLabels: validation.labels,
      classIds: classes.map(({ id }) => id),
      plan,
      seed,
      ...(this.#previous ? { previous: this.#previous } : {}),
    });
    const leader: Leader = {
      stage: 'HEAD',
      cut: network.output,
      epoch: trained.bestEpoch,
      parameters: initialParameters(
        trainable({ network, cut: network.output, classCount: classes.length }),
        trained.head,
      ),
      probabilities: trained.scored?.probabilities ?? new Float32Array(0),
    };
    const seconds = { FEATURES: features.seconds, TRAINING: trained.seconds };
    const end: Ended = { leader, stopReason: trained.stopReason, epochs: trained.epochs, seconds };
    if (trained.stopReason !== 'CONVERGED' || missing > 0 || !trained.scored) return end;
    const plans = await this.#plan(network, lowering, secondsPerPicture);
    if (plans.length === 0) return end;
    yield info(`Planned: ${plans.map(describePlan).join(', then ')}.`);
    const position: TrainingPosition = {
      plans,
      leader,
      stage: 0,
      epochsBefore: trained.epochs,
      headEpochs: trained.epochs,
      secondsPerPicture,
      seconds,
      progress: undefined,
    };
    await this.#savePosition(position);
    return position;
  }

  #plan(network: Network, lowering: ConvolutionLowering, secondsPerPicture: number): Promise<StagePlan[]> {
    const { preference, train, classes, cache } = this.#options;
    const { mean, std } = this.#baseModel.card.input;
    return planFineTuning({
      preference,
      network,
      trainCount: train.count,
      secondsLeft: (this.#signals(secondsPerPicture).deadline - Date.now()) / 1000,
      cacheBytes: (cache?.budgetBytes ?? defaultCacheBytes) / 2,
      measure: (cut, name, batchSize) =>
        measureSteps(trainable({ network, cut, classCount: classes.length }), {
          lowering,
          kind: name === 'FULL' ? { kind: 'pixels', mean, std } : { kind: 'activations' },
          batchSize,
          mostThreads: this.#threads,
        }),
    });
  }

  async *#finish(network: Network, ended: Ended): AsyncGenerator<EngineEvent, TrainingResult> {
    const { classes, validation, cancelSignal } = this.#options;
    const { leader } = ended;
    const classCount = classes.length;
    yield info(
      `Trained ${ended.epochs} epochs (${ended.stopReason}); epoch ${leader.epoch} did best on the validation pictures.`,
    );
    const isKnown = leader.probabilities.length > 0;
    const logits = logitsOf(leader.probabilities);
    const calibration = scaleTemperature(isKnown ? validation.labels : new Int32Array(0), logits, classCount);
    const trained: TrainedNetwork = {
      trainable: trainable({ network, cut: leader.cut, classCount }),
      parameters: leader.parameters,
      temperature: calibration.temperature,
    };
    const exporting = new ProgressMeter('EXPORTING', 1, 'files');
    yield* exporting.at(0);
    const model = exportClassifier(this.#baseModel, classes, trained);
    yield* exporting.at(1);
    const exportSeconds = exporting.seconds;
    const evaluated = yield* evaluateExport(model, {
      validation,
      expected: isKnown ? softmax(logits, classCount, calibration.temperature) : undefined,
      threads: this.#threads,
      cancelSignal,
    });
    yield { type: 'evaluation', evaluation: evaluated.evaluation };
    return {
      model,
      evaluation: evaluated.evaluation,
      predictions: evaluated.probabilities,
      calibration,
      stopReason: ended.stopReason,
      epochs: ended.epochs,
      bestEpoch: leader.epoch,
      bestStage: leader.stage,
      baseModel: this.#baseModel.card,
      inputSize: this.#baseModel.card.input.size,
      parity: evaluated.parity,
      secondsByPhase: { ...ended.seconds, EXPORTING: exportSeconds, EVALUATING: evaluated.seconds },
    };
  }

  /** With the deadline moved forward by what export and evaluation will take. */
  #signals(secondsPerPicture: number): StopSignals {
    const { deadline, cancelSignal, keepSignal, validation } = this.#options;
    const reserve = secondsOfExport + 1.3 * validation.count * secondsPerPicture;
    return { deadline: deadline - reserve * 1000, cancelSignal, keepSignal };
  }

  async #loadPosition(): Promise<TrainingPosition | undefined> {
    const { checkpoints, validation, classes } = this.#options;
    const bytes = await checkpoints?.load();
    return bytes && unpackTraining(bytes, this.#fingerprint, validation.labels, classes.length);
  }

  async #savePosition(position: TrainingPosition): Promise<void> {
    await this.#options.checkpoints?.save(packTraining(this.#fingerprint, position));
  }
}

interface Ended {
  readonly leader: Leader;
  readonly stopReason: TrainingStopReason;
  readonly epochs: number;
  readonly seconds: TrainingPosition['seconds'];
}

const describePlan = ({ name, cut, epochs, stepsPerEpoch, batchSize, views, threads }: StagePlan): string =>
  `${name === 'FULL' ? 'the whole network' : `the layers after ${cut}`} for up to ${epochs} epochs of ${stepsPerEpoch} x ${batchSize} pictures` +
  `${views > 0 ? ` in ${views} views` : ''} on ${threads} thread(s)`;

const info = (message: string): EngineEvent => ({ type: 'log', level: 'INFO', message });
