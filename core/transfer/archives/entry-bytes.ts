import { Readable } from 'node:stream';
import { ArchiveRefusedError } from '#core/platform/errors.ts';
import type { ArchiveEntry } from './archive.ts';

/** Both ways to read an entry, from the one that gives its checked bytes; `fill` is for entries whose bytes can be had in one go. */
export function entryBytes(
  path: string,
  size: number,
  chunks: () => AsyncGenerator<Uint8Array, void, undefined>,
  fill?: (bytes: Buffer) => Promise<void>,
): Pick<ArchiveEntry, 'open' | 'read'> {
  return {
    open: () => Readable.from(chunks(), { objectMode: false }),
    read: async (limit) => {
      if (size > limit) {
        const message = `has ${size} bytes where ${limit} are the most.`;
        throw new ArchiveRefusedError('ENTRY_TOO_LARGE', message, path);
      }
      // Of its own memory, which can be given back alone.
      const bytes = Buffer.allocUnsafeSlow(size);
      if (fill) {
        await fill(bytes);
        return bytes;
      }
      let filled = 0;
      for await (const chunk of chunks()) {
        bytes.set(chunk, filled);
        filled += chunk.byteLength;
      }
      return bytes.subarray(0, filled);
    },
  };
}
