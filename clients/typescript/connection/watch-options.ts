import type { CallOptions } from './call-options.ts';
import type { Operation } from './http.ts';

/** A lost connection, on the way to another. */
export interface Disconnect {
  readonly error: Error;
  /** Failures in a row, from 1. */
  readonly failures: number;
  /** When the next try is made, milliseconds from now. */
  readonly retryInMilliseconds: number;
}

export interface WatchOptions extends CallOptions {
  /** Sequence number of the last event you have; default 0: all of them. */
  readonly after?: number | undefined;
  /** Told of each lost connection, so that a page can say so. */
  readonly onDisconnect?: ((disconnect: Disconnect) => void) | undefined;
}

/**
 * Opens one subscription on one connection: its results until it completes. Ends with an error when the connection does. `onOpen` is
 * called when the server has accepted the token.
 */
export type OpenStream = (
  operation: Operation,
  token: string | undefined,
  signal: AbortSignal,
  onOpen: () => void,
) => AsyncGenerator<unknown, void>;
