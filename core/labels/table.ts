import { sql } from 'drizzle-orm';
import { integer, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
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
  },
  (table) => [
    unique('label_name_unique').on(table.projectId, table.name),
    unique('label_shortcut_unique').on(table.projectId, table.shortcut),
  ],
);
