import type { FileHandle } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ArchiveRefusedError } from '#core/platform/errors.ts';
import type { ArchiveFormat } from './archive.ts';
import { archiveDamage } from './archive-damage.ts';
import { readRange } from './read-range.ts';

const tarBlock = 512;
/** Packed bytes within which the first block of a TAR must come out. */
const sniffedBytes = 1024 * 1024;

/** What a file is by its bytes, whatever it is called. @throws {ArchiveRefusedError} when it is no archive that can be read. */
export async function sniffArchive(file: FileHandle, bytes: number): Promise<ArchiveFormat> {
  if (bytes === 0) throw new ArchiveRefusedError('EMPTY', 'The file has no bytes.');
  const start = await firstBlock(readRange(file, 0, Math.min(bytes, tarBlock)));
  const signature = start.toString('latin1', 0, 4);
  // The second is the end record of a ZIP file without entries.
  if (signature === 'PK\x03\x04' || signature === 'PK\x05\x06') return 'ZIP';
  if (signature === 'PK\x07\x08' || signature === 'PK00')
    throw new ArchiveRefusedError('UNSUPPORTED', 'One part of a split ZIP file: join the parts first.');
  if (signature.startsWith('\x1f\x8b\x08')) {
    if (isTarHeader(await unpackedStart(file, bytes))) return 'TAR_GZ';
    throw new ArchiveRefusedError('NOT_AN_ARCHIVE', 'The gzip file does not hold a TAR archive.');
  }
  if (isTarHeader(start)) return 'TAR';
  throw new ArchiveRefusedError('NOT_AN_ARCHIVE', 'The file is neither a ZIP, a TAR nor a TAR.GZ archive.');
}

async function unpackedStart(file: FileHandle, bytes: number): Promise<Buffer> {
  const packed = Readable.from(readRange(file, 0, Math.min(bytes, sniffedBytes)));
  try {
    return await firstBlock(pipeline(packed, createGunzip(), () => undefined));
  } catch (error) {
    throw archiveDamage(error, 'gzip');
  }
}

async function firstBlock(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  let start = Buffer.alloc(0);
  for await (const chunk of chunks) {
    start = Buffer.concat([start, chunk]);
    if (start.length >= tarBlock) break;
  }
  return start.subarray(0, tarBlock);
}

/** A header whose checksum is right, or the block of zeros with which a TAR without entries starts. */
function isTarHeader(block: Buffer): boolean {
  if (block.length < tarBlock) return false;
  if (block.every((byte) => byte === 0)) return true;
  // The checksum counts itself as eight spaces (POSIX.1-1988, ustar).
  let sum = 8 * 0x20;
  for (const [index, byte] of block.entries()) if (index < 148 || index >= 156) sum += byte;
  return Number.parseInt(block.toString('latin1', 148, 156).trim(), 8) === sum;
}
