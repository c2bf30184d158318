import { sql } from 'drizzle-orm';
import {
  bigint,
  index,
  integer,
  jsonb,
  numeric,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
  type AnyPgColumn,
} from 'drizzle-orm/pg-core';
import { userTable } from '../access/table.ts';
import { datasetVersionTable } from '../datasets/table.ts';
// oxlint-disable-next-line import/no-cycle -- a training has a base version, a model version its training: both are foreign keys
import { modelVersionTable } from '../models/table.ts';
import type { Device } from '../platform/config.ts';
import { instant } from '../platform/table.ts';
import { projectTable } from '../projects/table.ts';
import type { TrainingFailure, TrainingProgress } from './training-facts.ts';

export const trainingPreference = pgEnum('training_preference', ['PERFORMANCE_FIRST', 'BALANCE', 'ACCURACY_FIRST']);
export const trainingState = pgEnum('training_state', [
  'QUEUED',
  'PREPARING',
  'RUNNING',
  'EVALUATING',
  'COMPLETED',
  'FAILED',
  'CANCELLED',
]);
export const stopReason = pgEnum('stop_reason', ['CONVERGED', 'MAX_DURATION', 'STOPPED_BY_USER']);
export const stopRequest = pgEnum('stop_request', ['STOP_AND_KEEP', 'CANCEL']);

const configColumns = {
  trainRatio: numeric('train_ratio', { mode: 'number' }).notNull().default(0.8),
  testRatio: numeric('test_ratio', { mode: 'number' }).notNull().default(0),
  /** Name; null = the one that suits the preference. */
  baseModel: text('base_model'),
  baseVersionId: uuid('base_version_id').references((): AnyPgColumn => modelVersionTable.id, { onDelete: 'set null' }),
  maxDurationMinutes: integer('max_duration_minutes').notNull().default(60),
  preference: trainingPreference('preference').notNull().default('BALANCE'),
  flavor: text('flavor').notNull(),
  seed: bigint('seed', { mode: 'number' }).notNull().default(0),
};

/** The defaults that a project's next training starts from. */
export const trainingConfigTable = pgTable('training_config', {
  projectId: uuid('project_id')
    .primaryKey()
    .references(() => projectTable.id, { onDelete: 'cascade' }),
  ...configColumns,
});

/** One round: a config applied to a dataset version. */
export const trainingTable = pgTable(
  'training',
  {
    id: uuid('id')
      .primaryKey()
      .default(sql`uuidv7()`),
    projectId: uuid('project_id')
      .notNull()
      .references(() => projectTable.id, { onDelete: 'cascade' }),
    versionNumber: integer('version_number').notNull(),
    datasetVersionId: uuid('dataset_version_id')
      .notNull()
      .references(() => datasetVersionTable.id),
    ...configColumns,
    state: trainingState('state').notNull().default('QUEUED'),
    stopReason: stopReason('stop_reason'),
    stopRequest: stopRequest('stop_request'),
    failure: jsonb('failure').$type<TrainingFailure>(),
    progress: jsonb('progress').$type<TrainingProgress>(),
    jobId: uuid('job_id'),
    /** Fencing token: grows with every worker that takes the training; writes of an older attempt are refused. */
    attempt: integer('attempt').notNull().default(0),
    /** Who took it last, among `worker`; null while it waits for the first one, and where the worker was of a version before workers registered. */
    workerId: uuid('worker_id'),
    /** What the latest attempt computes on; null before the first one, and for attempts of before it was recorded. */
    device: text('device').$type<Device>(),
    /** Since then it has been told that no worker of its flavor is alive; null = there is one, as far as it was told. */
    noWorkerSince: instant('no_worker_since'),
    /** Attempts whose trainer died without a word; unlike lost or stopped workers they count against the training. */
    crashes: integer('crashes').notNull().default(0),
    /** Sequence number of the last event. */
    lastSequence: integer('last_sequence').notNull().default(0),
    /** Up to this sequence number progress was thinned out; 0 = everything is there. */
    thinnedThrough: integer('thinned_through').notNull().default(0),
    createdBy: uuid('created_by').references(() => userTable.id, { onDelete: 'set null' }),
    createdAt: instant('created_at').notNull().defaultNow(),
    startedAt: instant('started_at'),
    finishedAt: instant('finished_at'),
  },
  (table) => [
    unique('training_version_number_unique').on(table.projectId, table.versionNumber),
    index('training_project_list').on(table.projectId, table.id),
    index('training_project_finished').on(table.projectId, table.finishedAt),
  ],
);

/** Every fact of progress, append-only. */
export const trainingEventTable = pgTable(
  'training_event',
  {
    trainingId: uuid('training_id')
      .notNull()
      .references(() => trainingTable.id, { onDelete: 'cascade' }),
    sequence: integer('seq').notNull(),
    attempt: integer('attempt').notNull(),
    type: text('type').notNull(),
    payload: jsonb('payload').notNull(),
    occurredAt: instant('occurred_at')
      .notNull()
      .default(sql`clock_timestamp()`),
  },
  (table) => [primaryKey({ name: 'training_event_pk', columns: [table.trainingId, table.sequence] })],
);
