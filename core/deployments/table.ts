import { sql } from 'drizzle-orm';
import {
  bigint,
  index,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  real,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { imageTable } from '../images/table.ts';
import { modelVersionTable } from '../models/table.ts';
import { instant } from '../platform/table.ts';
import { projectTable } from '../projects/table.ts';
import { candidateModes, deploymentChanges, deploymentStates, stopCauses } from './deployment-facts.ts';

export const deploymentState = pgEnum('deployment_state', deploymentStates);
export const stopCause = pgEnum('deployment_stop_cause', stopCauses);
export const candidateMode = pgEnum('candidate_mode', candidateModes);
export const deploymentChangeKind = pgEnum('deployment_change_kind', deploymentChanges);

const candidate = () => ({
  candidateMode: candidateMode('candidate_mode'),
  /** Calls of a hundred; null but for SPLIT. */
  candidatePercent: integer('candidate_percent'),
});

/** A named prediction service. A deleted one stays for its history; its name is free again. */
export const deploymentTable = pgTable(
  'deployment',
  {
    id: uuid('id')
      .primaryKey()
      .default(sql`uuidv7()`),
    projectId: uuid('project_id')
      .notNull()
      .references(() => projectTable.id, { onDelete: 'cascade' }),
    /** Part of its address, and so unique in the installation. */
    name: text('name').notNull(),
    state: deploymentState('state').notNull(),
    stopCause: stopCause('stop_cause'),
    /** Why it FAILED, for a person. */
    errorMessage: text('error_message'),
    modelVersionId: uuid('model_version_id')
      .notNull()
      .references(() => modelVersionTable.id),
    candidateVersionId: uuid('candidate_version_id').references(() => modelVersionTable.id),
    ...candidate(),
    /** Hours after a start at which it stops; null = never. */
    autoStopHours: integer('auto_stop_hours'),
    stopsAt: instant('stops_at'),
    /** Minutes without a call after which it sleeps until the next one; null = never. */
    idleStopMinutes: integer('idle_stop_minutes'),
    /** When it was last started or woken. */
    startedAt: instant('started_at').notNull().defaultNow(),
    acceptFrom: real('accept_from').notNull(),
    /** Hours for which calls and their pictures are kept; null = they are not. */
    storeHours: integer('store_hours'),
    /** Number of its last change. */
    lastSequence: integer('last_sequence').notNull().default(0),
    createdAt: instant('created_at').notNull().defaultNow(),
    deletedAt: instant('deleted_at'),
  },
  (table) => [
    uniqueIndex('deployment_name_unique')
      .on(table.name)
      .where(sql`deleted_at is null`),
    index('deployment_project_list')
      .on(table.projectId, table.id)
      .where(sql`deleted_at is null`),
  ],
);

/** Every change with what was the case after it, append-only: says which version served at any time. */
export const deploymentChangeTable = pgTable(
  'deployment_change',
  {
    deploymentId: uuid('deployment_id')
      .notNull()
      .references(() => deploymentTable.id, { onDelete: 'cascade' }),
    sequence: integer('seq').notNull(),
    kind: deploymentChangeKind('kind').notNull(),
    state: deploymentState('state').notNull(),
    stopCause: stopCause('stop_cause'),
    // No foreign keys: history goes after the versions when a project is deleted.
    modelVersionId: uuid('model_version_id').notNull(),
    candidateVersionId: uuid('candidate_version_id'),
    ...candidate(),
    /** Null when nobody did it: a stop by time, a wake by a call. */
    changedBy: uuid('changed_by'),
    changedAt: instant('changed_at').notNull(),
  },
  (table) => [primaryKey({ name: 'deployment_change_pk', columns: [table.deploymentId, table.sequence] })],
);

/** Calls since the beginning, by the version that answered; every server adds what it has counted. */
export const deploymentTotalTable = pgTable(
  'deployment_total',
  {
    deploymentId: uuid('deployment_id')
      .notNull()
      .references(() => deploymentTable.id, { onDelete: 'cascade' }),
    modelVersionId: uuid('model_version_id').notNull(),
    invocations: bigint('invocations', { mode: 'number' }).notNull(),
    failures: bigint('failures', { mode: 'number' }).notNull(),
    pictures: bigint('pictures', { mode: 'number' }).notNull(),
    /** As a shadow: pictures that both versions answered, and those of them to which both said the same. */
    compared: bigint('compared', { mode: 'number' }).notNull(),
    agreed: bigint('agreed', { mode: 'number' }).notNull(),
    lastInvokedAt: instant('last_invoked_at'),
  },
  (table) => [primaryKey({ name: 'deployment_total_pk', columns: [table.deploymentId, table.modelVersionId] })],
);

/** Calls of a minute; old ones are deleted. */
export const deploymentMinuteTable = pgTable(
  'deployment_minute',
  {
    deploymentId: uuid('deployment_id')
      .notNull()
      .references(() => deploymentTable.id, { onDelete: 'cascade' }),
    modelVersionId: uuid('model_version_id').notNull(),
    minute: instant('minute').notNull(),
    invocations: integer('invocations').notNull(),
    failures: integer('failures').notNull(),
    /** Answered calls by how long they took, see latency-histogram.ts. */
    latencies: integer('latencies').array().notNull(),
  },
  (table) => [
    primaryKey({ name: 'deployment_minute_pk', columns: [table.deploymentId, table.minute, table.modelVersionId] }),
    index('deployment_minute_age').on(table.minute),
  ],
);

/** What a deployment answered to one picture, with the picture, where it is told to keep that. */
export const servedPredictionTable = pgTable(
  'served_prediction',
  {
    id: uuid('id')
      .primaryKey()
      .default(sql`uuidv7()`),
    deploymentId: uuid('deployment_id')
      .notNull()
      .references(() => deploymentTable.id, { onDelete: 'cascade' }),
    modelVersionId: uuid('model_version_id')
      .notNull()
      .references(() => modelVersionTable.id, { onDelete: 'cascade' }),
    fileName: text('file_name').notNull(),
    byteSize: integer('byte_size').notNull(),
    /** In class order of the version. */
    probabilities: real('probabilities').array().notNull(),
    unfamiliarity: real('unfamiliarity'),
    decision: text('decision').notNull(),
    /** 0 = sure, 1 = cannot tell; see decide.ts. */
    uncertainty: real('uncertainty').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    expiresAt: instant('expires_at').notNull(),
    /** The image that was made of it; it may have been deleted since. */
    imageId: uuid('image_id'),
  },
  (table) => [
    index('served_prediction_uncertainty').on(table.deploymentId, table.uncertainty, table.id),
    index('served_prediction_expires').on(table.expiresAt),
  ],
);

/** Where an image came from that was made of a served prediction; outlives the prediction. */
export const imageOriginTable = pgTable('image_origin', {
  imageId: uuid('image_id')
    .primaryKey()
    .references(() => imageTable.id, { onDelete: 'cascade' }),
  deploymentId: uuid('deployment_id')
    .notNull()
    .references(() => deploymentTable.id, { onDelete: 'cascade' }),
  modelVersionId: uuid('model_version_id')
    .notNull()
    .references(() => modelVersionTable.id, { onDelete: 'cascade' }),
  predictedLabelId: uuid('predicted_label_id').notNull(),
  /** Of that label, 0..1. */
  probability: real('probability').notNull(),
  predictedAt: instant('predicted_at').notNull(),
});
