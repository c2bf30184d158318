import type { IncomingMessage } from 'node:http';

/** The sender is slowed down while so much waits for the disk. */
const mostWaitingBytes = 1_000_000;

/**
 * The chunks of a body, collected from this call on; to be called as soon as the response is there. Iterating the stream itself
 * would drop what came just before the connection failed, and would wait for ever where it failed before the first look.
 * The iterator throws what the connection failed with, after the last chunk; a body that is cut off may also end without an error.
 */
export function collectBody(response: IncomingMessage): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let end: { readonly error?: Error } | undefined;
  let wake = (): void => {};
  response.on('data', (chunk: Buffer) => {
    waiting.push(chunk);
    waitingBytes += chunk.length;
    if (waitingBytes > mostWaitingBytes) response.pause();
    wake();
  });
  response.on('error', (error) => {
    end ??= { error };
    wake();
  });
  response.on('close', () => {
    end ??= {};
    wake();
  });
  return (async function* chunks(): AsyncGenerator<Buffer> {
    for (;;) {
      const taken = waiting;
      waiting = [];
      waitingBytes = 0;
      yield* taken;
      if (waiting.length > 0) continue;
      if (end?.error) throw end.error;
      if (end) return;
      response.resume();
      await new Promise<void>((resolve) => (wake = resolve));
    }
  })();
}
