import type { Log } from './log.ts';

/** Works in bounded batches and looks at the signal between them. */
export type BackgroundWork = (signal: AbortSignal) => Promise<void>;

/**
 * Work that goes on after the answer of whoever began it. One run a name at a time; one that is asked for meanwhile follows it. What is
 * left to do stands in the database: after a crash the sweep of any server finds it.
 */
export class Background {
  readonly #log: Log;
  readonly #stopping = new AbortController();
  readonly #running = new Map<string, Promise<void>>();
  readonly #asked = new Map<string, BackgroundWork>();

  constructor(log: Log) {
    this.#log = log;
  }

  start(name: string, work: BackgroundWork): void {
    if (this.#stopping.signal.aborted) return;
    this.#asked.set(name, work);
    if (!this.#running.has(name)) this.#running.set(name, this.#run(name));
  }

  /** Resolves once nothing runs any more. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running.values());
  }

  /** Lets batches that have begun end, and begins no other. */
  async close(): Promise<void> {
    this.#stopping.abort();
    await this.idle();
  }

  async #run(name: string): Promise<void> {
    const { signal } = this.#stopping;
    for (let work = this.#take(name); work && !signal.aborted; work = this.#take(name))
      await work(signal).catch((error: unknown) =>
        this.#log.error({ err: error, work: name }, 'background work failed'),
      );
    this.#running.delete(name);
  }

  #take(name: string): BackgroundWork | undefined {
    const work = this.#asked.get(name);
    this.#asked.delete(name);
    return work;
  }
}
