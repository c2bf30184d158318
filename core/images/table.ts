import { sql } from 'drizzle-orm';
import {
  boolean,
  foreignKey,
  index,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  real,
  text,
  uniqueIndex,
  uuid,
  type AnyPgColumn,
} from 'drizzle-orm/pg-core';
import { userTable } from '../access/table.ts';
import { split } from '../datasets/table.ts';
import { labelTable } from '../labels/table.ts';
import { bytea, instant } from '../platform/table.ts';
import { projectTable } from '../projects/table.ts';

/** The last part of a file name that may be a path. */
export const baseName = (fileName: AnyPgColumn) => sql`regexp_replace(${fileName}, '^.*/', '')`;

export const imageTable = pgTable(
  'image',
  {
    id: uuid('id')
      .primaryKey()
      .default(sql`uuidv7()`),
    projectId: uuid('project_id')
      .notNull()
      .references(() => projectTable.id, { onDelete: 'cascade' }),
    /** Of the uploaded bytes: the image's identity inside the project, and the name of its objects. */
    sha256: bytea('sha256').notNull(),
    fileName: text('file_name').notNull(),
    format: text('format').notNull(),
    width: integer('width').notNull(),
    height: integer('height').notNull(),
    byteSize: integer('byte_size').notNull(),
    isLabelled: boolean('is_labelled').notNull().default(false),
    /** Grows with every change of the annotation; what optimistic callers compare. */
    annotationRevision: integer('annotation_revision').notNull().default(0),
    /** Where a person has put it; null = the split is automatic. */
    splitOverride: split('split_override'),
    /** Such as a camera or a patient: images of one group stand on one side. */
    group: text('group_key'),
    /** 32 bytes; empty when the picture cannot be read; null = not computed yet, as for images of before there were hashes. */
    perceptualHash: bytea('perceptual_hash'),
    createdBy: uuid('created_by').references(() => userTable.id, { onDelete: 'set null' }),
    createdAt: instant('created_at').notNull().defaultNow(),
    deletedAt: instant('deleted_at'),
  },
  (table) => [
    uniqueIndex('image_project_sha256_unique')
      .on(table.projectId, table.sha256)
      .where(sql`deleted_at is null`),
    index('image_project_list')
      .on(table.projectId, table.id)
      .where(sql`deleted_at is null`),
    index('image_project_labelled_list')
      .on(table.projectId, table.isLabelled, table.id)
      .where(sql`deleted_at is null`),
    /** For imports, which name images by their file. */
    index('image_project_base_name')
      .on(table.projectId, baseName(table.fileName))
      .where(sql`deleted_at is null`),
    index('image_unhashed')
      .on(table.projectId, table.id)
      .where(sql`deleted_at is null and perceptual_hash is null`),
  ],
);

export const uploadOutcome = pgEnum('upload_outcome', ['CREATED', 'DUPLICATE']);

/** A file that somebody announced, sent or is sending; becomes an image when it is completed. */
export const imageUploadTable = pgTable(
  'image_upload',
  {
    id: uuid('id')
      .primaryKey()
      .default(sql`uuidv7()`),
    projectId: uuid('project_id')
      .notNull()
      .references(() => projectTable.id, { onDelete: 'cascade' }),
    fileName: text('file_name').notNull(),
    byteSize: integer('byte_size').notNull(),
    sha256: bytea('sha256'),
    /** Of the image that it becomes. */
    group: text('group_key'),
    imageId: uuid('image_id').references(() => imageTable.id, { onDelete: 'set null' }),
    createdBy: uuid('created_by').references(() => userTable.id, { onDelete: 'set null' }),
    createdAt: instant('created_at').notNull().defaultNow(),
    expiresAt: instant('expires_at').notNull(),
    receivedAt: instant('received_at'),
    completedAt: instant('completed_at'),
    /** Set together with `completedAt`, so that a repeated call answers what the first one did. */
    outcome: uploadOutcome('outcome'),
  },
  (table) => [index('image_upload_expires').on(table.expiresAt)],
);

export const annotationSource = pgEnum('annotation_source', ['HUMAN', 'IMPORT', 'MODEL']);

/** An image carries a label: who or what said so, when, how sure. */
export const annotationTable = pgTable(
  'annotation',
  {
    imageId: uuid('image_id')
      .notNull()
      .references(() => imageTable.id, { onDelete: 'cascade' }),
    labelId: uuid('label_id').notNull(),
    source: annotationSource('source').notNull().default('HUMAN'),
    confidence: real('confidence'),
    createdBy: uuid('created_by').references(() => userTable.id, { onDelete: 'set null' }),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ name: 'annotation_pk', columns: [table.imageId, table.labelId] }),
    foreignKey({ name: 'annotation_label_fk', columns: [table.labelId], foreignColumns: [labelTable.id] }),
    index('annotation_label').on(table.labelId, table.imageId),
  ],
);
