import type { Evaluation } from './metrics/evaluation.ts';

/** In this order: the exported file is what gets evaluated. */
export type EnginePhase = 'FEATURES' | 'TRAINING' | 'EXPORTING' | 'EVALUATING';

/** What learns: the head alone, the layers after a cut, or all of them. */
export type TrainingStage = 'HEAD' | 'SUFFIX' | 'FULL';

/** What a running training tells. Plain data: it survives structured cloning between processes. */
export type EngineEvent =
  | {
      readonly type: 'progress';
      readonly phase: EnginePhase;
      readonly done: number;
      readonly total: number;
      /** While features are extracted, an image counts once for each of its views. */
      readonly unit: 'images' | 'steps';
      /** Null where the unit is not images, or before the first were done. */
      readonly imagesPerSecond: number | null;
      /** Until the phase ends at the rate so far; null before there is a rate. */
      readonly etaSeconds: number | null;
      /** From 1, over all stages: the one under way while steps are counted; null in other phases. */
      readonly epoch: number | null;
    }
  | {
      readonly type: 'epoch';
      readonly stage: TrainingStage;
      /** From 1, over all stages. */
      readonly epoch: number;
      /** Planned for all stages; known exactly once the head is trained. */
      readonly epochs: number;
      /** Mean training cross entropy of the epoch's steps, label smoothing included. */
      readonly loss: number;
      /** On the validation pictures. */
      readonly evaluation: Evaluation;
    }
  /** The position was saved: another process can go on from here. */
  | {
      readonly type: 'checkpoint';
      readonly stage: TrainingStage;
      /** Under way, from 1 over all stages. */
      readonly epoch: number;
      /** Of what was saved, bytes. */
      readonly byteSize: number;
    }
  | { readonly type: 'log'; readonly level: 'INFO' | 'WARN'; readonly message: string }
  /** The last event: what the exported file says to the validation pictures. */
  | { readonly type: 'evaluation'; readonly evaluation: Evaluation };

export const logInfo = (message: string): EngineEvent => ({ type: 'log', level: 'INFO', message });
