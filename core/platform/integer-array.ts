import { sql } from 'drizzle-orm';

/** An integer[] as one parameter, for inserts of many rows: drizzle would bind each element on its own. */
export const integerArray = (values: readonly number[]): number[] =>
  sql`${`{${values.join(',')}}`}::integer[]` as unknown as number[];
