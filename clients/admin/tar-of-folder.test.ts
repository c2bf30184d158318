import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { extract } from 'tar-stream';
import { expect, test } from 'vitest';
import { filesBelow } from './find-files.ts';
import { tarOf } from './tar-of-folder.ts';

test('a folder as TAR is read by others with all names and bytes, and without leftovers of systems', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'exemplar-tar-'));
  const long = `${'ein-langer-name-'.repeat(9)}/${'x'.repeat(150)}.jpg`;
  const contents: Record<string, string> = {
    'cat/10.jpg': 'ten',
    'cat/9.jpg': 'x'.repeat(512),
    'cat/leer.jpg': '',
    'hund – ä/猫.jpg': 'x'.repeat(513),
    [long]: 'long',
  };
  for (const [name, content] of Object.entries({ ...contents, '.DS_Store': 'x', 'cat/Thumbs.db': 'x' })) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  // A way back up would have no end.
  await symlink('..', join(folder, 'cat/up'));
  const { blob, files } = await tarOf(filesBelow(folder));
  expect(files).toBe(5);
  expect(blob.size % 512).toBe(0);
  const found: Record<string, string> = {};
  const reader = extract();
  Readable.from(blob.stream()).pipe(reader);
  for await (const entry of reader) found[entry.header.name] = await text(entry);
  expect(found).toEqual(contents);
  expect(Object.keys(found).slice(0, 2)).toEqual(['cat/9.jpg', 'cat/10.jpg']);
  await rm(folder, { recursive: true });
});
