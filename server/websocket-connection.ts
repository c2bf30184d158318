import { CloseCode, type WebSocket as ProtocolSocket } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { Log } from '#core/platform/log.ts';
import type { Beating } from './heartbeat.ts';

/**
 * One socket as graphql-ws takes it. In the place of graphql-ws' own, which holds the bytes of a message for as long as the stream that it
 * asks for, and a timer for each socket.
 */
export class WebSocketConnection implements ProtocolSocket, Beating {
  readonly #socket: WebSocket;
  readonly #log: Log;
  /** For the answer to the last ping. */
  #isWaiting = false;

  constructor(socket: WebSocket, log: Log) {
    this.#socket = socket;
    this.#log = log;
    socket.on('pong', () => (this.#isWaiting = false));
  }

  get protocol(): string {
    return this.#socket.protocol;
  }

  send(text: string): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#socket.readyState !== this.#socket.OPEN) return resolve();
      this.#socket.send(text, (error) => (error ? reject(error) : resolve()));
    });
  }

  close(code?: number, reason?: string): void {
    this.#socket.close(code, reason);
  }

  onMessage(handle: (message: string) => Promise<void>): void {
    this.#socket.on('message', (data: Buffer) => {
      handle(read(data)).catch((error: unknown) => {
        this.#log.error({ err: error }, 'a message of a websocket client failed by a defect');
        this.close(CloseCode.InternalServerError, 'Unexpected error.');
      });
    });
  }

  /** Ends a connection that is only open in name. */
  beat(): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    if (this.#isWaiting) return this.#socket.terminate();
    this.#isWaiting = true;
    this.#socket.ping();
  }
}

/** What graphql-ws would parse, parsed: the text can go then, while the message stays. It takes both, though its type says text. */
function read(data: Buffer): string {
  const text = data.toString();
  try {
    const message: unknown = JSON.parse(text);
    if (typeof message === 'object') return message as unknown as string;
  } catch {
    // For graphql-ws to refuse.
  }
  return text;
}
