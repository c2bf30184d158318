import { abortable } from '../stopping/abortable.ts';

/** A picture of a batch: decoded, or why not. */
export type Decoded<T> =
  | { readonly index: number; readonly value: T }
  | { readonly index: number; readonly error: unknown };

/**
 * Decodes pictures in batches, one batch ahead: a run of a graph blocks this thread, but libvips' threads go on, so that the next
 * batch is ready when the run ends.
 * @throws AbortError as soon as the signal is raised.
 */
export async function* decodeAhead<T>(
  indices: Int32Array,
  batchSize: number,
  decode: (index: number) => Promise<T>,
  cancelSignal: AbortSignal,
): AsyncGenerator<readonly Decoded<T>[]> {
  const decodeOne = async (index: number): Promise<Decoded<T>> => {
    try {
      return { index, value: await decode(index) };
    } catch (error) {
      return { index, error };
    }
  };
  const startBatch = (start: number) => Promise.all(Array.from(indices.subarray(start, start + batchSize), decodeOne));
  let next = startBatch(0);
  for (let start = 0; start < indices.length; start += batchSize) {
    const batch = await abortable(next, cancelSignal);
    next = startBatch(start + batchSize);
    yield batch;
  }
}
