import { randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ArchiveFolder, contentsOf, entriesOf, zipBytes } from '#test/archives.ts';
import type { ArchiveEntry } from './archive.ts';
import { archivePath, isNestedArchive, isNoise } from './archive-path.ts';
import { openArchive } from './open-archive.ts';
import { writeZip, type ZipMember } from './write-zip.ts';

async function* inChunks(bytes: Uint8Array, length: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += length) yield bytes.subarray(start, start + length);
}

test('what is written is read again, byte for byte, under any name that is safe', async () => {
  const segment = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
    fc.constantFrom(
      '-rf --help',
      '=HYPERLINK("x")',
      '<img src=x>',
      "'; DROP TABLE x;--",
      '__proto__',
      'CON',
      'e\u0301',
    ),
  );
  const path = fc
    .array(segment, { minLength: 1, maxLength: 4 })
    .map((segments) => archivePath(segments.join('/')))
    .filter((checked) => 'path' in checked)
    .map(({ path }) => path)
    .filter((path) => !isNoise(path) && !isNestedArchive(path));
  const file = fc.record({
    path,
    bytes: fc.uint8Array({ maxLength: 3000, size: 'max' }),
    deflate: fc.boolean(),
    chunk: fc.option(fc.integer({ min: 1, max: 1000 })),
  });
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(file, { selector: ({ path }) => path, minLength: 1 }), async (files) => {
      const zip = await zipBytes(
        files.map(({ path, bytes, deflate, chunk }) => ({
          path,
          content: chunk === null ? bytes : inChunks(bytes, chunk),
          deflate,
        })),
      );
      const read = await contentsOf(zip);
      expect(read.skipped).toEqual([]);
      expect(read.damaged).toEqual([]);
      expect([...read.files.keys()]).toEqual(files.map(({ path }) => path));
      for (const { path, bytes } of files) expect(Buffer.compare(read.files.get(path)!, bytes)).toBe(0);
    }),
    { numRuns: 60 },
  );
});

test('pictures are stored as they are, text is deflated, and equal files make equal archives', async () => {
  const picture = randomBytes(1000);
  const text = Buffer.from('file,label\n'.repeat(100));
  const members: ZipMember[] = [
    { path: 'cat/a.jpg', content: picture },
    { path: 'labels.csv', content: text, deflate: true },
  ];
  const zip = await zipBytes(members);
  expect(zip.indexOf(picture)).toBe(30 + 'cat/a.jpg'.length);
  const deflated = zip.subarray(zip.indexOf('labels.csv') + 'labels.csv'.length);
  expect(inflateRawSync(deflated).toString()).toBe(text.toString());
  expect(zip.length).toBeLessThan(1000 + 400);
  expect(Buffer.compare(await zipBytes(members), zip)).toBe(0);
});

test.each(['../a.jpg', '/a.jpg', 'C:/a.jpg', 'a\\b.jpg', 'a\0.jpg', 'a\n.jpg', '', '.', 'a'.repeat(1025), '\ud83d'])(
  'a member is not written under the path %j',
  async (path) => {
    await expect(zipBytes([{ path, content: Buffer.from('a') }])).rejects.toThrow('Not a path for an archive');
  },
);

test('no path is written twice, in another normal form neither', async () => {
  const twice = ['café.jpg', 'cafe\u0301.jpg'].map((path) => ({ path, content: Buffer.from('a') }));
  await expect(zipBytes(twice)).rejects.toThrow('Twice in one archive');
});

test('a content or a list of members that fails makes the archive fail, and both are let go when nobody reads on', async () => {
  const failing = async function* () {
    yield Buffer.from('half');
    throw new Error('connection lost');
  };
  for (const deflate of [false, true])
    await expect(zipBytes([{ path: 'a', content: failing(), deflate }])).rejects.toThrow('connection lost');
  const released: string[] = [];
  const endless = async function* (what: string) {
    try {
      for (;;) yield randomBytes(1000);
    } finally {
      released.push(what);
    }
  };
  const members = async function* (): AsyncGenerator<ZipMember> {
    try {
      yield { path: 'a', content: endless('content') };
    } finally {
      released.push('members');
    }
  };
  for await (const chunk of writeZip(members())) if ((chunk as Buffer).length > 0) break;
  await expect.poll(() => released).toEqual(['content', 'members']);
});

test('more entries than the old format can count', async () => {
  const members = function* (): Generator<ZipMember> {
    for (let index = 0; index < 66_000; index++) yield { path: `cat/${index}.txt`, content: Buffer.from(`${index}`) };
  };
  await using folder = await ArchiveFolder.create();
  await using archive = await openArchive(await folder.file(await buffer(writeZip(members()))));
  expect(archive.entryCount).toBe(66_000);
  const entries = (await entriesOf(archive)) as ArchiveEntry[];
  expect(entries).toHaveLength(66_000);
  for (const index of [0, 65_534, 65_535, 65_999]) expect((await entries[index]!.read(10)).toString()).toBe(`${index}`);
});

test('entries that lie beyond 4 GiB', async () => {
  const zeros = new Uint8Array(64 * 1024 * 1024);
  const gigabyte = async function* () {
    for (let index = 0; index < 16; index++) yield zeros;
  };
  const members = function* (): Generator<ZipMember> {
    for (let index = 0; index < 5; index++) yield { path: `zeros/${index}`, content: gigabyte() };
    yield { path: 'cat/a.txt', content: Buffer.from('far away') };
    yield { path: 'cat/b.txt', content: inChunks(Buffer.from('further away'), 5) };
  };
  await using folder = await ArchiveFolder.create();
  const path = await folder.file(Buffer.alloc(0));
  await using file = await open(path, 'w');
  let position = 0;
  // Zeros are left out, and the file system keeps none.
  for await (const chunk of writeZip(members()) as AsyncIterable<Buffer>) {
    if (chunk.length !== zeros.length) await file.write(chunk, 0, chunk.length, position);
    position += chunk.length;
  }
  await using archive = await openArchive(path);
  const entries = (await entriesOf(archive)) as ArchiveEntry[];
  expect(entries.map(({ size }) => size)).toEqual([...Array<number>(5).fill(1024 ** 3), 8, 12]);
  expect((await entries[5]!.read(8)).toString()).toBe('far away');
  expect((await entries[6]!.read(12)).toString()).toBe('further away');
});

test('a single file of 4 GiB is not written', async () => {
  const zeros = new Uint8Array(256 * 1024 * 1024);
  const content = async function* () {
    for (let index = 0; index < 16; index++) yield zeros;
  };
  const writing = (async () => {
    for await (const chunk of writeZip([{ path: 'a', content: content() }])) expect(chunk).toBeDefined();
  })();
  await expect(writing).rejects.toThrow('4 GiB or more');
});
