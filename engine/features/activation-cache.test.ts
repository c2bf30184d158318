import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCacheFolder, type CacheFolder } from '../cache/cache-folder.ts';
import { openPictureCache } from '../pictures/picture-cache.ts';
import { random } from '../random/random.ts';
import { generatedPictures } from '../testing/generated-pictures.ts';
import { openActivationCache, type ActivationKey, type ActivationRow } from './activation-cache.ts';
import { pictureSeed } from './picture-seed.ts';

const key: ActivationKey = { baseModelSha256: 'ab'.repeat(32), cut: 'stage4/relu', inputSize: 96, viewSeed: 7 };
const rowLength = 100;
const megabyte = 1024 * 1024;

let path: string;
const opened: CacheFolder[] = [];
beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'exemplar-cache-'));
});
afterEach(async () => {
  for (const folder of opened.splice(0)) await folder.close();
  await rm(path, { recursive: true, force: true });
});

function openFolder(budgetBytes = 64 * megabyte): CacheFolder {
  const folder = openCacheFolder(path, { budgetBytes, lookAgainMilliseconds: 0 });
  opened.push(folder);
  return folder;
}

const row = (number: number): ActivationRow => ({ picture: `picture-${number >> 1}`, view: number & 1 });
const rows = (...numbers: number[]) => numbers.map(row);

/** What the graph would say: depends on the row alone. */
function computed(numbers: readonly number[], length = rowLength): Float32Array {
  return Float32Array.from({ length: numbers.length * length }, (_, at) =>
    random(numbers[Math.floor(at / length)]!, at % length).uniform(),
  );
}

describe('an activation cache', () => {
  it('gives rows back to the bit, in any order, into a batch', async () => {
    const numbers = Array.from({ length: 200 }, (_, number) => number);
    const writing = openFolder();
    await (await openActivationCache(writing, key, rowLength)).write(rows(...numbers), computed(numbers));
    await writing.close();

    const cache = await openActivationCache(openFolder(), key, rowLength);
    const draw = random(3);
    for (let round = 0; round < 20; round++) {
      const picked = Array.from({ length: 32 }, () => draw.integer(200));
      const batch = new Float32Array(32 * rowLength);
      expect(await cache.read(rows(...picked), batch)).toEqual([]);
      expect(batch).toEqual(computed(picked));
    }
  });

  it('says which rows are missing, so that an interrupted training computes only those', async () => {
    const first = openFolder();
    const interrupted = await openActivationCache(first, key, rowLength);
    await interrupted.write(rows(0, 1, 4), computed([0, 1, 4]));
    await first.close();
    const cache = await openActivationCache(openFolder(), key, rowLength);
    expect([0, 1, 2, 3, 4, 5].filter((number) => !cache.has(row(number)))).toEqual([2, 3, 5]);
    const batch = new Float32Array(6 * rowLength);
    const missing = await cache.read(rows(5, 4, 3, 2, 1, 0), batch);
    expect(missing).toEqual([0, 2, 3]);
    await cache.write(rows(5, 3, 2), computed([5, 3, 2]));
    expect(await cache.read(rows(5, 4, 3, 2, 1, 0), batch)).toEqual([]);
    expect(batch).toEqual(computed([5, 4, 3, 2, 1, 0]));
  });

  it('never mixes up rows of another base model, cut, size, seed, variant or length', async () => {
    const folder = openFolder();
    await (await openActivationCache(folder, key, rowLength)).write(rows(0), computed([0]));
    const others: ActivationKey[] = [
      { ...key, baseModelSha256: 'cd'.repeat(32) },
      { ...key, cut: 'stage3/relu' },
      { ...key, inputSize: 128 },
      { ...key, viewSeed: 8 },
      { ...key, variant: 'no flip' },
    ];
    for (const other of others)
      expect(await (await openActivationCache(folder, other, rowLength)).read(rows(0), new Float32Array(100))).toEqual([
        0,
      ]);
    expect((await openActivationCache(folder, key, 99)).has(row(0))).toBe(false);
    expect((await openActivationCache(folder, key, rowLength)).has(row(0))).toBe(true);
  });

  it('refuses values that do not fit the rows', async () => {
    const cache = await openActivationCache(openFolder(), key, rowLength);
    await expect(cache.read(rows(0, 1), new Float32Array(100))).rejects.toThrow(RangeError);
    await expect(cache.write(rows(0), new Float32Array(101))).rejects.toThrow('101 values do not fit 1 rows of 100');
  });

  it('shares its budget with the pictures', async () => {
    const budgetBytes = 4 * megabyte;
    const folder = openFolder(budgetBytes);
    const pictures = openPictureCache(folder);
    const source = generatedPictures(40, { side: 64 });
    for (let index = 0; index < 40; index++) await pictures.pixels(source, index, { size: 96, resize: 'cover' });
    const wide = 50_000;
    const cache = await openActivationCache(folder, key, wide);
    for (let number = 0; number < 40; number++) await cache.write(rows(number), computed([number], wide));
    const files = (await readdir(path, { recursive: true })).filter((file) => file.endsWith('.shard'));
    const sizes = await Promise.all(files.map(async (file) => (await stat(join(path, file))).size));
    expect(sizes.reduce((total, size) => total + size)).toBeLessThanOrEqual(budgetBytes);
    const kept = Array.from({ length: 40 }, (_, number) => number).filter((number) => cache.has(row(number)));
    // Two shards of 1 MiB are the pictures', two are left: five rows of 200,000 bytes each.
    expect(kept).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});

describe('pictureSeed', () => {
  it('is the same wherever the picture stands, and its index where it has no name', () => {
    const seedAt = (index: number, key: string) => pictureSeed({ keyOf: () => key }, index);
    expect(seedAt(3, 'a')).toBe(seedAt(9, 'a'));
    expect(seedAt(3, 'a')).not.toBe(seedAt(3, 'b'));
    expect(seedAt(0, 'a')).toBeLessThan(2 ** 32);
    expect(pictureSeed({}, 5)).toBe(5);
    expect(pictureSeed({ keyOf: () => undefined }, 5)).toBe(5);
  });
});
