import { and, desc, eq, gte, lt, sql } from 'drizzle-orm';
import { requireAdministrator } from '../access/project-access.ts';
import { readUserNames } from '../access/users.ts';
import type { ActionContext } from '../access/viewer.ts';
import { readPageRequest, toPage, type Page, type PageRequest } from '../platform/page.ts';
import type { Platform } from '../platform/platform.ts';
import { auditEventTable } from './table.ts';

export type AuditEvent = typeof auditEventTable.$inferSelect & {
  /** Undefined where the user is gone. */
  readonly userName: string | undefined;
};

export interface AuditEventBegin {
  readonly requestId: string;
  readonly action: string;
  readonly projectId: string | null;
  readonly targetIds: readonly string[];
  readonly input: object;
}

export interface AuditEventEnd {
  readonly outcome: 'OK' | 'REFUSED' | 'FAILED';
  readonly errorCode: string | null;
  readonly resultId: string | null;
  /** Where only the result tells. */
  readonly projectId: string | null;
}

/**
 * Writes down what is about to be done, before it is: a crash in between leaves an event without an outcome, never a deed without an
 * event. Returns the event's id.
 */
export async function beginAuditEvent({ platform, viewer }: ActionContext, event: AuditEventBegin): Promise<string> {
  const [row] = await platform.db
    .insert(auditEventTable)
    .values({ ...event, targetIds: [...event.targetIds], userId: viewer.userId, tokenId: viewer.tokenId })
    .returning({ id: auditEventTable.id });
  return row!.id;
}

/** Writes down what became of it. What was done stays done where this fails: the log then has the error, and the event no outcome. */
export async function endAuditEvent(platform: Platform, id: string, event: AuditEventEnd): Promise<void> {
  const { projectId, ...end } = event;
  try {
    await platform.db
      .update(auditEventTable)
      .set({ ...end, ...(projectId !== null && { projectId }) })
      .where(eq(auditEventTable.id, id));
  } catch (error) {
    platform.log.error({ err: error, auditEventId: id, ...end }, 'the outcome of an audited action was not written');
  }
}

export interface AuditEventFilter {
  readonly userId?: string | null | undefined;
  readonly projectId?: string | null | undefined;
  readonly action?: string | null | undefined;
  /** Events from then on. */
  readonly since?: Date | null | undefined;
  /** Events before. */
  readonly until?: Date | null | undefined;
}

/** Newest first. @throws {PermissionDeniedError} for all but administrators. */
export async function listAuditEvents(
  ctx: ActionContext,
  filter: AuditEventFilter,
  request: PageRequest,
): Promise<Page<AuditEvent>> {
  requireAdministrator(ctx);
  const { limit, after } = readPageRequest(request);
  const { id, userId, projectId, action } = auditEventTable;
  const rows = await ctx.platform.db
    .select()
    .from(auditEventTable)
    .where(
      and(
        after === undefined ? undefined : lt(id, after),
        filter.userId == null ? undefined : eq(userId, filter.userId),
        filter.projectId == null ? undefined : eq(projectId, filter.projectId),
        filter.action == null ? undefined : eq(action, filter.action),
        filter.since == null ? undefined : gte(id, firstIdAt(filter.since)),
        filter.until == null ? undefined : lt(id, firstIdAt(filter.until)),
      ),
    )
    .orderBy(desc(id))
    .limit(limit + 1);
  const names = await readUserNames(
    ctx.platform.db,
    rows.map((row) => row.userId),
  );
  const page = toPage(rows, limit);
  return { ...page, items: page.items.map((row) => ({ ...row, userName: names.get(row.userId) })) };
}

/** Deletes events older than so many days, at most some thousands a call; 0 keeps them for ever. Returns how many went. */
export async function deleteOldAuditEvents(platform: Platform, days: number): Promise<number> {
  if (days === 0) return 0;
  const rows = await platform.db.execute(sql`
    delete from audit_event where id in (
      select id from audit_event where occurred_at < now() - make_interval(days => ${days}) order by id limit 10000)
    returning 1`);
  return rows.length;
}

/** Ids are UUIDv7, which begin with their time in milliseconds: a time is a place in the order of ids, which has an index. */
function firstIdAt(time: Date): string {
  const milliseconds = Math.max(0, time.getTime()).toString(16).padStart(12, '0');
  return `${milliseconds.slice(0, 8)}-${milliseconds.slice(8)}-7000-8000-000000000000`;
}
