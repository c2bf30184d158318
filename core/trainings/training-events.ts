import { and, asc, eq, gt, sql } from 'drizzle-orm';
import type { Database, Queryable, Transaction } from '../platform/database.ts';
import { trainingEventTable, trainingTable } from './table.ts';
import type { TrainingFact } from './training-facts.ts';

/** A fact with its place in the training's history. */
export interface TrainingEvent {
  readonly trainingId: string;
  /** 1, 2, 3, ... without gaps. */
  readonly sequence: number;
  readonly occurredAt: Date;
  readonly fact: TrainingFact;
}

/** A worker that was taken for dead tried to write after its successor had started. */
export class StaleAttemptError extends Error {
  constructor(trainingId: string, attempt: number) {
    super(`Attempt ${attempt} of training ${trainingId} is no longer the current one.`);
    this.name = 'StaleAttemptError';
  }
}

/**
 * The one way in which events are written. The training's row is locked, so sequence numbers have no gap and are visible in
 * order; with `attempt` the write is refused when another attempt has taken over. @throws {StaleAttemptError}
 */
export async function appendEvents(
  tx: Transaction,
  trainingId: string,
  facts: readonly TrainingFact[],
  attempt?: number,
): Promise<void> {
  if (facts.length === 0) return;
  const [row] = await tx
    .update(trainingTable)
    .set({ lastSequence: sql`${trainingTable.lastSequence} + ${facts.length}` })
    .where(
      and(eq(trainingTable.id, trainingId), attempt === undefined ? undefined : eq(trainingTable.attempt, attempt)),
    )
    .returning({ last: trainingTable.lastSequence, attempt: trainingTable.attempt });
  if (!row) throw new StaleAttemptError(trainingId, attempt ?? 0);
  const first = row.last - facts.length + 1;
  await tx.insert(trainingEventTable).values(
    facts.map(({ type, ...payload }, index) => ({
      trainingId,
      sequence: first + index,
      attempt: row.attempt,
      type,
      payload,
    })),
  );
}

/** Up to `limit` events after a sequence number, in order; callers have checked access. */
export async function readEvents(
  db: Queryable,
  trainingId: string,
  after: number,
  limit: number,
): Promise<TrainingEvent[]> {
  const rows = await db
    .select()
    .from(trainingEventTable)
    .where(and(eq(trainingEventTable.trainingId, trainingId), gt(trainingEventTable.sequence, after)))
    .orderBy(asc(trainingEventTable.sequence))
    .limit(limit);
  return rows.map((row) => ({
    trainingId: row.trainingId,
    sequence: row.sequence,
    occurredAt: row.occurredAt,
    fact: { type: row.type, ...(row.payload as object) } as TrainingFact,
  }));
}

export const trainingChannel = 'training_event';

/** Wakes the watchers on all servers; its own statement after the commit, since NOTIFY inside a transaction serialises commits. */
export async function wakeWatchers(db: Database, trainingId: string): Promise<void> {
  await db.execute(sql`select pg_notify(${trainingChannel}, ${trainingId})`);
}
