import { setImmediate } from 'node:timers/promises';
import type { EngineEvent } from '../engine-event.ts';
import { pickLabels, pictureCount, targetsOf } from '../labels/labels.ts';
import { RunPace } from '../head/run-pace.ts';
import { isBetter } from '../metrics/scored.ts';
import { learningRateAt } from '../optimizer/index.ts';
import { ProgressMeter } from '../progress-meter.ts';
import { random } from '../random/random.ts';
import { shuffledBatches } from '../random/shuffle.ts';
import type { Stepper, SuffixForward } from '../step/index.ts';
import { abortable } from '../stopping/abortable.ts';
import { earlyStop } from '../stopping/stop-signals.ts';
import { TrainingDivergedError } from './diverged-error.ts';
import type { StageOptions, StageResult } from './fine-tune-stage.ts';
import { judgeParameters } from './judge-parameters.ts';
import type { StageCandidate, StageProgress } from './stage-progress.ts';

/** A run of the graph cannot be interrupted: this long, milliseconds, at most a little over. */
const runMilliseconds = 400;
/**
 * Of the examples of a run, so that those of a fast device do not fill its memory or the largest buffer it binds: WebGPU promises 128 MiB.
 */
const mostBytesOfRun = 64 * 2 ** 20;
const labelSmoothing = 0.1;
/** What the learning rate is multiplied by after a loss that is no number. */
const rollbackScale = 0.3;

/** One run of a stage, from its start or from where an earlier one was interrupted. */
export class StageRun {
  readonly #options: StageOptions;
  readonly #stepper: Stepper;
  readonly #forward: SuffixForward;
  readonly #pace = new RunPace(runMilliseconds);
  #progress: StageProgress;
  /** To go back to after a loss that is no number: the start of the epoch, or where an interrupted one went on. */
  #safe: StageProgress;

  constructor(options: StageOptions, stepper: Stepper, forward: SuffixForward) {
    this.#options = options;
    this.#stepper = stepper;
    this.#forward = forward;
    this.#progress = options.resume ?? {
      startedAt: Date.now(),
      epochs: 0,
      losses: [],
      rateScale: 1,
      sinceBetter: 0,
      state: stepper.state,
      best: undefined,
    };
    this.#safe = this.#progress;
    stepper.restore(this.#progress.state);
  }

  async *run(): AsyncGenerator<EngineEvent, StageResult> {
    const { plan, epochsBefore, epochsInAll } = this.#options;
    const meter = new ProgressMeter('TRAINING', plan.epochs * plan.stepsPerEpoch, 'steps');
    const tell = () => {
      const { epochs, losses } = this.#progress;
      return meter.at(epochs * plan.stepsPerEpoch + losses.length, epochsBefore + Math.min(epochs + 1, plan.epochs));
    };
    const end = () => earlyStop(this.#options) ?? this.#convergence();
    let stopReason = end();
    yield* tell();
    while (!stopReason && this.#progress.epochs < plan.epochs) {
      const epoch = epochsBefore + this.#progress.epochs + 1;
      yield* this.#epoch(tell);
      const { losses } = this.#progress;
      const candidate = losses.length < plan.stepsPerEpoch ? undefined : await this.#judge(epoch);
      if (!candidate) {
        stopReason = end();
        break;
      }
      // The average of the parameters may be lost in the last step, whose own loss was still a number.
      if (!Number.isFinite(candidate.loss)) {
        yield this.#goBack();
        continue;
      }
      this.#completeEpoch(candidate);
      const loss = losses.reduce((total, each) => total + each, 0) / losses.length;
      yield { type: 'epoch', stage: plan.name, epoch, epochs: epochsInAll, loss, evaluation: candidate.evaluation };
      yield* tell();
      yield* this.#report();
      stopReason = end();
    }
    const { best, epochs } = this.#progress;
    yield* meter.end(epochs * plan.stepsPerEpoch, epochsBefore + Math.max(1, epochs));
    return { best, stopReason, epochs };
  }

  /** The rest of an epoch, until it ends or a stop is asked for. The next block is made ready while the graph runs. */
  async *#epoch(tell: () => Iterable<EngineEvent>): AsyncGenerator<EngineEvent> {
    const { plan, seed, trainLabels, trainable, cancelSignal } = this.#options;
    const batches = shuffledBatches(
      pictureCount(trainLabels, trainable.classCount),
      { steps: plan.stepsPerEpoch, batchSize: plan.batchSize },
      random(seed, plan.number, this.#progress.epochs),
    );
    let block = this.#loadBlock(batches, this.#progress.losses.length);
    while (this.#progress.losses.length < plan.stepsPerEpoch) {
      const { examples, labels, steps } = await abortable(block, cancelSignal);
      const { losses } = this.#progress;
      const following = losses.length + steps;
      if (following < plan.stepsPerEpoch) block = this.#loadBlock(batches, following);
      // A failure of the block that is being loaded is met when it is awaited, if it still is.
      block.catch(() => undefined);
      const targets = targetsOf(labels, trainable.classCount, labelSmoothing);
      const learningRates = Array.from({ length: steps }, (_, step) => this.#learningRate(losses.length + step));
      const result = await this.#pace.measure(steps, () => this.#stepper.run({ examples, targets, learningRates }));
      if ([...result.losses, ...result.gradientNorms].every(Number.isFinite))
        this.#progress = {
          ...this.#progress,
          losses: [...losses, ...result.losses],
          state: this.#stepper.state,
        };
      else {
        yield this.#goBack();
        block = this.#loadBlock(batches, this.#progress.losses.length);
      }
      yield* tell();
      // Signals come through the event loop, which the run has blocked.
      await setImmediate();
      // First: who drops this training now shall know how far it is.
      if (this.#progress.losses.length < plan.stepsPerEpoch) yield* this.#report();
      if (earlyStop(this.#options)) return;
    }
  }

  async *#report(): AsyncGenerator<EngineEvent> {
    const event = await this.#options.onProgress(this.#progress);
    if (event) yield event;
  }

  async #loadBlock(batches: readonly Int32Array[], first: number) {
    const { feed, trainLabels, trainable } = this.#options;
    const chosen = batches.slice(first, first + Math.min(this.#pace.stepsOfRun, this.#stepsThatFit()));
    const pictures = Int32Array.from(chosen.flatMap((batch) => [...batch]));
    const examples = feed.allocate(pictures.length);
    await feed.fill(pictures, this.#progress.epochs, examples);
    return { examples, labels: pickLabels(trainLabels, trainable.classCount, pictures), steps: chosen.length };
  }

  #stepsThatFit(): number {
    const { feed, plan } = this.#options;
    const bytesOfNumber = feed.kind.kind === 'pixels' ? 1 : 4;
    return Math.max(1, Math.floor(mostBytesOfRun / (plan.batchSize * feed.rowLength * bytesOfNumber)));
  }

  /** By steps; by the clock where the clock is ahead, so that the cosine ends before the time does. */
  #learningRate(stepOfEpoch: number): number {
    const { plan, deadline } = this.#options;
    const { epochs, startedAt, rateScale } = this.#progress;
    const bySteps = (epochs * plan.stepsPerEpoch + stepOfEpoch) / (plan.epochs * plan.stepsPerEpoch);
    const byClock = (Date.now() - startedAt) / Math.max(1, deadline - startedAt);
    return rateScale * learningRateAt(Math.max(bySteps, byClock), { peak: plan.peakLearningRate });
  }

  #goBack(): EngineEvent {
    const epoch = this.#options.epochsBefore + this.#progress.epochs + 1;
    if (this.#safe.rateScale < 1) throw new TrainingDivergedError(epoch);
    this.#progress = this.#safe = { ...this.#safe, rateScale: rollbackScale };
    this.#stepper.restore(this.#safe.state);
    return {
      type: 'log',
      level: 'WARN',
      message: `The loss of epoch ${epoch} was no number any more: going back to its start with a smaller learning rate.`,
    };
  }

  async #judge(epoch: number): Promise<StageCandidate | undefined> {
    const parameters = this.#stepper.state.averages;
    const { classCount } = this.#options.trainable;
    const scored = await judgeParameters(parameters, { ...this.#options, forward: this.#forward, classCount });
    return scored && { epoch, parameters, ...scored };
  }

  #completeEpoch(candidate: StageCandidate): void {
    const { best, epochs, sinceBetter } = this.#progress;
    const isNew = isBetter(candidate, best ?? this.#options.toBeat);
    this.#progress = {
      ...this.#progress,
      epochs: epochs + 1,
      losses: [],
      sinceBetter: isNew ? 0 : sinceBetter + 1,
      best: isNew ? candidate : best,
    };
    this.#safe = this.#progress;
  }

  #convergence(): 'CONVERGED' | undefined {
    const { plan } = this.#options;
    const { epochs, sinceBetter } = this.#progress;
    const isStuck = epochs >= plan.fewestEpochs && sinceBetter >= plan.patience;
    return isStuck && epochs < plan.epochs ? 'CONVERGED' : undefined;
  }
}
