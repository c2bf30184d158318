import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { RecordStore } from './record-store.ts';
import { parseShardFileName } from './shard-name.ts';

const largestShardBytes = 256 * 1024 * 1024;
const smallestShardBytes = 1024 * 1024;
/** A shard is evicted whole: small enough that little is lost, large enough that files stay few. */
const shardsOfBudget = 32;

export interface CacheStatistics {
  /** Records that were there, and that were not. */
  readonly hits: number;
  readonly misses: number;
  /** Why nothing is stored any more, such as a full disk; undefined while all is well. */
  readonly notStoring: string | undefined;
}

/** What trainings compute once and need again, on disk. Losing any of it costs time, never a training. */
export interface CacheFolder {
  /**
   * Records of one kind, which no other kind is mixed up with.
   * @param namespace also a folder's name: letters, digits, dots and hyphens. @param recordBytes about how long records are.
   */
  store(namespace: string, recordBytes: number): Promise<RecordStore>;
  readonly statistics: CacheStatistics;
  /** Waits for what is being written and lets the next process go on in the same files. */
  close(): Promise<void>;
}

/**
 * Opens the folder, which any number of processes of one machine may use at once; made when missing. Shards that were used least
 * recently are deleted, whatever they hold, before `budgetBytes` would be exceeded. (What other processes are yet to write into their
 * shards is not foreseen: each kind of record of each further process can exceed the budget by a shard, 1/32 of it.) What this process has used since it opened the folder it does not evict: a set
 * larger than the budget would otherwise push itself out, and each epoch would find nothing.
 *
 * Memory: about 100 bytes a record for the index; payloads are read into the reader's buffers and kept nowhere.
 * @param options.budgetBytes of all files together; below 1 MiB nothing is stored.
 * @param options.lookAgainMilliseconds how often to look for what other processes stored, at most. @default 1000
 */
export function openCacheFolder(
  path: string,
  options: { readonly budgetBytes: number; readonly lookAgainMilliseconds?: number },
): CacheFolder {
  return new Folder(path, options.budgetBytes, options.lookAgainMilliseconds ?? 1000);
}

class Folder implements CacheFolder {
  readonly #path: string;
  readonly #budgetBytes: number;
  readonly #lookAgainMilliseconds: number;
  readonly #stores = new Map<string, Promise<RecordStore>>();
  readonly #opened: RecordStore[] = [];
  readonly #usedShards = new Set<string>();
  readonly #counts = { hits: 0, misses: 0, notStoring: undefined as string | undefined };

  constructor(path: string, budgetBytes: number, lookAgainMilliseconds: number) {
    this.#path = path;
    this.#budgetBytes = budgetBytes;
    this.#lookAgainMilliseconds = lookAgainMilliseconds;
  }

  get statistics(): CacheStatistics {
    return { ...this.#counts };
  }

  store(namespace: string, recordBytes: number): Promise<RecordStore> {
    const known = this.#stores.get(namespace);
    if (known) return known;
    const store = this.#open(namespace, recordBytes);
    this.#stores.set(namespace, store);
    return store;
  }

  async close(): Promise<void> {
    for (const store of this.#stores.values()) await (await store).close();
  }

  async #open(namespace: string, recordBytes: number): Promise<RecordStore> {
    const share = Math.floor(this.#budgetBytes / shardsOfBudget);
    const store = await RecordStore.open(join(this.#path, namespace), namespace, recordBytes, {
      shardBytes: Math.max(smallestShardBytes, Math.min(largestShardBytes, share)),
      lookAgainMilliseconds: this.#lookAgainMilliseconds,
      usedShards: this.#usedShards,
      counts: this.#counts,
      makeRoom: (bytes) => this.#makeRoom(bytes),
    });
    this.#opened.push(store);
    return store;
  }

  async #makeRoom(bytes: number): Promise<void> {
    const shards = await this.#shards();
    const wanted = this.#opened.reduce((sum, store) => sum + store.reservedBytes, bytes);
    const total = (of: typeof shards) => of.reduce((sum, { size }) => sum + size, wanted);
    const kept = shards.filter(({ id }) => this.#usedShards.has(id));
    if (total(kept) > this.#budgetBytes)
      throw new Error('The cache is as large as it may become, and all of it is in use by this training.');
    let excess = total(shards) - this.#budgetBytes;
    const idle = shards.filter(({ id }) => !this.#usedShards.has(id)).sort((a, b) => a.usedAt - b.usedAt);
    for (const { path, size } of idle) {
      if (excess <= 0) break;
      await rm(path, { force: true });
      excess -= size;
    }
  }

  async #shards() {
    const shards: { path: string; id: string; size: number; usedAt: number }[] = [];
    for (const entry of await readdir(this.#path, { withFileTypes: true, recursive: true })) {
      const name = parseShardFileName(entry.name);
      const path = join(entry.parentPath, entry.name);
      // Another process may have deleted or renamed it meanwhile.
      const stats = name ? await stat(path).catch(() => undefined) : undefined;
      if (name && stats) shards.push({ path, id: name.id, size: stats.size, usedAt: stats.mtimeMs });
    }
    return shards;
  }
}
