import { sql } from 'drizzle-orm';
import { bigint, index, integer, pgEnum, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../platform/table.ts';
import { projectTable } from '../projects/table.ts';

/** Where to tell what happens in a project. Its secret is not kept: it follows from the installation's and the id. */
export const webhookTable = pgTable(
  'webhook',
  {
    id: uuid('id')
      .primaryKey()
      .default(sql`uuidv7()`),
    projectId: uuid('project_id')
      .notNull()
      .references(() => projectTable.id, { onDelete: 'cascade' }),
    url: text('url').notNull(),
    events: text('events').array().notNull(),
    /** Of the last event of the project that was looked at. */
    lastSequence: bigint('last_seq', { mode: 'number' }).notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    disabledAt: instant('disabled_at'),
    disabledReason: text('disabled_reason'),
  },
  (table) => [index('webhook_project').on(table.projectId)],
);

export const webhookDeliveryState = pgEnum('webhook_delivery_state', ['PENDING', 'DELIVERED', 'DEAD']);

export const webhookDeliveryTable = pgTable(
  'webhook_delivery',
  {
    id: uuid('id')
      .primaryKey()
      .default(sql`uuidv7()`),
    webhookId: uuid('webhook_id')
      .notNull()
      .references(() => webhookTable.id, { onDelete: 'cascade' }),
    type: text('type').notNull(),
    /** JSON, byte for byte as it is signed and sent. */
    body: text('body').notNull(),
    state: webhookDeliveryState('state').notNull().default('PENDING'),
    attempts: integer('attempts').notNull().default(0),
    lastStatus: integer('last_status'),
    lastError: text('last_error'),
    createdAt: instant('created_at').notNull().defaultNow(),
    lastAttemptAt: instant('last_attempt_at'),
  },
  (table) => [index('webhook_delivery_list').on(table.webhookId, table.id)],
);
