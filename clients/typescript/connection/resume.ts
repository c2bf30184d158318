import { ConnectionError, RequestError, UnauthenticatedError } from './errors.ts';
import { ReaderFellBehind } from './reader-fell-behind.ts';
import { pause, type RetryPolicy } from './retry.ts';
import type { TokenSource } from './token-source.ts';
import type { Disconnect } from './watch-options.ts';

/** An event of a log (docs/events.md). A resync says `from` where the log has no gaps any more, and is no row of it. */
export interface SequencedEvent {
  readonly sequence: number;
  readonly from?: number;
}

export interface ResumeOptions<E> {
  readonly open: (
    after: number,
    token: string | undefined,
    signal: AbortSignal,
    onOpen: () => void,
  ) => AsyncIterable<E>;
  readonly tokens: TokenSource;
  readonly retry: RetryPolicy;
  readonly after: number;
  readonly signal: AbortSignal;
  readonly onDisconnect: ((disconnect: Disconnect) => void) | undefined;
}

/** A defect of the server's is given so many chances in a row. */
const defects = 5;

/**
 * The events of a log from `after` on, each once and in order, over as many connections as it takes. Ends when the server says that the
 * stream is complete. @throws {UnauthenticatedError} {RequestError} {ConnectionError} that no other try would mend.
 */
export async function* resume<E extends SequencedEvent>(options: ResumeOptions<E>): AsyncGenerator<E, void> {
  const { open, tokens, retry, signal, onDisconnect } = options;
  let { after } = options;
  let resyncedFrom = 0;
  let failures = 0;
  let isTokenFresh = false;
  for (;;) {
    let token: string | undefined;
    try {
      token = await tokens.current();
      for await (const event of open(after, token, signal, () => (isTokenFresh = false))) {
        failures = 0;
        // A server sends what comes after `after`; that an event is never given twice must not hang on it.
        if (event.from === undefined && event.sequence <= after) continue;
        // Said again on the next connection, when the first one broke before the event that follows.
        if (event.from !== undefined && event.from === resyncedFrom) continue;
        resyncedFrom = event.from ?? resyncedFrom;
        after = Math.max(after, event.sequence);
        yield event;
      }
      return;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof ReaderFellBehind) continue;
      failures++;
      if (error instanceof UnauthenticatedError) {
        // A fresh token that was refused at once: the next one would be, too.
        if (isTokenFresh || (await tokens.replace(token)) === undefined) throw error;
        isTokenFresh = true;
        if (failures === 1) continue;
      } else if (!isWorthAnotherTry(error, failures)) throw error;
      const retryInMilliseconds = retry.delayAfter(failures, error);
      onDisconnect?.({ error: error as Error, failures, retryInMilliseconds });
      await pause(retryInMilliseconds, signal);
    }
  }
}

function isWorthAnotherTry(error: unknown, failures: number): boolean {
  if (error instanceof ConnectionError) return error.isTransient;
  return error instanceof RequestError && error.code === 'INTERNAL_SERVER_ERROR' && failures <= defects;
}
