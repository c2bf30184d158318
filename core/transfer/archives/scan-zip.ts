import type { FileHandle } from 'node:fs/promises';
import { ArchiveRefusedError } from '#core/platform/errors.ts';
import { refuseEmpty, refuseEntryCount, refuseExpansion, refuseUnpackedBytes } from './archive-bounds.ts';
import { archiveDamage, encryptedArchive } from './archive-damage.ts';
import type { ArchiveLimits } from './archive-limits.ts';
import { shownName } from './archive-path.ts';
import { zipEntries } from './read-zip.ts';
import { directoryFits, listZipEntry, openZipDirectory, zipExtent } from './zip-directory.ts';

/**
 * Reads the directory of a ZIP file once from start to end, and nothing else, so that a hostile one is refused before any of it is
 * used. Returns how many entries there are.
 * @throws {ArchiveRefusedError}
 */
export async function scanZip(file: FileHandle, bytes: number, limits: ArchiveLimits): Promise<number> {
  const directory = await openZipDirectory(file, bytes).catch((error: unknown) => {
    throw archiveDamage(error, 'ZIP');
  });
  const { entryCount } = directory;
  refuseEntryCount(entryCount, limits);
  if (!directoryFits(entryCount, bytes))
    throw new ArchiveRefusedError('DAMAGED', `The ZIP file says that it has ${entryCount} entries: it cannot.`);
  const starts = new Float64Array(entryCount);
  const ends = new Float64Array(entryCount);
  let index = 0;
  let files = 0;
  let unpackedBytes = 0;
  for await (const entry of zipEntries(directory)) {
    const { name, kind } = listZipEntry(entry);
    if (entry.isEncrypted()) throw encryptedArchive(shownName(name));
    const { start, end } = zipExtent(entry);
    if (end > bytes)
      throw new ArchiveRefusedError('DAMAGED', 'the ZIP file ends before this entry does.', shownName(name));
    starts[index] = start;
    ends[index++] = end;
    if (kind !== 'FOLDER') files++;
    unpackedBytes += entry.uncompressedSize;
    refuseExpansion(entry.uncompressedSize, entry.compressedSize, limits, shownName(name));
    refuseUnpackedBytes(unpackedBytes, limits);
  }
  refuseEmpty(files);
  refuseExpansion(unpackedBytes, bytes, limits);
  // Stretches are apart exactly when each ends before the next begins, both sorted on their own.
  starts.sort();
  ends.sort();
  for (let next = 1; next < entryCount; next++)
    if (starts[next]! < ends[next - 1]!)
      throw new ArchiveRefusedError('OVERLAPPING_ENTRIES', 'Entries of the ZIP file share bytes, as only bombs do.');
  return entryCount;
}
