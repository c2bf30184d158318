import { createClient, type Client } from 'graphql-ws';
import { ConnectionError, errorOf, UnauthenticatedError, type GraphQLErrorAnswer } from './errors.ts';
import type { GraphQLAnswer } from './http.ts';
import { ReaderFellBehind } from './reader-fell-behind.ts';
import type { OpenStream } from './watch-options.ts';

/** The server takes so many operations on one socket. */
const operationsPerSocket = 20;
/** Results that wait for a slow reader; beyond this the subscription is given up, to be taken up again where the reader is. */
const longestQueue = 1000;

/** What the server means by "mend the client" (docs/events.md): to come back with the same would not help. */
const fatalCodes = new Set([1002, 1007, 1009, 4400, 4401, 4406, 4409, 4429]);

interface Socket {
  readonly client: Client;
  readonly token: string | undefined;
  operations: number;
  /** When the server has accepted the token. */
  readonly accepted: Promise<unknown>;
}

/** Subscriptions over as few WebSockets as hold them, opened when needed and closed with the last subscription. */
export function openWebSockets(endpoint: string, webSocketImpl: unknown, deadAfter: number): OpenStream {
  const sockets = new Set<Socket>();

  const socketFor = (token: string | undefined): Socket => {
    for (const socket of sockets) if (socket.token === token && socket.operations < operationsPerSocket) return socket;
    const accepted = Promise.withResolvers<unknown>();
    let pong: ReturnType<typeof setTimeout> | undefined;
    const client = createClient({
      url: endpoint.replace(/^http/, 'ws'),
      webSocketImpl,
      connectionParams: { ...(token !== undefined && { token }) },
      // Its own retries would send the variables of the first time.
      retryAttempts: 0,
      keepAlive: deadAfter / 2,
      connectionAckWaitTimeout: 15_000,
      onNonLazyError: () => {},
      on: {
        connected: accepted.resolve,
        ping: (received) => {
          if (!received) pong = setTimeout(() => client.terminate(), deadAfter / 2);
        },
        pong: () => clearTimeout(pong),
        closed: () => {
          clearTimeout(pong);
          sockets.delete(socket);
        },
      },
    });
    const socket: Socket = { client, token, operations: 0, accepted: accepted.promise };
    sockets.add(socket);
    return socket;
  };

  return async function* (operation, token, signal, onOpen) {
    signal.throwIfAborted();
    const socket = socketFor(token);
    socket.operations++;
    const queue: GraphQLAnswer[] = [];
    let ended: { readonly error?: unknown } | undefined;
    let wake = () => {};
    const end = (how: { readonly error?: unknown }) => {
      ended ??= how;
      wake();
    };
    const unsubscribe = socket.client.subscribe(operation, {
      next: (answer) => {
        if (ended) return;
        queue.push(answer);
        if (queue.length >= longestQueue) {
          end({ error: new ReaderFellBehind() });
          unsubscribe();
        }
        wake();
      },
      error: (error) => end({ error: errorOfSocket(error) }),
      complete: () => end({}),
    });
    void socket.accepted.then(onOpen);
    const abort = () => end({ error: signal.reason });
    signal.addEventListener('abort', abort, { once: true });
    try {
      for (;;) {
        const answer = queue.shift();
        if (answer?.errors) throw errorOf(answer.errors);
        if (answer) yield answer.data;
        else if (!ended) await new Promise<void>((resolve) => (wake = resolve));
        else if ('error' in ended) throw ended.error;
        else return;
      }
    } finally {
      signal.removeEventListener('abort', abort);
      socket.operations--;
      unsubscribe();
    }
  };
}

function errorOfSocket(error: unknown): unknown {
  if (Array.isArray(error)) return errorOf(error as readonly GraphQLErrorAnswer[]);
  if (typeof error !== 'object' || error === null || !('code' in error) || typeof error.code !== 'number')
    return new ConnectionError(
      `the WebSocket failed${error instanceof Error && error.message ? `: ${error.message}` : ''}`,
      { cause: error },
    );
  const reason = 'reason' in error && typeof error.reason === 'string' ? error.reason : '';
  if (error.code === 4403) return new UnauthenticatedError(reason || 'The server refused the token.');
  return new ConnectionError(`the WebSocket was closed with ${error.code}${reason && `: ${reason}`}`, {
    isTransient: !fatalCodes.has(error.code),
  });
}
