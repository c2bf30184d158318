/** Weight of the past falls to 1/e in so many seconds: steady to read, and yet it follows a change. */
const memorySeconds = 5;

/** How fast bytes come, smoothed, and when the rest will have come. */
export class TransferRate {
  #at: number;
  #done: number;
  #bytesPerSecond: number | undefined;

  /** @param done bytes that were there before. @param now milliseconds of a monotonic clock. */
  constructor(done: number, now: number) {
    this.#done = done;
    this.#at = now;
  }

  /** Takes note that `done` bytes are here. Going back, as a restart does, begins anew. */
  note(done: number, now: number): void {
    const seconds = (now - this.#at) / 1000;
    if (done < this.#done) this.#bytesPerSecond = undefined;
    else if (seconds > 0) {
      const latest = (done - this.#done) / seconds;
      const weight = 1 - Math.exp(-seconds / memorySeconds);
      this.#bytesPerSecond =
        this.#bytesPerSecond === undefined ? latest : this.#bytesPerSecond + weight * (latest - this.#bytesPerSecond);
    } else return;
    this.#done = done;
    this.#at = now;
  }

  /** Undefined before the first bytes. */
  get bytesPerSecond(): number | undefined {
    return this.#bytesPerSecond;
  }

  /** Seconds until `total` bytes are here; null while nobody knows. */
  etaSeconds(total: number): number | null {
    return this.#bytesPerSecond ? (total - this.#done) / this.#bytesPerSecond : null;
  }
}
