import { readFileSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import type { Queryable } from './database.ts';

const path = new URL('../../migrations/meta/_journal.json', import.meta.url);
const journal = JSON.parse(readFileSync(path, 'utf8')) as {
  readonly entries: readonly { readonly when: number; readonly tag: string }[];
};

/** Name of the newest migration of this version, such as 0013_operations. */
export const expectedRevision: string = journal.entries.at(-1)!.tag;

/** Name of the newest migration that the database has; null when this version does not know it. */
export async function readSchemaRevision(db: Queryable): Promise<string | null> {
  // The migrator writes when each was made, which is in the journal too.
  const [row] = await db.execute<{ made: string | null }>(
    sql`select max(created_at)::text as made from schema_migration`,
  );
  return journal.entries.find(({ when }) => String(when) === row!.made)?.tag ?? null;
}
