import type { ConvolutionLowering } from '../autodiff/index.ts';
import type { TrainingStage } from '../engine-event.ts';
import type { CrossValidatedEstimate } from '../head/cross-validated-estimate.ts';
import type { StageProgress } from '../fine-tune/stage-progress.ts';
import type { Labels } from '../labels/labels.ts';
import { score } from '../metrics/scored.ts';
import type { Device } from '../onnx/device.ts';
import type { StagePlan } from '../plan/stage-plan.ts';
import { readCheckpoint, writeCheckpoint } from './checkpoint-format.ts';

/** The best parameters so far. */
export interface Leader {
  readonly stage: TrainingStage;
  /** Value of the network from which on the parameters take the place of the base model's. */
  readonly cut: string;
  /** Over all stages; 0 = the initial head. */
  readonly epoch: number;
  /** Flat. */
  readonly parameters: Float32Array;
  /** [validation, classes]. */
  readonly probabilities: Float32Array;
}

/** Where a training is once its head is trained. */
export interface TrainingPosition {
  readonly plans: readonly StagePlan[];
  /** With the threads of the plans, what decides how numbers are rounded: whoever goes on must do it the same way. */
  readonly lowering: ConvolutionLowering['name'];
  /** Of the frozen part's forward pass. */
  readonly threads: number;
  /** On which it ran so far; its state is the same everywhere, see {@link onDevice}. */
  readonly device: Device;
  readonly leader: Leader;
  /** Index into the plans of the stage under way. */
  readonly stage: number;
  /** Epochs of the head and of the stages that are complete. */
  readonly epochsBefore: number;
  readonly headEpochs: number;
  /** Measured: one picture decoded and run through the network. */
  readonly secondsPerPicture: number;
  readonly seconds: { readonly FEATURES: number; readonly TRAINING: number };
  readonly crossValidated: CrossValidatedEstimate | undefined;
  /** Whether views are mirrored half of the time. */
  readonly mirrors: boolean;
  /** Undefined at the start of the stage. */
  readonly progress: StageProgress | undefined;
}

/** What is learning, and in which epoch; once all stages are over, the last of both. */
export function placeOf({ plans, stage, epochsBefore, progress }: TrainingPosition): {
  readonly stage: TrainingStage;
  /** From 1, over all stages. */
  readonly epoch: number;
} {
  const plan = plans[stage];
  if (!plan) return { stage: plans.at(-1)!.name, epoch: epochsBefore };
  return { stage: plan.name, epoch: epochsBefore + Math.min((progress?.epochs ?? 0) + 1, plan.epochs) };
}

interface ProgressFacts extends Omit<StageProgress, 'state' | 'best'> {
  readonly steps: number;
  readonly bestEpoch: number | null;
}

interface Facts extends Omit<TrainingPosition, 'leader' | 'progress' | 'device'> {
  /** Absent in files of before there was another than the CPU. */
  readonly device?: Device;
  /** Of everything that the position depends on: another training's checkpoint is none. */
  readonly fingerprint: string;
  readonly leader: Omit<Leader, 'parameters' | 'probabilities'>;
  readonly progress: ProgressFacts | null;
}

export function packTraining(fingerprint: string, position: TrainingPosition): Buffer {
  const { leader, progress, ...rest } = position;
  const { parameters, probabilities, ...leaderFacts } = leader;
  const facts: Facts = {
    ...rest,
    fingerprint,
    leader: leaderFacts,
    progress: progress ? progressFacts(progress) : null,
  };
  const { steps: _, ...state } = progress?.state ?? { steps: 0 };
  return writeCheckpoint({
    facts,
    arrays: {
      leader: parameters,
      leaderProbabilities: probabilities,
      ...state,
      ...(progress?.best ? { best: progress.best.parameters, bestProbabilities: progress.best.probabilities } : {}),
    },
  });
}

function progressFacts({ state, best, ...facts }: StageProgress): ProgressFacts {
  return { ...facts, steps: state.steps, bestEpoch: best?.epoch ?? null };
}

/**
 * @param labels of the validation pictures, by which kept probabilities are judged again.
 * @returns undefined for anything but a whole checkpoint of this very training.
 */
export function unpackTraining(
  bytes: Buffer,
  fingerprint: string,
  labels: Labels,
  classCount: number,
): TrainingPosition | undefined {
  const checkpoint = readCheckpoint<Facts>(bytes);
  if (checkpoint?.facts.fingerprint !== fingerprint) return undefined;
  const { fingerprint: _, leader, progress, ...rest } = checkpoint.facts;
  const array = (name: string) => checkpoint.arrays[name]!;
  const restored = ({ steps, bestEpoch, ...facts }: ProgressFacts): StageProgress => ({
    ...facts,
    state: {
      parameters: array('parameters'),
      means: array('means'),
      variances: array('variances'),
      averages: array('averages'),
      steps,
    },
    best:
      bestEpoch === null
        ? undefined
        : { epoch: bestEpoch, parameters: array('best'), ...score(labels, array('bestProbabilities'), classCount) },
  });
  return {
    ...rest,
    device: rest.device ?? 'CPU',
    leader: { ...leader, parameters: array('leader'), probabilities: array('leaderProbabilities') },
    progress: progress ? restored(progress) : undefined,
  };
}
