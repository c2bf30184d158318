import type { ServerResponse } from 'node:http';
import type { Beating } from '../heartbeat.ts';
import type { Frame, Sink } from './frame.ts';

/** Bytes that may wait for a reader before it reads alone. */
const maximumWaiting = 256 * 1024;

/** One stream of server-sent events: the same bytes for everybody. */
export class ServerSentEventSink implements Sink, Beating {
  readonly #response: ServerResponse;

  constructor(response: ServerResponse) {
    this.#response = response;
  }

  send(frame: Frame): boolean {
    if (this.#response.writableLength > maximumWaiting) return false;
    this.#response.write(frame.serverSentEvent);
    return true;
  }

  async sendAlone(frame: Frame): Promise<void> {
    if (!this.#response.write(frame.serverSentEvent) && !this.#response.destroyed) await drained(this.#response);
  }

  /** Says that the stream is alive, unless it says so itself. */
  beat(): void {
    if (this.#response.writableLength === 0) this.#response.write(':\n\n');
  }
}

/** Until more can be written, or nobody reads any more. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.on('drain', done);
    response.on('close', done);
  });
}
