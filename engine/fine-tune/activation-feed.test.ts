import { hash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { drain, drawnSource, noStop } from '#test/picture-source.ts';
import { keyedSource } from '#test/tiny-training.ts';
import { strongAugmentation } from '../augmentation/augmentation-settings.ts';
import { cutsOf, readNetwork, type Cut } from '../autodiff/index.ts';
import { openCacheFolder, type CacheFolder } from '../cache/index.ts';
import { openFrozenPrefix } from '../features/frozen-prefix.ts';
import type { PictureSource } from '../features/picture-source.ts';
import { openPictureCache } from '../pictures/picture-cache.ts';
import { pictureToPixels } from '../pictures/picture-to-pixels.ts';
import { tinyBaseModel } from '../testing/tiny-base-model.ts';
import { openActivationFeed, type ActivationFeedOptions } from './activation-feed.ts';
import type { ExampleFeed } from './example-feed.ts';

const baseModel = tinyBaseModel();
let cut: Cut;
let train: PictureSource;
let validation: PictureSource;
let path: string;
const opened: { close(): Promise<void> }[] = [];
beforeAll(async () => {
  cut = cutsOf(await readNetwork(baseModel.model, 'input', 'features', 32)).find(({ value }) => value !== 'input')!;
  train = await keyedSource(4);
  validation = await keyedSource(2, 100);
});
beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'exemplar-feed-'));
});
afterEach(async () => {
  for (const each of opened.splice(0).toReversed()) await each.close();
  await rm(path, { recursive: true, force: true });
});

function openFolder(budgetBytes = 1e8): CacheFolder {
  // Without a budget nothing is stored, though what is there would be found.
  const folder = openCacheFolder(budgetBytes === 0 ? join(path, 'empty') : path, {
    budgetBytes,
    lookAgainMilliseconds: 0,
  });
  opened.push(folder);
  return folder;
}

async function open(changes: Partial<ActivationFeedOptions> = {}, folder = openFolder()) {
  const options = {
    ...noStop,
    baseModel,
    cut,
    train,
    validation,
    pictures: openPictureCache(undefined),
    folder,
    augmentation: strongAugmentation,
    views: 3,
    seed: 1,
    threads: 1,
    device: 'CPU' as const,
    ...changes,
  };
  const { events, result: feed } = await drain(openActivationFeed(options));
  if (feed) opened.push(feed);
  return { events, feed, folder };
}

function counted(source: PictureSource): PictureSource & { readonly loads: number[] } {
  const loads: number[] = [];
  return { ...source, loads, load: (index) => (loads.push(index), source.load(index)) };
}

/** Rows of all training pictures in some epochs, and of all validation pictures. */
async function rowsOf(feed: ExampleFeed, count = train.count): Promise<Float32Array[]> {
  const rows: Float32Array[] = [];
  const pictures = Int32Array.from({ length: count }, (_, index) => index);
  for (let epoch = 0; epoch < 5; epoch++) {
    const into = feed.allocate(count) as Float32Array;
    await feed.fill(pictures, epoch, into);
    rows.push(into);
  }
  const into = feed.allocate(validation.count) as Float32Array;
  await feed.fillValidation(0, into);
  return [...rows, into];
}

const digest = (rows: readonly Float32Array[]) =>
  hash('sha256', Buffer.concat(rows.map(({ buffer }) => Buffer.from(buffer))));

describe('activations', () => {
  test('are those of the frozen part, of views that change from epoch to epoch', async () => {
    const { feed, events } = await open();
    const rows = await rowsOf(feed!);
    const prefix = await openFrozenPrefix(baseModel, cut.value, cut.shape, { threads: 1 });
    opened.push(prefix);
    const pixels = await pictureToPixels(await validation.load(3), { size: 32, resize: 'cover' });
    const expected = await prefix.run([pixels]);
    const { rowLength } = feed!;
    expect(rowLength).toBe(cut.bytes / 4);
    rows
      .at(-1)!
      .subarray(3 * rowLength, 4 * rowLength)
      .forEach((value, at) => expect(value).toBeCloseTo(expected[at]!, 5));
    const ofPicture = (picture: number) =>
      rows
        .slice(0, 5)
        .map((row) => Buffer.from(row.slice(picture * rowLength, (picture + 1) * rowLength).buffer).toString('hex'));
    const views =
      [...train.labels].reduce((sum, _, picture) => sum + new Set(ofPicture(picture)).size, 0) / train.count;
    expect(views).toBeGreaterThan(1.5);
    expect(views).toBeLessThanOrEqual(3);
    const total = 3 * train.count + validation.count;
    expect(events.at(0)).toMatchObject({ phase: 'FEATURES', done: 0, total });
    expect(events.at(-1)).toMatchObject({ phase: 'FEATURES', done: total, total });
  });

  test('are the same when they come from the cache of an earlier feed, and no picture is read again', async () => {
    const first = await open();
    const rows = await rowsOf(first.feed!);
    await first.folder.close();
    const source = counted(train);
    const second = await open({ train: source });
    expect(digest(await rowsOf(second.feed!))).toBe(digest(rows));
    expect(source.loads).toEqual([]);
  });

  test('are computed again where the cache lost them, or never had room', async () => {
    const source = counted(train);
    const { feed, folder } = await open({ train: source });
    const rows = await rowsOf(feed!);
    // Files that are open can be read until they are closed.
    await rm(path, { recursive: true });
    expect(digest(await rowsOf(feed!))).toBe(digest(rows));
    const before = source.loads.length;
    await folder.close();
    expect(digest(await rowsOf(feed!))).toBe(digest(rows));
    expect(source.loads.length).toBeGreaterThan(before);
    const { feed: uncached } = await open({}, openFolder(0));
    expect(digest(await rowsOf(uncached!))).toBe(digest(rows));
  });

  test('of pictures without a key are never those of another training', async () => {
    const [one, other] = [await drawnSource(3, 2), await drawnSource(3, 2, 50)];
    const { feed: first, folder } = await open({ train: one, validation: one });
    await rowsOf(first!, 6);
    const { feed: second } = await open({ train: other, validation: other }, folder);
    const { feed: uncached } = await open({ train: other, validation: other }, openFolder(0));
    const [actual, expected] = [await rowsOf(second!, 6), await rowsOf(uncached!, 6)];
    expect(digest(actual)).toBe(digest(expected));
  });
});

test('there is no feed when it is to stop before all views are there', async () => {
  expect((await open({ keepSignal: AbortSignal.abort() })).feed).toBeUndefined();
  expect((await open({ deadline: 0 })).feed).toBeUndefined();
  await expect(open({ cancelSignal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
});

test('a source that never answers does not hold up a cancelled training', async () => {
  const cancel = new AbortController();
  const load = () => {
    setImmediate(() => cancel.abort());
    return new Promise<Buffer>(() => {});
  };
  const opening = open({ train: { ...train, load }, cancelSignal: cancel.signal });
  await expect(opening).rejects.toMatchObject({ name: 'AbortError' });
});
