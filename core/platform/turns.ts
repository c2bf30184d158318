import { setImmediate } from 'node:timers/promises';

const millisecondsOfTurn = 10;

/**
 * Keeps a long loop from holding the event loop up: `if (turns.isOver) await turns.next()`. What only awaits what is there already never lets
 * anything else have its turn.
 */
export class Turns {
  #began = performance.now();

  get isOver(): boolean {
    return performance.now() - this.#began > millisecondsOfTurn;
  }

  async next(): Promise<void> {
    await setImmediate();
    this.#began = performance.now();
  }
}
