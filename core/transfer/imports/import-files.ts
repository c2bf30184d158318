import { createReadStream } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, join, relative, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createWriteStream } from 'node:fs';
import type { Platform } from '../../platform/platform.ts';
import type { Archive, ArchiveEntry, SkippedEntry } from '../archives/archive.ts';
import { archivePath, isNoise, shownName } from '../archives/archive-path.ts';
import { entryBytes } from '../archives/entry-bytes.ts';
import { openArchive } from '../archives/open-archive.ts';
import { SeenPaths } from '../archives/seen-paths.ts';
import { isDocumentPath } from '../formats/detect-format.ts';
import { isPicturePath } from '../formats/picture-path.ts';
import { TransferFailedError } from '../transfer-facts.ts';
import type { ImportSource } from './import-facts.ts';
import { importUploadKey, readImportUploads, type ImportUpload } from './import-uploads.ts';

/** What is imported: files in an order that is the same every time they are read. */
export interface ImportFiles extends AsyncDisposable {
  entries(): AsyncGenerator<ArchiveEntry | SkippedEntry, void, undefined>;
}

/**
 * Opens everything that an import names, one after the other; a path that comes twice is skipped the second time.
 * @param folder on this machine, for what has to be copied from the object store. @throws {ArchiveRefusedError} {TransferFailedError}
 */
export async function openImportFiles(
  platform: Platform,
  projectId: string,
  source: ImportSource,
  folder: string,
  signal: AbortSignal,
): Promise<ImportFiles> {
  const opened: Pick<Archive, 'entries' | 'close'>[] = [];
  const close = async () => {
    for (const each of opened) await each.close();
  };
  try {
    const uploads = await readImportUploads(platform, projectId, source.uploadIds);
    for (const upload of uploads) opened.push(await openUpload(platform, upload, folder, signal));
    if (source.serverFolder !== undefined) opened.push(await openFolder(platform, source.serverFolder));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    entries: () => (opened.length === 1 ? opened[0]!.entries() : oneAfterTheOther(opened)),
    [Symbol.asyncDispose]: close,
  };
}

async function openUpload(
  platform: Platform,
  upload: ImportUpload,
  folder: string,
  signal: AbortSignal,
): Promise<Pick<Archive, 'entries' | 'close'>> {
  const key = importUploadKey(upload);
  let path = platform.objects.localPath(key);
  if (path === undefined) {
    path = join(folder, upload.id);
    const { stream } = await platform.objects.open(key);
    await pipeline(stream, createWriteStream(path), { signal });
  }
  if (isDocumentPath(upload.fileName) || isPicturePath(upload.fileName))
    return filesOf([{ path, name: basename(upload.fileName) }]);
  return openArchive(path);
}

/** A folder of the workers' machine, below the import root; links are skipped. */
async function openFolder({ config }: Platform, folder: string): Promise<Pick<Archive, 'entries' | 'close'>> {
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
  return filesOf(files);
}

/** Files as the entries of an archive. */
function filesOf(
  files: readonly { readonly path: string; readonly name: string; readonly isLink?: boolean }[],
): Pick<Archive, 'entries' | 'close'> {
  return {
    entries: async function* () {
      for (const [index, { path, name, isLink }] of files.entries()) {
        const position = { index, progress: (index + 1) / files.length };
        if (isNoise(name)) continue;
        const checked = archivePath(name);
        if (isLink || 'reason' in checked)
          yield { ...position, path: shownName(name), reason: 'reason' in checked ? checked.reason : 'LINK' };
        else {
          const { size } = await stat(path);
          const chunks = async function* () {
            yield* createReadStream(path) as AsyncIterable<Buffer>;
          };
          yield {
            ...position,
            path: checked.path,
            size,
            differsOnlyByCase: false,
            ...entryBytes(checked.path, size, chunks),
          };
        }
      }
    },
    close: async () => {},
  };
}

async function* oneAfterTheOther(
  sources: readonly Pick<Archive, 'entries'>[],
): AsyncGenerator<ArchiveEntry | SkippedEntry, void, undefined> {
  const seen = new SeenPaths();
  let index = 0;
  for (const [number, source] of sources.entries())
    for await (const entry of source.entries()) {
      const position = { index: index++, progress: (number + entry.progress) / sources.length };
      if (!('reason' in entry) && seen.add(entry.path) === 'SEEN')
        yield { path: entry.path, reason: 'DUPLICATE_PATH', ...position };
      else yield { ...entry, ...position };
    }
}
