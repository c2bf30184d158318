import { stat } from 'node:fs/promises';
import { openArchiveSource } from './archive-source.ts';
import { BackupError } from './backup-errors.ts';
import type { BackupSource } from './backup-source.ts';
import { openFolderSource } from './folder-source.ts';

/**
 * @param path a file, a folder of backups, or one backup of such a folder.
 * @param work folder to which of an archive all but the objects is unpacked.
 * @throws {BackupError} where there is none. @throws {DamagedBackupError}
 */
export async function openBackup(path: string, work: string): Promise<BackupSource> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new BackupError(`There is no backup at ${path}.`);
  return found.isDirectory() ? openFolderSource(path) : openArchiveSource(path, work);
}
