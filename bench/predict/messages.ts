import type { Latencies } from './clients.ts';

/** To a process that sends: so long, so many calls at a time or, of queries, at their own pace. */
export type ClientCommand =
  | {
      readonly type: 'call';
      readonly url: string;
      readonly token: string;
      readonly inFlight: number;
      readonly seconds: number;
    }
  | { readonly type: 'ask'; readonly url: string; readonly token: string; readonly seconds: number };

/** What it says when that is done. */
export type ClientMessage =
  | { readonly type: 'ready' }
  /** A second. */
  | { readonly type: 'called'; readonly perSecond: number; readonly latencies: Latencies }
  /** Milliseconds of each query. */
  | { readonly type: 'asked'; readonly took: readonly number[] };

export interface BareCommand {
  readonly seconds: number;
}

export type BareMessage =
  | { readonly type: 'ready' }
  /** A second. */
  | { readonly type: 'looped'; readonly perSecond: number };
