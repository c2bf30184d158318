import { mostSlots } from './shard-format.ts';
import type { Shard } from './shard.ts';

/** Which shard holds which record. */
export class ShardIndex {
  readonly #shards = new Map<string, { readonly shard: Shard; readonly number: number }>();
  readonly #idOfNumber: string[] = [];
  /** First 48 bits of the key -> shard number x {@link mostSlots} + slot: a Map of numbers takes half of what one of texts takes. */
  readonly #places = new Map<number, number>();

  all(): Shard[] {
    return Array.from(this.#shards.values(), ({ shard }) => shard);
  }

  get(id: string): Shard | undefined {
    return this.#shards.get(id)?.shard;
  }

  find(key: Buffer): { readonly shard: Shard; readonly slot: number } | undefined {
    const place = this.#places.get(key.readUIntBE(0, 6));
    if (place === undefined) return undefined;
    const shard = this.get(this.#idOfNumber[Math.floor(place / mostSlots)]!);
    const slot = place % mostSlots;
    return shard?.holds(slot, key) ? { shard, slot } : undefined;
  }

  add(shard: Shard): void {
    this.#shards.set(shard.id, { shard, number: this.#idOfNumber.length });
    this.#idOfNumber.push(shard.id);
  }

  /** Its records are not found any more. */
  remove(shard: Shard): void {
    this.#shards.delete(shard.id);
  }

  place(shard: Shard, key: Buffer, slot: number): void {
    const held = this.#shards.get(shard.id);
    if (held) this.#places.set(key.readUIntBE(0, 6), held.number * mostSlots + slot);
  }

  placeAll(shard: Shard): void {
    for (const { key, slot } of shard.slots()) this.place(shard, key, slot);
  }
}
