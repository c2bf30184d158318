import { cutsOf, type Cut, type Network } from '../autodiff/index.ts';
import type { StagePlan } from './stage-plan.ts';
import type { Preference } from './training-plan.ts';
import type { StepRates } from './measure-step.ts';

const batchSize = 32;
/** A handful of pictures makes one batch; an epoch of one step would be over before anything is learned. */
const fewestStepsPerEpoch = 5;
/** Of the multiply-adds of the whole network: a suffix below this trains about twice as fast as the whole. */
const largestSuffixShare = 0.6;
const mostViews = 8;
const fewestViews = 2;
/** Of the time that is left: the rest is for what goes slower than measured. */
const usableShare = 0.8;
/** Of that, for the activations of the views. */
const shareOfViews = 1 / 3;
/**
 * Schedules of fewer steps get a peak that is smaller in proportion: a good network is shaken by the first steps and needs many to come back
 * (docs/performance.md, Learning).
 */
const fullRateSteps = 300;
/** A schedule of fewer epochs is not worth its warm-up. */
const fewestEpochs = 3;

interface StageEffort {
  readonly seconds: (pictures: number) => number;
  readonly mostEpochs: number;
  readonly peakLearningRate: number;
}

/** 500 pictures: about 3 minutes; a few dozen: half a minute. More pictures are worth more time, but fewer epochs. */
const suffixSeconds = (pictures: number) => 20 + 0.3 * Math.min(pictures, 640) + 0.05 * Math.max(0, pictures - 640);
/** 500 pictures: about 16 minutes together with the suffix before it. */
const fullSeconds = (pictures: number) => 40 + 1.1 * Math.min(pictures, 640) + 0.2 * Math.max(0, pictures - 640);

const suffixEffort: StageEffort = { seconds: suffixSeconds, mostEpochs: 60, peakLearningRate: 1e-3 };
/** What the whole network starts from must not be less than `BALANCE` would reach. */
const patientSuffixEffort: StageEffort = { ...suffixEffort, seconds: (pictures) => 2 * suffixSeconds(pictures) };
const fullEffort: StageEffort = { seconds: fullSeconds, mostEpochs: 80, peakLearningRate: 5e-4 };

const weightDecay = 0.05;

export interface FineTuningQuestion {
  readonly preference: Preference;
  readonly network: Network;
  readonly trainCount: number;
  readonly validationCount: number;
  /** Until the model must be saved, seconds. Asked again after each measurement, which takes time too. */
  readonly secondsLeft: () => number;
  /** One picture decoded and run through the network. */
  readonly secondsPerPicture: number;
  /** Room for cached activations. */
  readonly cacheBytes: number;
  /** Measures training steps of a stage; see `measureSteps`. Undefined when it was stopped. */
  readonly measure: (cut: string, kind: StagePlan['name'], batchSize: number) => Promise<StepRates | undefined>;
}

/**
 * What to train beyond the head, so that the preference keeps its promise on this machine: nothing, a suffix, or a suffix and then the
 * whole network. Rates come from steps that were really run.
 */
export async function planFineTuning(question: FineTuningQuestion): Promise<StagePlan[]> {
  const { preference, network } = question;
  if (preference === 'PERFORMANCE_FIRST') return [];
  const cuts = cutsOf(network).filter(({ value }) => value !== network.output);
  const suffix = chooseSuffix(cuts, question);
  const whole = cuts.find(({ value }) => value === network.input);
  const plans: StagePlan[] = [];
  let secondsPlanned = 0;
  const secondsLeft = () => question.secondsLeft() * usableShare - secondsPlanned;
  const add = async (name: StagePlan['name'], cut: Cut, views: number, effort: StageEffort) => {
    const { trainCount, validationCount, secondsPerPicture } = question;
    const secondsOfViews = views === 0 ? 0 : (views * trainCount + validationCount) * secondsPerPicture;
    if (secondsLeft() <= secondsOfViews) return;
    const rates = await question.measure(cut.value, name, Math.min(batchSize, trainCount));
    if (!rates) return;
    const seconds = Math.min(secondsLeft() - secondsOfViews, effort.seconds(trainCount));
    const stage = { name, number: plans.length + 1, cut: cut.value, views };
    const plan = planStage(trainCount, stage, effort, rates, seconds);
    if (!plan) return;
    plans.push(plan);
    secondsPlanned += secondsOfViews + plan.epochs * plan.stepsPerEpoch * rates.secondsPerStep;
  };
  if (suffix) {
    const views = Math.min(suffix.views, affordableViews(question, secondsLeft()));
    if (views >= fewestViews)
      await add('SUFFIX', suffix.cut, views, preference === 'ACCURACY_FIRST' ? patientSuffixEffort : suffixEffort);
  }
  if (whole && (preference === 'ACCURACY_FIRST' || !suffix)) await add('FULL', whole, 0, fullEffort);
  return plans;
}

/** Of each training picture, so that most of the time is left to train on them. */
function affordableViews({ trainCount, validationCount, secondsPerPicture }: FineTuningQuestion, seconds: number) {
  const pictures = (seconds * shareOfViews) / secondsPerPicture;
  return Math.floor((pictures - validationCount) / trainCount);
}

/** The earliest cut that leaves clearly less than the whole to train and whose activations fit into the cache. */
function chooseSuffix(
  cuts: readonly Cut[],
  { network, trainCount, cacheBytes }: FineTuningQuestion,
): { cut: Cut; views: number } | undefined {
  // Where the whole cannot be trained, the most that can is what there is.
  const whole = cuts.find(({ value }) => value === network.input)?.multiplyAdds ?? Infinity;
  for (const cut of cuts) {
    if (cut.value === network.input || cut.multiplyAdds > whole * largestSuffixShare) continue;
    const views = Math.min(mostViews, Math.floor(cacheBytes / (cut.bytes * trainCount)) - 1);
    if (views >= fewestViews) return { cut, views };
  }
  return undefined;
}

/** Undefined when there is not even time for a few epochs. */
function planStage(
  trainCount: number,
  stage: Pick<StagePlan, 'name' | 'number' | 'cut' | 'views'>,
  { mostEpochs, peakLearningRate }: StageEffort,
  { secondsPerStep, threads }: StepRates,
  seconds: number,
): StagePlan | undefined {
  const batch = Math.min(batchSize, trainCount);
  const stepsPerEpoch = Math.max(fewestStepsPerEpoch, Math.ceil(trainCount / batch));
  const epochs = Math.min(mostEpochs, Math.floor(seconds / (stepsPerEpoch * secondsPerStep)));
  if (epochs < fewestEpochs) return undefined;
  return {
    ...stage,
    batchSize: batch,
    stepsPerEpoch,
    epochs,
    // The cosine brings its best at its end: only a clear standstill before is a reason to stop.
    fewestEpochs: Math.ceil(epochs * 0.6),
    patience: Math.max(6, Math.ceil(epochs * 0.3)),
    peakLearningRate: peakLearningRate * Math.min(1, (epochs * stepsPerEpoch) / fullRateSteps),
    weightDecay,
    threads,
  };
}
