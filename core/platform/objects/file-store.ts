import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { checkKey, checkPrefix } from './object-key.ts';
import { ObjectMissingError, ObjectTooLargeError, type ObjectStore } from './object-store.ts';

/**
 * Objects as files under `root`. Write to a temporary name, fsync, rename, fsync the folders: a crash leaves all or nothing. A
 * folder is no object, and neither is anything below an object.
 */
export function createFileStore(root: string): ObjectStore {
  const pathOf = (key: string): string => resolve(root, checkKey(key));

  const putChunks = async (
    key: string,
    chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    maximumBytes: number,
  ) => {
    const path = pathOf(key);
    const folder = dirname(path);
    const firstCreated = await mkdir(folder, { recursive: true });
    const temporary = join(folder, `.${randomUUID()}.part`);
    let bytes = 0;
    try {
      const file = await open(temporary, 'wx');
      try {
        for await (const chunk of chunks) {
          bytes += chunk.byteLength;
          if (bytes > maximumBytes) throw new ObjectTooLargeError(maximumBytes);
          // `write` may write a part only, on a full disk without an error; this one goes on until all is written.
          await file.writeFile(chunk);
        }
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, path);
      await syncFolders(folder, firstCreated ? dirname(firstCreated) : folder);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
    return bytes;
  };

  return {
    put: async (key, bytes) => {
      await putChunks(key, [bytes], Number.MAX_SAFE_INTEGER);
    },
    putStream: (key, source: Readable, maximumBytes) => putChunks(key, source, maximumBytes),
    get: async (key) => {
      try {
        return await readFile(pathOf(key));
      } catch (error) {
        throw isMissing(error) ? new ObjectMissingError(key) : error;
      }
    },
    open: async (key) => {
      const path = pathOf(key);
      let file: FileHandle | undefined;
      try {
        file = await open(path);
        // Of the opened file, so that the size stays true when the object is replaced now.
        const found = await file.stat();
        if (!found.isFile()) throw new ObjectMissingError(key);
        return { stream: file.createReadStream(), bytes: found.size };
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
async function syncFolders(innermost: string, outermost: string): Promise<void> {
  for (let folder = innermost; ; folder = dirname(folder)) {
    const handle = await open(folder);
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (folder === outermost) return;
  }
}
