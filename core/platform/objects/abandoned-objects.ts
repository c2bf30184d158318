import { eq } from 'drizzle-orm';
import type { Transaction } from '../database.ts';
import type { Platform } from '../platform.ts';
import { abandonedObjectsTable } from '../table.ts';
import { mayDeleteObjects } from './deletion-lock.ts';

/** Marks everything under a prefix for deletion, together with the rows that referred to it. */
export async function abandonObjects(tx: Transaction, prefix: string): Promise<void> {
  await tx.insert(abandonedObjectsTable).values({ prefix }).onConflictDoNothing();
}

/**
 * Deletes what was marked, unless a backup runs. Safe to repeat and to run on several servers at once; returns how many prefixes are gone.
 */
export async function deleteAbandonedObjects(platform: Platform): Promise<number> {
  const rows = await platform.db
    .select()
    .from(abandonedObjectsTable)
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
