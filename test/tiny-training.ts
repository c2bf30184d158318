import { tinyBaseModel } from '#engine/testing/tiny-base-model.ts';
import type { PictureSource } from '#engine/features/picture-source.ts';
import type { TrainOptions } from '#engine/train.ts';
import { drawnSource, noStop } from './picture-source.ts';

export const tinyClasses = ['cat', 'dog', 'owl'].map((name) => ({ id: `id-${name}`, name }));

/** Drawn pictures of three classes with keys, so that they and their activations can be found in a cache again. */
export async function keyedSource(perClass: number, firstNumber = 0): Promise<PictureSource> {
  const source = await drawnSource(3, perClass, firstNumber);
  return { ...source, keyOf: (index) => `drawn-${source.labels[index]}-${firstNumber + (index % perClass)}` };
}

/** A training of a second or so, on one thread: what it leaves depends on the seed alone. */
export async function tinyTraining(changes: Partial<TrainOptions> = {}): Promise<TrainOptions> {
  return {
    ...noStop,
    baseModel: tinyBaseModel(),
    classes: tinyClasses,
    train: await keyedSource(6),
    validation: await keyedSource(4, 100),
    preference: 'BALANCE',
    seed: 1,
    threads: 1,
    ...changes,
  };
}
