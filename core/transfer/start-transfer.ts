import { eq } from 'drizzle-orm';
import { findEarlierResult, rememberResult } from '../access/idempotency.ts';
import type { ActionContext } from '../access/viewer.ts';
import type { Transaction } from '../platform/database.ts';
import { lockProject } from '../projects/project-row.ts';
import { transferTable } from './table.ts';
import { appendTransferEvents, wakeTransferWatchers } from './transfer-events.ts';
import { transferTypeNames, type TransferKind } from './transfer-facts.ts';
import type { Transfer } from './transfer-row.ts';

export interface NewTransfer {
  readonly projectId: string;
  readonly kind: TransferKind;
  /** What its runner reads again: JSON. */
  readonly input: object;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * Starts a transfer in ONE transaction: row, event 1 and job. The caller has checked access and input.
 * @param prepare runs inside it once the project is locked, and not at all when the idempotency key finds an earlier call: what it throws keeps
 * the transfer from being started.
 * @throws {ConflictError} {NotFoundError} when the project was deleted meanwhile.
 */
export async function startTransfer(
  ctx: ActionContext,
  { projectId, kind, input, idempotencyKey: key }: NewTransfer,
  prepare?: (tx: Transaction) => Promise<void>,
): Promise<Transfer> {
  const { platform, viewer } = ctx;
  const call = { operation: `start ${transferTypeNames[kind]}`, key, input: { projectId, ...input } };
  const transfer = await platform.db.transaction(async (tx) => {
    await lockProject(tx, projectId);
    const earlierId = await findEarlierResult(tx, ctx, call);
    const [earlier] = earlierId ? await tx.select().from(transferTable).where(eq(transferTable.id, earlierId)) : [];
    if (earlier) return earlier;
    await prepare?.(tx);
    const [inserted] = await tx
      .insert(transferTable)
      .values({ projectId, kind, input, createdBy: viewer.userId })
      .returning({ id: transferTable.id });
    const { id } = inserted!;
    await appendTransferEvents(tx, id, [{ type: 'STATE_CHANGED', state: 'QUEUED', failure: null }]);
    const jobId = await platform.queue.enqueueTransfer(tx, { transferId: id });
    const [started] = await tx.update(transferTable).set({ jobId }).where(eq(transferTable.id, id)).returning();
    await rememberResult(tx, ctx, call, id);
    return started!;
  });
  wakeTransferWatchers(platform, transfer.id, projectId);
  return transfer;
}
