import { open } from 'node:fs/promises';
import type { Archive } from './archive.ts';
import { defaultArchiveLimits, type ArchiveLimits } from './archive-limits.ts';
import { readTar } from './read-tar.ts';
import { readZip } from './read-zip.ts';
import { scanZip } from './scan-zip.ts';
import { sniffArchive } from './sniff-archive.ts';

/**
 * Opens a ZIP (also ZIP64), TAR or TAR.GZ file, known by its bytes. The directory of a ZIP file is checked as a whole here; a TAR has
 * none and is checked while it is read. Memory stays flat in the size of the file; of every path 32 bytes at most are kept.
 * @throws {ArchiveRefusedError}
 */
export async function openArchive(path: string, limits: Partial<ArchiveLimits> = {}): Promise<Archive> {
  const bounds = { ...defaultArchiveLimits, ...limits };
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const format = await sniffArchive(file, size);
    const entryCount = format === 'ZIP' ? await scanZip(file, size, bounds) : undefined;
    const close = () => file.close();
    return {
      format,
      entryCount,
      entries: () =>
        format === 'ZIP' ? readZip(file, size, bounds) : readTar(path, size, format === 'TAR_GZ', bounds),
      close,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}
