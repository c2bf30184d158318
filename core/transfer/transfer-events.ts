import { and, asc, eq, gt, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '../platform/database.ts';
import type { EventLog } from '../platform/events/event-log.ts';
import type { Platform } from '../platform/platform.ts';
import { appendProjectEvents, wakeProjectWatchers } from '../projects/project-events.ts';
import { transferEventTable, transferTable } from './table.ts';
import type { TransferFact } from './transfer-facts.ts';

/** A fact with its place in the transfer's history. */
export interface TransferEvent {
  readonly transferId: string;
  /** 1, 2, 3, ... without gaps. */
  readonly sequence: number;
  readonly occurredAt: Date;
  readonly fact: TransferFact;
}

/** A worker that was taken for dead tried to write after its successor had started, or after the transfer was deleted. */
export class StaleTransferError extends Error {
  constructor(transferId: string, attempt: number) {
    super(`Attempt ${attempt} of transfer ${transferId} is no longer the current one.`);
    this.name = 'StaleTransferError';
  }
}

/**
 * The one way in which events are written. The transfer's row is locked, so sequence numbers have no gap and are visible in order; with
 * `attempt` the write is refused when another attempt has taken over. Those who watch the project hear of states; its row is locked after the
 * transfer's. @throws {StaleTransferError}
 */
export async function appendTransferEvents(
  tx: Transaction,
  transferId: string,
  facts: readonly TransferFact[],
  attempt?: number,
): Promise<void> {
  const [row] = await tx
    .update(transferTable)
    .set({ lastSequence: sql`${transferTable.lastSequence} + ${facts.length}` })
    .where(
      and(eq(transferTable.id, transferId), attempt === undefined ? undefined : eq(transferTable.attempt, attempt)),
    )
    .returning({
      last: transferTable.lastSequence,
      attempt: transferTable.attempt,
      projectId: transferTable.projectId,
      kind: transferTable.kind,
    });
  if (!row) throw new StaleTransferError(transferId, attempt ?? 0);
  const first = row.last - facts.length + 1;
  await tx.insert(transferEventTable).values(
    facts.map(({ type, ...payload }, index) => ({
      transferId,
      sequence: first + index,
      attempt: row.attempt,
      type,
      payload,
    })),
  );
  await appendProjectEvents(
    tx,
    row.projectId,
    facts
      .filter((fact) => fact.type === 'STATE_CHANGED')
      .map(({ state }) => ({ type: 'TRANSFER_CHANGED', transferId, kind: row.kind, state })),
  );
}

/** Up to `limit` events after a sequence number, in order; callers have checked access. */
export async function readTransferEvents(
  db: Queryable,
  transferId: string,
  after: number,
  limit: number,
): Promise<TransferEvent[]> {
  const rows = await db
    .select()
    .from(transferEventTable)
    .where(and(eq(transferEventTable.transferId, transferId), gt(transferEventTable.sequence, after)))
    .orderBy(asc(transferEventTable.sequence))
    .limit(limit);
  return rows.map((row) => ({
    transferId: row.transferId,
    sequence: row.sequence,
    occurredAt: row.occurredAt,
    fact: { type: row.type, ...(row.payload as object) } as TransferFact,
  }));
}

const transferChannel = 'transfer_event';

export const transferEventLog = (platform: Platform): EventLog<TransferEvent> => ({
  channel: transferChannel,
  read: (transferId, after, limit) => readTransferEvents(platform.db, transferId, after, limit),
  lastSequence: async (transferId) => {
    const [row] = await platform.db
      .select({ last: transferTable.lastSequence })
      .from(transferTable)
      .where(eq(transferTable.id, transferId));
    return row?.last ?? 0;
  },
});

/** Wakes those who watch the transfer, on all servers, and with `projectId` those who watch its project; to be called after the commit. */
export function wakeTransferWatchers(platform: Platform, transferId: string, projectId?: string): void {
  platform.notifier.notify(transferChannel, transferId);
  if (projectId !== undefined) wakeProjectWatchers(platform, projectId);
}
