import { ArchiveRefusedError } from '#core/platform/errors.ts';
import type { ArchiveLimits } from './archive-limits.ts';

/* What both formats refuse, by what they say and by what comes. */

export function refuseEntryCount(entries: number, limits: ArchiveLimits): void {
  if (entries > limits.entries)
    throw new ArchiveRefusedError('TOO_MANY_ENTRIES', `The archive has more than ${limits.entries} entries.`);
}

export function refuseUnpackedBytes(unpackedBytes: number, limits: ArchiveLimits): void {
  if (unpackedBytes > limits.unpackedBytes)
    throw new ArchiveRefusedError('TOO_MANY_BYTES', `The archive unpacks to more than ${limits.unpackedBytes} bytes.`);
}

export function refuseExpansion(unpacked: number, packed: number, limits: ArchiveLimits, entry?: string): void {
  if (unpacked > limits.ratioFromBytes && unpacked > packed * limits.ratio) {
    const message = `${entry === undefined ? 'The archive ' : ''}unpacks to more than ${limits.ratio} times its size.`;
    throw new ArchiveRefusedError('EXPANDS_TOO_MUCH', message, entry);
  }
}

export function refuseEmpty(files: number): void {
  if (files === 0) throw new ArchiveRefusedError('EMPTY', 'The archive holds no file.');
}
