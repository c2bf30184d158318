import type { Log } from '../log.ts';
import type { EventLog, LoggedEvent } from './event-log.ts';
import { patiently } from './patiently.ts';
import { Tail } from './tail.ts';

/** Events that one watcher reads from the table at a time: what a slow one costs in memory. */
const batch = 200;

/**
 * The live ends of a log in this process. All watchers of one id share a tail: one reader of the table, woken by NOTIFY, whose last
 * events are kept; who is further behind reads the table at a pace of their own.
 */
export class EventTails<Event extends LoggedEvent> {
  readonly log: EventLog<Event>;
  readonly #platformLog: Log;
  readonly #tails = new Map<string, Tail<Event>>();

  constructor(log: EventLog<Event>, platformLog: Log) {
    this.log = log;
    this.#platformLog = platformLog;
  }

  /** There is something new for the id. */
  wake(id: string): void {
    this.#tails.get(id)?.wake();
  }

  /** Anything may have been missed. */
  wakeAll(): void {
    for (const tail of this.#tails.values()) tail.wake();
  }

  /** Ids that somebody watches. */
  get watched(): number {
    return this.#tails.size;
  }

  /**
   * Every event after `after`, first the stored ones, then live, in order, each once. It never ends by itself; it does at once when
   * `signal` aborts. `onIdle` is called whenever all there is was given out, before it waits. A database that fails is asked again.
   */
  async *after(id: string, after: number, signal: AbortSignal, onIdle?: () => void): AsyncGenerator<Event, void> {
    const tail = this.#take(id);
    let cursor = after;
    try {
      while (!signal.aborted) {
        const { version } = tail;
        const events =
          tail.since(cursor) ?? (await patiently(this.#platformLog, () => this.log.read(id, cursor, batch), signal));
        for (const event of events) {
          if (signal.aborted) return;
          cursor = event.sequence;
          yield event;
        }
        if (events.length > 0 || signal.aborted) continue;
        onIdle?.();
        await tail.change(version, signal);
      }
    } finally {
      this.#leave(id, tail);
    }
  }

  #take(id: string): Tail<Event> {
    let tail = this.#tails.get(id);
    if (!tail) {
      const created = new Tail<Event>((read, signal) => patiently(this.#platformLog, () => read(this.log, id), signal));
      created.done.catch((error) => {
        if (created.watchers > 0) this.#platformLog.error({ err: error, id }, 'the tail of a log ended');
      });
      this.#tails.set(id, (tail = created));
    }
    tail.watchers++;
    return tail;
  }

  #leave(id: string, tail: Tail<Event>): void {
    if (--tail.watchers > 0) return;
    tail.stop();
    this.#tails.delete(id);
  }
}
