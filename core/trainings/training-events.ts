import type postgres from 'postgres';
import { and, asc, eq, gt, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '../platform/database.ts';
import type { EventLog } from '../platform/events/event-log.ts';
import type { Platform } from '../platform/platform.ts';
import { appendProjectEvents, wakeProjectWatchers } from '../projects/project-events.ts';
import { trainingEventTable, trainingTable } from './table.ts';
import type { TrainingFact, TrainingProgress } from './training-facts.ts';

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
 * order; with `attempt` the write is refused when another attempt has taken over. Those who watch the project hear of states, whose row is
 * locked after the training's. Returns the project's id. @throws {StaleAttemptError}
 */
export async function appendEvents(
  tx: Transaction,
  trainingId: string,
  facts: readonly TrainingFact[],
  attempt?: number,
): Promise<string | undefined> {
  if (facts.length === 0) return undefined;
  const [row] = await tx
    .update(trainingTable)
    .set({ lastSequence: sql`${trainingTable.lastSequence} + ${facts.length}` })
    .where(
      and(eq(trainingTable.id, trainingId), attempt === undefined ? undefined : eq(trainingTable.attempt, attempt)),
    )
    .returning({
      last: trainingTable.lastSequence,
      attempt: trainingTable.attempt,
      projectId: trainingTable.projectId,
      versionNumber: trainingTable.versionNumber,
    });
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
  await appendProjectEvents(
    tx,
    row.projectId,
    facts
      .filter((fact) => fact.type === 'STATE_CHANGED')
      .map(({ state, stopReason }) => ({
        type: 'TRAINING_CHANGED',
        trainingId,
        versionNumber: row.versionNumber,
        state,
        stopReason,
      })),
  );
  return row.projectId;
}

/**
 * Writes facts that change no state, and the progress that the row shows, as one prepared statement: what a worker does four times a second.
 * @throws {StaleAttemptError}
 */
export async function appendFacts(
  client: postgres.Sql,
  trainingId: string,
  attempt: number,
  facts: readonly Exclude<TrainingFact, { type: 'STATE_CHANGED' }>[],
  progress: TrainingProgress | undefined,
): Promise<void> {
  const count = facts.length;
  const rows = await client`
    with moved as (
      update training set last_sequence = last_sequence + ${count},
        progress = coalesce(${progress ? JSON.stringify(progress) : null}::jsonb, progress)
      where id = ${trainingId} and attempt = ${attempt} returning id, last_sequence, attempt)
    insert into training_event (training_id, seq, attempt, type, payload)
    select moved.id, moved.last_sequence - ${count} + item.position, moved.attempt, item.fact ->> 'type', item.fact - 'type'
    from moved, jsonb_array_elements(${JSON.stringify(facts)}::jsonb) with ordinality as item (fact, position)
    returning seq`;
  if (rows.length === 0) throw new StaleAttemptError(trainingId, attempt);
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

export const trainingEventLog = (platform: Platform): EventLog<TrainingEvent> => ({
  channel: trainingChannel,
  read: (trainingId, after, limit) => readEvents(platform.db, trainingId, after, limit),
  lastSequence: async (trainingId) => {
    const [row] = await platform.db
      .select({ last: trainingTable.lastSequence })
      .from(trainingTable)
      .where(eq(trainingTable.id, trainingId));
    return row?.last ?? 0;
  },
});

/** Wakes those who watch the training, on all servers, and with a new state those who watch its project; to be called after the commit. */
export function wakeWatchers(platform: Platform, trainingId: string, projectId?: string): void {
  platform.notifier.notify(trainingChannel, trainingId);
  if (projectId !== undefined) wakeProjectWatchers(platform, projectId);
}
