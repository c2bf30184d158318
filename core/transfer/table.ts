import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgEnum, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { userTable } from '../access/table.ts';
import { instant } from '../platform/table.ts';
import { projectTable } from '../projects/table.ts';
import { transferKinds, transferStates, type TransferFailure, type TransferProgress } from './transfer-facts.ts';

export const transferKind = pgEnum('transfer_kind', transferKinds);
export const transferState = pgEnum('transfer_state', transferStates);

/** Something that is brought in or taken out by a worker. What kind it is says what `input`, `checkpoint` and `result` hold. */
export const transferTable = pgTable(
  'transfer',
  {
    id: uuid('id')
      .primaryKey()
      .default(sql`uuidv7()`),
    projectId: uuid('project_id')
      .notNull()
      .references(() => projectTable.id, { onDelete: 'cascade' }),
    kind: transferKind('kind').notNull(),
    state: transferState('state').notNull().default('QUEUED'),
    cancelRequested: boolean('cancel_requested').notNull().default(false),
    input: jsonb('input').notNull(),
    /** From where another attempt goes on. */
    checkpoint: jsonb('checkpoint'),
    progress: jsonb('progress').$type<TransferProgress>(),
    result: jsonb('result'),
    failure: jsonb('failure').$type<TransferFailure>(),
    jobId: uuid('job_id'),
    /** Fencing token: grows with every worker that takes the transfer; writes of an older attempt are refused. */
    attempt: integer('attempt').notNull().default(0),
    /** Attempts in a row that got no further: no checkpoint was saved and no worker was told to stop. */
    fruitlessAttempts: integer('fruitless_attempts').notNull().default(0),
    /** Sequence number of the last event. */
    lastSequence: integer('last_sequence').notNull().default(0),
    createdBy: uuid('created_by').references(() => userTable.id, { onDelete: 'set null' }),
    createdAt: instant('created_at').notNull().defaultNow(),
    startedAt: instant('started_at'),
    finishedAt: instant('finished_at'),
  },
  (table) => [index('transfer_project_list').on(table.projectId, table.id)],
);

/** Every fact of progress, append-only. */
export const transferEventTable = pgTable(
  'transfer_event',
  {
    transferId: uuid('transfer_id')
      .notNull()
      .references(() => transferTable.id, { onDelete: 'cascade' }),
    sequence: integer('seq').notNull(),
    attempt: integer('attempt').notNull(),
    type: text('type').notNull(),
    payload: jsonb('payload').notNull(),
    occurredAt: instant('occurred_at')
      .notNull()
      .default(sql`clock_timestamp()`),
  },
  (table) => [primaryKey({ name: 'transfer_event_pk', columns: [table.transferId, table.sequence] })],
);
