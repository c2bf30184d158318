import { and, eq, sql } from 'drizzle-orm';
import type { Transaction } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { retryDeadlock } from '../projects/retry-deadlock.ts';
import { transferTable } from './table.ts';
import { appendTransferEvents, StaleTransferError, wakeTransferWatchers } from './transfer-events.ts';
import { isTransferFinal, type TransferFact, type TransferFailure, type TransferProgress } from './transfer-facts.ts';
import { finishedTransfer, type Transfer } from './transfer-row.ts';

/** An attempt to do a transfer, as its fence needs it. */
export type TransferAttempt = Pick<Transfer, 'id' | 'attempt' | 'projectId'>;

/*
 * What a worker may do to a transfer. There is no viewer here: the job was enqueued by one. Every write is guarded by the attempt number that
 * `claimTransfer` gave, so that a worker that was taken for dead cannot write after its successor started.
 */

/** Takes the transfer for a new attempt; undefined when it has ended already or was deleted with its project. */
export async function claimTransfer(platform: Platform, transferId: string): Promise<Transfer | undefined> {
  const claimed = await platform.db.transaction(async (tx) => {
    const [current] = await tx
      .select({ state: transferTable.state, attempt: transferTable.attempt })
      .from(transferTable)
      .where(eq(transferTable.id, transferId))
      .for('no key update');
    if (!current || isTransferFinal(current.state)) return undefined;
    const [row] = await tx
      .update(transferTable)
      .set({
        attempt: current.attempt + 1,
        fruitlessAttempts: sql`${transferTable.fruitlessAttempts} + 1`,
        state: 'RUNNING',
        startedAt: sql`coalesce(${transferTable.startedAt}, now())`,
      })
      .where(eq(transferTable.id, transferId))
      .returning();
    const fact: TransferFact =
      current.state === 'QUEUED'
        ? { type: 'STATE_CHANGED', state: 'RUNNING', failure: null }
        : { type: 'RESUMED', attempt: row!.attempt };
    await appendTransferEvents(tx, transferId, [fact], row!.attempt);
    return row!;
  });
  if (claimed) wakeTransferWatchers(platform, transferId, claimed.projectId);
  return claimed;
}

/** A transaction that commits only while the attempt is the current one. @throws {StaleTransferError} */
export async function fencedTransaction<T>(
  platform: Platform,
  { id, attempt }: TransferAttempt,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  return retryDeadlock(() =>
    platform.db.transaction(async (tx) => {
      const [row] = await tx
        .select({ id: transferTable.id })
        .from(transferTable)
        .where(and(eq(transferTable.id, id), eq(transferTable.attempt, attempt)))
        .for('no key update');
      if (!row) throw new StaleTransferError(id, attempt);
      return work(tx);
    }),
  );
}

/** From here another attempt goes on; inside a {@link fencedTransaction}. */
export async function saveTransferCheckpoint(
  tx: Transaction,
  { id }: TransferAttempt,
  checkpoint: object,
): Promise<void> {
  await tx.update(transferTable).set({ checkpoint, fruitlessAttempts: 0 }).where(eq(transferTable.id, id));
}

/** The worker stops and gives the transfer back: that was no fruitless attempt. */
export async function releaseTransfer(platform: Platform, transfer: TransferAttempt): Promise<void> {
  await fencedTransaction(platform, transfer, async (tx) => {
    await tx
      .update(transferTable)
      .set({ fruitlessAttempts: sql`greatest(${transferTable.fruitlessAttempts} - 1, 0)` })
      .where(eq(transferTable.id, transfer.id));
  });
}

/** @throws {StaleTransferError} */
export async function recordTransferProgress(
  platform: Platform,
  { id, attempt }: TransferAttempt,
  progress: TransferProgress,
): Promise<void> {
  await platform.db.transaction(async (tx) => {
    await appendTransferEvents(tx, id, [{ type: 'PROGRESSED', ...progress }], attempt);
    await tx.update(transferTable).set({ progress }).where(eq(transferTable.id, id));
  });
  wakeTransferWatchers(platform, id);
}

/** Whether somebody wants it to end. @throws {StaleTransferError} */
export async function readCancelRequest(platform: Platform, { id, attempt }: TransferAttempt): Promise<boolean> {
  const [row] = await platform.db
    .select({ cancelRequested: transferTable.cancelRequested })
    .from(transferTable)
    .where(and(eq(transferTable.id, id), eq(transferTable.attempt, attempt)));
  if (!row) throw new StaleTransferError(id, attempt);
  return row.cancelRequested;
}

export type TransferEnd =
  /** `finish` commits together with it. */
  | { readonly state: 'COMPLETED'; readonly result: object; readonly finish?: (tx: Transaction) => Promise<void> }
  | { readonly state: 'FAILED'; readonly failure: TransferFailure }
  | { readonly state: 'CANCELLED' };

/** @throws {StaleTransferError} */
export async function endTransfer(platform: Platform, transfer: TransferAttempt, end: TransferEnd): Promise<void> {
  const { id, attempt, projectId } = transfer;
  const failure = end.state === 'FAILED' ? end.failure : null;
  await fencedTransaction(platform, transfer, async (tx) => {
    if (end.state === 'COMPLETED') await end.finish?.(tx);
    await appendTransferEvents(tx, id, [{ type: 'STATE_CHANGED', state: end.state, failure }], attempt);
    await tx
      .update(transferTable)
      .set({
        state: end.state,
        failure,
        ...(end.state === 'COMPLETED' && { result: end.result }),
        ...finishedTransfer,
      })
      .where(eq(transferTable.id, id));
  });
  wakeTransferWatchers(platform, id, projectId);
}
