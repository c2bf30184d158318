import type { Readable } from 'node:stream';

/** Everything that may stand in an archive and is not read, and what is said about it. */
export const skipReasons = {
  NOISE: 'left behind by an operating system',
  PATH_TRAVERSAL: 'the path leads out of the archive',
  ABSOLUTE_PATH: 'the path is absolute',
  BACKSLASH: 'the path contains a backslash',
  CONTROL_CHARACTER: 'the path contains a control character or is no valid text',
  NO_NAME: 'the path is empty',
  PATH_TOO_LONG: 'the path is longer than 1,024 characters',
  LINK: 'a link, not a file',
  SPECIAL_FILE: 'a device or another special file',
  UNSUPPORTED_COMPRESSION: 'packed with a method other than deflate',
  NESTED_ARCHIVE: 'an archive inside the archive',
  DUPLICATE_PATH: 'an earlier entry has the same path',
  TOO_MANY_BYTES: 'the file is larger than an entry may be',
} as const;
export type SkipReason = keyof typeof skipReasons;

interface EntryPosition {
  /** Counts everything in the archive from 0, folders too; the same every time the archive is read. */
  readonly index: number;
  /** Share of the archive that is read once this entry is, 0 to 1. */
  readonly progress: number;
}

/** A file that can be read. */
export interface ArchiveEntry extends EntryPosition {
  /** Relative, with forward slashes, in NFC, at most 1,024 characters, without empty, `.` and `..` segments. */
  readonly path: string;
  /** Bytes when unpacked. More never come out, whatever the archive says. */
  readonly size: number;
  /** An earlier path differs from this one in upper and lower case only: some file systems cannot hold both. */
  readonly differsOnlyByCase: boolean;
  /** It can be read at any time, beside others; left out = until the next entry is asked for. */
  readonly isLasting?: true;
  /**
   * The unpacked bytes, checked while they come. Can be opened until the next entry is asked for, and of a TAR only once. Fails with
   * an {@link ArchiveRefusedError}: `ENTRY_DAMAGED` when only this entry is wrong.
   */
  open(): Readable;
  /** All bytes at once. @throws {ArchiveRefusedError} `ENTRY_TOO_LARGE`, before anything is read, when there are more than `limit`. */
  read(limit: number): Promise<Buffer>;
}

/** Something that is not read; `NOISE` is not worth a word to people. */
export interface SkippedEntry extends EntryPosition {
  /** For showing: control characters are replaced, and what is too long is cut. */
  readonly path: string;
  readonly reason: SkipReason;
}

export type ArchiveFormat = 'ZIP' | 'TAR' | 'TAR_GZ';

/** An archive on the local disk. Nothing is ever written by the names in it. */
export interface Archive extends AsyncDisposable {
  readonly format: ArchiveFormat;
  /** Entries of a ZIP file, folders included; only a ZIP file says it beforehand. */
  readonly entryCount: number | undefined;
  /**
   * Files and skipped entries in the order of the archive, one at a time, from the start with every call; folders are passed over.
   * @throws {ArchiveRefusedError}
   */
  entries(): AsyncGenerator<ArchiveEntry | SkippedEntry, void, undefined>;
  close(): Promise<void>;
}
