import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { ObjectMissingError, ObjectTooLargeError, type ObjectStore } from './object-store.ts';

const keyPattern = /^[A-Za-z0-9_-]+(?:\/[A-Za-z0-9_.-]+)*$/;

/** Objects as files under `root`. Write to a temporary name, fsync, rename, fsync the folder: a crash leaves all or nothing. */
export function createFileStore(root: string): ObjectStore {
  const pathOf = (key: string): string => {
    if (!keyPattern.test(key) || key.includes('..')) throw new Error(`Not an object key: ${JSON.stringify(key)}`);
    return join(root, key);
  };

  const putChunks = async (
    key: string,
    chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    maximumBytes: number,
  ) => {
    const path = pathOf(key);
    const folder = dirname(path);
    await mkdir(folder, { recursive: true });
    const temporary = join(folder, `.${randomUUID()}.part`);
    let bytes = 0;
    try {
      const file = await open(temporary, 'wx');
      try {
        for await (const chunk of chunks) {
          bytes += chunk.byteLength;
          if (bytes > maximumBytes) throw new ObjectTooLargeError(maximumBytes);
          await file.write(chunk);
        }
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, path);
      await syncFolder(folder);
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
      try {
        const { size } = await stat(pathOf(key));
        return { stream: createReadStream(pathOf(key)), bytes: size };
      } catch (error) {
        throw isMissing(error) ? new ObjectMissingError(key) : error;
      }
    },
    size: async (key) => {
      try {
        return (await stat(pathOf(key))).size;
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    delete: (key) => rm(pathOf(key), { force: true }),
    deleteAll: async (prefix) => {
      if (!prefix.endsWith('/')) throw new Error(`Not a key prefix: ${JSON.stringify(prefix)}`);
      await rm(pathOf(prefix.slice(0, -1)), { recursive: true, force: true });
    },
  };
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
