import {
  transferProblem,
  type TransferItem,
  type TransferPlace,
  type TransferProblem,
  type TransferProblemCode,
  type TransferRecord,
} from './item.ts';

class SpoiltEntry extends Error {
  readonly problem: TransferProblem;
  constructor(problem: TransferProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** One entry of a document while it is read: collects what is wrong with it. */
export class Entry {
  readonly place: TransferPlace;
  readonly problems: TransferProblem[] = [];
  constructor(place: TransferPlace) {
    this.place = place;
  }

  /** The item stays; a detail of it is left out. */
  note(code: TransferProblemCode, message: string): void {
    this.problems.push(transferProblem(code, message, this.place));
  }

  /** There will be no item. */
  spoil(code: TransferProblemCode, message: string): never {
    throw new SpoiltEntry(transferProblem(code, message, this.place));
  }
}

/** What one entry gives: the problems that leave the item, then the item; or the one problem that spoilt it. */
export function readEntry(place: TransferPlace, read: (entry: Entry) => TransferItem): TransferRecord[] {
  const entry = new Entry(place);
  try {
    const item = read(entry);
    return [...entry.problems.map((problem) => ({ problem })), { item }];
  } catch (error) {
    if (error instanceof SpoiltEntry) return [{ problem: error.problem }];
    throw error;
  }
}
