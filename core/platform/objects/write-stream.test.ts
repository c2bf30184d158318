import { randomBytes } from 'node:crypto';
import { mkdtemp, open, readFile, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ObjectTooLargeError } from './object-store.ts';
import { writeStream } from './write-stream.ts';

const kilobyte = 1024;
let folder: string;
let file: FileHandle;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'exemplar-objects-'));
  file = await open(join(folder, 'a'), 'wx');
});
afterEach(async () => {
  await file.close();
  await rm(folder, { recursive: true });
});

describe('writeStream', () => {
  it.each([1, 1000, 64 * kilobyte, 512 * kilobyte, 700 * kilobyte])(
    'writes the bytes in their order where %i come at a time',
    async (size) => {
      const all = randomBytes(Math.min(1500 * kilobyte, 3000 * size) + 1);
      const chunks = function* () {
        for (let at = 0; at < all.length; at += size) yield all.subarray(at, at + size);
      };
      expect(await writeStream(file, Readable.from(chunks()), 1e9)).toBe(all.length);
      expect((await readFile(join(folder, 'a'))).equals(all)).toBe(true);
    },
  );

  it('writes long chunks between short ones, as a ZIP of photos has them', async () => {
    const chunks = Array.from({ length: 6 }, (_, index) => randomBytes(index % 2 ? 700 * kilobyte : 30));
    expect(await writeStream(file, Readable.from(chunks), 1e9)).toBe(3 * (700 * kilobyte + 30));
    expect((await readFile(join(folder, 'a'))).equals(Buffer.concat(chunks))).toBe(true);
  });

  it('gives back the memory of what came where it may, but what is shared with others', async () => {
    const [own, shared] = [1, 2].map((value) => Buffer.allocUnsafeSlow(64 * kilobyte).fill(value));
    for (const release of [false, true]) {
      await writeStream(file, Readable.from([own, shared!.subarray(0, 1000)]), 1e9, { release });
      expect([own!.length, shared!.length]).toEqual([release ? 0 : 64 * kilobyte, 64 * kilobyte]);
    }
    expect(await readFile(join(folder, 'a'))).toHaveLength(2 * (64 * kilobyte + 1000));
  });

  it('takes no more than it may, without waiting for the next, and lets go of the stream', async () => {
    const source = new Readable({ read: () => {} });
    source.push(randomBytes(11));
    await expect(writeStream(file, source, 10)).rejects.toBeInstanceOf(ObjectTooLargeError);
    expect(source.destroyed).toBe(true);
  });

  it('lets go of a stream that does not end where the file cannot be written', async () => {
    const source = Readable.from(
      (function* () {
        for (;;) yield randomBytes(64 * kilobyte);
      })(),
    );
    const unwritable = await open(join(folder, 'a'), 'r');
    await expect(writeStream(unwritable, source, 1e12)).rejects.toMatchObject({ code: 'EBADF' });
    expect(source.destroyed).toBe(true);
    await unwritable.close();
  });
});
