import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BaseModel } from './base-model.ts';
import type { ChosenLowering } from './autodiff/index.ts';
import { openCacheFolder, type CacheFolder } from './cache/index.ts';
import type { CheckpointStore } from './checkpoint/checkpoint-store.ts';
import { positionStore, type PositionStore } from './checkpoint/position-store.ts';
import { onDevice } from './checkpoint/on-device.ts';
import { placeOf, type TrainingPosition } from './checkpoint/training-checkpoint.ts';
import { logInfo, type EngineEvent, type EnginePhase, type TrainingStage } from './engine-event.ts';
import type { EvaluatedPart } from './export/evaluate-export.ts';
import type { PictureSource } from './features/picture-source.ts';
import { fineTune } from './fine-tune/fine-tune.ts';
import { finishTraining } from './finish-training.ts';
import type { CrossValidatedEstimate } from './head/cross-validated-estimate.ts';
import type { Evaluation } from './metrics/evaluation.ts';
import { nameOfDevice, type Device } from './onnx/device.ts';
import { openPictureCache } from './pictures/picture-cache.ts';
import { chooseBase } from './plan/choose-base.ts';
import { firstPosition } from './plan/first-position.ts';
import { openTrainingBases, type TrainingBase } from './plan/training-base.ts';
import type { Preference } from './plan/training-plan.ts';
import { requireTrainable } from './require-trainable.ts';
import { estimatedSecondsPerPicture, picturesAfterTraining, withReserve } from './stopping/deadline-reserve.ts';
import { earlyStop, type StopSignals } from './stopping/stop-signals.ts';
import { trainOnFrozen } from './train-frozen.ts';
import { trainingFingerprint } from './training-fingerprint.ts';

export interface TrainOptions extends StopSignals {
  readonly baseModel: BaseModel;
  /** At least two; what the labels of the sources refer to. */
  readonly classes: readonly { readonly id: string; readonly name: string }[];
  readonly train: PictureSource;
  readonly validation: PictureSource;
  /** Pictures that the finished model is judged on, and that decide nothing. @default none */
  readonly test?: PictureSource;
  readonly preference: Preference;
  /**
   * Unsigned 32-bit. Same seed, pictures, threads and machine: same model, to the bit, as long as neither the clock nor how long steps
   * took when they were measured allowed other epochs.
   */
  readonly seed: number;
  /** The file of an earlier version to go on from: its network takes the place of the base model, its head that of a fresh one. */
  readonly initialVersion?: Uint8Array;
  /** Where decoded pictures and activations are kept, for this and later trainings. @default a temporary folder, 4 GB at most */
  readonly cache?: { readonly directory: string; readonly budgetBytes: number };
  /** Where the training's position is kept, so that another process can go on from it. @default nowhere */
  readonly checkpoints?: CheckpointStore;
  /**
   * Gives up as `cancelSignal` does, but saves the position first where it has trained since the last checkpoint: another process can go on
   * at once. @default never raised
   */
  readonly suspendSignal?: AbortSignal;
  /** Which operators to train with on the CPU, where an earlier self-test has said so. @default this process makes the test itself */
  readonly lowering?: ChosenLowering;
  /**
   * Where the network runs: features, activations, training steps and what is judged between them. Pictures are decoded, the head is fitted to
   * features, and the finished file is judged on the CPU, as it will be served. @default 'CPU'
   */
  readonly device?: Device;
  /** Of one computation on the CPU, at most. An interrupted training goes on with as many as it began with. @default the cores of the machine, at most 4 */
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
  /** [classes], from which on a label is said to be there, with the best F1 on the validation pictures; undefined for one class a picture. */
  readonly thresholds: Float32Array | undefined;
  /** Logits were divided by: [1], or one for each class where a picture may carry several labels; see {@link calibrate}. */
  readonly temperatures: Float32Array;
  /** [validation.count], how unlike all training pictures each is; undefined where that cannot be told. */
  readonly unfamiliarity: Float32Array | undefined;
  /** Above which unfamiliarity a picture counts as unknown; see {@link unfamiliarityThreshold}. */
  readonly unfamiliarityThreshold: number | undefined;
  /** What the file says to the test pictures; undefined where there are none, or some cannot be read. */
  readonly test: EvaluatedPart | undefined;
  /** Where a class has fewer than 5 validation pictures; see {@link CrossValidatedEstimate}. */
  readonly crossValidated: CrossValidatedEstimate | undefined;
  readonly stopReason: TrainingStopReason;
  /** Epochs run; 0 when the clock allowed none and the model is the initial one. */
  readonly epochs: number;
  /** The epoch that was exported, and what it had trained; 0 = the initial head. */
  readonly bestEpoch: number;
  readonly bestStage: TrainingStage;
  /** Where the network ran last. */
  readonly device: Device;
  /** What was trained on: the base model, or the network of the initial version. */
  readonly baseModel: Pick<BaseModel['card'], 'name' | 'version' | 'sha256'>;
  /** Pixels of a side. */
  readonly inputSize: number;
  /** Largest |difference| of a probability between the trained graph and the exported file. */
  readonly parity: number;
  readonly secondsByPhase: Readonly<Record<EnginePhase, number>>;
}

const defaultCacheBytes = 4e9;

/**
 * Trains a classifier on a base model, of one class or any number of labels a picture, as the labels of the sources are: a linear head on its frozen features, then, as the preference asks and the time allows, its last
 * layers and all of them. Exports one file. Yields what happens, returns the model.
 *
 * Before the deadline, or when `keepSignal` is raised, it finishes with what it has: a model is always left, and the validation pictures
 * are still evaluated with it. When `cancelSignal` or `suspendSignal` is raised it throws within about a second.
 * @throws {RangeError} for options that make no sense. @throws {UnreadablePicturesError} @throws {ParityError}
 * @throws {OnnxFormatError} for an initial version that is no file of ours. @throws {TrainingDivergedError}
 * @throws {DeviceUnavailableError} when ONNX Runtime cannot compute on the device: another one is never taken instead.
 * @throws AbortError when cancelled or suspended.
 */
export async function* trainClassifier(given: TrainOptions): AsyncGenerator<EngineEvent, TrainingResult> {
  requireTrainable(given);
  const suspendSignal = given.suspendSignal ?? new AbortController().signal;
  const options = { ...given, cancelSignal: AbortSignal.any([given.cancelSignal, suspendSignal]) };
  await using resources = new AsyncDisposableStack();
  const { classes, train, validation, test, preference, seed, deadline, cancelSignal, keepSignal } = options;
  const device = options.device ?? 'CPU';
  const bases = await openTrainingBases(options);
  const { card } = bases[0]!.baseModel;
  yield logInfo(
    `${train.count} training and ${validation.count} validation pictures of ${classes.length} classes; ` +
      `base model ${card.name} ${card.version} at ${card.input.size} pixels, on ${nameOfDevice[device]}.`,
  );
  const folder = resources.adopt(await openFolder(options, resources), (each) => each.close());
  const threads = options.threads ?? Math.min(4, availableParallelism());
  const pictures = openPictureCache(folder);
  const classIds = classes.map(({ id }) => id);
  const classCount = classes.length;
  const positionsOf = ({ baseModel }: TrainingBase) => {
    const fingerprint = trainingFingerprint({ baseModel, classIds, train, validation, preference, seed });
    return positionStore(options.checkpoints, fingerprint, validation.labels, classCount);
  };
  const kept = await findPosition(bases, positionsOf);
  const base =
    kept?.base ??
    (yield* chooseBase(bases, { ...options, ...signalsOf(options), pictures, classCount, threads, device }));
  const shared = { base, train, validation, test, classes, pictures, seed, threads, device };
  const positions = positionsOf(base);
  let position = kept && (await onDevice(kept.position, device, options.lowering));
  if (position) yield logInfo(goingOn(position, kept!.position.device));
  else {
    const trained = yield* trainOnFrozen({ ...shared, deadline, cancelSignal, keepSignal, preference });
    const signals = withReserve(options, picturesAfterTraining(options), trained.secondsPerPicture);
    const cacheBytes = options.cache?.budgetBytes ?? defaultCacheBytes;
    position = yield* firstPosition(
      { ...shared, ...signals, preference, cacheBytes, lowering: options.lowering },
      trained,
    );
    if (!position) {
      // More was wanted, and not even planned.
      const stopReason = preference === 'PERFORMANCE_FIRST' ? undefined : earlyStop(signals);
      return yield* finishTraining({ ...shared, cancelSignal }, stopReason ? { ...trained, stopReason } : trained);
    }
    const event = await positions.save(position);
    if (event) yield event;
  }
  const signals = withReserve(options, picturesAfterTraining(options), position.secondsPerPicture);
  const tuned = yield* fineTune({ ...shared, ...signals, suspendSignal, folder, save: positions.save }, position);
  return yield* finishTraining({ ...shared, threads: position.threads, cancelSignal }, tuned);
}

/** The base at whose size an interrupted training was: it must not choose again. */
async function findPosition(
  bases: readonly TrainingBase[],
  positionsOf: (base: TrainingBase) => PositionStore,
): Promise<{ base: TrainingBase; position: TrainingPosition } | undefined> {
  for (const base of bases) {
    const position = await positionsOf(base).load();
    if (position) return { base, position };
  }
  return undefined;
}

/** A first look must leave time for everything that follows. */
const signalsOf = (options: TrainOptions): StopSignals =>
  withReserve(
    options,
    options.validation.count + picturesAfterTraining(options),
    estimatedSecondsPerPicture(options.baseModel.card.multiplyAdds),
  );

const goingOn = (position: TrainingPosition, before: Device) =>
  `Going on from a checkpoint in epoch ${placeOf(position).epoch}` +
  (position.device === before ? '.' : `, which was made on ${nameOfDevice[before]}.`);

async function openFolder({ cache }: TrainOptions, resources: AsyncDisposableStack): Promise<CacheFolder> {
  if (cache) return openCacheFolder(cache.directory, cache);
  const directory = await mkdtemp(join(tmpdir(), 'exemplar-cache-'));
  resources.defer(() => rm(directory, { recursive: true, force: true }));
  return openCacheFolder(directory, { budgetBytes: defaultCacheBytes });
}
