import type { Readable } from 'node:stream';

/** Bytes of an object from `start` to `end`, both counted from 0 and both included, as HTTP has it. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

export interface PutStreamOptions {
  /** Nobody but the store reads the chunks, as those of a request: their memory is given back as soon as they are stored. @default false */
  readonly release?: boolean;
}

/** Where bytes live: the file system on one machine, an S3-compatible store in production. Keys are `/`-separated, ours alone. */
export interface ObjectStore {
  /** Stores the bytes so that they survive a crash the moment the promise resolves; replaces what was there. */
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** As `put` for each of them, at less than their cost together; where it fails, some may be stored. */
  putMany(objects: readonly { readonly key: string; readonly bytes: Uint8Array }[]): Promise<void>;
  /** Streams bytes in with a bound; returns how many. @throws {ObjectTooLargeError} past `maximumBytes`, storing nothing. */
  putStream(key: string, source: Readable, maximumBytes: number, options?: PutStreamOptions): Promise<number>;
  /** @throws {ObjectMissingError} */
  get(key: string): Promise<Buffer>;
  /**
   * Streams the object, or a range that lies inside of it; `bytes` are those of the stream. Who does not read it to its end destroys it.
   * @throws {ObjectMissingError} {RangeError}
   */
  open(key: string, range?: ByteRange): Promise<{ stream: Readable; bytes: number }>;
  /** Size in bytes, or undefined when there is no such object. */
  size(key: string): Promise<number | undefined>;
  /** Deleting what is not there is no error. */
  delete(key: string): Promise<void>;
  /** Where the object lies on this machine, to be read only; undefined where the store is elsewhere. */
  localPath(key: string): string | undefined;
  /** Deletes every object whose key starts with `prefix`, which ends with a slash. */
  deleteAll(prefix: string): Promise<void>;
}

/** Bytes that a row promises are gone: the store was changed behind our back. */
export class ObjectMissingError extends Error {
  readonly key: string;
  constructor(key: string) {
    super(`The object store has no object ${key}.`);
    this.name = 'ObjectMissingError';
    this.key = key;
  }
}

/** The sender sends more than it may. */
export class ObjectTooLargeError extends Error {
  readonly maximumBytes: number;
  constructor(maximumBytes: number) {
    super(`More than the allowed ${maximumBytes} bytes were sent.`);
    this.name = 'ObjectTooLargeError';
    this.maximumBytes = maximumBytes;
  }
}
