import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { syncFolder } from '../platform/objects/sync-folder.ts';
import { BackupError } from './backup-errors.ts';
import { isUnfinishedName, listBackups, objectFile, unfinishedName } from './backup-folder.ts';
import type { BackupTarget } from './backup-target.ts';
import { manifestFile } from './manifest.ts';
import { measure, MeasuredStream, type Measured } from './measured-stream.ts';
import { objectIndexFile, readLines, type IndexedObject } from './object-index.ts';

/** A backup in a folder of backups, whose objects are kept once for all of them. @throws {BackupError} */
export async function createFolderTarget(folder: string, name: string): Promise<BackupTarget> {
  const draft = join(folder, unfinishedName(name));
  const place = join(folder, name);
  let latest: string | undefined;
  try {
    await mkdir(join(folder, 'objects'), { recursive: true, mode: 0o700 });
    const names = await listBackups(folder);
    if (names.includes(name)) throw new BackupError(`There is a backup ${place} already.`);
    latest = names.at(-1);
    // What a backup that was killed has left. Its objects stay: they are whole, and the next one may want them.
    for (const file of await readdir(folder))
      if (isUnfinishedName(file)) await rm(join(folder, file), { recursive: true });
    await mkdir(join(draft, 'database'), { recursive: true, mode: 0o700 });
  } catch (error) {
    throw error instanceof BackupError
      ? error
      : new BackupError(`No backup can be written to ${folder} (${String(error)}).`);
  }

  const write = async (file: string, source: Readable): Promise<Measured> => {
    const measuring = new MeasuredStream();
    await pipeline(source, measuring, createWriteStream(file, { flags: 'wx', flush: true, mode: 0o600 }));
    return measuring.measured;
  };

  /** Folders whose new files a crash may still undo: until the end nothing counts on them. */
  const changed = new Set<string>();
  return {
    concurrency: 16,
    earlierObjects: async function* () {
      if (latest !== undefined)
        yield* readLines<IndexedObject>(createReadStream(join(folder, latest, objectIndexFile)));
    },
    keepObject: ({ bytes, sha256 }) => isWhole(join(folder, objectFile(sha256)), { bytes, sha256 }),
    writeObject: async (_key, source) => {
      const draftFile = join(draft, randomUUID());
      const measured = await write(draftFile, source);
      const file = join(folder, objectFile(measured.sha256));
      if (await isWhole(file, measured)) await rm(draftFile);
      else {
        await mkdir(dirname(file), { recursive: true, mode: 0o700 });
        await rename(draftFile, file);
      }
      changed.add(dirname(file));
      return measured;
    },
    writeFile: (file, source) => write(join(draft, file), source),
    finish: async (manifest) => {
      await write(join(draft, manifestFile), Readable.from([Buffer.from(manifest)]));
      for (const inner of [...changed, join(folder, 'objects'), join(draft, 'database'), draft])
        await syncFolder(inner);
      await rename(draft, place);
      await syncFolder(folder);
      return place;
    },
    discard: () => rm(draft, { recursive: true, force: true }),
  };
}

async function isWhole(file: string, { bytes, sha256 }: Measured): Promise<boolean> {
  const found = await stat(file).catch(() => undefined);
  if (found?.size !== bytes) return false;
  return (await measure(createReadStream(file))).sha256 === sha256;
}
