import { sql } from 'drizzle-orm';
import { bigint, integer, jsonb, pgEnum, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../platform/table.ts';

/** How many labels an image of the project carries: one at most, or any number. Chosen when the project is made, for good. */
export const projectTypes = ['SINGLE_LABEL', 'MULTI_LABEL'] as const;
export type ProjectType = (typeof projectTypes)[number];
export const projectType = pgEnum('project_type', projectTypes);

/**
 * The row is also the project's write lock: actions that change labels, annotations, images or trainings lock it first, so
 * that the maintained counts stay exact and a dataset version is a snapshot of one moment.
 */
export const projectTable = pgTable(
  'project',
  {
    id: uuid('id')
      .primaryKey()
      .default(sql`uuidv7()`),
    name: text('name').notNull(),
    description: text('description').notNull().default(''),
    type: projectType('type').notNull().default('SINGLE_LABEL'),
    imageCount: integer('image_count').notNull().default(0),
    labelledImageCount: integer('labelled_image_count').notNull().default(0),
    /**
     * Of all images that there are, those in the trash and those that a dataset version holds too: moved by triggers of the table `image`
     * (migrations), so that a server of the last version moves it as well.
     */
    imageBytes: bigint('image_bytes', { mode: 'number' }).notNull().default(0),
    /** Last V-number given to a training; numbers are never reused. */
    lastVersionNumber: integer('last_version_number').notNull().default(0),
    /** Sequence number of the last event. */
    lastSequence: integer('last_sequence').notNull().default(0),
    /** What was deleted up to then is not in the trash any more and goes in the background. */
    trashEmptiedAt: instant('trash_emptied_at'),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (table) => [unique('project_name_unique').on(table.name)],
);

/** What a dashboard wants to hear of a project, append-only; old rows are deleted. */
export const projectEventTable = pgTable(
  'project_event',
  {
    projectId: uuid('project_id')
      .notNull()
      .references(() => projectTable.id, { onDelete: 'cascade' }),
    sequence: integer('seq').notNull(),
    type: text('type').notNull(),
    payload: jsonb('payload').notNull(),
    occurredAt: instant('occurred_at')
      .notNull()
      .default(sql`clock_timestamp()`),
  },
  (table) => [primaryKey({ name: 'project_event_pk', columns: [table.projectId, table.sequence] })],
);
