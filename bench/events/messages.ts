/** Notifications alone, and those that follow a plain insert; the payload is the moment before either. */
export const bareChannels = ['bench_notified', 'bench_inserted'] as const;
export type BareChannel = (typeof bareChannels)[number];

export type ToReceiver =
  | { readonly type: 'watch'; readonly trainingIds: readonly string[] }
  /** Asks to be told when that many more events have come than were awaited before. */
  | { readonly type: 'await'; readonly count: number }
  /** Asks for the latencies so far. */
  | { readonly type: 'latencies' };

export type FromReceiver =
  | { readonly type: 'ready' }
  | { readonly type: 'received'; readonly at: number }
  /** Milliseconds. */
  | ({ readonly type: 'latencies'; readonly streamed: readonly number[] } & Readonly<
      Record<BareChannel, readonly number[]>
    >);

/** By the clock that all processes of a machine share. */
export function nowMilliseconds(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
