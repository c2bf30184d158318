import { loweringFor, trainable, type ChosenLowering } from '../autodiff/index.ts';
import type { TrainingPosition } from '../checkpoint/training-checkpoint.ts';
import { logInfo, type EngineEvent } from '../engine-event.ts';
import type { PictureSource } from '../features/picture-source.ts';
import type { Device } from '../onnx/device.ts';
import type { StopSignals } from '../stopping/stop-signals.ts';
import type { TrainedOnFrozen } from '../train-frozen.ts';
import { measureSteps } from './measure-step.ts';
import { planFineTuning } from './plan-fine-tuning.ts';
import type { StagePlan } from './stage-plan.ts';
import type { TrainingBase } from './training-base.ts';
import type { Preference } from './training-plan.ts';

/** Of the cache, for activations: decoded pictures need room too. */
const shareOfActivations = 0.5;

export interface PlanningTask extends StopSignals {
  readonly base: TrainingBase;
  readonly train: Pick<PictureSource, 'count'>;
  readonly validation: Pick<PictureSource, 'count'>;
  readonly classes: readonly unknown[];
  readonly preference: Preference;
  readonly cacheBytes: number;
  readonly threads: number;
  readonly device: Device;
  readonly lowering: ChosenLowering | undefined;
}

/** Where fine-tuning begins; undefined when the head is all there will be. @throws AbortError */
export async function* firstPosition(
  task: PlanningTask,
  { leader, epochs, secondsPerPicture, seconds, crossValidated, mirrors, isComplete }: TrainedOnFrozen,
): AsyncGenerator<EngineEvent, TrainingPosition | undefined> {
  const { base, preference, threads } = task;
  if (!isComplete || preference === 'PERFORMANCE_FIRST') return undefined;
  const { network } = base;
  const { mean, std } = base.baseModel.card.input;
  const { lowering, reason } = await loweringFor(task.device, task.lowering);
  yield logInfo(reason);
  const plans = await planFineTuning({
    preference,
    network,
    trainCount: task.train.count,
    validationCount: task.validation.count,
    secondsLeft: () => (task.deadline - Date.now()) / 1000,
    secondsPerPicture,
    cacheBytes: task.cacheBytes * shareOfActivations,
    measure: (cut, name, batchSize) =>
      measureSteps(trainable({ network, cut, classCount: task.classes.length }), {
        ...task,
        lowering,
        kind: name === 'FULL' ? { kind: 'pixels', mean, std } : { kind: 'activations' },
        batchSize,
        mostThreads: threads,
      }),
  });
  if (plans.length === 0) return undefined;
  yield logInfo(`Planned: ${plans.map(describe).join(', then ')}.`);
  return {
    plans,
    lowering: lowering.name,
    threads,
    device: task.device,
    leader,
    stage: 0,
    epochsBefore: epochs,
    headEpochs: epochs,
    secondsPerPicture,
    seconds,
    crossValidated,
    mirrors,
    progress: undefined,
  };
}

const describe = ({ name, cut, epochs, stepsPerEpoch, batchSize, views, threads }: StagePlan): string =>
  `${name === 'FULL' ? 'the whole network' : `the layers after ${cut}`} for up to ${epochs} epochs of ${stepsPerEpoch} x ${batchSize} pictures` +
  `${views > 0 ? ` in ${views} views` : ''} on ${threads} thread(s)`;
