import type { Queryable } from './database.ts';
import { plainRows } from './plain-rows.ts';

/**
 * Makes something once for each database, when it is first asked for: such as a statement of the hot path, which drizzle then builds once and
 * PostgreSQL parses once a connection.
 *
 *     const selectThing = perDatabase((db) => db.select().from(thingTable).where(eq(thingTable.id, sql.placeholder('id'))).prepare('thing'));
 *     const [thing] = await selectThing(db).execute({ id });
 */
export function perDatabase<D extends Queryable, T>(make: (db: D) => T): (db: D) => T {
  const made = new WeakMap<D, { readonly value: T }>();
  return (db) => {
    let entry = made.get(db);
    if (!entry) made.set(db, (entry = { value: plainRows(make(db)) }));
    return entry.value;
  };
}
