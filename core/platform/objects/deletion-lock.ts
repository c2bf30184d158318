import { sql } from 'drizzle-orm';
import type postgres from 'postgres';
import type { Transaction } from '../database.ts';

/** Any constant works as long as every process uses the same. */
const deletionLock = 5_723_019_115;

/**
 * Asks before objects are deleted that rows have promised, until the end of the transaction: false while a backup runs, which copies what the
 * rows of an earlier moment promise. Nobody waits: what was to be deleted stands in the database, and the next sweep finds it.
 */
export async function mayDeleteObjects(tx: Transaction): Promise<boolean> {
  const [row] = await tx.execute<{ may: boolean }>(
    sql`select pg_try_advisory_xact_lock_shared(${deletionLock}) as may`,
  );
  return row!.may;
}

/** Keeps promised objects until the session ends; waits for deletions that have begun. */
export async function holdDeletions(session: postgres.ISql): Promise<void> {
  await session`select pg_advisory_lock(${deletionLock})`;
}
