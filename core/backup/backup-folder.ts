import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/*
 * A folder of backups:
 *   20261126T021500.123Z/manifest.json, objects.ndjson.gz, database/TABLE.copy.gz   one backup
 *   .20261126T021500.123Z.part/                                                 one that is being written, or never was finished
 *   objects/ab/abcdef...                                                        objects of all of them, named by their SHA-256
 */
const namePattern = /^\d{8}T\d{6}\.\d{3}Z$/;

/** Its moment, in milliseconds: two backups of small installations may begin within a second. Sorts by time. */
export const backupName = (moment: Date): string => moment.toISOString().replaceAll(/[-:]/g, '');

export const unfinishedName = (name: string): string => `.${name}.part`;
export const isUnfinishedName = (file: string): boolean => file.startsWith('.') && file.endsWith('.part');

/** Of an object with this digest, from the folder of backups. */
export const objectFile = (sha256: string): string => join('objects', sha256.slice(0, 2), sha256);

/** The oldest first; none where there is no folder. */
export async function listBackups(folder: string): Promise<string[]> {
  const files = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return files.filter((file) => namePattern.test(file)).sort();
}
