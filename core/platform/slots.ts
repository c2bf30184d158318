/** Lets so many work at the same time; who comes later waits, in order. */
export class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /** Resolves when there is a place, with what gives it back. @throws the signal's reason. */
  async take(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#free > 0) this.#free--;
    else {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(resolve), 1);
        reject(signal.reason as Error);
      };
      this.#waiting.push(resolve);
      signal.addEventListener('abort', leave, { once: true });
      // Who is called leaves the queue in the same moment, and has the place of the one before.
      await promise.finally(() => signal.removeEventListener('abort', leave));
    }
    return () => this.#release();
  }

  #release(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free++;
  }
}
