import { createReadStream } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { listBackups, unfinishedName } from './backup-folder.ts';
import { objectIndexFile, readLines, type IndexedObject } from './object-index.ts';

/** Deletes all but the latest backups of a folder, and the objects that no other has. Returns the names of those that are gone. */
export async function pruneBackups(folder: string, keep: number): Promise<string[]> {
  const names = await listBackups(folder);
  const gone = names.slice(0, Math.max(0, names.length - keep));
  for (const name of gone) {
    // First out of sight: half a backup must not look like one.
    await rename(join(folder, name), join(folder, unfinishedName(name)));
    await rm(join(folder, unfinishedName(name)), { recursive: true });
  }
  if (gone.length > 0) await deleteUnusedObjects(folder, names.slice(gone.length));
  return gone;
}

async function deleteUnusedObjects(folder: string, names: readonly string[]): Promise<void> {
  const objects = join(folder, 'objects');
  const groups = await readdir(objects);
  // A sixteenth at a time: the digests of millions would take much memory together.
  for (const digit of '0123456789abcdef') {
    const used = new Set<string>();
    for (const name of names)
      for await (const { sha256 } of readLines<IndexedObject>(createReadStream(join(folder, name, objectIndexFile))))
        if (sha256.startsWith(digit)) used.add(sha256);
    for (const group of groups.filter((each) => each.startsWith(digit)))
      for (const file of await readdir(join(objects, group))) if (!used.has(file)) await rm(join(objects, group, file));
  }
}
