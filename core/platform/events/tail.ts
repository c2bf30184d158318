import type { EventLog, LoggedEvent } from './event-log.ts';

/** A lost notification costs at most this much latency. */
const pollMilliseconds = 5000;
/** Last events kept for those who are a little behind. */
const kept = 500;
const batch = 200;

type Patiently<Event extends LoggedEvent> = <T>(
  read: (log: EventLog<Event>, id: string) => Promise<T>,
  signal: AbortSignal,
) => Promise<T>;

/** The end of one log as this process knows it: reads on when it is woken, or every 5 s. */
export class Tail<Event extends LoggedEvent> {
  watchers = 0;
  /** Grows with every change: what `change` waits for. */
  version = 0;
  /** Settles when the tail has stopped reading; fails when the database stays away. */
  readonly done: Promise<void>;
  readonly #events: Event[] = [];
  readonly #waiting = new Set<() => void>();
  readonly #stopping = new AbortController();
  #last: number | undefined;
  #woken = false;
  #resume: () => void = () => {};
  #failed = false;

  constructor(patiently: Patiently<Event>) {
    this.done = this.#run(patiently).catch((error) => {
      this.#failed = true;
      this.#changed();
      throw error;
    });
  }

  wake(): void {
    this.#woken = true;
    this.#resume();
  }

  stop(): void {
    this.#stopping.abort();
    this.wake();
  }

  /** The events after `cursor` as far as they are known; undefined where the tail does not reach back so far. */
  since(cursor: number): Event[] | undefined {
    if (this.#last === undefined || this.#failed) return undefined;
    if (cursor >= this.#last) return [];
    const first = this.#events[0];
    if (!first || first.sequence > cursor + 1) return undefined;
    let start = this.#events.length;
    while (start > 0 && this.#events[start - 1]!.sequence > cursor) start--;
    return this.#events.slice(start);
  }

  /** Waits until there is another version than `version`, or `signal` aborts. */
  async change(version: number, signal: AbortSignal): Promise<void> {
    // Without a reader nobody would ever wake this watcher: let it find out itself.
    if (this.#failed) throw new Error('the events cannot be read');
    if (this.version !== version || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const wake = () => {
        this.#waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#waiting.add(wake);
      signal.addEventListener('abort', wake);
    });
  }

  #changed(): void {
    this.version++;
    for (const wake of this.#waiting) wake();
  }

  async #run(patiently: Patiently<Event>): Promise<void> {
    const { signal } = this.#stopping;
    this.#last = await patiently((log, id) => log.lastSequence(id), signal);
    this.#changed();
    while (!signal.aborted) {
      this.#woken = false;
      const last: number = this.#last;
      const events: Event[] = await patiently((log, id) => log.read(id, last, batch), signal);
      if (events.length > 0) {
        this.#events.push(...events);
        this.#events.splice(0, Math.max(0, this.#events.length - kept));
        this.#last = events.at(-1)!.sequence;
        this.#changed();
      }
      if (events.length === batch || this.#woken) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pollMilliseconds);
        this.#resume = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#resume = () => {};
    }
  }
}
