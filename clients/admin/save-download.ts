import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

/** Writes what comes to a file, which is there whole or not at all. Returns the bytes. */
export async function saveDownload(download: ReadableStream<Uint8Array>, path: string): Promise<number> {
  const draft = `${path}.part-${process.pid}`;
  const file = createWriteStream(draft);
  try {
    await pipeline(download, file);
    await rename(draft, path);
    return file.bytesWritten;
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
