import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { archiveContents } from '#test/archives.ts';
import { openArchive } from './open-archive.ts';

/** A collection of nasty files beside the repository; the same attacks are built byte by byte in the tests of each format. */
const collection = join(import.meta.dirname, '../../../../shared/hostile/hostile.tar.gz');

const pictures = (folders: string[], each: number) =>
  folders.flatMap((folder) => Array.from({ length: each }, (_, index) => `${folder}/${index}.jpg`));

/** What is read and what is skipped, by count where there are many. */
const accepted: Record<string, { files: string[] | number; skipped?: [string, string][] }> = {
  'good_imagefolder.zip': { files: pictures(['cat', 'dog'], 3) },
  'targz_named.zip': { files: pictures(['cat', 'dog'], 3) },
  'polyglot_part.zip': { files: pictures(['cat'], 2) },
  'zip_slip.zip': {
    files: ['cat/ok.jpg'],
    skipped: [
      ['../../../../tmp/evil_slip.jpg', 'PATH_TRAVERSAL'],
      ['cat/../../up.jpg', 'PATH_TRAVERSAL'],
      ['/abs/evil.jpg', 'ABSOLUTE_PATH'],
      ['C:\\evil.jpg', 'BACKSLASH'],
      ['dog\\..\\..\\x.jpg', 'BACKSLASH'],
    ],
  },
  'zip_symlink.zip': { files: ['cat/ok.jpg'], skipped: [['cat/link.jpg', 'LINK']] },
  'zip_nested_bomb.zip': {
    files: [],
    skipped: Array.from({ length: 16 }, (_, index) => [`${index}.zip`, 'NESTED_ARCHIVE']),
  },
  'zip_macos.zip': {
    files: pictures(['cat', 'dog'], 3),
    skipped: [
      ['__MACOSX/cat/._0.jpg', 'NOISE'],
      ['__MACOSX/._cat', 'NOISE'],
      ['.DS_Store', 'NOISE'],
      ['cat/.DS_Store', 'NOISE'],
      ['dog/Thumbs.db', 'NOISE'],
      ['desktop.ini', 'NOISE'],
    ],
  },
  'zip_nested_folders.zip': {
    files: [
      ...pictures(['my dataset/final v2/train/cat', 'my dataset/final v2/train/dog'], 3),
      'my dataset/final v2/test/cat/0.jpg',
    ],
  },
  'zip_flat.zip': { files: ['0.jpg', '1.jpg', '2.jpg', '3.jpg'] },
  'zip_duplicate_names.zip': { files: ['cat/a.jpg'], skipped: [['cat/a.jpg', 'DUPLICATE_PATH']] },
  'zip_mixed_junk.zip': {
    files: [
      ...pictures(['cat', 'dog'], 3),
      'cat/readme.txt',
      'cat/zero.jpg',
      'dog/broken.jpg',
      'dog/evil.svg',
      'labels.csv',
      'run.sh',
    ],
  },
  'zip_10000_entries.zip': { files: 10_000 },
  'zip_3000_classes.zip': { files: 3000 },
  // No way to tell that it is Latin-1: code page 437, as the format has it.
  'zip_latin1_names.zip': { files: ['cafΘ/bild.jpg'] },
};

const refused: Record<string, { refusal: string; entry?: string }> = {
  'zip_bomb_900MB.zip': { refusal: 'EXPANDS_TOO_MUCH', entry: 'cat/zeros.jpg' },
  'zip_nested_once.zip': { refusal: 'EXPANDS_TOO_MUCH', entry: 'a/zeros.png' },
  'zip_empty.zip': { refusal: 'EMPTY' },
  'zip_truncated.zip': { refusal: 'DAMAGED' },
  'zip_encrypted.zip': { refusal: 'ENCRYPTED', entry: 'cat/a.jpg' },
};

describe.runIf(existsSync(collection))('hostile archives', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'exemplar-hostile-'));
    execFileSync('tar', ['xzf', collection, '-C', folder]);
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('all have an expectation here', async () => {
    const names = await readdir(join(folder, 'archives'));
    expect(names.sort()).toEqual([...Object.keys(accepted), ...Object.keys(refused)].sort());
  });

  test.each(Object.entries(accepted))('%s is read', async (name, { files, skipped = [] }) => {
    const contents = await archiveContents(join(folder, 'archives', name));
    const paths = [...contents.files.keys()];
    if (typeof files === 'number') expect(paths).toHaveLength(files);
    else expect(paths).toEqual(files);
    expect(contents.skipped).toEqual(skipped);
    expect(contents.damaged).toEqual([]);
  });

  test.each(Object.entries(refused))('%s is refused before anything is read', async (name, refusal) => {
    await expect(openArchive(join(folder, 'archives', name))).rejects.toMatchObject({
      code: 'ARCHIVE_REFUSED',
      ...refusal,
    });
  });
});
