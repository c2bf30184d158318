/** What is compared: our server, Yoga with graphql-ws as its documentation shows, and bare sockets that are given the bytes. */
export const modes = ['ours', 'plain', 'raw'] as const;
export type Mode = (typeof modes)[number];
export type Transport = 'websocket' | 'sse';

/** Parent to server. */
export type ServerCommand =
  | { readonly type: 'usage' }
  /** Answers `collected`. */
  | { readonly type: 'collect' }
  /** For the bare sockets: everybody gets these payloads (JSON of a result), one after the other. */
  | { readonly type: 'broadcast'; readonly topic: string; readonly payloads: readonly string[] };
/** Server to parent. */
export type ServerMessage =
  | { readonly type: 'ready'; readonly url: string }
  | { readonly type: 'usage'; readonly cpuMicroseconds: number; readonly residentBytes: number }
  /** After everything was collected: resident memory, and what is alive of it in V8's heap and its buffers. */
  | { readonly type: 'collected'; readonly residentBytes: number; readonly liveBytes: number };

/** Parent to clients. */
export type ClientCommand =
  /** Connects so many watchers, the nth to the training n modulo their number. */
  | {
      readonly type: 'connect';
      readonly url: string;
      readonly token: string;
      readonly transport: Transport;
      readonly count: number;
      readonly trainingIds: readonly string[];
      readonly query: string;
      readonly after: number;
    }
  /** Answers `received` once everybody has got so many events since the last time. */
  | { readonly type: 'expect'; readonly events: number }
  | { readonly type: 'disconnect' };
/** Clients to parent. */
export type ClientMessage =
  | { readonly type: 'connected' }
  | { readonly type: 'received'; readonly at: number; readonly latencies: readonly number[] }
  | { readonly type: 'disconnected' };
