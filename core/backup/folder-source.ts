import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { batches } from './batches.ts';
import { BackupError, DamagedBackupError } from './backup-errors.ts';
import { listBackups, objectFile } from './backup-folder.ts';
import type { BackupSource } from './backup-source.ts';
import { manifestFile, readManifest } from './manifest.ts';
import { measure, type Measured } from './measured-stream.ts';
import { readLines, type IndexedObject } from './object-index.ts';

const concurrency = 16;

/** The latest backup of a folder of them, or one of them by its own folder. @throws {BackupError} {DamagedBackupError} */
export async function openFolderSource(path: string): Promise<BackupSource> {
  const isOne = await stat(join(path, manifestFile)).then(
    () => true,
    () => false,
  );
  const folder = isOne ? dirname(path) : path;
  const name = isOne ? basename(path) : (await listBackups(path)).at(-1);
  if (name === undefined) throw new BackupError(`There is no finished backup in ${path}.`);
  const place = join(folder, name);
  const manifest = readManifest(
    await readFile(join(place, manifestFile), 'utf8').catch(() => ''),
    join(place, manifestFile),
  );
  const eachObject: BackupSource['eachObject'] = async (act) => {
    const index = readLines<IndexedObject>(createReadStream(join(place, manifest.objects.file)));
    for await (const batch of batches(index, concurrency))
      await Promise.all(
        batch.map((object) => act(object, () => createReadStream(join(folder, objectFile(object.sha256))))),
      );
  };
  return {
    manifest,
    check: async () => {
      for (const file of [...manifest.tables, manifest.objects]) await checkFile(join(place, file.file), file);
      await eachObject((object) => checkFile(join(folder, objectFile(object.sha256)), object));
    },
    openFile: (file) => createReadStream(join(place, file)),
    eachObject,
  };
}

/** @throws {DamagedBackupError} */
async function checkFile(path: string, expected: Measured): Promise<void> {
  const found = await measure(createReadStream(path)).catch((error: NodeJS.ErrnoException) => {
    throw new DamagedBackupError(path, error.code === 'ENOENT' ? 'is missing' : `cannot be read (${error.message})`);
  });
  if (found.bytes !== expected.bytes)
    throw new DamagedBackupError(path, `has ${found.bytes} bytes instead of ${expected.bytes}`);
  if (found.sha256 !== expected.sha256) throw new DamagedBackupError(path, 'does not have its checksum');
}
