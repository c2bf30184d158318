import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { CorruptShardError } from './corrupt-shard-error.ts';
import {
  entryBytes,
  headerBytes,
  payloadChecksum,
  readEntry,
  readHeader,
  writeEntry,
  writeHeader,
  type ShardHeader,
} from './shard-format.ts';
import { shardFileName, type ShardName, type ShardState } from './shard-name.ts';

export interface CachedRecord {
  readonly bytes: Uint8Array;
  readonly tag: number;
}

const millisecondsBetweenTouches = 60_000;

/** One open shard file. Keeps its index in memory, 36 bytes a record, and never its data. */
export class Shard {
  readonly id: string;
  readonly #folder: string;
  readonly #handle: FileHandle;
  readonly #header: ShardHeader;
  #state: ShardState;
  #isOwn = false;
  #index: Buffer;
  /** Bytes of the file when its index was read, or as written so far. */
  #end: number;
  #nextSlot = 0;
  #touchedAt = -Infinity;

  private constructor(folder: string, name: ShardName, handle: FileHandle, header: ShardHeader, index: Buffer) {
    this.#folder = folder;
    this.id = name.id;
    this.#state = name.state;
    this.#handle = handle;
    this.#header = header;
    this.#index = index;
    this.#end = header.dataStart;
  }

  /** A new file that this process alone writes. */
  static async create(folder: string, namespace: string, name: ShardName, header: ShardHeader): Promise<Shard> {
    const handle = await open(join(folder, shardFileName(name)), 'wx+');
    try {
      await writeFully(handle, writeHeader(header, namespace), 0);
      await handle.truncate(header.dataStart);
    } catch (error) {
      await handle.close();
      await rm(join(folder, shardFileName(name)), { force: true });
      throw error;
    }
    const shard = new Shard(folder, name, handle, header, Buffer.alloc(header.slots * entryBytes));
    shard.#isOwn = true;
    return shard;
  }

  /** @returns undefined while another process is still creating the file. @throws {CorruptShardError} */
  static async open(folder: string, namespace: string, name: ShardName): Promise<Shard | undefined> {
    const path = join(folder, shardFileName(name));
    const handle = await open(path, 'r+');
    try {
      const bytes = Buffer.alloc(headerBytes);
      const { size } = await handle.stat();
      const { bytesRead } = await handle.read(bytes, 0, headerBytes, 0);
      const header = bytesRead === headerBytes ? readHeader(bytes, namespace) : undefined;
      if (bytesRead === headerBytes && !header) throw new CorruptShardError(path);
      if (!header || size < header.dataStart) {
        await handle.close();
        return undefined;
      }
      const shard = new Shard(folder, name, handle, header, Buffer.alloc(header.slots * entryBytes));
      await shard.reload();
      return shard;
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  get bytes(): number {
    return this.#end;
  }

  get state(): ShardState {
    return this.#state;
  }

  /** Whether it is this object that writes the file. */
  get isOwn(): boolean {
    return this.#isOwn;
  }

  /** Reads the index again, which another process may have added to. */
  async reload(): Promise<void> {
    const index = Buffer.alloc(this.#header.slots * entryBytes);
    await this.#handle.read(index, 0, index.length, headerBytes);
    this.#index = index;
    this.#end = (await this.#handle.stat()).size;
    this.#nextSlot = 1 + this.slots().reduce((last, { slot }) => Math.max(last, slot), -1);
  }

  /** Takes in what its writer has done: the file's name says who that is. @returns whether there are new records. */
  async follow(state: ShardState): Promise<boolean> {
    this.#state = state;
    if ((await this.#handle.stat()).size === this.#end) return false;
    await this.reload();
    return true;
  }

  /** The records that are there, without those that the end of the file cuts off. */
  slots(): { readonly key: Buffer; readonly slot: number }[] {
    const found = [];
    for (let slot = 0; slot < this.#header.slots; slot++) {
      const entry = readEntry(this.#index, slot);
      if (entry && entry.offset + entry.length <= this.#end) found.push({ key: entry.key, slot });
    }
    return found;
  }

  /** Whether the slot belongs to the key. */
  holds(slot: number, key: Buffer): boolean {
    const at = slot * entryBytes;
    return key.compare(this.#index, at, at + key.length) === 0;
  }

  /**
   * One positional read, checked against its checksum.
   * @param into where the payload goes, given its length; undefined when it cannot be taken.
   * @returns undefined when it cannot be taken. @throws {CorruptShardError}
   */
  async read(slot: number, into: (length: number) => Uint8Array | undefined): Promise<CachedRecord | undefined> {
    const entry = readEntry(this.#index, slot);
    if (!entry) throw new CorruptShardError(this.#path());
    const target = into(entry.length);
    if (!target) return undefined;
    const { bytesRead } = await this.#handle.read(target, 0, entry.length, entry.offset);
    const bytes = target.subarray(0, entry.length);
    if (bytesRead !== entry.length || payloadChecksum(entry.key, bytes) !== entry.checksum)
      throw new CorruptShardError(this.#path());
    return { bytes, tag: entry.tag };
  }

  hasRoom(length: number, shardBytes: number): boolean {
    return this.#nextSlot < this.#header.slots && this.#end + length <= shardBytes;
  }

  /** Only for its own process, one at a time. @returns the slot. */
  async append(key: Buffer, tag: number, payload: Uint8Array): Promise<number> {
    const slot = this.#nextSlot;
    const offset = this.#end;
    await writeFully(this.#handle, payload, offset);
    const entry = writeEntry({ key, offset, length: payload.length, tag, checksum: payloadChecksum(key, payload) });
    await writeFully(this.#handle, entry, headerBytes + slot * entryBytes);
    entry.copy(this.#index, slot * entryBytes);
    this.#nextSlot += 1;
    this.#end += payload.length;
    return slot;
  }

  /** @throws ENOENT when another process was faster. */
  async rename(state: ShardState): Promise<void> {
    await rename(this.#path(), join(this.#folder, shardFileName({ id: this.id, state })));
    this.#state = state;
    this.#isOwn = state !== 'free' && state !== 'full';
  }

  /** Says that it is in use, so that it is evicted last; about once a minute. */
  async touch(): Promise<void> {
    const now = Date.now();
    if (now - this.#touchedAt < millisecondsBetweenTouches) return;
    this.#touchedAt = now;
    await this.#handle.utimes(now / 1000, now / 1000);
  }

  async delete(): Promise<void> {
    await rm(this.#path(), { force: true });
  }

  /** Waits for reads under way. */
  close(): Promise<void> {
    return this.#handle.close();
  }

  #path(): string {
    return join(this.#folder, shardFileName({ id: this.id, state: this.#state }));
  }
}

/** A full disk may take a part: the next call says why. */
async function writeFully(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}
