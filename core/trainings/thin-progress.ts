import { sql } from 'drizzle-orm';
import type { Platform } from '../platform/platform.ts';

/**
 * Deletes progress of trainings that ended more than `days` ago, but the last event of each run of progress; all other events stay for
 * ever. The training remembers up to where, so that watchers are told. At most 100 trainings a call; returns how many.
 */
export async function thinProgress(platform: Platform, days: number): Promise<number> {
  return platform.db.transaction(async (tx) => {
    const rows = await tx.execute<{ id: string }>(sql`
      update training set thinned_through = last_sequence
      where id in (
        select id from training
        where finished_at < now() - make_interval(days => ${days}) and thinned_through < last_sequence
        order by finished_at limit 100 for update skip locked)
      returning id`);
    for (const { id } of rows)
      await tx.execute(sql`
        delete from training_event where training_id = ${id} and seq in (
          select seq from (
            select seq, type, lead(type) over (order by seq) as next from training_event where training_id = ${id}) ordered
          where type = 'PROGRESSED' and next = 'PROGRESSED')`);
    return rows.length;
  });
}
