import { sql } from 'drizzle-orm';
import { index, jsonb, pgEnum, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../platform/table.ts';

export const auditOutcome = pgEnum('audit_outcome', ['OK', 'REFUSED', 'FAILED']);

/** Who did what. Refers to nothing, so that it outlives what it tells of. */
export const auditEventTable = pgTable(
  'audit_event',
  {
    id: uuid('id')
      .primaryKey()
      .default(sql`uuidv7()`),
    occurredAt: instant('occurred_at').notNull().defaultNow(),
    userId: uuid('user_id').notNull(),
    tokenId: uuid('token_id'),
    requestId: text('request_id').notNull(),
    action: text('action').notNull(),
    /** Where it is known. */
    projectId: uuid('project_id'),
    /** Global ids that the caller named. */
    targetIds: text('target_ids').array().notNull(),
    /** What else was asked for, without texts. */
    input: jsonb('input').notNull(),
    resultId: uuid('result_id'),
    /** Null: it was begun, and nobody wrote what became of it. */
    outcome: auditOutcome('outcome'),
    errorCode: text('error_code'),
  },
  (table) => [
    index('audit_event_user').on(table.userId, table.id),
    index('audit_event_project').on(table.projectId, table.id),
    index('audit_event_action').on(table.action, table.id),
  ],
);
