import { random, type Random } from '#engine/random/random.ts';

/** What one case of fuzzing decides: all of it depends on the seeds alone, so that a case can be made again by itself. */
export class Draw {
  readonly #random: Random;

  constructor(...seeds: readonly number[]) {
    this.#random = random(...seeds);
  }

  /** Uniform integer in 0..bound-1. */
  integer(bound: number): number {
    return this.#random.integer(bound);
  }

  /** True in that share of cases, 0 to 1. */
  chance(share: number): boolean {
    return this.#random.uniform() < share;
  }

  pick<T>(list: readonly T[]): T {
    if (list.length === 0) throw new Error('nothing to pick from');
    return list[this.integer(list.length)]!;
  }

  /** Up to `most` of what `make` makes. */
  some<T>(most: number, make: (index: number) => T): T[] {
    return Array.from({ length: this.integer(most + 1) }, (_, index) => make(index));
  }

  bytes(count: number): Buffer {
    return Buffer.from(Array.from({ length: count }, () => this.integer(256)));
  }
}
