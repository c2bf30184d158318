import { augmentPicture } from '../augmentation/augment-picture.ts';
import { gentleAugmentation } from '../augmentation/augmentation-settings.ts';
import type { EngineEvent } from '../engine-event.ts';
import type { PictureCache } from '../pictures/picture-cache.ts';
import { ProgressMeter } from '../progress-meter.ts';
import { random } from '../random/random.ts';
import { earlyStop, type StopSignals } from '../stopping/stop-signals.ts';
import { decodeAhead } from './decode-ahead.ts';
import { emptyFeatureTable, storeFeatures, type FeatureTable } from './feature-table.ts';
import type { FrozenPrefix } from './frozen-prefix.ts';
import { strataOf } from '../labels/labels.ts';
import { interleaveClasses } from './interleave-classes.ts';
import { pictureSeed } from './picture-seed.ts';
import type { PictureSource } from './picture-source.ts';
import { UnreadablePicturesError } from './unreadable-pictures-error.ts';

export interface ExtractedFeatures {
  readonly train: FeatureTable;
  /** One view each. */
  readonly validation: FeatureTable;
  readonly seconds: number;
}

interface Pass {
  readonly source: PictureSource;
  readonly table: FeatureTable;
  readonly order: Int32Array;
  readonly firstView: number;
  readonly views: number;
  /** Pictures to finish even when there is no time left. */
  readonly atLeast: number;
  readonly unreadable: Set<number>;
  readonly decode: (index: number) => Promise<readonly Uint8Array[]>;
}

/**
 * Runs every picture through the base model: first all training pictures and all validation pictures as prediction will see them,
 * then the further training views, cut from one decode. Stops early when asked to, but never before each class has a picture.
 * @throws {UnreadablePicturesError} after all pictures were tried. @throws AbortError
 */
export async function* extractFeatures(
  extractor: FrozenPrefix,
  train: PictureSource,
  validation: PictureSource,
  options: { readonly views: number; readonly seed: number; readonly pictures: PictureCache } & StopSignals,
): AsyncGenerator<EngineEvent, ExtractedFeatures> {
  const { views, seed, pictures } = options;
  const dimension = extractor.rowLength;
  // Where pictures carry several labels there is a column for each.
  const { order, firstRound } = interleaveClasses(strataOf(train.labels, train.labels.length / train.count));
  const trainTable = emptyFeatureTable(train.count, views, dimension);
  const validationTable = emptyFeatureTable(validation.count, 1, dimension);
  const unreadable = { train: new Set<number>(), validation: new Set<number>() };
  const asPredicted = (source: PictureSource) => async (index: number) => [
    await pictures.pixels(source, index, extractor),
  ];
  const passes: Pass[] = [
    {
      source: train,
      table: trainTable,
      order,
      firstView: 0,
      views: 1,
      atLeast: firstRound,
      unreadable: unreadable.train,
      decode: asPredicted(train),
    },
    {
      source: validation,
      table: validationTable,
      order: Int32Array.from({ length: validation.count }, (_, index) => index),
      firstView: 0,
      views: 1,
      atLeast: 0,
      unreadable: unreadable.validation,
      decode: asPredicted(validation),
    },
  ];
  if (views > 1) {
    const decode = async (index: number) => {
      const picture = await pictures.roomyPixels(train, index, extractor);
      return Array.from({ length: views - 1 }, (_, view) =>
        augmentPicture(picture, extractor.size, random(seed, pictureSeed(train, index), view + 1), gentleAugmentation),
      );
    };
    passes.push({
      source: train,
      table: trainTable,
      order,
      firstView: 1,
      views: views - 1,
      atLeast: 0,
      unreadable: unreadable.train,
      decode,
    });
  }
  const meter = new ProgressMeter('FEATURES', train.count * views + validation.count, 'images');
  let done = 0;
  yield* meter.at(done);
  for (const pass of passes) {
    // A set with unreadable pictures fails anyway: all of them are looked for, but no further views are made.
    if (pass.firstView > 0 && unreadable.train.size + unreadable.validation.size > 0) break;
    for await (const images of runPass(extractor, pass, options)) {
      done += images;
      yield* meter.at(done);
    }
  }
  if (unreadable.train.size + unreadable.validation.size > 0)
    throw new UnreadablePicturesError({
      train: ascending(unreadable.train),
      validation: ascending(unreadable.validation),
    });
  return { train: trainTable, validation: validationTable, seconds: meter.seconds };
}

/** Yields how many views were just done. */
async function* runPass(extractor: FrozenPrefix, pass: Pass, signals: StopSignals): AsyncGenerator<number> {
  const batchSize = Math.max(1, Math.floor(extractor.batchSize / pass.views));
  let tried = 0;
  for await (const batch of decodeAhead(pass.order, batchSize, pass.decode, signals.cancelSignal)) {
    const readable = batch.filter((picture) => 'value' in picture);
    for (const picture of batch) if ('error' in picture) pass.unreadable.add(picture.index);
    if (readable.length > 0) {
      const features = await extractor.run(readable.flatMap(({ value }) => value));
      const perPicture = pass.views * extractor.rowLength;
      readable.forEach(({ index }, at) =>
        storeFeatures(pass.table, index, pass.firstView, features.subarray(at * perPicture, (at + 1) * perPicture)),
      );
    }
    tried += batch.length;
    yield batch.length * pass.views;
    if (earlyStop(signals) && tried >= pass.atLeast) return;
  }
}

const ascending = (indices: Set<number>) => [...indices].sort((a, b) => a - b);
