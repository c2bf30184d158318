import { setImmediate } from 'node:timers/promises';
import type { EngineEvent } from '../engine-event.ts';
import { finishedRows, type FeatureTable } from '../features/feature-table.ts';
import { interleaveClasses } from '../features/interleave-classes.ts';
import { strataOf, type Labels } from '../labels/labels.ts';
import { isBetter, score, type Scored } from '../metrics/scored.ts';
import { cosineLearningRate } from '../plan/cosine-learning-rate.ts';
import type { TrainingPlan } from '../plan/training-plan.ts';
import { ProgressMeter } from '../progress-meter.ts';
import { earlyStop, type StopSignals } from '../stopping/stop-signals.ts';
import type { ClassifierHead } from './classifier-head.ts';
import { epochBatches } from './epoch-batches.ts';
import { openHeadEvaluator } from './head-probabilities.ts';
import { openHeadStepper } from './head-stepper.ts';
import { continueFrom } from './continue-from.ts';
import { foldStandardisation, type LinearHead } from './linear-head.ts';
import { mostRidgePictures, ridgeHead } from './ridge-head.ts';
import { RunPace } from './run-pace.ts';
import { lossOf } from '../labels/loss-of.ts';
import { fitStandardisation, standardise } from './standardisation.ts';

/** Chosen on four picture sets and two base models: README.md, "The head". */
const peakLearningRate = 1e-3;
const weightDecay = 3;
const labelSmoothing = 0.1;

/** A run of the graph cannot be interrupted: this long, milliseconds, at most a little over. */
const runMilliseconds = 250;

export interface HeadTraining extends StopSignals {
  readonly train: FeatureTable;
  readonly trainLabels: Labels;
  readonly validation: FeatureTable;
  readonly validationLabels: Labels;
  readonly classIds: readonly string[];
  readonly plan: TrainingPlan;
  readonly seed: number;
  readonly previous?: ClassifierHead;
}

export interface TrainedHead {
  /** On raw features. */
  readonly head: LinearHead;
  /** Of the best epoch; undefined when validation features are incomplete. */
  readonly scored: Scored | undefined;
  readonly stopReason: 'CONVERGED' | 'MAX_DURATION' | 'STOPPED_BY_USER';
  readonly epochs: number;
  readonly bestEpoch: number;
  readonly seconds: number;
}

interface Candidate extends Scored {
  readonly epoch: number;
  readonly head: LinearHead;
}

/**
 * Trains the linear head on frozen features and keeps the epoch that does best on the validation pictures. Standardises both
 * tables in place.
 * @throws AbortError
 */
export async function* trainHead(options: HeadTraining): AsyncGenerator<EngineEvent, TrainedHead> {
  const { train, trainLabels, validation, validationLabels, plan } = options;
  const { dimension } = train;
  const classCount = options.classIds.length;
  const meter = new ProgressMeter('TRAINING', plan.epochs * plan.stepsPerEpoch, 'steps');
  yield* meter.at(0, 1);
  const rows = finishedRows(train);
  const standardisation = fitStandardisation(train.values, dimension, rows);
  standardise(train.values, standardisation);
  standardise(validation.values, standardisation);
  const fresh = ridgeHead(train.values, dimension, trainLabels, ridgeRows(train, trainLabels, classCount), classCount);
  const initial = options.previous ? continueFrom(options.previous, options.classIds, fresh, standardisation) : fresh;
  const finish = (head: LinearHead) => foldStandardisation(head, standardisation);
  let stopReason = earlyStop(options);
  // Extraction was cut off: what it left out must not be judged, though the clock may look better by now.
  if (validation.finishedViews.includes(0))
    return {
      head: finish(initial),
      scored: undefined,
      stopReason: stopReason ?? 'MAX_DURATION',
      epochs: 0,
      bestEpoch: 0,
      seconds: meter.seconds,
    };

  const loss = lossOf(trainLabels);
  await using resources = new AsyncDisposableStack();
  const evaluator = resources.adopt(await openHeadEvaluator(dimension, classCount, loss), (each) => each.close());
  const settings = { dimension, classCount, weightDecay, labelSmoothing, loss };
  const stepper = resources.adopt(await openHeadStepper(settings, train.values, trainLabels, initial), (each) =>
    each.close(),
  );
  const judge = async (epoch: number): Promise<Candidate> => {
    const { head } = stepper;
    const probabilities = await evaluator.probabilities(validation.values, head);
    return { epoch, head, ...score(validationLabels, probabilities, classCount) };
  };
  let best = await judge(0);
  let epoch = 0;
  const pace = new RunPace(runMilliseconds);
  while (!stopReason && epoch < plan.epochs && epoch - best.epoch < plan.patience) {
    const batches = epochBatches(train, {
      seed: options.seed,
      epoch,
      steps: plan.stepsPerEpoch,
      batchSize: plan.batchSize,
    });
    const losses: number[] = [];
    while (losses.length < batches.length && !stopReason) {
      const chunk = batches.slice(losses.length, losses.length + pace.stepsOfRun);
      const firstStep = epoch * plan.stepsPerEpoch + losses.length;
      const rates = chunk.map((_, step) =>
        cosineLearningRate(peakLearningRate, firstStep + step, plan.epochs * plan.stepsPerEpoch),
      );
      losses.push(...(await pace.measure(chunk.length, () => stepper.run(chunk, rates))));
      // Signals come through the event loop, which the run has blocked.
      await setImmediate();
      stopReason = earlyStop(options);
    }
    if (losses.length < batches.length) break;
    epoch += 1;
    const candidate = await judge(epoch);
    if (isBetter(candidate, best)) best = candidate;
    yield {
      type: 'epoch',
      stage: 'HEAD',
      epoch,
      epochs: plan.epochs,
      loss: mean(losses),
      evaluation: candidate.evaluation,
    };
    yield* meter.at(epoch * plan.stepsPerEpoch, Math.min(epoch + 1, plan.epochs));
    stopReason = earlyStop(options);
  }
  yield* meter.end(epoch * plan.stepsPerEpoch, Math.max(1, epoch));
  return {
    head: finish(best.head),
    scored: best,
    // All planned epochs done at the very moment of a stop is still the result that was planned.
    stopReason: epoch === plan.epochs ? 'CONVERGED' : (stopReason ?? 'CONVERGED'),
    epochs: epoch,
    bestEpoch: best.epoch,
    seconds: meter.seconds,
  };
}

/** View 0 of as many pictures as fit, of all classes alike. */
function ridgeRows(train: FeatureTable, labels: Labels, classCount: number): Int32Array {
  return interleaveClasses(strataOf(labels, classCount))
    .order.filter((picture) => train.finishedViews[picture]! > 0)
    .subarray(0, mostRidgePictures);
}

const mean = (values: readonly number[]) => values.reduce((total, value) => total + value, 0) / values.length;
