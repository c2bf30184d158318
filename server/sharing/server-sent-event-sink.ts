import type { ServerResponse } from 'node:http';
import type { Frame, Sink } from './frame.ts';

/** Bytes that may wait for a reader before it reads alone. */
const maximumWaiting = 256 * 1024;

/** One stream of server-sent events: the same bytes for everybody. */
export class ServerSentEventSink implements Sink {
  readonly #response: ServerResponse;

  constructor(response: ServerResponse) {
    this.#response = response;
  }

  send(frame: Frame): boolean {
    if (this.#response.writableLength > maximumWaiting) return false;
    this.#response.write(frame.serverSentEvent);
    return true;
  }
}
