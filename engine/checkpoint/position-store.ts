import { isDiskFull } from '../disk-full.ts';
import type { EngineEvent } from '../engine-event.ts';
import type { Labels } from '../labels/labels.ts';
import type { CheckpointStore } from './checkpoint-store.ts';
import { packTraining, placeOf, unpackTraining, type TrainingPosition } from './training-checkpoint.ts';

/** The position of one training. */
export interface PositionStore {
  /** Undefined when there is none, or only that of another training or engine. */
  readonly load: () => Promise<TrainingPosition | undefined>;
  /** A full disk is no reason to stop training. @returns what there is to tell of it. */
  readonly save: (position: TrainingPosition) => Promise<EngineEvent | undefined>;
}

/** @param checkpoints undefined: nothing is kept. @param validationLabels by which kept probabilities are judged again. */
export function positionStore(
  checkpoints: CheckpointStore | undefined,
  fingerprint: string,
  validationLabels: Labels,
  classCount: number,
): PositionStore {
  let isFull = false;
  return {
    load: async () => {
      const bytes = await checkpoints?.load();
      return bytes && unpackTraining(bytes, fingerprint, validationLabels, classCount);
    },
    save: async (position) => {
      if (!checkpoints) return undefined;
      const bytes = packTraining(fingerprint, position);
      try {
        await checkpoints.save(bytes);
        isFull = false;
        return { type: 'checkpoint', ...placeOf(position), byteSize: bytes.length };
      } catch (error) {
        if (!isDiskFull(error)) throw error;
        // Told once, not every few seconds.
        if (isFull) return undefined;
        isFull = true;
        return {
          type: 'log',
          level: 'WARN',
          message:
            'The disk is full: the position could not be saved. Without room for the model the training will fail.',
        };
      }
    },
  };
}
