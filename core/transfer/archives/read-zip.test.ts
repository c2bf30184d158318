import { readdir } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ArchiveRefusedError } from '#core/platform/errors.ts';
import { alterRecord, ArchiveFolder, contentsOf, entriesOf, zipBytes, zipWithName } from '#test/archives.ts';
import type { ArchiveEntry, SkippedEntry } from './archive.ts';
import { openArchive } from './open-archive.ts';

/* Offsets in records of the directory. */
const at = { flags: 8, method: 10, crc32: 16, packed: 20, unpacked: 24, mode: 40, offset: 42 };

const refusalOf = async (bytes: Uint8Array, limits = {}) => {
  const error = await contentsOf(bytes, limits).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ArchiveRefusedError);
  return error as ArchiveRefusedError;
};

describe('one entry is skipped, and the good one beside it read,', () => {
  const good = [['cat/good.txt', Buffer.from('good')]];

  test.each([
    ['../evil.jpg', '../evil.jpg', 'PATH_TRAVERSAL'],
    ['/abs/evil.jpg', '/abs/evil.jpg', 'ABSOLUTE_PATH'],
    ['C:/evil.jpg', 'C:/evil.jpg', 'ABSOLUTE_PATH'],
    ['dog\\..\\x.jpg', 'dog\\..\\x.jpg', 'BACKSLASH'],
    ['a\0b.jpg', 'a\uFFFDb.jpg', 'CONTROL_CHARACTER'],
    ['new\nline.jpg', 'new\uFFFDline.jpg', 'CONTROL_CHARACTER'],
    ['.', '.', 'NO_NAME'],
    ['n'.repeat(1025), `${'n'.repeat(1023)}…`, 'PATH_TOO_LONG'],
    ['inner.zip', 'inner.zip', 'NESTED_ARCHIVE'],
    ['cat/good.txt', 'cat/good.txt', 'DUPLICATE_PATH'],
    ['__MACOSX/cat/._good.jpg', '__MACOSX/cat/._good.jpg', 'NOISE'],
  ])('named %j', async (name, shown, reason) => {
    const { files, skipped } = await contentsOf(await zipWithName(name));
    expect([...files]).toEqual(good);
    expect(skipped).toEqual([[shown, reason]]);
  });

  test.each([
    ['a symbolic link', at.mode, 0o120777, 'LINK'],
    ['a device', at.mode, 0o020666, 'SPECIAL_FILE'],
    ['a named pipe', at.mode, 0o010666, 'SPECIAL_FILE'],
    ['packed with bzip2', at.method, 12, 'UNSUPPORTED_COMPRESSION'],
  ])('that is %s', async (_, offset, value, reason) => {
    const zip = await zipBytes({ 'cat/good.txt': 'good', 'cat/evil': '/etc/passwd' });
    const { files, skipped } = await contentsOf(alterRecord(zip, 1, (record) => record.writeUInt16LE(value, offset)));
    expect([...files]).toEqual(good);
    expect(skipped).toEqual([['cat/evil', reason]]);
  });

  test('that is larger than an entry may be', async () => {
    const { files, skipped } = await contentsOf(await zipWithName('big', 'b'.repeat(1001)), { entryBytes: 1000 });
    expect([...files]).toEqual(good);
    expect(skipped).toEqual([['big', 'TOO_MANY_BYTES']]);
  });

  test.each<[string, (record: Buffer) => void, string]>([
    ['has another checksum', (record) => record.writeUInt32LE(1, at.crc32), 'checksum'],
    ['unpacks to more than it says', (record) => record.writeUInt32LE(6, at.unpacked), 'more bytes'],
    ['unpacks to less than it says', (record) => record.writeUInt32LE(8, at.unpacked), 'fewer bytes'],
    ['is cut off in the packed bytes', (record) => record.writeUInt32LE(2, at.packed), 'does not unpack'],
  ])('that %s, when it is read', async (_, alter, message) => {
    const zip = await zipBytes({ 'cat/evil': 'hostile', 'cat/good.txt': 'good' });
    const { files, damaged } = await contentsOf(alterRecord(zip, 0, alter));
    expect([...files]).toEqual(good);
    expect(damaged).toEqual([['cat/evil', expect.stringContaining(message)]]);
  });
});

test('an entry that is not where the directory says is damaged, and the others are read', async () => {
  const zip = await zipBytes({ 'cat/good.txt': 'good', 'cat/evil': 'hostile', 'dog/good.txt': 'good' });
  zip[zip.indexOf('PK\x03\x04', 1)] = 0;
  const { files, damaged } = await contentsOf(zip);
  expect([...files.keys()]).toEqual(['cat/good.txt', 'dog/good.txt']);
  expect(damaged).toEqual([['cat/evil', expect.stringContaining('where it says')]]);
});

describe('an archive is refused', () => {
  test('for one encrypted entry, plainly or strongly', async () => {
    for (const flag of [0x1, 0x41]) {
      const zip = await zipBytes({ 'a.txt': 'a', 'b.txt': 'b' });
      const error = await refusalOf(alterRecord(zip, 1, (record) => (record[at.flags]! |= flag)));
      expect(error.refusal).toBe('ENCRYPTED');
    }
  });

  test.each<[string, number, string]>([
    ['before its directory', 60, 'DAMAGED'],
    ['in its end record', -5, 'DAMAGED'],
  ])('cut off %s', async (_, end, refusal) => {
    const zip = await zipBytes({ 'a.txt': 'some text', 'b.txt': 'other text' });
    expect((await refusalOf(zip.subarray(0, end))).refusal).toBe(refusal);
  });

  test('cut at the front, where every offset is wrong', async () => {
    const zip = await zipBytes({ 'a.txt': 'some text', 'b.txt': 'other text' });
    const second = zip.indexOf('PK\x03\x04', 1);
    expect((await refusalOf(zip.subarray(second))).refusal).toBe('DAMAGED');
  });

  test('without entries, with folders only, or without bytes', async () => {
    const folders = alterRecord(await zipBytes({ 'cat/x': '' }), 0, (record) => record.write('cat//', 46));
    for (const bytes of [await zipBytes({}), folders, Buffer.alloc(0)])
      expect((await refusalOf(bytes)).refusal).toBe('EMPTY');
  });

  test('that is one part of several', async () => {
    const zip = await zipBytes({ 'a.txt': 'a' });
    zip.writeUInt16LE(1, zip.length - 18);
    expect((await refusalOf(zip)).refusal).toBe('UNSUPPORTED');
    expect((await refusalOf(Buffer.concat([Buffer.from('PK\x07\x08'), zip]))).refusal).toBe('UNSUPPORTED');
  });

  test('that says it has more entries than its bytes can hold, or more than may be', async () => {
    const zip = await zipBytes({ 'a.txt': 'a', 'b.txt': 'b', 'c.txt': 'c' });
    expect((await refusalOf(zip, { entries: 2 })).refusal).toBe('TOO_MANY_ENTRIES');
    zip.writeUInt16LE(65_535, zip.length - 12);
    expect((await refusalOf(zip)).refusal).toBe('DAMAGED');
  });

  test('that unpacks to more than may be, in one entry or in all', async () => {
    const zip = await zipBytes({ 'a.txt': 'a'.repeat(600), 'b.txt': 'b'.repeat(600) });
    expect((await refusalOf(zip, { unpackedBytes: 1199 })).refusal).toBe('TOO_MANY_BYTES');
    expect((await contentsOf(zip, { unpackedBytes: 1200 })).files.size).toBe(2);
  });

  test('that unpacks to a gigabyte of zeros, by what it says', async () => {
    const zeros = function* () {
      const chunk = new Uint8Array(1024 * 1024);
      for (let index = 0; index < 1024; index++) yield chunk;
    };
    const bomb = await zipBytes([
      { path: 'good.txt', content: Buffer.from('good') },
      { path: 'bomb.png', content: toAsync(zeros()), deflate: true },
    ]);
    expect(await refusalOf(bomb)).toMatchObject({ refusal: 'EXPANDS_TOO_MUCH', entry: 'bomb.png' });
    // By what comes out: it claims one byte, and no more than a chunk is unpacked.
    const liar = alterRecord(bomb, 1, (record) => record.writeUInt32LE(1, at.unpacked));
    await using folder = await ArchiveFolder.create();
    await using archive = await openArchive(await folder.file(liar));
    const [, entry] = (await entriesOf(archive)) as ArchiveEntry[];
    let received = 0;
    const reading = (async () => {
      for await (const chunk of entry!.open()) received += (chunk as Buffer).length;
    })();
    await expect(reading).rejects.toMatchObject({ refusal: 'ENTRY_DAMAGED', entry: 'bomb.png' });
    expect(received).toBeLessThan(1024 * 1024);
  });

  test('whose many entries unpack to too much together', async () => {
    const member = (index: number) => ({ path: `${index}.txt`, content: Buffer.alloc(9_000_000), deflate: true });
    const bomb = await zipBytes([member(0), member(1)]);
    expect(await refusalOf(bomb)).toMatchObject({ refusal: 'EXPANDS_TOO_MUCH', entry: undefined });
  });

  test('whose entries share bytes', async () => {
    const zip = await zipBytes({ 'a.txt': 'some text', 'b.txt': 'other text' });
    const overlapping = alterRecord(zip, 1, (record) => record.writeUInt32LE(0, at.offset));
    expect((await refusalOf(overlapping)).refusal).toBe('OVERLAPPING_ENTRIES');
  });

  test('that is something else', async () => {
    for (const bytes of [Buffer.from('P'), Buffer.from('%PDF-1.7'), Buffer.alloc(2000, 'x'), Buffer.from('PKxx')])
      expect((await refusalOf(bytes)).refusal).toBe('NOT_AN_ARCHIVE');
  });
});

test('names are read as UTF-8 where they are, said or not, and as code page 437 where not', async () => {
  const zip = await zipWithName('猫/é.jpg');
  const unsaid = alterRecord(Buffer.from(zip), 1, (record) => record.writeUInt16LE(0, at.flags));
  for (const bytes of [zip, unsaid]) expect([...(await contentsOf(bytes)).files.keys()]).toContain('猫/é.jpg');
  const old = alterRecord(await zipWithName(Buffer.from('caf\x82', 'latin1')), 1, (record) =>
    record.writeUInt16LE(0, at.flags),
  );
  expect([...(await contentsOf(old)).files.keys()]).toContain('café');
});

test('entries know their place, their size and their twins, and can be read again and out of order', async () => {
  const zip = await zipBytes({
    'cat/a.txt': 'a',
    'x.zip': 'zip',
    'cat/A.txt': 'AA',
    'folder/x': '',
    'dog/b.txt': 'bbb',
  });
  alterRecord(zip, 3, (record) => record.write('folder//', 46));
  await using folder = await ArchiveFolder.create();
  await using archive = await openArchive(await folder.file(zip));
  expect(archive).toMatchObject({ format: 'ZIP', entryCount: 5 });
  const first = await entriesOf(archive);
  expect(first).toMatchObject([
    { index: 0, progress: 0.2, path: 'cat/a.txt', size: 1, differsOnlyByCase: false },
    { index: 1, progress: 0.4, path: 'x.zip', reason: 'NESTED_ARCHIVE' },
    { index: 2, progress: 0.6, path: 'cat/A.txt', size: 2, differsOnlyByCase: true },
    { index: 4, progress: 1, path: 'dog/b.txt', size: 3, differsOnlyByCase: false },
  ]);
  const again: (ArchiveEntry | SkippedEntry)[] = [];
  for await (const entry of archive.entries()) {
    again.push(entry);
    if (again.length === 3) break;
  }
  expect(again.map(({ path }) => path)).toEqual(first.slice(0, 3).map(({ path }) => path));
  const last = first[3] as ArchiveEntry;
  expect((await buffer(last.open())).toString()).toBe('bbb');
  expect((await last.read(3)).toString()).toBe('bbb');
  await expect(last.read(2)).rejects.toMatchObject({ refusal: 'ENTRY_TOO_LARGE', entry: 'dog/b.txt' });
  expect(await readdir(folder.path)).toEqual(['archive']);
});

test('a failure of the disk is no fault of the archive', async () => {
  await using folder = await ArchiveFolder.create();
  await expect(openArchive(folder.path)).rejects.toMatchObject({ code: 'EISDIR' });
  await expect(openArchive(`${folder.path}/absent`)).rejects.toMatchObject({ code: 'ENOENT' });
});

test('whatever bytes are changed, the archive is read or refused, and nothing else happens', async () => {
  const whole = await zipBytes({ 'cat/a.txt': 'some text '.repeat(20), 'dog/b.txt': 'b', 'dog/c.txt': 'c' });
  const change = fc.tuple(fc.nat(whole.length - 1), fc.constantFrom(0, 1, 2, 0x50, 0x7f, 0x80, 0xfe, 0xff));
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
      const bytes = Buffer.from(whole);
      for (const [offset, value] of changes) bytes[offset] = value;
      try {
        const { files, skipped, damaged } = await contentsOf(bytes);
        expect(files.size + skipped.length + damaged.length).toBeGreaterThan(0);
      } catch (error) {
        expect(error).toBeInstanceOf(ArchiveRefusedError);
      }
    }),
    { numRuns: 400 },
  );
});

async function* toAsync<Item>(items: Iterable<Item>): AsyncGenerator<Item> {
  yield* items;
}
