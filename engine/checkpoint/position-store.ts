import type { CheckpointStore } from './checkpoint-store.ts';
import type { Labels } from '../labels/labels.ts';
import { packTraining, unpackTraining, type TrainingPosition } from './training-checkpoint.ts';

/** The position of one training. */
export interface PositionStore {
  /** Undefined when there is none, or only that of another training or engine. */
  readonly load: () => Promise<TrainingPosition | undefined>;
  readonly save: (position: TrainingPosition) => Promise<void>;
}

/** @param checkpoints undefined: nothing is kept. @param validationLabels by which kept probabilities are judged again. */
export function positionStore(
  checkpoints: CheckpointStore | undefined,
  fingerprint: string,
  validationLabels: Labels,
  classCount: number,
): PositionStore {
  return {
    load: async () => {
      const bytes = await checkpoints?.load();
      return bytes && unpackTraining(bytes, fingerprint, validationLabels, classCount);
    },
    save: async (position) => checkpoints?.save(packTraining(fingerprint, position)),
  };
}
