/**
 * An async generator whose `return()` takes effect at once. A plain `async function*` that waits inside an `await` is finalised only
 * when that wait ends (graphql-ws issue 653): unsubscribing would hold the stream, its timer and its wake-up for seconds.
 */
export function abortableStream<T>(open: (signal: AbortSignal) => AsyncGenerator<T, void>): AsyncGenerator<T, void> {
  const controller = new AbortController();
  const inner = open(controller.signal);
  const stream: AsyncGenerator<T, void> = {
    next: () => inner.next(),
    return: (value) => {
      controller.abort();
      return inner.return(value);
    },
    throw: (error) => {
      controller.abort();
      return inner.throw(error);
    },
    [Symbol.asyncIterator]: () => stream,
    [Symbol.asyncDispose]: async () => {
      await stream.return(undefined);
    },
  };
  return stream;
}
