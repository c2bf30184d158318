/** A stopwatch that is pressed at the end of each step. */
export class Laps {
  readonly #startedAt = performance.now();
  #lastAt = this.#startedAt;
  readonly #seconds: Record<string, number> = {};

  /** Ends a step; returns its seconds. */
  end(step: string): number {
    const now = performance.now();
    const seconds = (now - this.#lastAt) / 1000;
    this.#lastAt = now;
    this.#seconds[step] = (this.#seconds[step] ?? 0) + seconds;
    return seconds;
  }

  /** Seconds of the steps in their order, then of all together. */
  read(): Record<string, number> {
    return { ...this.#seconds, total: (performance.now() - this.#startedAt) / 1000 };
  }
}
