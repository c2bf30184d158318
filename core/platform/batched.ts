import DataLoader from 'dataloader';
import type { Database } from './database.ts';
import { perDatabase } from './per-database.ts';

const mostAtOnce = 500;
/**
 * Of reads whose answers are pages of rows: what is more is read over several connections at the same time. Answers of more than 64 kB meet the
 * window of a TCP connection to the same machine, whose segments are as large, and may wait 40 ms for the rest.
 */
export const mostPagesAtOnce = 8;

/**
 * Reads of single things that are asked for at the same moment, by whatever requests, become one statement. Nothing is kept: a read always begins
 * after it was asked for, so that what was committed before, such as that a token was revoked, is seen.
 * @param read answers in the order of the keys; its errors fail all who asked at that moment, so it must not throw for a bad key.
 * @param most keys of one statement.
 */
export function batched<K, V>(
  read: (db: Database, keys: readonly K[]) => Promise<readonly V[]>,
  most = mostAtOnce,
): (db: Database, key: K) => Promise<V> {
  const loaderOf = perDatabase(
    (db: Database) =>
      new DataLoader<K, V>((keys) => read(db, keys), {
        cache: false,
        maxBatchSize: most,
        batchScheduleFn: (run) => setImmediate(run),
      }),
  );
  return (db, key) => loaderOf(db).load(key);
}
