import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import * as fc from 'fast-check';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCacheFolder, type CacheFolder } from '../cache/cache-folder.ts';
import { decodeAhead } from '../features/decode-ahead.ts';
import { random } from '../random/random.ts';
import { shuffledIndices } from '../random/shuffle.ts';
import { generatedPictures } from '../testing/generated-pictures.ts';
import { openPictureCache, type PictureLoader } from './picture-cache.ts';
import { pictureToPixels } from './picture-to-pixels.ts';
import { mostRoomyBytes, pictureToRoomyPixels } from './picture-to-roomy-pixels.ts';

const geometry = { size: 96, resize: 'cover' } as const;
const megabyte = 1024 * 1024;
/** Of the smallest shard. */
const picturesOfShard = Math.floor(megabyte / (96 * 96 * 3 + 36));

let path: string;
const opened: CacheFolder[] = [];

beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'exemplar-cache-'));
});
afterEach(async () => {
  for (const folder of opened.splice(0)) await folder.close();
  await rm(path, { recursive: true, force: true });
});

/** As a process that has just started sees it. */
function open(options: { budgetBytes?: number; lookAgainMilliseconds?: number } = {}) {
  const folder = openCacheFolder(path, { budgetBytes: 64 * megabyte, lookAgainMilliseconds: 0, ...options });
  opened.push(folder);
  return { folder, cache: openPictureCache(folder) };
}

async function fill(source: PictureLoader & { count: number }, options: { budgetBytes?: number; from?: number } = {}) {
  const { folder, cache } = open(options);
  for (let index = options.from ?? 0; index < source.count; index++) await cache.pixels(source, index, geometry);
  await folder.close();
}

async function expectRight(source: PictureLoader & { count: number }, cache = open().cache): Promise<void> {
  for (let index = 0; index < source.count; index++) {
    const expected = await pictureToPixels(await generatedPictures(0).load(index), geometry);
    expect(Buffer.compare(await cache.pixels(source, index, geometry), expected)).toBe(0);
  }
}

async function shardFiles(): Promise<string[]> {
  const files = await readdir(path, { recursive: true });
  return files.filter((file) => file.endsWith('.shard')).map((file) => join(path, file));
}

const bytesOnDisk = async () =>
  (await Promise.all((await shardFiles()).map((file) => stat(file)))).reduce((total, { size }) => total + size, 0);

describe('a picture cache', () => {
  it('decodes a picture once and then gives exactly the same pixels', async () => {
    const source = generatedPictures(6);
    await fill(source);
    expect(source.loads).toBe(6);
    await expectRight(source);
    expect(source.loads).toBe(6);
  });

  it('keeps the room around and its shape, whatever the aspect', async () => {
    const wide = await sharp({ create: { width: 300, height: 70, channels: 3, background: '#3a7' } })
      .jpeg()
      .toBuffer();
    let loads = 0;
    const source = { keyOf: () => 'wide', load: async () => (loads++, wide) };
    for (const resize of ['cover', 'fill'] as const) {
      const expected = await pictureToRoomyPixels(wide, { size: 32, resize });
      const scratch = new Uint8Array(mostRoomyBytes(32));
      for (const into of [undefined, scratch, scratch]) {
        const { width, height, data } = await open().cache.roomyPixels(source, 0, { size: 32, resize }, into);
        expect({ width, height }).toEqual({ width: expected.width, height: expected.height });
        expect(Buffer.compare(data, expected.data)).toBe(0);
      }
    }
    expect(loads).toBe(2);
  });

  it('keeps several sizes and ways of resizing side by side', async () => {
    const source = generatedPictures(3);
    const geometries = [32, 64].flatMap((size) => (['cover', 'fill'] as const).map((resize) => ({ size, resize })));
    for (let round = 0; round < 2; round++) {
      const { cache } = open();
      for (const each of geometries) {
        const expected = await pictureToPixels(await generatedPictures(0).load(2), each);
        expect(Buffer.compare(await cache.pixels(source, 2, each), expected)).toBe(0);
      }
    }
    expect(source.loads).toBe(geometries.length);
  });

  it('reads into a part of a batch', async () => {
    const source = generatedPictures(3);
    const { cache } = open();
    const bytes = 96 * 96 * 3;
    for (let round = 0; round < 2; round++) {
      const batch = new Uint8Array(3 * bytes);
      await Promise.all(
        [0, 1, 2].map((at) => cache.pixels(source, at, geometry, batch.subarray(at * bytes, (at + 1) * bytes))),
      );
      const alone = await Promise.all([0, 1, 2].map((at) => cache.pixels(source, at, geometry)));
      expect(Buffer.compare(batch, Buffer.concat(alone))).toBe(0);
    }
    await expect(cache.pixels(source, 0, geometry, new Uint8Array(5))).rejects.toThrow('5 bytes instead of 27648');
  });

  it('stores a picture once that is asked for many times at once', async () => {
    const source = generatedPictures(1);
    const { folder, cache } = open();
    const expected = await pictureToPixels(await source.load(0), geometry);
    const answers = await Promise.all(Array.from({ length: 8 }, () => cache.pixels(source, 0, geometry)));
    for (const pixels of answers) expect(Buffer.compare(pixels, expected)).toBe(0);
    await folder.close();
    const [file] = await shardFiles();
    const dataStart = (await readFile(file!)).readUInt32LE(12);
    expect(await bytesOnDisk()).toBe(dataStart + expected.length);
  });

  it('feeds batches that are decoded ahead', async () => {
    const source = generatedPictures(10);
    const expected = await Promise.all(
      Array.from({ length: 10 }, async (_, index) => pictureToPixels(await source.load(index), geometry)),
    );
    const { cache } = open();
    for (let epoch = 0; epoch < 2; epoch++) {
      const order = shuffledIndices(10, random(epoch));
      const decode = (index: number) => cache.pixels(source, index, geometry);
      const seen: number[] = [];
      for await (const batch of decodeAhead(order, 4, decode, new AbortController().signal))
        for (const picture of batch) {
          seen.push(picture.index);
          expect('value' in picture && Buffer.compare(picture.value, expected[picture.index]!)).toBe(0);
        }
      expect(seen).toEqual(Array.from(order));
    }
    expect(source.loads).toBe(20);
  });

  it('finds a picture by its key, under whatever index', async () => {
    const source = generatedPictures(2);
    await fill(source);
    const other = { keyOf: () => source.keyOf(1), load: () => Promise.reject(new Error('not to be loaded')) };
    const expected = await pictureToPixels(await source.load(1), geometry);
    expect(Buffer.compare(await open().cache.pixels(other, 77, geometry), expected)).toBe(0);
  });

  it('decodes pictures without keys, and without a folder, each time', async () => {
    const keyed = generatedPictures(2);
    const keyless = { count: 2, load: (index: number) => keyed.load(index) };
    await fill(keyless);
    await expectRight(keyless);
    const uncached = openPictureCache(undefined);
    await expectRight(keyed, uncached);
    await uncached.roomyPixels(keyed, 0, geometry);
    expect(keyed.loads).toBe(7);
    expect(await shardFiles()).toEqual([]);
  });

  it('rejects as the loader and the decoder do, and goes on', async () => {
    const { cache } = open();
    const lost = { keyOf: () => 'lost', load: () => Promise.reject(new Error('object is gone')) };
    await expect(cache.pixels(lost, 0, geometry)).rejects.toThrow('object is gone');
    const damaged = { keyOf: () => 'damaged', load: async () => Buffer.from('no picture') };
    await expect(cache.roomyPixels(damaged, 0, geometry)).rejects.toThrow('unsupported image format');
    await expectRight(generatedPictures(1), cache);
  });

  it('goes on in the file that an earlier process left unfinished', async () => {
    await fill(generatedPictures(2));
    await fill(generatedPictures(4));
    await fill(generatedPictures(6));
    expect(await shardFiles()).toHaveLength(1);
    const source = generatedPictures(6);
    await expectRight(source);
    expect(source.loads).toBe(0);
  });

  it('survives being closed while pictures are read', async () => {
    const source = generatedPictures(20);
    await fill(source);
    const { folder, cache } = open();
    const reads = Array.from({ length: 20 }, (_, index) => cache.pixels(source, index, geometry));
    await Promise.all([folder.close(), ...reads]);
    expect(await shardFiles()).toHaveLength(1);
    await expectRight(source);
  });
});

describe('a damaged picture cache', () => {
  it('never serves what the end of a file cuts off', async () => {
    await fill(generatedPictures(4));
    const [file] = await shardFiles();
    await truncate(file!, (await stat(file!)).size - 1000);
    const source = generatedPictures(4);
    await expectRight(source);
    expect(source.loads).toBe(1);
    await expectRight(source);
    expect(source.loads).toBe(1);
  });

  it('never serves a wrong byte, wherever files are damaged, and repairs itself', async () => {
    await fill(generatedPictures(3));
    const [file] = await shardFiles();
    const whole = await readFile(file!);
    const used = { header: 64, index: 64 + 3 * 36, end: whole.length };
    const dataStart = whole.readUInt32LE(12);
    const position = fc.oneof(
      fc.nat(used.index - 1),
      fc.nat(whole.length - dataStart - 1).map((at) => dataStart + at),
    );
    await fc.assert(
      fc.asyncProperty(position, fc.integer({ min: 1, max: 255 }), fc.boolean(), async (at, flip, cut) => {
        const damaged = Buffer.from(whole);
        damaged[at]! ^= flip;
        await rm(path, { recursive: true });
        await fill(generatedPictures(1));
        for (const other of await shardFiles()) await rm(other);
        await writeFile(file!, cut ? damaged.subarray(0, at) : damaged);
        const first = open();
        // What stood in the damaged file before the damage was found is stored again in the second round.
        for (let round = 0; round < 2; round++) await expectRight(generatedPictures(3), first.cache);
        await first.folder.close();
        const source = generatedPictures(3);
        await expectRight(source);
        expect(source.loads).toBe(0);
      }),
      { numRuns: 40 },
    );
  });

  it('deletes a file whose content is wrong', async () => {
    await fill(generatedPictures(3));
    const [file] = await shardFiles();
    const bytes = await readFile(file!);
    bytes[bytes.length - 5]! ^= 1;
    await writeFile(file!, bytes);
    await expectRight(generatedPictures(3));
    expect(await shardFiles()).not.toContain(file);
  });

  it('decodes everything when the folder cannot be made', async () => {
    const file = join(path, 'file');
    await writeFile(file, '');
    const folder = openCacheFolder(join(file, 'below'), { budgetBytes: 64 * megabyte });
    await expectRight(generatedPictures(2), openPictureCache(folder));
    expect(folder.statistics.notStoring).toContain('ENOTDIR');
    await folder.close();
  });
});

describe("a picture cache's budget", () => {
  it('evicts whole files, those used longest ago first, whatever they hold', async () => {
    const budgetBytes = 3 * megabyte;
    await fill(generatedPictures(picturesOfShard), { budgetBytes });
    await fill(generatedPictures(2 * picturesOfShard), { budgetBytes, from: picturesOfShard });
    const [first, second] = await shardFiles();
    const old = new Date('2020-01-01');
    await utimes(first!, old, old);
    const { folder, cache } = open({ budgetBytes });
    const other = generatedPictures(2 * picturesOfShard, { side: 64 });
    for (let index = 0; index < other.count; index++) await cache.pixels(other, index, geometry);
    expect(folder.statistics.notStoring).toBeUndefined();
    const left = await shardFiles();
    expect(left).not.toContain(first);
    expect(left).toContain(second);
    expect(await bytesOnDisk()).toBeLessThanOrEqual(budgetBytes);
  });

  it('never evicts what the training itself has used', async () => {
    const budgetBytes = 3 * megabyte;
    await fill(generatedPictures(picturesOfShard), { budgetBytes });
    const [used] = await shardFiles();
    await fill(generatedPictures(2 * picturesOfShard), { budgetBytes, from: picturesOfShard });
    const { folder, cache } = open({ budgetBytes });
    await cache.pixels(generatedPictures(1), 0, geometry);
    const other = generatedPictures(1, { side: 64 });
    await cache.pixels(other, 0, { ...geometry, size: 32 });
    const old = new Date('2020-01-01');
    await utimes(used!, old, old);
    await cache.pixels(other, 0, { ...geometry, size: 64 });
    expect(folder.statistics.notStoring).toBeUndefined();
    expect(await shardFiles()).toContain(used);
    expect(await shardFiles()).toHaveLength(3);
  });

  it('keeps the first part of a set that does not fit, instead of pushing it out', async () => {
    const budgetBytes = 2 * megabyte;
    const source = generatedPictures(3 * picturesOfShard);
    const { folder, cache } = open({ budgetBytes });
    for (let epoch = 0; epoch < 2; epoch++)
      for (let index = 0; index < source.count; index++) await cache.pixels(source, index, geometry);
    expect(folder.statistics).toMatchObject({ hits: 2 * picturesOfShard, misses: 4 * picturesOfShard });
    expect(folder.statistics.notStoring).toContain('in use by this training');
    expect(await bytesOnDisk()).toBeLessThanOrEqual(budgetBytes);
  });

  it('leaves files to the next process that it took and then could not use', async () => {
    const source = generatedPictures(3);
    const small = { ...geometry, size: 32 };
    const first = open();
    for (const each of [geometry, small]) await first.cache.pixels(source, 0, each);
    await first.folder.close();
    const { folder, cache } = open({ budgetBytes: megabyte });
    await cache.pixels(source, 0, geometry);
    await cache.pixels(source, 1, small);
    expect(folder.statistics.notStoring).toContain('in use by this training');
    await folder.close();
    expect((await shardFiles()).filter((file) => file.endsWith('.free.shard'))).toHaveLength(2);
  });

  it('stores nothing when it is too small for a file', async () => {
    const source = generatedPictures(2);
    await fill(source, { budgetBytes: 1000 });
    expect(await shardFiles()).toEqual([]);
  });
});

describe('processes that share a picture cache', () => {
  const script = join(import.meta.dirname, '../testing/fill-picture-cache.ts');
  const children: ChildProcessByStdio<Writable, Readable, null>[] = [];
  afterEach(async () => {
    for (const child of children.splice(0)) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  });

  /** Lines say how many pictures are done. */
  function start(first: number, last: number, shell = '') {
    const budget = String(64 * megabyte);
    const command = [process.execPath, script, path, budget, String(first), String(last)];
    const child = spawn('sh', ['-c', `${shell} exec "$@"`, 'sh', ...command], { stdio: ['pipe', 'pipe', 'inherit'] });
    children.push(child);
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    const exited = once(child, 'exit');
    return {
      child,
      exited,
      line: async (wanted: (line: string) => boolean) => {
        for (;;) {
          const { value, done } = await lines.next();
          if (done) throw new Error('the process ended');
          if (wanted(value)) return value;
        }
      },
    };
  }
  const isStatistics = (line: string) => line.startsWith('{');

  it('see what the others have stored, also what they store later', async () => {
    const source = generatedPictures(12);
    const { cache } = open();
    await cache.pixels(source, 0, geometry);
    const other = start(0, 12);
    const { loads } = JSON.parse(await other.line(isStatistics)) as { loads: number };
    expect(loads).toBe(11);
    await expectRight(source, cache);
    expect(source.loads).toBe(1);
    other.child.stdin.end();
    await other.exited;
  });

  it('follow a file that another one is still writing, and go on in it afterwards', async () => {
    const source = generatedPictures(3);
    const [writer, reader] = [open(), open()];
    for (let index = 0; index < 3; index++) {
      await writer.cache.pixels(source, index, geometry);
      await reader.cache.pixels(source, index, geometry);
    }
    expect(source.loads).toBe(3);
    await writer.folder.close();
    const more = generatedPictures(5);
    await expectRight(more, reader.cache);
    expect(more.loads).toBe(2);
    expect(await shardFiles()).toHaveLength(1);
  });

  it('take up a file as it is, not as they last saw it', async () => {
    await fill(generatedPictures(2));
    const late = open({ lookAgainMilliseconds: Infinity });
    await late.cache.pixels(generatedPictures(1), 0, geometry);
    await fill(generatedPictures(4));
    const source = generatedPictures(6);
    await late.cache.pixels(source, 5, geometry);
    await expectRight(source, late.cache);
    await late.folder.close();
    expect(source.loads).toBe(2);
    expect(await shardFiles()).toHaveLength(1);
    await expectRight(generatedPictures(6));
  });

  it('write at the same time, each into a file of its own', async () => {
    const both = [start(0, 60), start(30, 90)];
    await Promise.all(both.map((each) => each.line(isStatistics)));
    expect(await shardFiles()).toHaveLength(2);
    for (const { child, exited } of both) {
      child.stdin.end();
      expect(await exited).toEqual([0, null]);
    }
    const source = generatedPictures(90);
    await expectRight(source);
    expect(source.loads).toBe(0);
  });

  it('lose at most one picture when one of them is killed', async () => {
    const { child, exited, line } = start(0, 10_000);
    await line((count) => Number(count) >= 40);
    child.kill('SIGKILL');
    await exited;
    const source = generatedPictures(40);
    await expectRight(source);
    expect(source.loads).toBe(0);
  });

  it('go on without storing when the disk takes no more', async () => {
    // A limit on the size of files stands in for a full disk: both fail in the middle of a write.
    const { child, exited, line } = start(0, 20, "trap '' XFSZ; ulimit -f 400;");
    const { loads, notStoring } = JSON.parse(await line(isStatistics)) as { loads: number; notStoring: string };
    expect(loads).toBe(20);
    expect(notStoring).toContain('EFBIG');
    child.stdin.end();
    expect(await exited).toEqual([0, null]);
    const source = generatedPictures(20);
    await expectRight(source);
    expect(source.loads).toBeGreaterThan(0);
    expect(source.loads).toBeLessThan(20);
  });
});
