import { eq, sql } from 'drizzle-orm';
import type { ActionContext } from '../access/viewer.ts';
import type { Transaction } from '../platform/database.ts';
import { InvalidStateError, NotFoundError } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';
import { transferTable } from './table.ts';
import { appendTransferEvents, wakeTransferWatchers } from './transfer-events.ts';
import { isTransferFinal, transferTypeNames } from './transfer-facts.ts';
import { finishedTransfer, requireTransfer, type Transfer, type TransferRef } from './transfer-row.ts';

/**
 * Ends a transfer; one that no worker has never starts. What an import has brought until then stays. Whoever started it, and editors.
 * @throws {InvalidStateError} once ended.
 */
export async function cancelTransfer(ctx: ActionContext, ref: TransferRef): Promise<Transfer> {
  const { createdBy } = await requireTransfer(ctx, ref, 'VIEWER');
  if (createdBy !== ctx.viewer.userId) await requireTransfer(ctx, ref, 'EDITOR');
  const { platform } = ctx;
  const changed = await platform.db.transaction(async (tx) => {
    const transfer = await lockTransfer(tx, ref);
    if (isTransferFinal(transfer.state))
      throw new InvalidStateError(`It has ended already: ${transfer.state}.`, transfer.state);
    if (!transfer.cancelRequested) {
      await appendTransferEvents(tx, ref.id, [{ type: 'CANCEL_REQUESTED' }]);
      await tx.update(transferTable).set({ cancelRequested: true }).where(eq(transferTable.id, ref.id));
    }
    await cancelWhereNobodyWorks(tx, platform, transfer);
    return lockTransfer(tx, ref);
  });
  wakeTransferWatchers(platform, ref.id, changed.projectId);
  return changed;
}

/** @throws {NotFoundError} when it was deleted meanwhile. */
export async function lockTransfer(tx: Transaction, { kind, id }: TransferRef): Promise<Transfer> {
  const [transfer] = await tx.select().from(transferTable).where(eq(transferTable.id, id)).for('no key update');
  if (!transfer) throw new NotFoundError(transferTypeNames[kind], id);
  return transfer;
}

/**
 * Ends a transfer that is to be cancelled at once if no worker has it. The attempt moves on, so that a worker that was taken for dead cannot
 * write any more. Returns whether it did; the caller holds the row's lock.
 */
export async function cancelWhereNobodyWorks(
  tx: Transaction,
  { queue }: Platform,
  { id, jobId }: Transfer,
): Promise<boolean> {
  if (await queue.isHeld(tx, jobId)) return false;
  if (jobId) await queue.cancelTransfer(tx, jobId);
  await appendTransferEvents(tx, id, [{ type: 'STATE_CHANGED', state: 'CANCELLED', failure: null }]);
  await tx
    .update(transferTable)
    .set({ state: 'CANCELLED', attempt: sql`${transferTable.attempt} + 1`, ...finishedTransfer })
    .where(eq(transferTable.id, id));
  return true;
}
