import { sql } from 'drizzle-orm';
import { boolean, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { userTable } from '../access/table.ts';
import { instant } from '../platform/table.ts';
import { projectTable } from '../projects/table.ts';

export const labelTable = pgTable(
  'label',
  {
    id: uuid('id')
      .primaryKey()
      .default(sql`uuidv7()`),
    projectId: uuid('project_id')
      .notNull()
      .references(() => projectTable.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    color: text('color').notNull(),
    shortcut: text('shortcut'),
    imageCount: integer('image_count').notNull().default(0),
    createdAt: instant('created_at').notNull().defaultNow(),
    /** Set = in the trash until `expiresAt`. */
    deletedAt: instant('deleted_at'),
    deletedBy: uuid('deleted_by').references(() => userTable.id, { onDelete: 'set null' }),
    expiresAt: instant('expires_at'),
    /** What becomes of its images while it is deleted: one of the policies of `deleteLabel`. */
    deletePolicy: text('delete_policy'),
    /** Whether its annotations are still being taken off the images, or brought back when it is not deleted (any more). */
    isSettling: boolean('is_settling').notNull().default(false),
  },
  (table) => [
    uniqueIndex('label_name_unique')
      .on(table.projectId, table.name)
      .where(sql`deleted_at is null`),
    uniqueIndex('label_shortcut_unique')
      .on(table.projectId, table.shortcut)
      .where(sql`deleted_at is null`),
    index('label_project').on(table.projectId, table.id),
    index('label_trash')
      .on(table.projectId, table.deletedAt, table.id)
      .where(sql`expires_at is not null`),
    index('label_settling')
      .on(table.id)
      .where(sql`is_settling`),
  ],
);
