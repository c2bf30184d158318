import { releaseBytes } from '#engine/pictures/index.ts';
import type { PutStreamOptions } from './object-store.ts';

const mostGathered = 256 * 1024;

/**
 * The bytes of a stream in fewer chunks: what comes over a network comes 64 kB at a time, and each write waits for a thread of its own. A chunk is
 * the caller's until the next is asked for.
 * @param mostBytes that are expected; with more, the chunk that passes them comes apart from those before.
 * @param options.release gives back at once the memory of what came.
 */
export async function* gatherChunks(
  chunks: AsyncIterable<Uint8Array>,
  mostBytes: number,
  { release = false }: PutStreamOptions = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  const gathered = Buffer.allocUnsafeSlow(Math.max(1, Math.min(mostBytes, mostGathered)));
  let filled = 0;
  try {
    for await (const chunk of chunks) {
      for (let taken = 0; taken < chunk.byteLength;) {
        const part = chunk.subarray(taken, taken + gathered.byteLength - filled);
        gathered.set(part, filled);
        filled += part.byteLength;
        taken += part.byteLength;
        if (filled < gathered.byteLength) continue;
        yield gathered;
        filled = 0;
      }
      if (release) releaseBytes(chunk);
    }
    if (filled > 0) yield gathered.subarray(0, filled);
  } finally {
    releaseBytes(gathered);
  }
}
