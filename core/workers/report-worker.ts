import { eq, sql } from 'drizzle-orm';
import type { Queryable } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { workerTable } from './table.ts';

/** What a worker says of itself. */
export type WorkerFacts = Pick<
  typeof workerTable.$inferSelect,
  'host' | 'processId' | 'versions' | 'flavors' | 'speeds' | 'unusableDevices' | 'memoryBytes' | 'heartbeatSeconds'
>;

/** Silent ones are shown for so long. */
const forgetAfterHours = 24;

/**
 * Says that the worker is alive: at its start and then several times in each of its `heartbeatSeconds`. One that was silent for so long that it was
 * forgotten is there again. There is no viewer: workers are trusted.
 */
export async function reportWorker({ db }: Platform, id: string, facts: WorkerFacts): Promise<void> {
  const { flavors, ...rest } = facts;
  const milliseconds = sql`extract(epoch from ${new Date().toISOString()}::timestamptz - clock_timestamp()) * 1000`;
  const row = {
    ...rest,
    flavors: [...flavors],
    // A machine whose clock begins in 1970 is alive all the same.
    clockOffsetMilliseconds: sql`greatest(-2147483647, least(2147483647, ${milliseconds}))::int`,
    heartbeatAt: sql`now()`,
  };
  await db
    .insert(workerTable)
    .values({ id, ...row })
    .onConflictDoUpdate({ target: workerTable.id, set: row });
}

/** It says goodbye. */
export async function removeWorker({ db }: Platform, id: string): Promise<void> {
  await db.delete(workerTable).where(eq(workerTable.id, id));
}

/** Returns how many went. */
export async function forgetLostWorkers({ db }: Platform): Promise<number> {
  const rows = await db.execute(sql`
    delete from worker where heartbeat_at < now() - make_interval(hours => ${forgetAfterHours}) returning 1`);
  return rows.length;
}

/** A condition on rows of `worker`. */
export const isLive = sql`worker.heartbeat_at > now() - make_interval(secs => worker.heartbeat_seconds)`;

/** How many live workers take trainings of the flavor. */
export async function countLiveWorkers(db: Queryable, flavor: string): Promise<number> {
  const [row] = await db.execute<{ count: number }>(sql`
    select count(*)::int as count from worker where ${flavor} = any(worker.flavors) and ${isLive}`);
  return row!.count;
}
