import { constants } from 'node:fs';
import { open, readdir, realpath, stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { ArchiveRefusedError } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Archive } from '../archives/archive.ts';
import { TransferFailedError } from '../transfer-facts.ts';
import { filesAsEntries } from './files-as-entries.ts';

/**
 * A folder of this machine, below the import root, as the entries of an archive. Nothing outside of the root is read, whatever the name of the folder
 * or a link says: links are skipped, also those that take the place of a file or folder after it was listed. @throws {TransferFailedError}
 */
export async function openImportFolder(
  { config }: Pick<Platform, 'config'>,
  folder: string,
): Promise<Pick<Archive, 'entries' | 'close'>> {
  const missing = (message: string) =>
    new TransferFailedError('SOURCE_MISSING', message, 'Name a folder below EXEMPLAR_IMPORT_ROOT of the workers.');
  if (config.importRoot === undefined)
    throw missing('This worker imports no folders: EXEMPLAR_IMPORT_ROOT is not set.');
  const root = await realpath(config.importRoot).catch(() => undefined);
  const path = root && (await realpath(resolve(root, folder)).catch(() => undefined));
  if (!root || !path || (path !== root && !path.startsWith(root + sep)) || !(await stat(path)).isDirectory())
    throw missing(`There is no folder ${JSON.stringify(folder)} below the import root.`);
  const found = await readdir(path, { recursive: true, withFileTypes: true });
  const files = found
    .filter((entry) => !entry.isDirectory())
    .map((entry) => {
      const full = join(entry.parentPath, entry.name);
      return { path: full, name: relative(path, full).split(sep).join('/'), isLink: !entry.isFile() };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return filesAsEntries(files, readRealFile);
}

/** The first `size` bytes of the file at a path without links. @throws {ArchiveRefusedError} `ENTRY_DAMAGED` when there is none any more. */
async function* readRealFile(path: string, size: number): AsyncGenerator<Buffer, void, undefined> {
  const changed = () => new ArchiveRefusedError('ENTRY_DAMAGED', 'it was changed while it was imported.');
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(() => {
    throw changed();
  });
  try {
    // O_NOFOLLOW looks at the last name only.
    if ((await realpath(path).catch(() => undefined)) !== path || !(await file.stat()).isFile()) throw changed();
    if (size > 0) yield* file.createReadStream({ autoClose: false, end: size - 1 }) as AsyncIterable<Buffer>;
  } finally {
    await file.close();
  }
}
