import type { Readable } from 'node:stream';
import type { Manifest } from './manifest.ts';
import type { IndexedObject } from './object-index.ts';

/** A backup to be read. Opening it has checked its manifest, and of an archive everything. */
export interface BackupSource {
  readonly manifest: Manifest;
  /** Reads every byte. @throws {DamagedBackupError} that names the first file that is not what was written. */
  check(): Promise<void>;
  openFile(name: string): Readable;
  /** All objects, some at a time. Each may be opened once, before `act` has ended. */
  eachObject(act: (object: IndexedObject, open: () => Readable) => Promise<void>): Promise<void>;
}
