import { hash } from 'node:crypto';

/**
 * Which paths came already. Keeps 64 bits of a digest of each and not the path, so that a million take 64 MB at most, however long they
 * are; among a million different paths two are taken for the same with a probability of 3e-8.
 */
export class SeenPaths {
  readonly #exact = new DigestSet();
  readonly #folded = new DigestSet();

  /** Remembers a path; `DIFFERS_BY_CASE` when an earlier one is equal but for upper and lower case. */
  add(path: string): 'NEW' | 'SEEN' | 'DIFFERS_BY_CASE' {
    const isNew = this.#exact.add(path);
    const isNewFolded = this.#folded.add(path.toLowerCase());
    if (!isNew) return 'SEEN';
    return isNewFolded ? 'NEW' : 'DIFFERS_BY_CASE';
  }
}

/** Open addressing with linear probing, half full at most; 0 is a free slot. */
class DigestSet {
  #slots = new BigUint64Array(1024);
  #count = 0;

  add(text: string): boolean {
    const digest = hash('sha256', text, 'buffer').readBigUInt64LE() || 1n;
    const slot = slotOf(this.#slots, digest);
    if (this.#slots[slot] === digest) return false;
    this.#slots[slot] = digest;
    this.#count++;
    if (this.#count * 2 > this.#slots.length) {
      const slots = new BigUint64Array(this.#slots.length * 2);
      for (const kept of this.#slots) if (kept !== 0n) slots[slotOf(slots, kept)] = kept;
      this.#slots = slots;
    }
    return true;
  }
}

function slotOf(slots: BigUint64Array, digest: bigint): number {
  const mask = slots.length - 1;
  let slot = Number(digest & BigInt(mask));
  while (slots[slot] !== 0n && slots[slot] !== digest) slot = (slot + 1) & mask;
  return slot;
}
