import type { Scored } from '../metrics/scored.ts';
import type { TrainingState } from '../step/index.ts';

/** Parameters of a stage that did well on the validation pictures. */
export interface StageCandidate extends Scored {
  /** Over the whole training, from 1. */
  readonly epoch: number;
  readonly parameters: Float32Array;
}

/**
 * Where a stage is between two runs: with it, an interrupted stage goes on as if nothing had happened, to the bit. (Unless a loss
 * of the same epoch turns out to be no number: then it goes back to here, not to the start of the epoch.)
 */
export interface StageProgress {
  /** Epoch milliseconds: where the clock decides the learning rate, an interruption counts. */
  readonly startedAt: number;
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
