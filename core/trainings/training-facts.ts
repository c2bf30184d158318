import type { EvaluationFacts, TrainingStage } from '../models/evaluation-facts.ts';

export const trainingStates = [
  'QUEUED',
  'PREPARING',
  'RUNNING',
  'EVALUATING',
  'COMPLETED',
  'FAILED',
  'CANCELLED',
] as const;
export type TrainingState = (typeof trainingStates)[number];
export const stopReasons = ['CONVERGED', 'MAX_DURATION', 'STOPPED_BY_USER'] as const;
export type StopReason = (typeof stopReasons)[number];
export const preferences = ['PERFORMANCE_FIRST', 'BALANCE', 'ACCURACY_FIRST'] as const;
export type Preference = (typeof preferences)[number];
export type StopRequest = 'STOP_AND_KEEP' | 'CANCEL';

/** No worker will touch it any more, and its stream ends. */
export function isFinal(state: TrainingState): boolean {
  return state === 'COMPLETED' || state === 'FAILED' || state === 'CANCELLED';
}

/** Whether `state` comes after `other` on the way of a training. */
export function isLaterState(state: TrainingState, other: TrainingState): boolean {
  return trainingStates.indexOf(state) > trainingStates.indexOf(other);
}

export const failureCodes = [
  'OUT_OF_MEMORY',
  'UNREADABLE_IMAGES',
  'BASE_VERSION_UNUSABLE',
  'BASE_MODEL_UNUSABLE',
  'DIVERGED',
  'DISK_FULL',
  'DEVICE_UNAVAILABLE',
  'WORKER_LOST',
  'INTERNAL',
] as const;
export type FailureCode = (typeof failureCodes)[number];

export interface TrainingFailure {
  readonly code: FailureCode;
  readonly message: string;
  /** What the person can do. */
  readonly hint: string;
  readonly retryable: boolean;
  /** The pictures that cannot be read, where that is the reason. */
  readonly imageIds?: readonly string[];
}

export const trainingPhases = ['FEATURES', 'TRAINING', 'EXPORTING', 'EVALUATING'] as const;
export type TrainingPhase = (typeof trainingPhases)[number];

export interface TrainingProgress {
  readonly phase: TrainingPhase;
  readonly done: number;
  readonly total: number;
  readonly imagesPerSecond: number | null;
  /** Seconds until the phase ends, as far as the rate so far tells. */
  readonly etaSeconds: number | null;
  /** From 1, over all stages: the epoch under way while steps are counted; null in other phases. */
  readonly epoch: number | null;
}

/** What ended an attempt before the training had ended: another attempt goes on. */
export const interruptionReasons = ['WORKER_LOST', 'WORKER_STOPPED', 'TRAINER_CRASHED'] as const;
export type InterruptionReason = (typeof interruptionReasons)[number];

/** Everything that can happen to a training, as stored in `training_event.payload` under its `type`. */
export type TrainingFact =
  | {
      readonly type: 'STATE_CHANGED';
      readonly state: TrainingState;
      readonly stopReason: StopReason | null;
      readonly failure: TrainingFailure | null;
    }
  | ({ readonly type: 'PROGRESSED' } & TrainingProgress)
  | {
      readonly type: 'EPOCH_COMPLETED';
      readonly stage: TrainingStage;
      readonly epoch: number;
      readonly epochs: number;
      readonly loss: number;
      readonly evaluation: EvaluationFacts;
    }
  /** `evaluation` on the validation split, `test` on the test split: null where there is none, absent in events of before it was measured. */
  | { readonly type: 'EVALUATED'; readonly evaluation: EvaluationFacts; readonly test?: EvaluationFacts | null }
  | { readonly type: 'LOG_LINE'; readonly level: 'INFO' | 'WARN'; readonly message: string }
  /** The position can be gone on from. `epoch` from 1, over all stages; `byteSize` of the saved state. */
  | {
      readonly type: 'CHECKPOINT_SAVED';
      readonly stage: TrainingStage;
      readonly epoch: number;
      readonly byteSize: number;
    }
  /** `attempt` is the one that ended. */
  | {
      readonly type: 'INTERRUPTED';
      readonly reason: InterruptionReason;
      readonly attempt: number;
      readonly message: string;
    }
  /** `attempt` is the one that goes on. */
  | { readonly type: 'RESUMED'; readonly attempt: number }
  | { readonly type: 'STOP_REQUESTED'; readonly request: StopRequest };

/** `V001`, `V002`, ...: at least three digits. */
export const versionLabel = (versionNumber: number): string => `V${String(versionNumber).padStart(3, '0')}`;
