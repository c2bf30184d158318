import { mkdir, open, rename, statfs } from 'node:fs/promises';
import { defaultDownloadSettings, downloadModel, type DownloadSettings } from './download-model.ts';
import { formatBytes } from '../../clients/admin/text/format-bytes.ts';
import { hashFile } from './hash-file.ts';
import { addressOf, modelFiles } from './model-files.ts';
import {
  DiskFullError,
  FolderUnusableError,
  NotPlacedHereError,
  WrongChecksumError,
  WrongSizeError,
  type Target,
} from './models-error.ts';
import { PartFolder } from './part-folder.ts';
import { readSourceNote, writeSourceNote } from './source-note.ts';

export interface PullOptions extends Target {
  readonly signal: AbortSignal;
  /** Called with the bytes that are here, often. */
  readonly onBytes?: (bytes: number) => void;
  readonly settings?: DownloadSettings;
  /** Bytes that the disk of a folder can still take. */
  readonly freeBytes?: (directory: string) => Promise<number>;
}

/** `ADOPTED`: somebody had copied the right file to its place. */
export type PullOutcome = 'DOWNLOADED' | 'ALREADY_INSTALLED' | 'ADOPTED';

/** Left free on the disk, for everything else that happens meanwhile. */
const reserveBytes = 16 * 1024 * 1024;

/**
 * Makes the model stand at its place, whole and right: it is there already, or is fetched, checked and moved there in one step.
 * @throws {ModelsError} nothing was placed; unless the bytes were wrong, those that came stay for the next pull
 */
export async function pullModel(options: PullOptions): Promise<PullOutcome> {
  const { entry, directory } = options;
  const files = modelFiles(directory, entry.name);
  try {
    await mkdir(directory, { recursive: true });
    const note = await readSourceNote(files);
    const sha256 = await hashFile(files.model);
    if (sha256 === entry.sha256) {
      await writeSourceNote(files, note ?? { entry, placedAt: new Date().toISOString(), origin: null });
      return note ? 'ALREADY_INSTALLED' : 'ADOPTED';
    }
    if (sha256 !== undefined && !note) throw new NotPlacedHereError(entry.name, files.model);
    await fetchAndPlace(options);
    return 'DOWNLOADED';
  } catch (error) {
    throw explained(error, options);
  }
}

async function fetchAndPlace(options: PullOptions): Promise<void> {
  const { entry, directory, mirror, signal, onBytes, settings = defaultDownloadSettings } = options;
  const files = modelFiles(directory, entry.name);
  const part = await PartFolder.claim(directory, entry.name);
  try {
    await requireRoom(options, await part.bytes());
    await downloadModel({ target: options, part, signal, onBytes: onBytes ?? (() => {}) }, settings);
    await mkdir(files.folder, { recursive: true });
    await rename(part.file, files.model);
    await syncFolder(files.folder);
  } catch (error) {
    const isWrong = error instanceof WrongSizeError || error instanceof WrongChecksumError;
    await (isWrong || (await part.bytes()) === 0 ? part.discard() : part.release());
    throw error;
  }
  await part.discard();
  await writeSourceNote(files, { entry, placedAt: new Date().toISOString(), origin: addressOf(entry, mirror) });
}

async function requireRoom(options: PullOptions, presentBytes: number): Promise<void> {
  const { entry, directory, freeBytes = freeBytesOf } = options;
  const free = await freeBytes(directory);
  if (free < entry.bytes - presentBytes + reserveBytes) throw new DiskFullError(options, `${formatBytes(free)} free`);
}

async function freeBytesOf(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}

/** Makes the rename survive a power cut. Windows has no such call. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Errors of the disk in words. */
function explained(error: unknown, target: Target): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') return new DiskFullError(target, 'no room left');
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EISDIR', 'EEXIST', 'ELOOP'].includes(code!))
    return new FolderUnusableError(target.directory, error as Error);
  return error;
}
