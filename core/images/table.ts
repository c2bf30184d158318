import { sql } from 'drizzle-orm';
import {
  bigint,
  bit,
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
import { bytea, binaryText, instant } from '../platform/table.ts';
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
    /** What lists by file name are in the order of: its first 200 characters, whatever their case. A column, so that an index alone answers with it. */
    nameKey: binaryText('name_key')
      .notNull()
      .generatedAlwaysAs(sql`lower(left(file_name, 200))`),
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
    /** Of the moment of the insert, as the id: filters by time use both. */
    createdAt: instant('created_at')
      .notNull()
      .default(sql`clock_timestamp()`),
    /** Set = in the trash until `expiresAt`; after that gone for good, the row being kept only while a dataset version holds the image. */
    deletedAt: instant('deleted_at'),
    deletedBy: uuid('deleted_by').references(() => userTable.id, { onDelete: 'set null' }),
    expiresAt: instant('expires_at'),
  },
  (table) => [
    uniqueIndex('image_project_sha256_unique')
      .on(table.projectId, table.sha256)
      .where(sql`deleted_at is null`),
    index('image_deleted_sha256')
      .on(table.projectId, table.sha256)
      .where(sql`deleted_at is not null`),
    index('image_project_name_list')
      .on(table.projectId, table.nameKey, table.id)
      .where(sql`deleted_at is null`),
    index('image_project_uploader_list')
      .on(table.projectId, table.createdBy, table.id)
      .where(sql`deleted_at is null`),
    index('image_project_group_list')
      .on(table.projectId, table.group, table.id)
      .where(sql`deleted_at is null and group_key is not null`),
    index('image_project_group_name_list')
      .on(table.projectId, table.group, table.nameKey, table.id)
      .where(sql`deleted_at is null and group_key is not null`),
    index('image_trash')
      .on(table.projectId, table.deletedAt, table.id)
      .where(sql`expires_at is not null`),
    index('image_expires')
      .on(table.expiresAt)
      .where(sql`expires_at is not null`),
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
  (table) => [
    index('image_upload_expires').on(table.expiresAt),
    index('image_upload_image').on(table.imageId),
    index('image_upload_pending')
      .on(table.projectId, table.byteSize)
      .where(sql`completed_at is null`),
  ],
);

export const annotationSource = pgEnum('annotation_source', ['HUMAN', 'IMPORT', 'MODEL']);

const annotationColumns = () => ({
  imageId: uuid('image_id')
    .notNull()
    .references(() => imageTable.id, { onDelete: 'cascade' }),
  labelId: uuid('label_id').notNull(),
  /** Of the image and of the label. */
  projectId: uuid('project_id').notNull(),
  source: annotationSource('source').notNull().default('HUMAN'),
  confidence: real('confidence'),
  createdBy: uuid('created_by').references(() => userTable.id, { onDelete: 'set null' }),
  createdAt: instant('created_at').notNull().defaultNow(),
});

/** An image carries a label: who or what said so, when, how sure. */
export const annotationTable = pgTable('annotation', annotationColumns(), (table) => [
  primaryKey({ name: 'annotation_pk', columns: [table.imageId, table.labelId] }),
  foreignKey({ name: 'annotation_label_fk', columns: [table.labelId], foreignColumns: [labelTable.id] }),
  index('annotation_label').on(table.labelId, table.imageId),
  index('annotation_annotator').on(table.projectId, table.createdBy, table.imageId),
]);

/** Annotations whose image or label is in the trash, or both: what a restored one brings back. */
export const trashedAnnotationTable = pgTable('trashed_annotation', annotationColumns(), (table) => [
  primaryKey({ name: 'trashed_annotation_pk', columns: [table.imageId, table.labelId] }),
  foreignKey({ name: 'trashed_annotation_label_fk', columns: [table.labelId], foreignColumns: [labelTable.id] }),
  index('trashed_annotation_label').on(table.labelId, table.imageId),
]);

/**
 * On which side of the split an image stands, where that is known: the override of a person, else where the last dataset version put its
 * picture. Apart from the image, so that publishing 100,000 of them rewrites no wide rows.
 */
export const imageStandingTable = pgTable(
  'image_standing',
  {
    imageId: uuid('image_id')
      .primaryKey()
      .references(() => imageTable.id, { onDelete: 'cascade' }),
    projectId: uuid('project_id').notNull(),
    split: split('split').notNull(),
  },
  (table) => [index('image_standing_list').on(table.projectId, table.split, table.imageId)],
);

/** What images look like, for finding near-duplicates; filled in the background after the images came. */
export const imageLookTable = pgTable(
  'image_look',
  {
    imageId: uuid('image_id')
      .primaryKey()
      .references(() => imageTable.id, { onDelete: 'cascade' }),
    projectId: uuid('project_id').notNull(),
    hash: bit('hash', { dimensions: 256 }).notNull(),
    /** One key for each of the 8 bands of the hash, the project mixed in. */
    bands: bigint('bands', { mode: 'bigint' }).array().notNull(),
    /** First image of the cluster that it belongs to; null = like nothing else so far. */
    clusterId: uuid('cluster_id'),
  },
  (table) => [
    index('image_look_bands').using('gin', table.bands),
    index('image_look_list')
      .on(table.projectId, table.imageId)
      .where(sql`cluster_id is not null`),
    index('image_look_cluster')
      .on(table.clusterId, table.imageId)
      .where(sql`cluster_id is not null`),
  ],
);

/** How far the images of a project were compared, in id order. */
export const imageLookProgressTable = pgTable('image_look_progress', {
  projectId: uuid('project_id')
    .primaryKey()
    .references(() => projectTable.id, { onDelete: 'cascade' }),
  lastImageId: uuid('last_image_id').notNull(),
});
