import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';
import { expect, test } from 'vitest';
import { exposedGarbageCollector } from '#core/platform/objects/object-store.contract.ts';
import { ArchiveFolder } from '#test/archives.ts';
import { openArchive } from './open-archive.ts';
import { writeZip, type ZipMember } from './write-zip.ts';

const count = 20_000;
const collect = exposedGarbageCollector();

/** Most that is held, beyond what was held at the first thousand, when all code has run once. */
function memoryWatch() {
  const held = () => {
    collect();
    const { heapUsed, external, arrayBuffers } = process.memoryUsage();
    return heapUsed + Math.max(external, arrayBuffers);
  };
  let before: number | undefined;
  let most = 0;
  return {
    step: (index: number) => {
      if (index % 1000 !== 999) return;
      const now = held();
      before ??= now;
      most = Math.max(most, now - before);
    },
    most: () => most,
  };
}

const content = (index: number) => Buffer.alloc(2000 + (index % 7) * 1000, `picture ${index} `);

/** Names as long as they get, which must not be what is kept. */
const pathOf = (index: number) => `${'folder/'.repeat(80)}${index}.jpg`;

async function writeTar(path: string): Promise<void> {
  const tar = pack();
  const fill = async () => {
    for (let index = 0; index < count; index++)
      await new Promise<void>((resolve, reject) => {
        tar.entry({ name: pathOf(index) }, content(index), (error) => (error ? reject(error) : resolve()));
      });
    tar.finalize();
  };
  await Promise.all([
    fill(),
    pipeline(tar as AsyncIterable<unknown>, createGzip({ level: 1 }), createWriteStream(path)),
  ]);
}

async function writeManyZip(path: string): Promise<void> {
  const watch = memoryWatch();
  const members = async function* (): AsyncGenerator<ZipMember> {
    for (let index = 0; index < count; index++) {
      watch.step(index);
      yield { path: pathOf(index), content: content(index) };
    }
  };
  await pipeline(writeZip(members()), createWriteStream(path));
  // 600 bytes a name, which stand in the directory at the end; a hundred million bytes of content went through.
  expect(watch.most()).toBeLessThan(24e6);
}

test.each([
  ['ZIP', writeManyZip],
  ['TAR_GZ', writeTar],
])('20,000 entries of a %s go by without being kept', async (format, write) => {
  await using folder = await ArchiveFolder.create();
  const path = await folder.file(Buffer.alloc(0));
  await write(path);
  const watch = memoryWatch();
  await using archive = await openArchive(path);
  expect(archive.format).toBe(format);
  let read = 0;
  for await (const entry of archive.entries()) {
    if ('reason' in entry) throw new Error('expected a file');
    const bytes = await entry.read(10_000);
    expect(bytes.equals(content(read))).toBe(true);
    watch.step(read++);
  }
  expect(read).toBe(count);
  expect(watch.most()).toBeLessThan(10e6);
});
