import { setImmediate } from 'node:timers/promises';
import { softTargets } from '../augmentation/soft-targets.ts';
import { parameterValues, headWeights, headBias, type ConvolutionLowering, type Trainable } from '../autodiff/index.ts';
import type { EngineEvent } from '../engine-event.ts';
import { RunPace } from '../head/run-pace.ts';
import { isBetter, score, type Scored } from '../metrics/scored.ts';
import { learningRateAt } from '../optimizer/index.ts';
import type { StagePlan } from '../plan/stage-plan.ts';
import { ProgressMeter } from '../progress-meter.ts';
import { random } from '../random/random.ts';
import { shuffledBatches } from '../random/shuffle.ts';
import { openStepper, openSuffixForward, type Stepper, type SuffixForward, type TrainingState } from '../step/index.ts';
import { earlyStop, type StopSignals } from '../stopping/stop-signals.ts';
import { TrainingDivergedError } from './diverged-error.ts';
import type { ExampleFeed } from './example-feed.ts';

/** A run of the graph cannot be interrupted: this long, milliseconds, at most a little over. */
const runMilliseconds = 400;
const labelSmoothing = 0.1;
const largestGradientNorm = 1;
/** What the learning rate is multiplied by after a loss that is no number. */
const rollbackScale = 0.3;
const validationBatch = 32;

/** Parameters of a stage that did well on the validation pictures. */
export interface StageCandidate extends Scored {
  /** Over the whole training, from 1. */
  readonly epoch: number;
  readonly parameters: Float32Array;
}

/** Where a stage is between two runs: with it, an interrupted stage goes on as if nothing had happened, to the bit. */
export interface StageProgress {
  /** Epochs of the stage that are complete. */
  readonly epochs: number;
  /** Losses of the steps of the epoch under way. */
  readonly losses: readonly number[];
  readonly rateScale: number;
  /** Epochs since the last better result. */
  readonly sinceBetter: number;
  readonly state: TrainingState;
  /** Of this stage, if it has found one that is better than what was before. */
  readonly best: StageCandidate | undefined;
}

export interface StageOptions extends StopSignals {
  readonly plan: StagePlan;
  readonly trainable: Trainable;
  readonly lowering: ConvolutionLowering;
  /** To start from. */
  readonly parameters: Float32Array;
  readonly feed: ExampleFeed;
  readonly trainLabels: Int32Array;
  readonly validationLabels: Int32Array;
  readonly seed: number;
  /** Epochs of earlier stages, and planned for all stages together. */
  readonly epochsBefore: number;
  readonly epochsInAll: number;
  /** What is to be beaten. */
  readonly toBeat: Scored;
  readonly resume: StageProgress | undefined;
  /** Called between runs, never while one is under way. */
  readonly onProgress: (progress: StageProgress) => Promise<void>;
}

export interface StageResult {
  readonly best: StageCandidate | undefined;
  /** Undefined when all planned epochs were done. */
  readonly stopReason: 'CONVERGED' | 'MAX_DURATION' | 'STOPPED_BY_USER' | undefined;
  readonly epochs: number;
  readonly seconds: number;
}

/**
 * Trains everything after the cut, with the head, by AdamW; after every epoch judges the moving average of the parameters on the
 * validation pictures and keeps the best.
 * @throws {TrainingDivergedError} @throws AbortError
 */
export async function* fineTuneStage(options: StageOptions): AsyncGenerator<EngineEvent, StageResult> {
  await using resources = new AsyncDisposableStack();
  const { plan, trainable, lowering, feed } = options;
  const shared = { trainable, lowering, examples: feed.kind, threads: plan.threads };
  const stepper = resources.adopt(
    await openStepper(
      {
        ...shared,
        batchSize: plan.batchSize,
        largestGradientNorm,
        weightDecay: plan.weightDecay,
        learningRateScale: (name) => (name === headWeights || name === headBias ? plan.headRateScale : 1),
      },
      options.parameters,
    ),
    (each) => each.close(),
  );
  const forward = resources.adopt(
    await openSuffixForward({ ...shared, batchSize: validationBatch, output: 'softmax' }),
    (each) => each.close(),
  );
  return yield* new Stage(options, stepper, forward).run();
}

class Stage {
  readonly #options: StageOptions;
  readonly #stepper: Stepper;
  readonly #forward: SuffixForward;
  readonly #pace = new RunPace(runMilliseconds);
  readonly #startedAt = Date.now();
  #epochs = 0;
  #losses: number[] = [];
  #rateScale = 1;
  #sinceBetter = 0;
  #best: StageCandidate | undefined;

  constructor(options: StageOptions, stepper: Stepper, forward: SuffixForward) {
    this.#options = options;
    this.#stepper = stepper;
    this.#forward = forward;
    const { resume } = options;
    if (!resume) return;
    this.#epochs = resume.epochs;
    this.#losses = [...resume.losses];
    this.#rateScale = resume.rateScale;
    this.#sinceBetter = resume.sinceBetter;
    this.#best = resume.best;
    stepper.restore(resume.state);
  }

  async *run(): AsyncGenerator<EngineEvent, StageResult> {
    const { plan, epochsBefore, epochsInAll } = this.#options;
    const meter = new ProgressMeter('TRAINING', plan.epochs * plan.stepsPerEpoch, 'steps');
    const steps = () => this.#epochs * plan.stepsPerEpoch + this.#losses.length;
    let stopReason: StageResult['stopReason'] = earlyStop(this.#options);
    yield* meter.at(steps());
    while (!stopReason && this.#epochs < plan.epochs) {
      yield* this.#epoch(() => meter.at(steps()));
      stopReason = earlyStop(this.#options);
      if (this.#losses.length < plan.stepsPerEpoch) break;
      const epoch = epochsBefore + this.#epochs + 1;
      const loss = this.#losses.reduce((total, each) => total + each, 0) / this.#losses.length;
      const candidate = await this.#judge(epoch);
      this.#epochs += 1;
      this.#losses = [];
      yield { type: 'epoch', stage: plan.name, epoch, epochs: epochsInAll, loss, evaluation: candidate.evaluation };
      yield* meter.at(steps());
      if (this.#hasConverged()) stopReason ??= 'CONVERGED';
      await this.#tellProgress();
    }
    return { best: this.#best, stopReason, epochs: this.#epochs, seconds: meter.seconds };
  }

  /** The rest of an epoch, until it ends or a stop is asked for. The next block is made ready while the graph runs. */
  async *#epoch(progress: () => Iterable<EngineEvent>): AsyncGenerator<EngineEvent> {
    const { plan, trainLabels, seed } = this.#options;
    const stageEpoch = this.#epochs;
    const batches = shuffledBatches(
      trainLabels.length,
      { steps: plan.stepsPerEpoch, batchSize: plan.batchSize },
      random(seed, plan.number, stageEpoch),
    );
    const atStart = this.#stepper.state;
    let block = this.#loadBlock(batches, this.#losses.length);
    while (this.#losses.length < plan.stepsPerEpoch) {
      const { examples, labels, steps } = await block;
      const following = this.#losses.length + steps;
      if (following < plan.stepsPerEpoch) block = this.#loadBlock(batches, following);
      // A failure of the block that is being loaded is met when it is awaited, not before.
      block.catch(() => undefined);
      const { targets, weights } = softTargets(labels, this.#options.trainable.classCount, {
        smoothing: labelSmoothing,
      });
      const learningRates = Array.from({ length: steps }, (_, step) => this.#learningRate(this.#losses.length + step));
      const { losses } = await this.#pace.measure(steps, () =>
        this.#stepper.run({ examples, targets, sampleWeights: weights, learningRates }),
      );
      if (losses.every(Number.isFinite)) this.#losses.push(...losses);
      else {
        yield this.#rollBack(atStart, stageEpoch);
        block = this.#loadBlock(batches, 0);
      }
      yield* progress();
      // Signals come through the event loop, which the run has blocked.
      await setImmediate();
      if (earlyStop(this.#options)) {
        await block.catch(() => undefined);
        return;
      }
      if (this.#losses.length < plan.stepsPerEpoch) await this.#tellProgress();
    }
  }

  async #loadBlock(batches: readonly Int32Array[], first: number) {
    const { feed, trainLabels } = this.#options;
    const chosen = batches.slice(first, first + this.#pace.stepsOfRun);
    const pictures = Int32Array.from(chosen.flatMap((batch) => [...batch]));
    const examples = feed.allocate(pictures.length);
    await feed.fill(pictures, this.#epochs, examples);
    return { examples, labels: pictures.map((picture) => trainLabels[picture]!), steps: chosen.length };
  }

  /** By steps; by the clock where the clock is ahead, so that the cosine ends before the time does. */
  #learningRate(stepOfEpoch: number): number {
    const { plan, deadline } = this.#options;
    const bySteps = (this.#epochs * plan.stepsPerEpoch + stepOfEpoch) / (plan.epochs * plan.stepsPerEpoch);
    const byClock = (Date.now() - this.#startedAt) / Math.max(1, deadline - this.#startedAt);
    const progress = Math.max(bySteps, byClock);
    return this.#rateScale * learningRateAt(progress, { peak: plan.peakLearningRate });
  }

  #rollBack(state: TrainingState, stageEpoch: number): EngineEvent {
    const epoch = this.#options.epochsBefore + stageEpoch + 1;
    if (this.#rateScale < 1) throw new TrainingDivergedError(epoch);
    this.#rateScale = rollbackScale;
    this.#losses = [];
    this.#stepper.restore(state);
    return {
      type: 'log',
      level: 'WARN',
      message: `The loss of epoch ${epoch} was no number any more: going back to its start with a smaller learning rate.`,
    };
  }

  async #judge(epoch: number): Promise<StageCandidate> {
    const { feed, trainable, validationLabels, toBeat } = this.#options;
    const parameters = this.#stepper.state.averages;
    const probabilities = new Float32Array(validationLabels.length * trainable.classCount);
    const rowsAtOnce = validationBatch * 4;
    for (let start = 0; start < validationLabels.length; start += rowsAtOnce) {
      const examples = feed.allocate(Math.min(rowsAtOnce, validationLabels.length - start));
      await feed.fillValidation(start, examples);
      probabilities.set(await this.#forward.run(parameters, examples), start * trainable.classCount);
      await setImmediate();
    }
    const candidate = { epoch, parameters, ...score(validationLabels, probabilities, trainable.classCount) };
    const isNew = isBetter(candidate, this.#best ?? toBeat);
    if (isNew) this.#best = candidate;
    this.#sinceBetter = isNew ? 0 : this.#sinceBetter + 1;
    return candidate;
  }

  #hasConverged(): boolean {
    const { plan } = this.#options;
    return this.#epochs < plan.epochs && this.#epochs >= plan.fewestEpochs && this.#sinceBetter >= plan.patience;
  }

  #tellProgress(): Promise<void> {
    return this.#options.onProgress({
      epochs: this.#epochs,
      losses: this.#losses,
      rateScale: this.#rateScale,
      sinceBetter: this.#sinceBetter,
      state: this.#stepper.state,
      best: this.#best,
    });
  }
}

/** The head inside a flat vector, for the next stage to go on from. */
export function headOf(trainable: Trainable, parameters: Float32Array) {
  return {
    weights: parameterValues(trainable, parameters, headWeights).slice(),
    bias: parameterValues(trainable, parameters, headBias).slice(),
  };
}
