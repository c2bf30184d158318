import { ObjectMissingError, type ObjectStore } from '../objects/object-store.ts';
import type { Metrics } from './metrics.ts';

/** A store whose operations are counted and timed. */
export function meteredStore(store: ObjectStore, metrics: Metrics): ObjectStore {
  const timed = async <T>(operation: string, run: () => Promise<T>): Promise<T> => {
    const started = performance.now();
    let outcome = 'ok';
    try {
      return await run();
    } catch (error) {
      outcome = error instanceof ObjectMissingError ? 'missing' : 'error';
      throw error;
    } finally {
      metrics.objectStore.observe({ operation, outcome }, (performance.now() - started) / 1000);
    }
  };
  return {
    put: (key, bytes) => timed('put', () => store.put(key, bytes)),
    putMany: (objects) => timed('putMany', () => store.putMany(objects)),
    putStream: (key, source, maximumBytes, options) =>
      timed('putStream', () => store.putStream(key, source, maximumBytes, options)),
    get: (key) => timed('get', () => store.get(key)),
    open: (key, range) => timed('open', () => store.open(key, range)),
    size: (key) => timed('size', () => store.size(key)),
    delete: (key) => timed('delete', () => store.delete(key)),
    deleteAll: (prefix) => timed('deleteAll', () => store.deleteAll(prefix)),
    // As long as its caller takes; what it costs the store is in the listing's pages.
    localPath: (key) => store.localPath(key),
  };
}
