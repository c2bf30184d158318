export const bareChannel = 'bench_bare';

export type ToReceiver =
  | { readonly type: 'watch'; readonly trainingIds: readonly string[] }
  /** Asks to be told when that many more events have come than were awaited before. */
  | { readonly type: 'await'; readonly count: number }
  /** Asks for the latencies since the last time. */
  | { readonly type: 'latencies' };

export type FromReceiver =
  | { readonly type: 'ready' }
  | { readonly type: 'received'; readonly at: number }
  /** Milliseconds. */
  | { readonly type: 'latencies'; readonly streamed: readonly number[]; readonly bare: readonly number[] };

/** By the clock that all processes of a machine share. */
export function nowMilliseconds(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
