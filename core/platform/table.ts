import { customType, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

/** Raw bytes: digests and token hashes. */
export const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' });

/** Text that is compared by code points, wherever the database is. */
export const binaryText = customType<{ data: string }>({ dataType: () => 'text collate "C"' });

/** UTC with milliseconds: JavaScript dates hold no more, and a finer column would make keyset cursors skip rows. */
export const instant = (name: string) => timestamp(name, { precision: 3, withTimezone: true });

/** Folders of objects that nothing refers to any more and that are still to be deleted: a crash after the commit loses none. */
export const abandonedObjectsTable = pgTable('abandoned_objects', {
  /** Key prefix, ends with a slash. */
  prefix: text('prefix').primaryKey(),
  /** When it was abandoned, or the moment until which addresses of the store let bytes come to it. */
  createdAt: instant('created_at').notNull().defaultNow(),
});

/** Facts about the installation as a whole: the signing secret, the first start. */
export const settingTable = pgTable('setting', {
  key: text('key').primaryKey(),
  value: text('value').notNull(),
});
