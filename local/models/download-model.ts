import { setTimeout } from 'node:timers/promises';
import {
  HttpError,
  InterruptedError,
  ModelsError,
  UnreachableError,
  WrongChecksumError,
  WrongSizeError,
} from './models-error.ts';
import { StalledError } from './open-response.ts';
import { PartWriter } from './part-writer.ts';
import { CutOffError, receiveRest, type Transfer } from './receive-rest.ts';

export interface DownloadSettings {
  /** Requests in a row that bring less than 1 MB each before it is given up, at least 1. */
  readonly attempts: number;
  /** Before the second request; doubled for each further one, at most 8 s. */
  readonly firstDelayMilliseconds: number;
  /** A server that sends nothing for so long is given up. */
  readonly stallMilliseconds: number;
}

export const defaultDownloadSettings: DownloadSettings = {
  attempts: 5,
  firstDelayMilliseconds: 500,
  stallMilliseconds: 30_000,
};

const longestDelayMilliseconds = 8000;
/** An attempt that brought so much was worth it: a long file over a bad line is not given up. */
const worthwhileBytes = 1_000_000;
/** The line itself failed, perhaps only for a moment. */
const passingCodes = ['ECONNRESET', 'EPIPE', 'ETIMEDOUT'];
const diskCodes = ['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO', 'EROFS', 'EACCES'];

/**
 * Brings the part to the whole file with the size and SHA-256 of the catalogue, on disk. The part keeps what came when it throws
 * an error of the line; wrong bytes are emptied out of it.
 * @throws {ModelsError}
 */
export async function downloadModel(
  transfer: Omit<Transfer, 'writer' | 'stallMilliseconds'>,
  settings: DownloadSettings,
): Promise<void> {
  const { target, part, onBytes } = transfer;
  const writer = await PartWriter.open(part.file, target.entry.bytes);
  try {
    onBytes(writer.bytes);
    const wasBegunEarlier = writer.bytes > 0;
    await receiveAll({ ...transfer, writer, stallMilliseconds: settings.stallMilliseconds }, settings);
    if (wasBegunEarlier && writer.sha256() !== target.entry.sha256) {
      // What lay here may be to blame rather than what came: a power cut, or a version of the file without a tag.
      await writer.restart();
      await receiveAll({ ...transfer, writer, stallMilliseconds: settings.stallMilliseconds }, settings);
    }
    const sha256 = writer.sha256();
    if (sha256 !== target.entry.sha256) throw new WrongChecksumError(target, sha256);
    await writer.sync();
  } catch (error) {
    if (error instanceof WrongSizeError || error instanceof WrongChecksumError) await writer.restart();
    throw error;
  } finally {
    await writer.close();
  }
}

/** Requests until all bytes are here. */
async function receiveAll(transfer: Transfer, settings: DownloadSettings): Promise<void> {
  const { target, writer, signal } = transfer;
  const before = writer.bytes;
  for (let attempt = 1; writer.bytes < target.entry.bytes; attempt++) {
    const atStart = writer.bytes;
    try {
      await receiveRest(transfer);
    } catch (error) {
      if (signal.aborted) throw new InterruptedError(target, writer.bytes);
      if (!isPassing(error, writer.bytes > before)) throw asModelsError(error, transfer);
      if (writer.bytes - atStart >= worthwhileBytes) attempt = 1;
      if (attempt >= settings.attempts) throw asModelsError(error, transfer);
      const delay = Math.min(settings.firstDelayMilliseconds * 2 ** (attempt - 1), longestDelayMilliseconds);
      await setTimeout(delay, undefined, { signal }).catch(() => {
        throw new InterruptedError(target, writer.bytes);
      });
    }
  }
}

/** Whether the next attempt may succeed. Where nothing came yet, a server that cannot be reached is told at once. */
function isPassing(error: unknown, hasReceived: boolean): boolean {
  if (error instanceof HttpError) return error.isPassing;
  if (error instanceof ModelsError) return false;
  if (error instanceof StalledError || error instanceof CutOffError) return true;
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (passingCodes.includes(code!)) return true;
  return hasReceived && (syscall === 'connect' || syscall === 'getaddrinfo');
}

/** Errors of the disk are left as they are. */
function asModelsError(error: unknown, { target, writer }: Transfer): unknown {
  if (error instanceof ModelsError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  if (diskCodes.includes(code!)) return error;
  return new UnreachableError(target, writer.bytes, message || code || 'the connection failed', { cause: error });
}
