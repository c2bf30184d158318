import type { SplitItem } from './split-item.ts';
import { splitNames, wantedCounts, type SplitName, type SplitOptions } from './split-plan.ts';

/** Where the pictures of one label, or all of them, stand so far and how many each side wants. */
export class LabelTally {
  /** Those that hold a picture of the label, in the order in which they are dealt. */
  readonly items: SplitItem[] = [];
  readonly taken: Record<SplitName, number> = { TRAIN: 0, VALIDATION: 0, TEST: 0 };
  readonly #wanted: Record<SplitName, number> = { TRAIN: 0, VALIDATION: 0, TEST: 0 };
  #total = 0;

  add(item: SplitItem, count: number): void {
    this.items.push(item);
    this.#total += count;
  }

  /** Called when all items are there. */
  count(options: SplitOptions): void {
    Object.assign(this.#wanted, wantedCounts(this.#total, options));
  }

  /** Pictures that have no side yet. */
  get open(): number {
    return splitNames.reduce((open, side) => open - this.taken[side], this.#total);
  }

  /** How many more pictures the side wants; negative where it has too many. */
  wants(side: SplitName): number {
    return this.#wanted[side] - this.taken[side];
  }
}
