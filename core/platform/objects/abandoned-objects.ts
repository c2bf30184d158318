import { eq, lte, sql } from 'drizzle-orm';
import type { Transaction } from '../database.ts';
import type { Platform } from '../platform.ts';
import { abandonedObjectsTable } from '../table.ts';
import { mayDeleteObjects } from './deletion-lock.ts';

/**
 * Marks everything under a prefix for deletion, together with the rows that referred to it.
 * @param after not before this moment: while addresses of the store are good, bytes may still come.
 */
export async function abandonObjects(tx: Transaction, prefix: string, after?: Date): Promise<void> {
  await tx
    .insert(abandonedObjectsTable)
    .values({ prefix, ...(after && { createdAt: after }) })
    .onConflictDoNothing();
}

/**
 * Deletes what was marked, unless a backup runs. Safe to repeat and to run on several servers at once; returns how many prefixes are gone.
 */
export async function deleteAbandonedObjects(platform: Platform): Promise<number> {
  const rows = await platform.db
    .select()
    .from(abandonedObjectsTable)
    // A moment may be rounded up.
    .where(lte(abandonedObjectsTable.createdAt, sql`now() + interval '1 second'`))
    .orderBy(abandonedObjectsTable.createdAt)
    .limit(100);
  for (const [index, { prefix }] of rows.entries()) {
    const isGone = await platform.db.transaction(async (tx) => {
      if (!(await mayDeleteObjects(tx))) return false;
      await platform.objects.deleteAll(prefix);
      await tx.delete(abandonedObjectsTable).where(eq(abandonedObjectsTable.prefix, prefix));
      return true;
    });
    if (!isGone) return index;
  }
  return rows.length;
}
