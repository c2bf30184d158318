import type { Readable } from 'node:stream';
import type { IndexedObject } from './object-index.ts';
import type { Measured } from './measured-stream.ts';

/** Where a backup is written. Nothing of it counts before `finish`. */
export interface BackupTarget {
  /** Objects that may be written at a time. */
  readonly concurrency: number;
  /** Objects of the latest backup in the same place, in the order of its index; none where nothing can be kept. */
  earlierObjects(): AsyncGenerator<IndexedObject, void>;
  /** Whether what is there of an earlier backup still has these bytes, read to see it; it then is part of this one. */
  keepObject(object: Measured): Promise<boolean>;
  /** Objects come in the order of the index, but for those that are written at a time. `bytes` are as many as the source gives. */
  writeObject(key: string, source: Readable, bytes: number): Promise<Measured>;
  writeFile(name: string, source: Readable): Promise<Measured>;
  /** Makes it a backup, at once and as a whole. Returns where it is. */
  finish(manifest: string): Promise<string>;
  /** Removes what was written. */
  discard(): Promise<void>;
}
