import type { GraphQLError } from 'graphql';
import type { WebSocket } from 'ws';
import type { Frame, Sink } from './frame.ts';

/** Bytes that may wait for a reader before it reads alone. */
const maximumWaiting = 256 * 1024;

/** One subscription of one socket: its id and the shared JSON make a `next` message. */
export class WebSocketSink implements Sink {
  readonly #socket: WebSocket;
  readonly #head: string;

  constructor(socket: WebSocket, id: string) {
    this.#socket = socket;
    this.#head = `{"id":${JSON.stringify(id)},"type":"next","payload":`;
  }

  send({ json }: Frame): boolean {
    if (this.#socket.bufferedAmount > maximumWaiting) return false;
    this.#socket.send(`${this.#head}${json}}`);
    return true;
  }

  sendAlone({ json }: Frame): Promise<void> {
    // Also called when the socket has gone, with an error: then somebody else ends the stream.
    return new Promise((resolve) => this.#socket.send(`${this.#head}${json}}`, () => resolve()));
  }

  failed(error: GraphQLError): void {
    // Every operation of the socket has the same token.
    if (error.extensions['code'] === 'UNAUTHENTICATED') this.#socket.close(4403, error.message);
  }
}
