import { and, asc, eq, gt, sql, type SQL } from 'drizzle-orm';
import type { Queryable, Transaction } from '../platform/database.ts';
import type { EventLog } from '../platform/events/event-log.ts';
import { perDatabase } from '../platform/per-database.ts';
import type { Platform } from '../platform/platform.ts';
import type { ProjectFact } from './project-facts.ts';
import { projectEventTable, projectTable } from './table.ts';

/** A fact with its place in the project's history. */
export interface ProjectEvent {
  readonly projectId: string;
  /** 1, 2, 3, ... without gaps; old ones are deleted from the start. */
  readonly sequence: number;
  readonly occurredAt: Date;
  readonly fact: ProjectFact;
}

export const projectChannel = 'project_event';

/** Writes facts in order; the project's row is locked until the transaction ends. A project that was deleted meanwhile hears nothing. */
export async function appendProjectEvents(
  tx: Transaction,
  projectId: string,
  facts: readonly ProjectFact[],
): Promise<void> {
  if (facts.length === 0) return;
  const [row] = await tx
    .update(projectTable)
    .set({ lastSequence: sql`${projectTable.lastSequence} + ${facts.length}` })
    .where(eq(projectTable.id, projectId))
    .returning({ last: projectTable.lastSequence });
  if (!row) return;
  const first = row.last - facts.length + 1;
  await tx
    .insert(projectEventTable)
    .values(facts.map(({ type, ...payload }, index) => ({ projectId, sequence: first + index, type, payload })));
}

const takeSequence = perDatabase((tx: Transaction) =>
  tx
    .update(projectTable)
    .set({ lastSequence: sql`${projectTable.lastSequence} + 1` })
    .where(eq(projectTable.id, sql.placeholder('projectId')))
    .prepare('next_sequence'),
);

/**
 * Makes what says how many images a project has now and how many carry some of its labels; its caller holds the project's lock and moves the counts
 * before. @param labels of `project`, as JSON; with the placeholder `labelIds`.
 */
export function countsAnnouncer(
  labels: SQL,
): (tx: Transaction, projectId: string, labelIds: readonly string[]) => Promise<void> {
  const insertEvent = perDatabase((tx: Transaction) =>
    tx
      .insert(projectEventTable)
      .select(
        sql`select id, last_sequence, 'COUNTS_CHANGED', jsonb_build_object('imageCount', image_count,
            'labelledImageCount', labelled_image_count, 'labels', ${labels}), clock_timestamp()
          from project where id = ${sql.placeholder('projectId')}`,
      )
      .prepare('counts_changed'),
  );
  return async (tx, projectId, labelIds) => {
    await Promise.all([takeSequence(tx).execute({ projectId }), insertEvent(tx).execute({ projectId, labelIds })]);
  };
}

/** Wakes those who watch the project, on all servers; to be called after the commit. */
export function wakeProjectWatchers(platform: Platform, projectId: string): void {
  platform.notifier.notify(projectChannel, projectId);
}

/** Up to `limit` events after a sequence number, in order; callers have checked access. */
export async function readProjectEvents(
  db: Queryable,
  projectId: string,
  after: number,
  limit: number,
): Promise<ProjectEvent[]> {
  const rows = await db
    .select()
    .from(projectEventTable)
    .where(and(eq(projectEventTable.projectId, projectId), gt(projectEventTable.sequence, after)))
    .orderBy(asc(projectEventTable.sequence))
    .limit(limit);
  return rows.map((row) => ({
    projectId: row.projectId,
    sequence: row.sequence,
    occurredAt: row.occurredAt,
    fact: { type: row.type, ...(row.payload as object) } as ProjectFact,
  }));
}

export const projectEventLog = (platform: Platform): EventLog<ProjectEvent> => ({
  channel: projectChannel,
  read: (projectId, after, limit) => readProjectEvents(platform.db, projectId, after, limit),
  lastSequence: async (projectId) => {
    const [row] = await platform.db
      .select({ last: projectTable.lastSequence })
      .from(projectTable)
      .where(eq(projectTable.id, projectId));
    return row?.last ?? 0;
  },
});

/** Deletes events older than so many days, at most some thousands a call. Returns how many went. */
export async function deleteOldProjectEvents(platform: Platform, days: number): Promise<number> {
  const rows = await platform.db.execute(sql`
    delete from project_event where (project_id, seq) in (
      select project_id, seq from project_event where occurred_at < now() - make_interval(days => ${days}) limit 10000)
    returning 1`);
  return rows.length;
}
