import { sql } from 'drizzle-orm';
import type { Queryable } from '../platform/database.ts';

/** After so many in a row it is the training that kills its workers. */
export const mostLostWorkers = 12;

/** How many attempts in a row ended with a lost worker: since a checkpoint was saved, or an attempt ended in another way. */
export async function countLostWorkers(db: Queryable, trainingId: string): Promise<number> {
  const [row] = await db.execute<{ count: number }>(sql`
    select count(*)::int as count from training_event
    where training_id = ${trainingId} and type = 'INTERRUPTED' and seq > coalesce((
      select max(seq) from training_event
      where training_id = ${trainingId}
        and (type = 'CHECKPOINT_SAVED' or (type = 'INTERRUPTED' and payload->>'reason' <> 'WORKER_LOST'))), 0)`);
  return row!.count;
}
