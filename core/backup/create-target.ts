import { createArchiveTarget } from './archive-target.ts';
import type { BackupTarget } from './backup-target.ts';
import { createFolderTarget } from './folder-target.ts';

/** A path that ends in `.tar` becomes a file, any other a folder, in which later backups find what need not be copied again. */
export const isArchivePath = (path: string): boolean => path.endsWith('.tar');

/** @param name of the backup within a folder. @throws {BackupError} where nothing can be written. */
export const createBackupTarget = (path: string, name: string): Promise<BackupTarget> =>
  isArchivePath(path) ? createArchiveTarget(path) : createFolderTarget(path, name);
