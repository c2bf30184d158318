import DataLoader from 'dataloader';
import type { Database } from './database.ts';
import { perDatabase } from './per-database.ts';

const mostAtOnce = 500;

/**
 * Reads of single things that are asked for at the same moment, by whatever requests, become one statement. Nothing is kept: a read always begins
 * after it was asked for, so that what was committed before, such as that a token was revoked, is seen.
 * @param read answers in the order of the keys; its errors fail all who asked at that moment, so it must not throw for a bad key.
 */
export function batched<K, V>(
  read: (db: Database, keys: readonly K[]) => Promise<readonly V[]>,
): (db: Database, key: K) => Promise<V> {
  const loaderOf = perDatabase(
    (db: Database) =>
      new DataLoader<K, V>((keys) => read(db, keys), {
        cache: false,
        maxBatchSize: mostAtOnce,
        batchScheduleFn: (run) => setImmediate(run),
      }),
  );
  return (db, key) => loaderOf(db).load(key);
}
