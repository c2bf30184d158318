import { is } from 'drizzle-orm';
import { PgPreparedQuery } from 'drizzle-orm/pg-core';
import type { Queryable } from './database.ts';
import { plainRows } from './plain-rows.ts';

/**
 * Makes something once for each database, when it is first asked for: such as a statement of the hot path, which drizzle then builds once and
 * PostgreSQL parses once a connection. A transaction is a database of its own that comes and goes; statements are not built anew for it.
 *
 *     const selectThing = perDatabase((db) => db.select().from(thingTable).where(eq(thingTable.id, sql.placeholder('id'))).prepare('thing'));
 *     const [thing] = await selectThing(db).execute({ id });
 */
export function perDatabase<D extends Queryable, T>(make: (db: D) => T): (db: D) => T {
  const made = new WeakMap<D, { readonly value: T }>();
  let statement: T | undefined;
  return (db) => {
    let entry = made.get(db);
    if (!entry) {
      const value = statement === undefined ? plainRows(make(db)) : boundTo(db, statement);
      if (statement === undefined && is(value, PgPreparedQuery)) statement = boundTo(undefined, value as T);
      made.set(db, (entry = { value }));
    }
    return entry.value;
  };
}

/** The same statement on the connection of another database: nothing else of a statement belongs to one. */
function boundTo<T>(db: Queryable | undefined, statement: T): T {
  const { client } = (db as unknown as { session: { client: unknown } } | undefined)?.session ?? {};
  return Object.assign(Object.create(Object.getPrototypeOf(statement) as object), statement, { client });
}
