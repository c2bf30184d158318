import { createReadStream, createWriteStream } from 'node:fs';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Platform } from '../../platform/platform.ts';
import type { Archive, ArchiveEntry, SkippedEntry } from '../archives/archive.ts';
import { openArchive } from '../archives/open-archive.ts';
import { SeenPaths } from '../archives/seen-paths.ts';
import { isDocumentPath } from '../formats/detect-format.ts';
import { isPicturePath } from '../formats/picture-path.ts';
import { filesAsEntries } from './files-as-entries.ts';
import type { ImportSource } from './import-facts.ts';
import { openImportFolder } from './open-import-folder.ts';
import { openStorePrefix } from './open-store-prefix.ts';
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
    if (source.serverFolder !== undefined) opened.push(await openImportFolder(platform, source.serverFolder));
    if (source.storePrefix !== undefined) opened.push(await openStorePrefix(platform, source.storePrefix));
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
    return filesAsEntries([{ path, name: basename(upload.fileName) }], async function* (from) {
      yield* createReadStream(from) as AsyncIterable<Buffer>;
    });
  return openArchive(path);
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
