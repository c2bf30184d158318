import { eq, sql } from 'drizzle-orm';
import type { Transaction } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { queueOfFlavor, type HeldJob } from '../platform/queue.ts';
import { trainingTable } from './table.ts';
import type { Training } from './training-row.ts';

/** How many trainings of the flavor may run at a time. */
export const maxParallelOf = ({ config }: Pick<Platform, 'config'>, flavor: string): number =>
  config.flavors.find(({ id }) => id === flavor)?.maxParallel ?? Infinity;

/**
 * Whether the training is one of as many of its flavor as may run; otherwise its job is put back at the head of the queue. The queue itself gives
 * workers no more than that, but two who ask at the same moment do not see each other: here they come one after the other. Who holds a place
 * is who has a worker and a job that runs, so that the place of a dead worker is free once the queue has noticed.
 */
export async function takePlace(
  tx: Transaction,
  platform: Platform,
  { id, flavor }: Pick<Training, 'id' | 'flavor'>,
  held: HeldJob,
): Promise<boolean> {
  const maxParallel = maxParallelOf(platform, flavor);
  if (maxParallel === Infinity) return true;
  const name = queueOfFlavor(flavor);
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`places of ${name}`}, 0))`);
  const [others] = await tx.execute<{ count: number }>(sql`
    select count(*)::int as count from pgboss.job join training on training.job_id = job.id
    where job.name = ${name} and job.state = 'active' and training.worker_id is not null and training.id <> ${id}
      and training.state not in ('COMPLETED', 'FAILED', 'CANCELLED')`);
  if (others!.count < maxParallel) return true;
  const jobId = await platform.queue.handOverTraining(tx, flavor, held, { trainingId: id });
  await tx
    .update(trainingTable)
    .set({ workerId: null, ...(jobId !== undefined && { jobId }) })
    .where(eq(trainingTable.id, id));
  return false;
}
