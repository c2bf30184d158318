import type { FileHandle } from 'node:fs/promises';
import { isUtf8 } from 'node:buffer';
import { callbackify } from 'node:util';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import type { ListedEntry } from './judge-entry.ts';

/** Smallest record of a directory. */
const recordBytes = 46;
const windowBytes = 256 * 1024;
const methods = { stored: 0, deflated: 8 };
const utf8Flag = 0x800;

/** The directory of a ZIP file (also ZIP64), which stands at its end; what it says is checked by nobody yet. */
export async function openZipDirectory(file: FileHandle, bytes: number): Promise<ZipFile> {
  return yauzl.fromRandomAccessReaderPromise(new WindowReader(file), bytes, { autoClose: false, decodeStrings: false });
}

/** Whether a directory of so many entries fits into the file at all. */
export const directoryFits = (entryCount: number, bytes: number): boolean => entryCount * recordBytes <= bytes;

/** Bytes that an entry takes at the very least, from `start` to `end`: its own header may be longer than the directory tells. */
export function zipExtent(entry: Entry): { readonly start: number; readonly end: number } {
  const start = entry.relativeOffsetOfLocalHeader;
  return { start, end: start + 30 + entry.fileNameLength + entry.compressedSize };
}

export function listZipEntry(entry: Entry): ListedEntry {
  const name = zipName(entry);
  // High half: the mode of Unix, 0 where another system made the archive.
  const type = (entry.externalFileAttributes >>> 28) & 0o17;
  const isFolder = name.endsWith('/') || type === 0o04;
  const readable = entry.compressionMethod === methods.stored || entry.compressionMethod === methods.deflated;
  return {
    name,
    size: entry.uncompressedSize,
    kind: isFolder ? 'FOLDER' : type === 0o12 ? 'LINK' : type === 0o10 || type === 0 ? 'FILE' : 'SPECIAL_FILE',
    ...(!readable && { unreadable: 'UNSUPPORTED_COMPRESSION' }),
  };
}

export const isDeflated = (entry: Entry): boolean => entry.compressionMethod === methods.deflated;

/** macOS writes UTF-8 without saying so; what is no UTF-8 is read as code page 437, as the format demands. */
function zipName(entry: Entry): string {
  const raw = entry.fileNameRaw;
  const flags = isUtf8(raw) ? entry.generalPurposeBitFlag | utf8Flag : entry.generalPurposeBitFlag;
  return yauzl.getFileNameLowLevel(flags, raw, entry.extraFields, true);
}

/** Reads ahead: yauzl asks for some 50 bytes at a time. */
class WindowReader extends yauzl.RandomAccessReader {
  readonly #file: FileHandle;
  #window = Buffer.alloc(0);
  #start = 0;

  constructor(file: FileHandle) {
    super();
    this.#file = file;
  }

  override read(
    target: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, bytesRead?: number) => void,
  ): void {
    const wanted = target.subarray(offset, offset + length);
    // At once where it can be: a directory of a million entries is two million reads.
    if (this.#holds(position, length)) callback(null, this.#copy(wanted, position));
    else callbackify(() => this.#refill(wanted, position))(callback);
  }

  #holds(position: number, length: number): boolean {
    return position >= this.#start && position + length <= this.#start + this.#window.length;
  }

  #copy(target: Buffer, position: number): number {
    return this.#window.copy(target, 0, position - this.#start);
  }

  async #refill(target: Buffer, position: number): Promise<number> {
    // An archive may claim any position up to 2^64.
    if (!Number.isSafeInteger(position + target.length)) return 0;
    const buffer = Buffer.allocUnsafe(Math.max(windowBytes, target.length));
    const { bytesRead } = await this.#file.read(buffer, 0, buffer.length, position);
    this.#window = buffer.subarray(0, bytesRead);
    this.#start = position;
    return this.#copy(target, position);
  }

  /** The file belongs to whoever opened it. */
  override close(callback: (error: Error | null) => void): void {
    callback(null);
  }
}
