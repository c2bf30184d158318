import { patiently } from '../platform/events/patiently.ts';
import type { AccessGuards } from './access-guards.ts';
import type { ActionContext } from './viewer.ts';

/** What a stream shows, by name, and the question whether the viewer may see it: throws when not. */
export interface Guarded {
  readonly thing: string;
  readonly check: () => Promise<unknown>;
}

/**
 * A stream that runs only while the viewer may see the thing: `check` comes first and then, with `guards`, again and again. Ends at once when
 * `signal` aborts. @throws what `check` throws, also while it runs; {UnauthenticatedError} when the token expires or is revoked.
 */
export async function* guardedStream<T>(
  ctx: ActionContext,
  { thing, check }: Guarded,
  guards: AccessGuards | undefined,
  open: (signal: AbortSignal) => AsyncGenerator<T, void>,
  signal: AbortSignal,
): AsyncGenerator<T, void> {
  await patiently(ctx.platform.log, check, signal);
  const controller = new AbortController();
  const abort = () => controller.abort();
  signal.addEventListener('abort', abort);
  if (signal.aborted) abort();
  let refusal: Error | undefined;
  const release = guards?.hold(ctx, thing, check, (error) => {
    refusal = error;
    abort();
  });
  try {
    yield* open(controller.signal);
  } finally {
    release?.();
    signal.removeEventListener('abort', abort);
  }
  if (refusal) throw refusal;
}
