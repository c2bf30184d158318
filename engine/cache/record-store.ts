import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CorruptShardError } from './corrupt-shard-error.ts';
import { shardLayout } from './shard-format.ts';
import { ShardIndex } from './shard-index.ts';
import { newShardId, parseShardFileName, shardFileName, type ShardName } from './shard-name.ts';
import { Shard, type CachedRecord } from './shard.ts';

export interface RecordStoreOptions {
  readonly shardBytes: number;
  readonly lookAgainMilliseconds: number;
  /** Ids of the shards of all stores that this process read from or wrote to; added to. */
  readonly usedShards: Set<string>;
  /** Added to. */
  readonly counts: { hits: number; misses: number; notStoring: string | undefined };
  /** Evicts until so many bytes more fit. @throws when they cannot. */
  makeRoom(bytes: number): Promise<void>;
}

/**
 * Records of one namespace in shards. Reading and writing never fail: what cannot be read is missing, what cannot be written is not
 * kept, a damaged shard is deleted.
 */
export class RecordStore {
  readonly #folder: string;
  readonly #namespace: string;
  readonly #recordBytes: number;
  readonly #options: RecordStoreOptions;
  readonly #shards = new ShardIndex();
  #writing: Shard | undefined;
  #creating: string | undefined;
  #writes = Promise.resolve();
  #lookedAt = -Infinity;
  #closed = false;

  private constructor(folder: string, namespace: string, recordBytes: number, options: RecordStoreOptions) {
    this.#folder = folder;
    this.#namespace = namespace;
    this.#recordBytes = recordBytes;
    this.#options = options;
  }

  static async open(
    folder: string,
    namespace: string,
    recordBytes: number,
    options: RecordStoreOptions,
  ): Promise<RecordStore> {
    const store = new RecordStore(folder, namespace, recordBytes, options);
    try {
      await mkdir(folder, { recursive: true });
      await store.#look();
    } catch (error) {
      store.#stopStoring(error);
    }
    return store;
  }

  /** What the shard being written may still grow by. */
  get reservedBytes(): number {
    return this.#writing ? this.#options.shardBytes - this.#writing.bytes : 0;
  }

  /** As of the last look at the folder. */
  has(key: Buffer): boolean {
    return this.#shards.find(key) !== undefined;
  }

  /** @param into where the payload goes, given its length; undefined when it cannot be taken. */
  async read(key: Buffer, into: (length: number) => Uint8Array | undefined): Promise<CachedRecord | undefined> {
    await this.#lookIfDue();
    const record = await this.#readIfThere(key, into);
    if (record) this.#options.counts.hits += 1;
    else this.#options.counts.misses += 1;
    return record;
  }

  /** Resolves when the payload is written or given up; it must not change until then. */
  write(key: Buffer, tag: number, payload: Uint8Array): Promise<void> {
    this.#writes = this.#writes.then(() => this.#append(key, tag, payload)).catch((error) => this.#stopStoring(error));
    return this.#writes;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#writes;
    if (this.#writing) await this.#release(this.#writing);
    const held = this.#shards.all();
    // A read that comes now shall find nothing, rather than a file that is closed.
    for (const shard of held) this.#shards.remove(shard);
    for (const shard of held) await shard.close();
  }

  #stopStoring(error: unknown): void {
    this.#options.counts.notStoring ??= error instanceof Error ? error.message : String(error);
  }

  async #readIfThere(key: Buffer, into: (length: number) => Uint8Array | undefined) {
    const place = this.#shards.find(key);
    if (!place) return undefined;
    try {
      const record = await place.shard.read(place.slot, into);
      this.#use(place.shard);
      return record;
    } catch (error) {
      if (this.#shards.get(place.shard.id)) await this.#forget(place.shard);
      if (error instanceof CorruptShardError) await place.shard.delete().catch(() => undefined);
      return undefined;
    }
  }

  async #append(key: Buffer, tag: number, payload: Uint8Array): Promise<void> {
    if (this.#closed || this.#options.counts.notStoring !== undefined || this.#shards.find(key)) return;
    const shard = await this.#shardWithRoom(payload.length);
    if (!shard) return;
    this.#shards.place(shard, key, await shard.append(key, tag, payload));
  }

  /** Undefined for a record that no shard is large enough for. */
  async #shardWithRoom(length: number): Promise<Shard | undefined> {
    const { shardBytes } = this.#options;
    if (this.#writing?.hasRoom(length, shardBytes)) return this.#writing;
    const layout = shardLayout(this.#recordBytes, shardBytes);
    if (layout.dataStart + length > shardBytes) return undefined;
    if (this.#writing) await this.#release(this.#writing);
    this.#writing = (await this.#claim(length)) ?? (await this.#create(layout));
    return this.#writing;
  }

  /** Goes on where a process that has ended stopped. */
  async #claim(length: number): Promise<Shard | undefined> {
    const { shardBytes } = this.#options;
    for (const shard of this.#shards.all()) {
      if (shard.state !== 'free' || !shard.hasRoom(length, shardBytes)) continue;
      try {
        await shard.rename(process.pid);
      } catch {
        continue;
      }
      let hasRoom = false;
      try {
        // Between the last look and the renaming another process may have claimed it, added to it and released it.
        await shard.reload();
        this.#shards.placeAll(shard);
        this.#use(shard);
        await this.#options.makeRoom(shardBytes - shard.bytes);
        hasRoom = shard.hasRoom(length, shardBytes);
      } finally {
        if (!hasRoom) await this.#release(shard);
      }
      if (hasRoom) return shard;
    }
    return undefined;
  }

  async #create(layout: { slots: number; dataStart: number }): Promise<Shard> {
    await this.#options.makeRoom(this.#options.shardBytes);
    const name = { id: newShardId(), state: process.pid };
    this.#creating = name.id;
    const shard = await Shard.create(this.#folder, this.#namespace, name, layout);
    this.#shards.add(shard);
    this.#creating = undefined;
    this.#use(shard);
    return shard;
  }

  async #release(shard: Shard): Promise<void> {
    const state = shard.hasRoom(this.#recordBytes, this.#options.shardBytes) ? 'free' : 'full';
    this.#writing = undefined;
    // It may have been evicted by another process.
    await shard.rename(state).catch(() => undefined);
  }

  #use(shard: Shard): void {
    this.#options.usedShards.add(shard.id);
    void shard.touch().catch(() => undefined);
  }

  async #lookIfDue(): Promise<void> {
    if (this.#closed || performance.now() - this.#lookedAt < this.#options.lookAgainMilliseconds) return;
    await this.#look().catch(() => undefined);
  }

  /** Takes in what other processes created, added and evicted. */
  async #look(): Promise<void> {
    this.#lookedAt = performance.now();
    const before = this.#shards.all();
    const names = (await readdir(this.#folder)).map(parseShardFileName).filter((name) => name !== undefined);
    const present = new Set(names.map(({ id }) => id));
    for (const shard of before) if (!present.has(shard.id) && !shard.isOwn) await this.#forget(shard);
    for (const name of names) {
      const shard = this.#shards.get(name.id);
      if (!shard && name.id !== this.#creating) await this.#openShard(name);
      // Nobody else changes what this store writes, and nobody at all what is full.
      if (!shard || shard.isOwn || shard.state === 'full') continue;
      if (await shard.follow(name.state)) this.#shards.placeAll(shard);
    }
  }

  async #openShard(name: ShardName): Promise<void> {
    try {
      const shard = await Shard.open(this.#folder, this.#namespace, name);
      if (!shard) return;
      if (this.#closed || this.#shards.get(shard.id)) return await shard.close();
      this.#shards.add(shard);
      this.#shards.placeAll(shard);
    } catch (error) {
      if (error instanceof CorruptShardError) await rm(join(this.#folder, shardFileName(name)), { force: true });
    }
  }

  /** Reads under way end first. */
  async #forget(shard: Shard): Promise<void> {
    if (this.#writing === shard) this.#writing = undefined;
    this.#shards.remove(shard);
    await shard.close();
  }
}
