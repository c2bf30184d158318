import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar-stream';
import { defaultArchiveLimits } from '../transfer/archives/archive-limits.ts';
import { feedTar } from '../transfer/archives/feed-tar.ts';
import { archivedObjects } from './archive-target.ts';
import { DamagedBackupError } from './backup-errors.ts';
import type { BackupSource } from './backup-source.ts';
import { manifestFile, readManifest, type Manifest } from './manifest.ts';
import { measure, MeasuredStream, type Measured } from './measured-stream.ts';
import { readLines, writeLines, type IndexedObject } from './object-index.ts';

const filePattern = /^(?:manifest\.json|objects\.ndjson\.gz|database\/\w+\.copy\.gz)$/;

/** Reads the whole archive to see that it is what was written, and unpacks all but the objects into the folder. @throws {DamagedBackupError} */
export async function openArchiveSource(path: string, work: string): Promise<BackupSource> {
  const unpacked = join(work, 'unpacked');
  await mkdir(unpacked, { recursive: true });
  const files = new Map<string, Measured>();
  const found = join(work, 'found-objects');
  const objects = async function* () {
    for await (const { name, content } of readArchive(path)) {
      if (name.startsWith(archivedObjects)) {
        yield { key: name.slice(archivedObjects.length), ...(await measure(content)) };
        continue;
      }
      if (!filePattern.test(name)) throw new DamagedBackupError(`${path}: ${name}`, 'is no file of a backup');
      const file = join(unpacked, name);
      await mkdir(dirname(file), { recursive: true });
      const measuring = new MeasuredStream();
      await pipeline(content, measuring, createWriteStream(file));
      files.set(name, measuring.measured);
    }
  };
  await pipeline(writeLines(objects()), createWriteStream(found));
  if (!files.has(manifestFile))
    throw new DamagedBackupError(path, `has no ${manifestFile}: it is cut off, or no backup`);
  const manifest = readManifest(await readFile(join(unpacked, manifestFile), 'utf8'), `${path}: ${manifestFile}`);
  for (const { file, bytes, sha256 } of [...manifest.tables, manifest.objects]) {
    const measured = files.get(file);
    if (measured?.bytes !== bytes || measured.sha256 !== sha256)
      throw new DamagedBackupError(`${path}: ${file}`, measured ? 'does not have its checksum' : 'is missing');
  }
  const openFile = (file: string) => createReadStream(join(unpacked, file));
  await compareObjects(path, manifest, openFile(manifest.objects.file), createReadStream(found));
  return {
    manifest,
    check: () => Promise.resolve(),
    openFile,
    eachObject: async (act) => {
      const index = readLines<IndexedObject>(openFile(manifest.objects.file));
      for await (const { name, content } of readArchive(path)) {
        if (!name.startsWith(archivedObjects)) continue;
        const { value } = await index.next();
        await act(value as IndexedObject, () => content);
      }
    },
  };
}

/** What stands in the archive against what its index says, one by one. */
async function compareObjects(path: string, { objects }: Manifest, index: Readable, found: Readable): Promise<void> {
  const foundObjects = readLines<Omit<IndexedObject, 'kind'>>(found);
  let count = 0;
  for await (const { key, bytes, sha256 } of readLines<IndexedObject>(index)) {
    const { value, done } = await foundObjects.next();
    if (done || value.key !== key) throw new DamagedBackupError(`${path}: ${archivedObjects}${key}`, 'is missing');
    if (value.bytes !== bytes || value.sha256 !== sha256)
      throw new DamagedBackupError(`${path}: ${archivedObjects}${key}`, 'does not have its checksum');
    count++;
  }
  await foundObjects.return();
  if (count !== objects.count) throw new DamagedBackupError(`${path}: ${objects.file}`, 'does not list all objects');
}

/** Entries in their order; each is read whole or not at all. @throws {DamagedBackupError} */
async function* readArchive(path: string): AsyncGenerator<{ name: string; content: Readable }, void> {
  const source = createReadStream(path);
  const parser = extract();
  const feeding = feedTar(source, false, parser, { ...defaultArchiveLimits, unpackedBytes: Number.POSITIVE_INFINITY });
  let name = 'its beginning';
  try {
    for await (const entry of parser) {
      ({ name } = entry.header);
      const content = Readable.from(contentOf(entry as AsyncIterable<Uint8Array>, `${path}: ${name}`));
      yield { name, content };
      // The next one comes after the last byte of this one, wanted or not.
      if (!content.readableEnded) await measure(content);
    }
    const { hasEndMarker } = await feeding;
    if (!hasEndMarker) throw new DamagedBackupError(path, 'is cut off');
  } catch (error) {
    if (error instanceof DamagedBackupError) throw error;
    throw new DamagedBackupError(path, `cannot be read at ${name} (${(error as Error).message})`);
  } finally {
    source.destroy();
    parser.destroy();
    await feeding;
  }
}

async function* contentOf(entry: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<Uint8Array, void> {
  try {
    yield* entry;
  } catch (error) {
    throw new DamagedBackupError(file, `is cut off (${(error as Error).message})`);
  }
}
