import { createHash } from 'node:crypto';
import type { BaseModel } from './base-model.ts';
import type { PictureSource } from './features/picture-source.ts';
import { pickLabels } from './labels/labels.ts';
import type { Preference } from './plan/training-plan.ts';

/** Of the way trainings run. Counted up when it changes: a checkpoint of an older one must not be gone on with. */
export const recipeVersion = 4;

/** Digest of everything that decides how a training runs, the clock and the machine aside. */
export function trainingFingerprint(training: {
  readonly baseModel: BaseModel;
  readonly classIds: readonly string[];
  readonly train: PictureSource;
  readonly validation: PictureSource;
  readonly preference: Preference;
  readonly seed: number;
}): string {
  const { baseModel, classIds, preference, seed } = training;
  const hash = createHash('sha256');
  hash.update(
    JSON.stringify([recipeVersion, baseModel.card.sha256, baseModel.card.input.size, classIds, preference, seed]),
  );
  for (const source of [training.train, training.validation]) {
    hash.update(`\n${source.count}\n`);
    for (let index = 0; index < source.count; index++)
      hash.update(`${labelsOf(source, classIds.length, index)} ${source.keyOf?.(index) ?? ''}\n`);
  }
  return hash.digest('hex');
}

const labelsOf = ({ labels }: PictureSource, classCount: number, index: number) =>
  pickLabels(labels, classCount, Int32Array.of(index)).join();
