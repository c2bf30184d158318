import { readdir } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ArchiveRefusedError } from '#core/platform/errors.ts';
import { ArchiveFolder, contentsOf, entriesOf, tarBytes } from '#test/archives.ts';
import type { ArchiveEntry } from './archive.ts';
import { openArchive } from './open-archive.ts';

const refusalOf = async (bytes: Uint8Array, limits = {}) => {
  const error = await contentsOf(bytes, limits).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ArchiveRefusedError);
  return error as ArchiveRefusedError;
};

test('a TAR and a TAR.GZ are told by their bytes and read alike', async () => {
  const tar = await tarBytes([
    [{ name: './cat/', type: 'directory' }],
    [{ name: './cat/a.txt' }, 'some text'],
    [{ name: `dog/${'long/'.repeat(60)}b.txt` }, 'b'],
    [{ name: 'ü/猫.txt' }, ''],
  ]);
  const texts = { 'cat/a.txt': 'some text', [`dog/${'long/'.repeat(60)}b.txt`]: 'b', 'ü/猫.txt': '' };
  for (const [format, bytes] of [
    ['TAR', tar],
    ['TAR_GZ', gzipSync(tar)],
    // Packed in several members, as pigz does.
    ['TAR_GZ', Buffer.concat([gzipSync(tar.subarray(0, 700)), gzipSync(tar.subarray(700))])],
  ] as const) {
    await using folder = await ArchiveFolder.create();
    await using archive = await openArchive(await folder.file(bytes));
    expect(archive).toMatchObject({ format, entryCount: undefined });
    const { files, skipped } = await contentsOf(bytes);
    expect(Object.fromEntries([...files].map(([path, content]) => [path, content.toString()]))).toEqual(texts);
    expect(skipped).toEqual([]);
  }
});

// Found by fuzzing: the reader waited for ever for the bytes.
test('a folder that claims a size has no bytes, and what follows it is read', async () => {
  const tar = await tarBytes([[{ name: 'cat/', type: 'directory' }], [{ name: 'cat/good.txt' }, 'good']]);
  tar.write('00000000004\0', 124, 'latin1');
  // The checksum: spaces in its own place, then the sum of all bytes.
  tar.write(' '.repeat(8), 148, 'latin1');
  const sum = tar.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  tar.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  const { files, skipped } = await contentsOf(tar);
  expect([...files].map(([path, content]) => [path, content.toString()])).toEqual([['cat/good.txt', 'good']]);
  expect(skipped).toEqual([]);
});

test.each([
  [{ name: '../evil.jpg' }, 'PATH_TRAVERSAL'],
  [{ name: '/abs/evil.jpg' }, 'ABSOLUTE_PATH'],
  [{ name: 'dog\\..\\x.jpg' }, 'BACKSLASH'],
  [{ name: 'C:x.jpg' }, 'ABSOLUTE_PATH'],
  [{ name: 'new\nline.jpg' }, 'CONTROL_CHARACTER'],
  [{ name: 'n'.repeat(1025) }, 'PATH_TOO_LONG'],
  [{ name: 'cat/good.txt' }, 'DUPLICATE_PATH'],
  [{ name: 'inner.tar.gz' }, 'NESTED_ARCHIVE'],
  [{ name: '._good.txt' }, 'NOISE'],
  [{ name: 'link', type: 'symlink', linkname: '/etc/passwd' }, 'LINK'],
  [{ name: 'link', type: 'link', linkname: 'cat/good.txt' }, 'LINK'],
  [{ name: 'device', type: 'character-device' }, 'SPECIAL_FILE'],
  [{ name: 'device', type: 'block-device' }, 'SPECIAL_FILE'],
  [{ name: 'pipe', type: 'fifo' }, 'SPECIAL_FILE'],
] as const)('an entry with the header %j is skipped, and those around it are read', async (header, reason) => {
  const hostile = 'type' in header ? '' : 'x'.repeat(100_000);
  const tar = await tarBytes([
    [{ name: 'cat/good.txt' }, 'good'],
    [header, hostile],
    [{ name: 'dog/good.txt' }, 'good'],
  ]);
  for (const bytes of [tar, gzipSync(tar)]) {
    const { files, skipped } = await contentsOf(bytes);
    expect([...files.keys()]).toEqual(['cat/good.txt', 'dog/good.txt']);
    expect(skipped.map(([, why]) => why)).toEqual([reason]);
  }
});

describe('an archive is refused', () => {
  const entries: [{ name: string }, string][] = [
    [{ name: 'a.txt' }, 'a'.repeat(1000)],
    [{ name: 'b.txt' }, 'b'.repeat(1000)],
  ];

  test('cut off in an entry, in a header, between entries or in its packed bytes', async () => {
    const tar = await tarBytes(entries);
    for (const end of [600, 512 + 1024 + 100, 512 + 1024, 2 * (512 + 1024)])
      for (const bytes of [tar.subarray(0, end), gzipSync(tar.subarray(0, end))])
        expect((await refusalOf(bytes)).refusal, `at ${end}`).toBe('DAMAGED');
    const packed = gzipSync(tar);
    for (const end of [-1, -9, packed.length / 2, 12])
      expect((await refusalOf(packed.subarray(0, end))).refusal, `packed, at ${end}`).toBe('DAMAGED');
  });

  test('with packed bytes that are wrong, or a header that is', async () => {
    const tar = await tarBytes(entries);
    const packed = gzipSync(tar);
    packed[packed.length - 6]! ^= 1;
    expect((await refusalOf(packed)).refusal).toBe('DAMAGED');
    tar[512 + 1024]! ^= 1;
    expect((await refusalOf(tar)).refusal).toBe('DAMAGED');
  });

  test('without files', async () => {
    for (const tar of [await tarBytes([]), await tarBytes([[{ name: 'cat', type: 'directory' }]])])
      for (const bytes of [tar, gzipSync(tar)]) expect((await refusalOf(bytes)).refusal).toBe('EMPTY');
  });

  test('past the limits on entries and bytes', async () => {
    const tar = await tarBytes(entries);
    for (const bytes of [tar, gzipSync(tar)]) {
      expect((await refusalOf(bytes, { entries: 1 })).refusal).toBe('TOO_MANY_ENTRIES');
      expect((await refusalOf(bytes, { unpackedBytes: tar.length - 1 })).refusal).toBe('TOO_MANY_BYTES');
      expect((await contentsOf(bytes, { unpackedBytes: tar.length })).files.size).toBe(2);
      expect((await contentsOf(bytes, { entryBytes: 999 })).skipped.map(([, why]) => why)).toEqual([
        'TOO_MANY_BYTES',
        'TOO_MANY_BYTES',
      ]);
    }
  });

  test('packed, that unpacks to gigabytes of zeros, long before they are out', async () => {
    // The header claims 8 GiB - 1; what follows are members of zeros, packed once.
    const tar = await tarBytes([[{ name: 'bomb.png', size: 1 }, 'x']]);
    tar.write('77777777777', 124);
    tar.fill(' ', 148, 156);
    const sum = tar.subarray(0, 512).reduce((total, byte) => total + byte, 0);
    tar.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    const zeros = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    const bomb = Buffer.concat([gzipSync(tar.subarray(0, 512)), ...Array.from({ length: 16 }, () => zeros)]);
    await using folder = await ArchiveFolder.create();
    await using archive = await openArchive(await folder.file(bomb), { entryBytes: 16e9 });
    let received = 0;
    const reading = (async () => {
      for await (const entry of archive.entries())
        for await (const chunk of (entry as ArchiveEntry).open()) received += (chunk as Buffer).length;
    })();
    await expect(reading).rejects.toMatchObject({ code: 'ARCHIVE_REFUSED', refusal: 'EXPANDS_TOO_MUCH' });
    expect(received).toBeLessThan(11e6);
  });

  test('packed, that holds something other than a TAR, itself packed too', async () => {
    const inner = gzipSync(await tarBytes([[{ name: 'a.txt' }, 'a']]));
    for (const content of [Buffer.from('text'), Buffer.alloc(2000, 'x'), inner])
      expect((await refusalOf(gzipSync(content))).refusal).toBe('NOT_AN_ARCHIVE');
  });
});

test('an entry is read once and before the next, in part or not at all', async () => {
  const big = 'x'.repeat(300_000);
  const tar = await tarBytes([1, 2, 3, 4].map((index) => [{ name: `${index}.txt` }, `${index}${big}`]));
  for (const bytes of [tar, gzipSync(tar)]) {
    await using folder = await ArchiveFolder.create();
    await using archive = await openArchive(await folder.file(bytes));
    const passed: ArchiveEntry[] = [];
    for await (const entry of archive.entries()) {
      if ('reason' in entry) throw new Error('expected a file');
      if (entry.index === 0) for await (const chunk of entry.open()) if ((chunk as Buffer).length > 0) break;
      // Given up in the middle of its reading.
      if (entry.index === 1)
        entry
          .open()
          .on('error', () => undefined)
          .resume()
          .destroy();
      if (entry.index === 3) {
        expect((await entry.read(400_000)).toString()).toBe(`4${big}`);
        await expect(entry.read(400_000)).rejects.toThrow('is read once');
      }
      passed.push(entry);
    }
    expect(passed.map(({ path, size }) => [path, size])).toEqual(
      [1, 2, 3, 4].map((index) => [`${index}.txt`, 300_001]),
    );
    await expect(passed[2]!.read(400_000)).rejects.toThrow('is read once');
    expect((await entriesOf(archive)).length).toBe(4);
    for await (const entry of archive.entries()) {
      expect(entry.index).toBe(0);
      break;
    }
    expect(await readdir(folder.path)).toEqual(['archive']);
  }
});

test('whatever bytes are changed, the archive is read or refused, and nothing else happens', async () => {
  const whole = await tarBytes([
    [{ name: 'cat/a.txt' }, 'some text'],
    [{ name: 'n'.repeat(200) }, 'b'],
    [{ name: 'dog/c.txt' }, 'c'],
  ]);
  const change = fc.tuple(fc.nat(whole.length - 1), fc.constantFrom(0, 0x20, 0x30, 0x37, 0x4c, 0x78, 0x80, 0xff));
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { minLength: 1, maxLength: 6 }),
      fc.boolean(),
      fc.boolean(),
      async (changes, gzip, afterwards) => {
        const bytes = Buffer.from(gzip && afterwards ? gzipSync(whole) : whole);
        for (const [offset, value] of changes) {
          bytes[offset % bytes.length] = value;
          if (gzip && afterwards) continue;
          // A changed header gets a right checksum again, or no change would come past it.
          const header = bytes.subarray(offset - (offset % 512), offset - (offset % 512) + 512);
          header.fill(' ', 148, 156);
          const sum = header.reduce((total, byte) => total + byte, 0);
          header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
        }
        try {
          await contentsOf(gzip && !afterwards ? gzipSync(bytes) : bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(ArchiveRefusedError);
        }
      },
    ),
    { numRuns: 400 },
  );
});
