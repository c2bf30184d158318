import type { FileHandle } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import type { Entry, ZipFile } from 'yauzl';
import { ArchiveRefusedError } from '#core/platform/errors.ts';
import type { ArchiveEntry, SkippedEntry } from './archive.ts';
import { archiveDamage } from './archive-damage.ts';
import type { ArchiveLimits } from './archive-limits.ts';
import { entryBytes } from './entry-bytes.ts';
import { judgeEntry } from './judge-entry.ts';
import { readRange } from './read-range.ts';
import { SeenPaths } from './seen-paths.ts';
import { isDeflated, listZipEntry, openZipDirectory } from './zip-directory.ts';

const localHeaderBytes = 30;

/** Entries of a ZIP file that was scanned, so that no entry unpacks to more than the directory says and none to too much. */
export async function* readZip(
  file: FileHandle,
  bytes: number,
  limits: ArchiveLimits,
): AsyncGenerator<ArchiveEntry | SkippedEntry, void, undefined> {
  const seen = new SeenPaths();
  const directory = await openZipDirectory(file, bytes);
  let index = 0;
  for await (const entry of zipEntries(directory)) {
    const position = { index: index++, progress: index / directory.entryCount };
    const listed = listZipEntry(entry);
    const judged = judgeEntry(listed, seen, limits);
    if (!judged) continue;
    if ('reason' in judged) yield { ...position, ...judged };
    else {
      const chunks = () => unpack(file, entry, judged.path);
      const isPlain = !isDeflated(entry) && entry.compressedSize === entry.uncompressedSize;
      const fill = isPlain ? (target: Buffer) => readStored(file, entry, judged.path, target) : undefined;
      yield { ...position, ...judged, size: listed.size, ...entryBytes(judged.path, listed.size, chunks, fill) };
    }
  }
}

/** The records of a directory; damage is a refusal. */
export async function* zipEntries(directory: ZipFile): AsyncGenerator<Entry, void, undefined> {
  try {
    yield* directory.eachEntry();
  } catch (error) {
    throw archiveDamage(error, 'ZIP');
  } finally {
    directory.close();
  }
}

/** The bytes of an entry. The directory's word on how many and which is held against what comes. */
async function* unpack(file: FileHandle, entry: Entry, path: string): AsyncGenerator<Uint8Array, void, undefined> {
  const start = await dataStart(file, entry, path);
  const packed = readRange(file, start, entry.compressedSize);
  let checksum = 0;
  let unpacked = 0;
  try {
    for await (const chunk of isDeflated(entry) ? inflate(packed) : packed) {
      unpacked += chunk.length;
      if (unpacked > entry.uncompressedSize) throw damaged(path, 'unpacks to more bytes than the archive says.');
      checksum = crc32(chunk, checksum);
      yield chunk;
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_'))
      throw damaged(path, `does not unpack: ${error.message}.`);
    throw error;
  }
  if (unpacked < entry.uncompressedSize) throw damaged(path, 'unpacks to fewer bytes than the archive says.');
  if (checksum !== entry.crc32) throw damaged(path, wrongChecksum);
}

/** As {@link unpack}, of an entry that was not packed, in one read. `bytes` has the size that the directory says. */
async function readStored(file: FileHandle, entry: Entry, path: string, bytes: Buffer): Promise<void> {
  const start = await dataStart(file, entry, path);
  for (let filled = 0; filled < bytes.length;) {
    const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, start + filled);
    if (bytesRead === 0) throw damaged(path, 'unpacks to fewer bytes than the archive says.');
    filled += bytesRead;
  }
  if (crc32(bytes) !== entry.crc32) throw damaged(path, wrongChecksum);
}

async function dataStart(file: FileHandle, entry: Entry, path: string): Promise<number> {
  const start = entry.relativeOffsetOfLocalHeader;
  const header = Buffer.alloc(localHeaderBytes);
  const { bytesRead } = await file.read(header, 0, localHeaderBytes, start);
  if (bytesRead < localHeaderBytes || header.readUInt32LE(0) !== 0x04034b50)
    throw damaged(path, 'the archive does not hold it where it says.');
  return start + localHeaderBytes + header.readUInt16LE(26) + header.readUInt16LE(28);
}

async function* inflate(packed: AsyncGenerator<Buffer>): AsyncGenerator<Uint8Array, void, undefined> {
  yield* pipeline(Readable.from(packed), createInflateRaw(), () => undefined);
}

const wrongChecksum = 'its bytes do not have the checksum that the archive says.';
const damaged = (path: string, what: string) => new ArchiveRefusedError('ENTRY_DAMAGED', what, path);
