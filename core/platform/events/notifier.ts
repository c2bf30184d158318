import type postgres from 'postgres';
import type { Log } from '../log.ts';

/** At most one notification of an id in this time: each takes a lock of the whole cluster until its commit. */
const millisecondsBetween = 25;

/**
 * Sends NOTIFY as a statement of its own, after the commit: inside a transaction it would serialise all commits. Throttled; the last one of
 * a burst is always sent. A notification that fails costs its watchers some seconds, nothing else.
 */
export class Notifier {
  readonly #client: postgres.Sql;
  readonly #log: Log;
  /** Of ids that were notified just now: whether there is more to say, and the timer that says it. */
  readonly #recent = new Map<string, { again: boolean; timer: NodeJS.Timeout }>();
  readonly #sending = new Set<Promise<void>>();

  constructor(client: postgres.Sql, log: Log) {
    this.#client = client;
    this.#log = log;
  }

  notify(channel: string, id: string): void {
    const key = `${channel} ${id}`;
    const recent = this.#recent.get(key);
    if (recent) {
      recent.again = true;
      return;
    }
    this.#send(channel, id);
    const timer = setTimeout(() => {
      const { again } = this.#recent.get(key)!;
      this.#recent.delete(key);
      if (again) this.notify(channel, id);
    }, millisecondsBetween);
    this.#recent.set(key, { again: false, timer });
  }

  /** Sends what waits. */
  async close(): Promise<void> {
    for (const [key, { again, timer }] of this.#recent) {
      clearTimeout(timer);
      const [channel, id] = key.split(' ') as [string, string];
      if (again) this.#send(channel, id);
    }
    this.#recent.clear();
    await Promise.all(this.#sending);
  }

  #send(channel: string, id: string): void {
    const client = this.#client;
    const sent: Promise<void> = client`select pg_notify(${channel}, ${id})`
      .then(() => {})
      .catch((error) => this.#log.warn({ err: error, channel }, 'a notification was not sent'))
      .finally(() => this.#sending.delete(sent));
    this.#sending.add(sent);
  }
}
