import type { FileHandle } from 'node:fs/promises';

const chunkBytes = 64 * 1024;

/** Bytes of an open file from `start` on, fewer than `length` where the file ends before. */
export async function* readRange(
  file: FileHandle,
  start: number,
  length: number,
): AsyncGenerator<Buffer, void, undefined> {
  for (let position = start; position < start + length;) {
    const buffer = Buffer.allocUnsafe(Math.min(chunkBytes, start + length - position));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}
