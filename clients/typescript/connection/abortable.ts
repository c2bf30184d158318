/**
 * An async generator that can be left at once. `return()` of a plain one waits for the `await` it stands at, which in a quiet stream
 * is for ever; this one aborts the signal of the generator first, and the call of `next()` that waits is done.
 */
export function abortable<T>(
  open: (signal: AbortSignal) => AsyncGenerator<T, void>,
  outer: AbortSignal | undefined,
): AsyncIterableIterator<T> {
  const controller = new AbortController();
  const inner = open(outer ? AbortSignal.any([outer, controller.signal]) : controller.signal);
  const done: IteratorReturnResult<undefined> = { done: true, value: undefined };
  const iterator: AsyncIterableIterator<T> = {
    next: () =>
      inner.next().catch((error: unknown) => {
        if (controller.signal.aborted) return done;
        throw error;
      }),
    return: async () => {
      controller.abort();
      await inner.return();
      return done;
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}
