import { sql } from 'drizzle-orm';
import { index, integer, numeric, pgEnum, pgTable, primaryKey, text, unique, uuid, bigint } from 'drizzle-orm/pg-core';
import { userTable } from '../access/table.ts';
import { bytea, instant } from '../platform/table.ts';
import { projectTable } from '../projects/table.ts';

export const split = pgEnum('split', ['TRAIN', 'VALIDATION', 'TEST']);

/** An immutable, numbered snapshot of labelled images with the split of each. No row of these tables is ever updated. */
export const datasetVersionTable = pgTable(
  'dataset_version',
  {
    id: uuid('id')
      .primaryKey()
      .default(sql`uuidv7()`),
    projectId: uuid('project_id')
      .notNull()
      .references(() => projectTable.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    trainRatio: numeric('train_ratio', { mode: 'number' }).notNull(),
    testRatio: numeric('test_ratio', { mode: 'number' }).notNull().default(0),
    seed: bigint('seed', { mode: 'number' }).notNull(),
    contentSha256: bytea('content_sha256').notNull(),
    imageCount: integer('image_count').notNull(),
    trainCount: integer('train_count').notNull(),
    validationCount: integer('validation_count').notNull(),
    testCount: integer('test_count').notNull().default(0),
    createdBy: uuid('created_by').references(() => userTable.id, { onDelete: 'set null' }),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [unique('dataset_version_name_unique').on(table.projectId, table.name)],
);

/** The classes of a dataset version, in the order in which a model trained on it has its outputs. */
export const datasetVersionLabelTable = pgTable(
  'dataset_version_label',
  {
    datasetVersionId: uuid('dataset_version_id')
      .notNull()
      .references(() => datasetVersionTable.id, { onDelete: 'cascade' }),
    classIndex: integer('class_index').notNull(),
    /** Not a foreign key: the label may be deleted later, the version stays. */
    labelId: uuid('label_id').notNull(),
    name: text('name').notNull(),
    color: text('color').notNull(),
    trainCount: integer('train_count').notNull(),
    validationCount: integer('validation_count').notNull(),
    testCount: integer('test_count').notNull().default(0),
  },
  (table) => [primaryKey({ name: 'dataset_version_label_pk', columns: [table.datasetVersionId, table.classIndex] })],
);

export const datasetVersionImageTable = pgTable(
  'dataset_version_image',
  {
    datasetVersionId: uuid('dataset_version_id')
      .notNull()
      .references(() => datasetVersionTable.id, { onDelete: 'cascade' }),
    imageId: uuid('image_id').notNull(),
    sha256: bytea('sha256').notNull(),
    /** Of the labels it carries, ascending; one in a single-label project. */
    classIndexes: integer('class_indexes').array().notNull(),
    split: split('split').notNull(),
    /** Who labelled it last, when the version was published; not a foreign key, since no row here is ever updated. */
    annotatedBy: uuid('annotated_by'),
  },
  (table) => [
    primaryKey({ name: 'dataset_version_image_pk', columns: [table.datasetVersionId, table.imageId] }),
    index('dataset_version_image_image').on(table.imageId),
  ],
);

/** Where a picture stands, for good: by content, so that deleting and uploading it again changes nothing. */
export const splitAssignmentTable = pgTable(
  'split_assignment',
  {
    projectId: uuid('project_id')
      .notNull()
      .references(() => projectTable.id, { onDelete: 'cascade' }),
    sha256: bytea('sha256').notNull(),
    split: split('split').notNull(),
  },
  (table) => [primaryKey({ name: 'split_assignment_pk', columns: [table.projectId, table.sha256] })],
);
