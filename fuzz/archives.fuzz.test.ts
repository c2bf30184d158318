import { readdir } from 'node:fs/promises';
import { posix } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { ArchiveRefusedError } from '#core/platform/errors.ts';
import { exposedGarbageCollector } from '#core/platform/objects/object-store.contract.ts';
import { archiveContents, ArchiveFolder, tarBytes, zipBytes } from '#test/archives.ts';
import type { Draw } from './draw.ts';
import { ending, Findings } from './findings.ts';
import { fuzzCases, fuzzMilliseconds } from './fuzz-cases.ts';
import { mutateBytes } from './mutate-bytes.ts';
import { mutateTar } from './mutate-tar.ts';
import { mutateZip } from './mutate-zip.ts';

const collect = exposedGarbageCollector();
/** Small, so that bombs and lies run into them. */
const limits = { entries: 50, unpackedBytes: 3_000_000, entryBytes: 2_000_000, ratio: 200, ratioFromBytes: 100_000 };
const texts = { 'cat/a.txt': 'a'.repeat(500), 'cat/b.csv': 'file,label\na.jpg,cat\n', 'dog/c.txt': '', 'd.json': '[]' };

let zips: Buffer[];
let tars: Buffer[];
beforeAll(async () => {
  const stored = Object.entries(texts).map(([path, text]) => ({ path, content: Buffer.from(text) }));
  const streamed = stored.map(({ path, content }) => ({
    path,
    content: (async function* () {
      yield content;
    })(),
    deflate: true,
  }));
  const zeros = [{ path: 'zeros.txt', content: Buffer.alloc(90_000), deflate: true }];
  zips = await Promise.all([texts, stored, streamed, [...zeros, ...stored]].map((members) => zipBytes(members)));
  // As old as a file gets: the same bytes every day.
  const mtime = new Date(0);
  const long = `${'folder/'.repeat(30)}long.txt`;
  tars = await Promise.all([
    tarBytes(Object.entries(texts).map(([name, text]) => [{ name, mtime }, text])),
    tarBytes([
      [{ name: long, mtime }, 'long'],
      [{ name: 'link', mtime, type: 'symlink', linkname: '/etc/passwd' }],
      [{ name: 'hard', mtime, type: 'link', linkname: '../a' }],
      [{ name: 'cat/', mtime, type: 'directory' }],
      [{ name: 'z.txt', mtime }, 'z'.repeat(2000)],
    ]),
  ]);
});

/** A valid archive, changed. */
function hostileArchive(draw: Draw): Buffer {
  const other = draw.pick([...zips, ...tars]);
  switch (draw.integer(6)) {
    case 0:
      return mutateBytes(draw.pick(zips), draw, other);
    case 1:
    case 2:
      return mutateZip(draw.pick(zips), draw);
    case 3:
      return mutateTar(draw.pick(tars), draw);
    case 4:
      return gzipSync(mutateTar(draw.pick(tars), draw), { level: 1 });
    default: {
      const gzipped = gzipSync(draw.pick(tars), { level: 1 });
      return draw.chance(0.5)
        ? mutateBytes(gzipped, draw, other)
        : Buffer.concat([gzipped, mutateBytes(gzipped, draw, other)]);
    }
  }
}

test(
  'an archive, however it was changed, is read within its bounds or refused by name',
  { timeout: fuzzMilliseconds },
  async () => {
    await using folder = await ArchiveFolder.create();
    const findings = new Findings();
    const tally = { read: 0, refused: 0 };
    let cases = 0;
    let before: number | undefined;
    for (const { index, draw } of fuzzCases(1, 1500)) {
      const bytes = hostileArchive(draw);
      cases++;
      try {
        const { files } = await ending(archiveContents(await folder.file(bytes), limits));
        tally.read++;
        let unpacked = 0;
        for (const [path, content] of files) {
          unpacked += content.length;
          if (posix.resolve('/in/side', path) !== `/in/side/${path}`) findings.add(index, 'a path leads out', path);
          if (content.length > limits.entryBytes) findings.add(index, 'an entry is too large', path, content.length);
        }
        if (files.size > limits.entries || unpacked > limits.unpackedBytes)
          findings.add(index, 'more than the limits came out', files.size, unpacked);
      } catch (error) {
        tally.refused++;
        if (!(error instanceof ArchiveRefusedError))
          findings.add(index, 'no refusal', (error as Error).stack, [...bytes.subarray(0, 64)]);
      }
      if (index % 500 === 499) {
        collect();
        before ??= process.memoryUsage().heapUsed;
      }
    }
    console.log(`archives: ${JSON.stringify({ cases, ...tally })}`);
    expect(findings.shown).toEqual([]);
    expect(await readdir(folder.path)).toEqual(['archive']);
    if (before !== undefined) {
      collect();
      expect(process.memoryUsage().heapUsed - before).toBeLessThan(32e6);
    }
    // The changes are neither so small that all is read nor so large that nothing is.
    if (cases > 100) expect(Math.min(tally.read, tally.refused)).toBeGreaterThan(cases / 20);
  },
);

test('the archives themselves are whole', async () => {
  await using folder = await ArchiveFolder.create();
  for (const bytes of [...zips, ...tars, ...tars.map((tar) => gzipSync(tar))])
    expect((await archiveContents(await folder.file(bytes), limits)).files.size).toBeGreaterThan(1);
});
