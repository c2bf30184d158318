import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drain, drawnSource, noStop, sourceOf } from '#test/picture-source.ts';
import { drawPicture } from '#test/pictures.ts';
import { openPictureCache } from '../pictures/picture-cache.ts';
import { pictureToPixels } from '../pictures/picture-to-pixels.ts';
import { tinyBaseModel } from '../testing/tiny-base-model.ts';
import { extractFeatures } from './extract-features.ts';
import type { FeatureTable } from './feature-table.ts';
import { openFrozenPrefix, type FrozenPrefix } from './frozen-prefix.ts';
import type { PictureSource } from './picture-source.ts';
import { UnreadablePicturesError } from './unreadable-pictures-error.ts';

let prefix: FrozenPrefix;
/** Nothing is kept. */
const pictures = openPictureCache(undefined);
beforeAll(async () => {
  prefix = await openFrozenPrefix(tinyBaseModel(), 'features', [128], { threads: 1 });
});
afterAll(() => prefix.close());

const features = (table: FeatureTable, picture: number, view = 0): number[] => {
  const row = view * table.count + picture;
  return [...table.values.subarray(row * table.dimension, (row + 1) * table.dimension)];
};

/** Counts how often pictures are loaded. */
function counted(source: PictureSource): PictureSource & { readonly loads: number[] } {
  const loads: number[] = [];
  return { ...source, loads, load: (index) => (loads.push(index), source.load(index)) };
}

const raised = AbortSignal.abort();

describe('extractFeatures', () => {
  it('extracts every picture in every view, view 0 as prediction sees it', async () => {
    const [train, validation] = [await drawnSource(3, 15), await drawnSource(3, 2, 100)];
    const { events, result } = await drain(
      extractFeatures(prefix, train, validation, { ...noStop, views: 3, seed: 1, pictures }),
    );
    expect([...result.train.finishedViews]).toEqual(Array<number>(45).fill(3));
    expect([...result.validation.finishedViews]).toEqual(Array<number>(6).fill(1));
    for (const [source, table] of [
      [train, result.train],
      [validation, result.validation],
    ] as const)
      for (const picture of [0, 5]) {
        const pixels = await pictureToPixels(await source.load(picture), prefix);
        const expected = [...(await prefix.run([pixels]))];
        features(table, picture).forEach((value, column) => expect(value).toBeCloseTo(expected[column]!, 4));
      }
    expect(features(result.train, 7, 1)).not.toEqual(features(result.train, 7, 0));
    expect(features(result.train, 7, 2)).not.toEqual(features(result.train, 7, 1));
    expect(events.at(0)).toMatchObject({
      type: 'progress',
      phase: 'FEATURES',
      done: 0,
      total: 3 * 45 + 6,
      unit: 'images',
    });
    expect(events.at(-1)).toMatchObject({ done: 3 * 45 + 6, etaSeconds: 0 });
  });

  it('draws the views of a picture from the seed and its number alone', async () => {
    const [whole, validation] = [await drawnSource(2, 40), await drawnSource(2, 1, 100)];
    const part = sourceOf(await Promise.all([0, 1, 2].map((index) => whole.load(index))), [0, 1, 1]);
    const extract = async (train: PictureSource, seed: number) =>
      (await drain(extractFeatures(prefix, train, validation, { ...noStop, views: 3, seed, pictures }))).result.train;
    const [all, some, again, other] = [
      await extract(whole, 5),
      await extract(part, 5),
      await extract(whole, 5),
      await extract(whole, 6),
    ];
    expect(again.values).toEqual(all.values);
    for (const view of [1, 2]) {
      for (const picture of [0, 1, 2])
        features(some, picture, view).forEach((value, column) =>
          expect(value).toBeCloseTo(features(all, picture, view)[column]!, 4),
        );
      expect(features(other, 0, view)).not.toEqual(features(all, 0, view));
    }
  });

  it.each([
    ['the deadline is past', { ...noStop, deadline: 0 }],
    ['the user wants what there is', { ...noStop, keepSignal: raised }],
  ])('stops early when %s, but never before each class has a picture', async (_, signals) => {
    const classCount = prefix.batchSize + 5;
    // One picture a class first, then many of class 0: in the order of the source most classes would come last.
    const labels = [...Array<number>(100).fill(0), ...Array.from({ length: classCount - 1 }, (_, index) => index + 1)];
    const picture = await drawPicture(0, 0);
    const train = counted(
      sourceOf(
        labels.map(() => picture),
        labels,
      ),
    );
    const validation = counted(await drawnSource(2, 30, 100));
    const { result } = await drain(
      extractFeatures(prefix, train, validation, { ...signals, views: 4, seed: 1, pictures }),
    );
    const covered = new Set(labels.filter((_, index) => result.train.finishedViews[index]! > 0));
    expect(covered.size).toBe(classCount);
    expect(result.train.finishedViews.filter((views) => views > 0).length).toBeLessThan(labels.length);
    expect(result.validation.finishedViews).toContain(0);
    // Rows of unfinished views hold nothing.
    const unfinished = result.train.finishedViews.indexOf(0);
    expect(features(result.train, unfinished).every((value) => value === 0)).toBe(true);
  });

  it('collects all pictures that cannot be read, of both sides, before it fails, and makes no further views', async () => {
    const good = await drawPicture(0, 0);
    const broken = [new Error('the object is missing'), good.subarray(0, good.length / 2), Buffer.from('no picture')];
    const files = Array.from({ length: 70 }, (_, index) => broken[[3, 40, 69].indexOf(index)] ?? good);
    const train = counted(
      sourceOf(
        files,
        files.map((_, index) => index % 2),
      ),
    );
    const validation = counted(sourceOf([good, broken[0]!, good], [0, 1, 1]));
    const extracting = drain(extractFeatures(prefix, train, validation, { ...noStop, views: 4, seed: 1, pictures }));
    const error = await extracting.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UnreadablePicturesError);
    expect((error as UnreadablePicturesError).indices).toEqual({ train: [3, 40, 69], validation: [1] });
    expect((error as Error).message).toBe('4 pictures could not be read. Remove or replace them and train again.');
    expect(train.loads.toSorted((a, b) => a - b)).toEqual(files.map((_, index) => index));
    expect(validation.loads).toHaveLength(3);
  });

  it('throws an AbortError when it is cancelled, also in the middle', async () => {
    const [train, validation] = [await drawnSource(2, 40), await drawnSource(2, 2, 100)];
    const extract = (cancelSignal: AbortSignal, source: PictureSource = train) =>
      drain(extractFeatures(prefix, source, validation, { ...noStop, cancelSignal, views: 2, seed: 1, pictures }));
    await expect(extract(AbortSignal.abort(new Error('reason')))).rejects.toMatchObject({ name: 'AbortError' });
    const controller = new AbortController();
    const source = counted(train);
    const load = async (index: number) => {
      if (source.loads.length === 50) controller.abort();
      return source.load(index);
    };
    await expect(extract(controller.signal, { ...source, load })).rejects.toMatchObject({ name: 'AbortError' });
    expect(source.loads.length).toBeLessThan(80);
  });
});
