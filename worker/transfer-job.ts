import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ArchiveRefusedError, LimitExceededError, UserError } from '#core/platform/errors.ts';
import type { Platform } from '#core/platform/platform.ts';
import { lostWorkers } from '#core/transfer/reap-lost-transfers.ts';
import {
  claimTransfer,
  endTransfer,
  fencedTransaction,
  readCancelRequest,
  releaseTransfer,
  saveTransferCheckpoint,
  type TransferEnd,
} from '#core/transfer/run-transfer.ts';
import { StaleTransferError } from '#core/transfer/transfer-events.ts';
import { TransferFailedError, type TransferFailure, type TransferKind } from '#core/transfer/transfer-facts.ts';
import type { Transfer } from '#core/transfer/transfer-row.ts';
import type { TransferRunner } from '#core/transfer/transfer-run.ts';
import { isDiskFull } from '#engine/index.ts';
import { TransferProgressRecorder } from './transfer-progress.ts';

/** After so many attempts in a row that got no further it is the transfer that kills its workers. */
const mostFruitlessAttempts = 12;
/** An error that nobody foresaw may be gone the next time. */
const mostErrors = 3;
const millisecondsBetweenLooks = 500;

export type TransferRunners = Readonly<Partial<Record<TransferKind, TransferRunner>>>;

/**
 * Does one transfer from claim to end. Returns when it has ended or belongs to another attempt; throws when the queue should try again.
 * @param lost raised when the queue has taken the job away. @param stopping raised when the worker stops.
 */
export async function transferJob(
  platform: Platform,
  runners: TransferRunners,
  transferId: string,
  { lost, stopping }: { readonly lost: AbortSignal; readonly stopping: AbortSignal },
): Promise<void> {
  if (stopping.aborted) throw new Error('the worker stops');
  const transfer = await claimTransfer(platform, transferId);
  if (!transfer) return;
  try {
    const end = await attempt(platform, runners[transfer.kind], transfer, { lost, stopping });
    if (end) return await endTransfer(platform, transfer, end);
    await releaseTransfer(platform, transfer);
  } catch (error) {
    if (!(error instanceof StaleTransferError)) throw error;
    platform.log.warn({ transferId, attempt: transfer.attempt }, 'another attempt has taken over the transfer');
    return;
  }
  throw new Error('the transfer was interrupted');
}

/** How the transfer ends; undefined when another attempt is to go on. @throws {StaleTransferError} */
async function attempt(
  platform: Platform,
  runner: TransferRunner | undefined,
  transfer: Transfer,
  { lost, stopping }: { readonly lost: AbortSignal; readonly stopping: AbortSignal },
): Promise<TransferEnd | undefined> {
  if (transfer.cancelRequested) return { state: 'CANCELLED' };
  if (transfer.fruitlessAttempts > mostFruitlessAttempts)
    return { state: 'FAILED', failure: lostWorkers(transfer.attempt) };
  const cancelled = new AbortController();
  const overtaken = new AbortController();
  const onError = (error: unknown) => {
    // A database that does not answer for a moment is no reason to give up; a successor is.
    if (error instanceof StaleTransferError) overtaken.abort(error);
  };
  const looking = setInterval(() => {
    readCancelRequest(platform, transfer).then((isRequested) => isRequested && cancelled.abort(), onError);
  }, millisecondsBetweenLooks);
  const recorder = new TransferProgressRecorder(platform, transfer, onError);
  const folder = join(platform.config.workDirectory, `transfer-${transfer.id}-${transfer.attempt}`);
  try {
    if (!runner) throw new Error(`this worker cannot do transfers of the kind ${transfer.kind}`);
    await mkdir(folder, { recursive: true });
    const outcome = await runner(platform, {
      transfer,
      signal: AbortSignal.any([cancelled.signal, overtaken.signal, lost, stopping]),
      folder,
      progress: (step) => recorder.add(step),
      transaction: (work) => fencedTransaction(platform, transfer, work),
      checkpoint: (tx, state) => saveTransferCheckpoint(tx, transfer, state),
    });
    await recorder.flush();
    return { state: 'COMPLETED', ...outcome };
  } catch (error) {
    await recorder.flush();
    if (error instanceof StaleTransferError) throw error;
    if (cancelled.signal.aborted) return { state: 'CANCELLED' };
    if (overtaken.signal.aborted || lost.aborted || stopping.aborted) return undefined;
    const failure = failureOf(error);
    if (failure) return { state: 'FAILED', failure };
    platform.log.error({ err: error, transferId: transfer.id, attempt: transfer.attempt }, 'a transfer failed');
    if (transfer.fruitlessAttempts < mostErrors) throw error;
    return { state: 'FAILED', failure: internal(error) };
  } finally {
    clearInterval(looking);
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the person is told; undefined for what nobody foresaw. */
function failureOf(error: unknown): TransferFailure | undefined {
  if (error instanceof TransferFailedError) return error.failure;
  if (error instanceof ArchiveRefusedError)
    return {
      code: 'ARCHIVE_REFUSED',
      message: error.message,
      hint: 'Pack the files anew, as a plain ZIP or TAR, and upload that.',
      retryable: false,
    };
  if (error instanceof UserError)
    return {
      code: error instanceof LimitExceededError ? 'LIMIT_EXCEEDED' : 'SOURCE_MISSING',
      message: error.message,
      hint: 'Look at what the message names, then start it again.',
      retryable: false,
    };
  if (isDiskFull(error))
    return {
      code: 'DISK_FULL',
      message: `The worker could not write: ${(error as Error).message}`,
      hint: 'Make room on the disk of the worker and of the object store, then start it again.',
      retryable: true,
    };
  return undefined;
}

const internal = (error: unknown): TransferFailure => ({
  code: 'INTERNAL',
  message: `It failed by a defect of ours: ${error instanceof Error ? error.message : String(error)}`,
  hint: 'Start it again; if it fails again, send us the log of the worker.',
  retryable: true,
});
