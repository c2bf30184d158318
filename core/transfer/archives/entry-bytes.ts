import { Readable } from 'node:stream';
import { ArchiveRefusedError } from '#core/platform/errors.ts';
import type { ArchiveEntry } from './archive.ts';

/** Both ways to read an entry, from the one that gives its checked bytes. */
export function entryBytes(
  path: string,
  size: number,
  chunks: () => AsyncGenerator<Uint8Array, void, undefined>,
): Pick<ArchiveEntry, 'open' | 'read'> {
  return {
    open: () => Readable.from(chunks(), { objectMode: false }),
    read: async (limit) => {
      if (size > limit) {
        const message = `has ${size} bytes where ${limit} are the most.`;
        throw new ArchiveRefusedError('ENTRY_TOO_LARGE', message, path);
      }
      const read: Uint8Array[] = [];
      for await (const chunk of chunks()) read.push(chunk);
      return Buffer.concat(read);
    },
  };
}
