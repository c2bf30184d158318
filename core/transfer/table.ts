import { sql } from 'drizzle-orm';
import { bigint, boolean, index, integer, jsonb, pgEnum, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { userTable } from '../access/table.ts';
import { instant } from '../platform/table.ts';
import { projectTable } from '../projects/table.ts';
import { itemOutcomes, type ItemCode } from './imports/import-facts.ts';
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
    /** When what it has in the object store is deleted; null = nothing is there, or not any more. */
    expiresAt: instant('expires_at'),
  },
  (table) => [
    index('transfer_project_list').on(table.projectId, table.id),
    index('transfer_expires')
      .on(table.expiresAt)
      .where(sql`expires_at is not null`),
  ],
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

/** An archive or a document of labels that somebody announced, sent or is sending, for imports into one project. */
export const importUploadTable = pgTable(
  'import_upload',
  {
    id: uuid('id')
      .primaryKey()
      .default(sql`uuidv7()`),
    projectId: uuid('project_id')
      .notNull()
      .references(() => projectTable.id, { onDelete: 'cascade' }),
    fileName: text('file_name').notNull(),
    byteSize: bigint('byte_size', { mode: 'number' }).notNull(),
    createdBy: uuid('created_by').references(() => userTable.id, { onDelete: 'set null' }),
    createdAt: instant('created_at').notNull().defaultNow(),
    expiresAt: instant('expires_at').notNull(),
    receivedAt: instant('received_at'),
  },
  (table) => [index('import_upload_expires').on(table.expiresAt)],
);

export const itemOutcome = pgEnum('transfer_item_outcome', itemOutcomes);

/** What became of one thing that an import found: a row each, in the order in which it found them. */
export const transferItemTable = pgTable(
  'transfer_item',
  {
    transferId: uuid('transfer_id')
      .notNull()
      .references(() => transferTable.id, { onDelete: 'cascade' }),
    /** From 0, without gaps. */
    index: integer('item_index').notNull(),
    /** Of the file, or the source as a document names it; for showing. */
    path: text('path').notNull(),
    outcome: itemOutcome('outcome').notNull(),
    /** No foreign key: deleting images would have to look here. */
    imageId: uuid('image_id'),
    /** What was wrong; null where nothing was. */
    code: text('code').$type<ItemCode>(),
    message: text('message'),
  },
  (table) => [
    primaryKey({ name: 'transfer_item_pk', columns: [table.transferId, table.index] }),
    index('transfer_item_outcome_list').on(table.transferId, table.outcome, table.index),
  ],
);
