import { sql } from 'drizzle-orm';
import type { World } from './world.ts';

/** How many statements of the world's database wait for a lock: tells a test that a call has come to a certain point. */
export async function blockedCalls(world: World): Promise<number> {
  const rows = await world.platform.db.execute(
    sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return rows.length;
}
