import { sql } from 'drizzle-orm';
import type { Transaction } from '../platform/database.ts';
import { QuotaExceededError, type Quota } from '../platform/errors.ts';
import { readQuotas } from './quotas.ts';
import { minutesUsed, usedNow } from './usage.ts';

/**
 * Whether one more fits; the caller holds the project's lock, so that two at once do not both take the last place.
 * @throws {QuotaExceededError}
 */
export async function requireRoom(tx: Transaction, projectId: string, asked: readonly Quota[]): Promise<void> {
  const limits = await readQuotas(tx, projectId);
  for (const quota of asked) {
    const limit = limits[quota];
    if (limit === null) continue;
    const now = await readUsed(tx, projectId, quota);
    if (now >= limit) throw new QuotaExceededError(quota, limit, now);
  }
}

async function readUsed(tx: Transaction, projectId: string, quota: Quota): Promise<number> {
  // Of those under way what they may take counts: otherwise any number of them could be begun in the last minute.
  const value =
    quota === 'TRAINING_MINUTES'
      ? sql`(select ${minutesUsed(projectId, sql`started_at + make_interval(mins => max_duration_minutes)`)}
          + (select coalesce(sum(max_duration_minutes), 0) from training
              where project_id = ${projectId} and finished_at is null and started_at is null))`
      : usedNow[quota](projectId);
  const [row] = await tx.execute<{ used: number }>(sql`select ceil(${value}) as used`);
  return row!.used;
}
