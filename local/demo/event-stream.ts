import { setTimeout as delay } from 'node:timers/promises';
import { readAnswer, requestInit, ServiceError, type Endpoint } from './graphql-client.ts';

/** The server sends a sign of life every few seconds; this long without one means that the connection is dead. */
const silenceMilliseconds = 45_000;
const maximumBreaks = 8;

/** One message of a `text/event-stream`. */
export interface ServerSentEvent {
  readonly event: string;
  readonly data: string;
}

/** Splits a stream of server-sent events into messages; comments and unknown fields are skipped. */
export async function* readServerSentEvents(chunks: AsyncIterable<string>): AsyncGenerator<ServerSentEvent> {
  let rest = '';
  let event = 'message';
  let data: string[] = [];
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split(/\r?\n/);
    rest = lines.pop()!;
    for (const line of lines) {
      if (line === '') {
        if (data.length > 0 || event !== 'message') yield { event, data: data.join('\n') };
        event = 'message';
        data = [];
      } else if (line.startsWith('event:')) event = line.slice(6).trim();
      else if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /, ''));
    }
  }
}

/**
 * The values of a subscription, each once and in order, until `isLast`; a broken connection is taken up again after the last
 * sequence number. `document` takes `$after: Int`. @throws {ServiceError}
 */
export async function* subscribe<Value extends { readonly sequence: number }>(
  endpoint: Endpoint,
  document: string,
  variables: object,
  isLast: (value: Value) => boolean,
  onBreak: (reason: string) => void,
): AsyncGenerator<Value> {
  let after = 0;
  let breaks = 0;
  for (;;) {
    let reason = 'the server ended it';
    try {
      for await (const value of openStream<Value>(endpoint, document, { ...variables, after })) {
        if (value.sequence <= after) continue;
        after = value.sequence;
        breaks = 0;
        yield value;
        if (isLast(value)) return;
      }
    } catch (error) {
      endpoint.signal.throwIfAborted();
      if (error instanceof ServiceError || ++breaks > maximumBreaks) throw error;
      reason = (error as Error).message;
    }
    onBreak(reason);
    await delay(Math.min(250 * 2 ** breaks, 5000), undefined, { signal: endpoint.signal });
  }
}

async function* openStream<Value>(endpoint: Endpoint, document: string, variables: object): AsyncGenerator<Value> {
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(new Error('the server was silent')), silenceMilliseconds);
  try {
    const signal = AbortSignal.any([endpoint.signal, silence.signal]);
    const init = requestInit({ ...endpoint, signal }, document, variables, 'text/event-stream');
    const response = await fetch(`${endpoint.url}/graphql`, init);
    if (!response.ok || !response.body)
      throw new ServiceError(`The server answered ${response.status} to a subscription.`);
    const chunks = response.body.pipeThrough(
      new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
        transform: (chunk, controller) => {
          timer.refresh();
          controller.enqueue(chunk);
        },
      }),
    );
    for await (const message of readServerSentEvents(chunks.pipeThrough(new TextDecoderStream()))) {
      if (message.event === 'complete') return;
      if (message.event === 'next') yield Object.values(readAnswer<Record<string, Value>>(200, message.data))[0]!;
    }
  } finally {
    clearTimeout(timer);
  }
}
