import type { FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { releaseBytes } from '#engine/pictures/index.ts';
import { ObjectTooLargeError, type PutStreamOptions } from './object-store.ts';

/** What is written at a time; a virtual machine with Linux 6.18 and ext4 took six times as long for each byte where it was given 1 MiB and more. */
const mostBytes = 512 * 1024;
/** Small ones are not worth waiting for. */
const mostChunks = 64;
/** What has been written begins its way to the disk after so much, or all of a long stream would be waited for in its end. */
const syncedBytes = 32 * 1024 * 1024;

/**
 * Writes a stream to where the file stands, and returns how many bytes it has. What comes over a network comes 64 kB at a time, and each write waits for
 * a thread of its own: so some chunks are written together, while those after them come in.
 * @throws {ObjectTooLargeError} as soon as more than `maximumBytes` have come.
 */
export async function writeStream(
  file: FileHandle,
  source: Readable,
  maximumBytes: number,
  { release = false }: PutStreamOptions = {},
): Promise<number> {
  let bytes = 0;
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  let writing = Promise.resolve();
  let unsynced = 0;
  let syncing = Promise.resolve();
  const writeWaiting = async () => {
    const chunks = waiting;
    if (chunks.length === 0) return;
    unsynced += waitingBytes;
    [waiting, waitingBytes] = [[], 0];
    await writing;
    if (unsynced >= syncedBytes) {
      unsynced = 0;
      await syncing;
      syncing = file.datasync();
      syncing.catch(() => {});
    }
    writing = writeTogether(file, chunks).then(() => {
      if (release) for (const chunk of chunks) releaseBytes(chunk);
    });
    // Heard of when the next are written; without this it would end the process first.
    writing.catch(() => {});
  };
  try {
    for await (const chunk of source as AsyncIterable<Uint8Array>) {
      bytes += chunk.byteLength;
      if (bytes > maximumBytes) throw new ObjectTooLargeError(maximumBytes);
      if (waitingBytes + chunk.byteLength > mostBytes) await writeWaiting();
      waiting.push(chunk);
      waitingBytes += chunk.byteLength;
      if (waitingBytes >= mostBytes || waiting.length === mostChunks) await writeWaiting();
    }
    await writeWaiting();
    await writing;
    await syncing;
    return bytes;
  } finally {
    // The file is closed next.
    await Promise.allSettled([writing, syncing]);
  }
}

async function writeTogether(file: FileHandle, chunks: readonly Uint8Array[]): Promise<void> {
  // A long one comes alone, and is written in pieces.
  let { bytesWritten } = chunks.length > 1 ? await file.writev(chunks) : { bytesWritten: 0 };
  // It may have written a part only, on a full disk without an error; this goes on until all is written.
  for (const chunk of chunks) {
    const written = Math.min(bytesWritten, chunk.byteLength);
    bytesWritten -= written;
    if (written < chunk.byteLength) await file.writeFile(chunk.subarray(written));
  }
}
