import { sql } from 'drizzle-orm';
import type { Platform } from '../platform/platform.ts';
import type { TrainingState } from './training-facts.ts';

/** How many trainings of all projects are in each state, of those that have one. */
export async function countTrainings(platform: Platform): Promise<{ state: TrainingState; count: number }[]> {
  const rows = await platform.db.execute<{ state: TrainingState; count: number }>(sql`
    select state, count(*)::int as count from training group by state`);
  return [...rows];
}
