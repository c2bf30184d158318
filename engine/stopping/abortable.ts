/** The error every cancelled training ends with, whatever reason the signal carries. */
export function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw abortError(signal);
}

/** Waits for a promise, but no longer than until the signal: a slow source must not hold up a cancelled training. */
export async function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  throwIfCancelled(signal);
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(abortError(signal));
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function abortError(signal: AbortSignal): Error {
  const { reason } = signal as { reason: unknown };
  if (reason instanceof Error && reason.name === 'AbortError') return reason;
  return new DOMException('The training was cancelled.', 'AbortError');
}
