import { eq, sql } from 'drizzle-orm';
import type { Transaction } from '../platform/database.ts';
import { abandonObjects } from '../platform/objects/abandoned-objects.ts';
import type { Platform } from '../platform/platform.ts';
import { transferTable } from './table.ts';
import { transferPrefix } from './transfer-row.ts';

/**
 * Says for how long from now what a transfer has in the object store stays there. To be said before anything is put there, too: then whatever
 * becomes of the worker, what it leaves is deleted.
 */
export async function keepTransferObjects(tx: Transaction, transferId: string, days: number): Promise<void> {
  await tx
    .update(transferTable)
    .set({ expiresAt: sql`now() + make_interval(days => ${days})` })
    .where(eq(transferTable.id, transferId));
}

const batchSize = 100;

/**
 * Marks for deletion what ended transfers have in the object store: once its time is over, and of failed and cancelled ones at once. Safe to
 * run on several servers at the same time; returns of how many.
 */
export async function deleteExpiredTransferObjects(platform: Platform): Promise<number> {
  return platform.db.transaction(async (tx) => {
    const rows = await tx.execute<{ id: string; project_id: string }>(sql`
      update transfer set expires_at = null where id in (
        select id from transfer where expires_at is not null
          and (state in ('FAILED', 'CANCELLED') or state = 'COMPLETED' and expires_at <= now())
        order by expires_at limit ${batchSize} for update skip locked)
      returning id, project_id`);
    for (const row of rows) await abandonObjects(tx, transferPrefix({ id: row.id, projectId: row.project_id }));
    return rows.length;
  });
}
