import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createFileStore } from './file-store.ts';
import { objectStoreContract } from './object-store.contract.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'exemplar-objects-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function filesIn(root: string): Promise<string[]> {
  const entries = await readdir(root, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

objectStoreContract('A folder', async () => {
  // One level down, so that what a traversal leaves outside is seen too.
  const root = join(folder, 'contract/objects');
  return {
    store: createFileStore(root),
    contents: () => filesIn(join(folder, 'contract')),
    empty: async () => {
      await rm(root, { recursive: true, force: true });
      await mkdir(root, { recursive: true });
    },
    close: () => rm(root, { recursive: true, force: true }),
  };
});

it.each([
  ['bytes', 'store.put("a", new Uint8Array(100_000))'],
  ['a stream in small chunks', 'store.putStream("a", Readable.from(Array(100).fill(new Uint8Array(1000))), 1e9)'],
  ['an endless stream', 'store.putStream("a", Readable.from(endless()), 1e12, { release: true })'],
])('reports a disk that is full in the middle of %s, where the system writes a part and no error', async (_, put) => {
  const root = join(folder, 'full');
  const module = JSON.stringify(join(import.meta.dirname, 'file-store.ts'));
  const script = `
    import { Readable } from 'node:stream';
    import { createFileStore } from ${module};
    const store = createFileStore(${JSON.stringify(root)});
    function* endless() { for (;;) yield new Uint8Array(65536); }
    console.log(await ${put}.then(() => 'stored', (error) => error.code));`;
  // A limit on the size of files fails as a full disk does.
  const answer = execFileSync(
    'sh',
    ['-c', 'ulimit -f 16 && exec "$0" --input-type=module --eval "$1"', process.execPath, script],
    { encoding: 'utf8' },
  );
  expect(answer.trim()).toBe('EFBIG');
  expect(await filesIn(root)).toEqual([]);
});
