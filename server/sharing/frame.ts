import type { GraphQLError } from 'graphql';

/** One result of a subscription, ready to be sent, to everybody who shares it. */
export class Frame {
  readonly sequence: number;
  /** The result as JSON. */
  readonly json: string;
  #serverSentEvent: Buffer | undefined;

  constructor(sequence: number, result: unknown) {
    this.sequence = sequence;
    this.json = JSON.stringify(result);
  }

  /** As a server-sent event; made once for all. */
  get serverSentEvent(): Buffer {
    return (this.#serverSentEvent ??= Buffer.from(`event: next\ndata: ${this.json}\n\n`));
  }
}

/** Where the frames of one watcher go. */
export interface Sink {
  /** False when the reader is too far behind: then nothing was sent. Called in order, by many events a second: it must not wait. */
  send(frame: Frame): boolean;
  /** Sends what was read for this watcher alone, and settles when the reader can take more or has gone. */
  sendAlone(frame: Frame): Promise<void>;
  /** The stream broke, or the viewer has lost the right to it. */
  failed?(error: GraphQLError): void;
}
