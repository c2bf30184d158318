import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { severalAtOnce } from './several-at-once.ts';
import { checkKey, checkPrefix } from './object-key.ts';
import { ObjectMissingError, type ObjectStore } from './object-store.ts';
import { syncFolder } from './sync-folder.ts';
import { writeStream } from './write-stream.ts';

/** Files that are written at the same time: what waits for the disk waits together. */
const concurrency = 8;

/**
 * Objects as files under `root`. Write to a temporary name, fsync, rename, fsync the folders: a crash leaves all or nothing. A
 * folder is no object, and neither is anything below an object.
 */
export function createFileStore(root: string): ObjectStore {
  const pathOf = (key: string): string => resolve(root, checkKey(key));

  /** Has the file written beside its place; `place` moves it there, and until the folders it names are synced that may be undone. */
  const write = async <T>(key: string, fill: (file: FileHandle) => Promise<T>) => {
    const path = pathOf(key);
    const folder = dirname(path);
    const firstCreated = await mkdir(folder, { recursive: true });
    const temporary = join(folder, `.${randomUUID()}.part`);
    const discard = () => rm(temporary, { force: true });
    let filled: T;
    try {
      const file = await open(temporary, 'wx');
      try {
        filled = await fill(file);
        await file.sync();
      } finally {
        await file.close();
      }
    } catch (error) {
      await discard();
      throw error;
    }
    const folders = foldersBetween(folder, firstCreated ? dirname(firstCreated) : folder);
    return { filled, folders, discard, place: () => rename(temporary, path) };
  };

  const putFile = async <T>(key: string, fill: (file: FileHandle) => Promise<T>): Promise<T> => {
    const written = await write(key, fill);
    try {
      await written.place();
    } catch (error) {
      await written.discard();
      throw error;
    }
    for (const folder of written.folders) await syncFolder(folder);
    return written.filled;
  };

  const putMany = async (objects: readonly { readonly key: string; readonly bytes: Uint8Array }[]) => {
    // Folders of several objects are synced once, after all of them were moved to their places.
    const folders = new Set<string>();
    await severalAtOnce(concurrency, objects, async ({ key, bytes }) => {
      const written = await write(key, (file) => file.writeFile(bytes));
      try {
        await written.place();
      } catch (error) {
        await written.discard();
        throw error;
      }
      for (const folder of written.folders) folders.add(folder);
    });
    // From the innermost outwards.
    const deepestFirst = [...folders].sort((a, b) => b.split(sep).length - a.split(sep).length);
    await severalAtOnce(concurrency, deepestFirst, syncFolder);
  };

  return {
    // `write` may write a part only, on a full disk without an error; `writeFile` goes on until all is written.
    put: (key, bytes) => putFile(key, (file) => file.writeFile(bytes)),
    putMany,
    localPath: pathOf,
    putStream: (key, source: Readable, maximumBytes, options) =>
      putFile(key, (file) => writeStream(file, source, maximumBytes, options)),
    get: async (key) => {
      try {
        return await readFile(pathOf(key));
      } catch (error) {
        throw isMissing(error) ? new ObjectMissingError(key) : error;
      }
    },
    open: async (key, range) => {
      const path = pathOf(key);
      let file: FileHandle | undefined;
      try {
        file = await open(path);
        // Of the opened file, so that the size stays true when the object is replaced now.
        const found = await file.stat();
        if (!found.isFile()) throw new ObjectMissingError(key);
        if (range && range.end >= found.size) throw new RangeError(`The object ${key} has ${found.size} bytes only.`);
        const bytes = range ? range.end - range.start + 1 : found.size;
        return { stream: file.createReadStream(range), bytes };
      } catch (error) {
        await file?.close();
        throw isMissing(error) ? new ObjectMissingError(key) : error;
      }
    },
    size: async (key) => {
      try {
        const found = await stat(pathOf(key));
        return found.isFile() ? found.size : undefined;
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    delete: async (key) => {
      try {
        await rm(pathOf(key), { force: true });
      } catch (error) {
        if (!isMissing(error)) throw error;
      }
    },
    deleteAll: async (prefix) => {
      const path = resolve(root, checkPrefix(prefix));
      const found = await stat(path).catch((error: unknown) => {
        if (!isMissing(error)) throw error;
      });
      if (found?.isDirectory()) await rm(path, { recursive: true, force: true });
    },
  };
}

function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'EISDIR', 'ERR_FS_EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
}

/** From the innermost outwards: a new folder is only there after a crash when the one around it was written too. */
function foldersBetween(innermost: string, outermost: string): string[] {
  const folders = [innermost];
  for (let folder = innermost; folder !== outermost;) folders.push((folder = dirname(folder)));
  return folders;
}
