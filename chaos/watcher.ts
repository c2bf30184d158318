import { setTimeout } from 'node:timers/promises';
import type { Random } from '#engine/random/random.ts';
import { ApiClient } from '../test/api-client.ts';
import { watchOverSse, watchOverWebSocket, type StreamedEvent } from '../test/event-streams.ts';
import { everythingOfEvents } from './event-fields.ts';

export type Transport = 'WebSocket' | 'SSE';

/**
 * Watches one training to its end. A broken stream is gone on with after the last event it has, at any of the servers. Events are kept
 * as they came, so that a gap or a duplicate shows.
 */
export class Watcher {
  readonly trainingId: string;
  readonly transport: Transport;
  readonly events: StreamedEvent[] = [];
  /** Resolves when the stream is complete, or was given up. */
  readonly ended: Promise<void>;
  connections = 0;
  /** Whether a server has said that there is no more. */
  isComplete = false;
  /** Why the last connection ended before the stream was complete. */
  lastFailure: string | undefined;
  readonly #urls: readonly string[];
  readonly #token: string;
  readonly #draw: Random;
  #cut = new AbortController();
  #isGivenUp = false;

  constructor(options: {
    trainingId: string;
    transport: Transport;
    urls: readonly string[];
    token: string;
    draw: Random;
  }) {
    this.trainingId = options.trainingId;
    this.transport = options.transport;
    this.#urls = options.urls;
    this.#token = options.token;
    this.#draw = options.draw;
    this.ended = this.#watch();
  }

  /** Breaks the connection; it connects again by itself. */
  cut(): void {
    this.#cut.abort();
  }

  giveUp(): void {
    this.#isGivenUp = true;
    this.cut();
  }

  async #watch(): Promise<void> {
    const watch = this.transport === 'SSE' ? watchOverSse : watchOverWebSocket;
    while (!this.#isGivenUp) {
      this.#cut = new AbortController();
      const client = new ApiClient(this.#urls[this.#draw.integer(this.#urls.length)]!, this.#token);
      const after = this.events.at(-1)?.sequence ?? 0;
      this.connections++;
      try {
        const options = { document: everythingOfEvents, signal: this.#cut.signal };
        for await (const event of watch(client, this.trainingId, after, options)) this.events.push(event);
        this.isComplete = true;
        return;
      } catch (error) {
        this.lastFailure = error instanceof Error ? error.message : JSON.stringify(error);
        // A server that was killed, a database that is down, a connection that was cut: all the same to a watcher.
        await setTimeout(50 + this.#draw.integer(400));
      }
    }
  }
}
