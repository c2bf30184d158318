import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import type { ApiClient, RawAnswer } from './api-client.ts';

export const trainingEventsDocument = `subscription ($id: ID!, $after: Int) { trainingEvents(trainingId: $id, after: $after) {
  __typename sequence
  ... on TrainingStateChanged { state stopReason failure { code message hint isRetryable imageIds } }
  ... on TrainingProgressed { phase done total etaSeconds currentEpoch }
  ... on TrainingEpochCompleted { stage epoch epochs loss metrics { ...metrics } }
  ... on TrainingEvaluated { metrics { ...metrics } testMetrics { ...metrics } }
  ... on TrainingLogLine { level message }
  ... on TrainingCheckpointSaved { stage epoch byteSize }
  ... on TrainingInterrupted { reason attempt message }
  ... on TrainingResumed { attempt }
  ... on StreamResync { from }
  ... on TrainingStopRequested { request } } }
fragment metrics on Metrics { imageCount accuracy macro { precision recall f1 } confusionMatrix
  classStatistics { classIndex labelId labelName support predictedCount truePositives precision recall f1 oneVsRestAccuracy } }`;

// oxlint-disable-next-line typescript/no-explicit-any -- the shape is what the document above selects
export type StreamedEvent = any;

export interface WatchOptions {
  /** What to ask of `trainingEvents($id, $after)`. */
  readonly document?: string;
  /** Breaks the connection, as a network does: the stream throws. */
  readonly signal?: AbortSignal;
}

const connect = (client: ApiClient, signal?: AbortSignal) =>
  createClient({
    url: `${client.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { token: client.token },
    retryAttempts: 0,
    on: {
      opened: (opened) => {
        if (signal?.aborted) (opened as WebSocket).terminate();
        else signal?.addEventListener('abort', () => (opened as WebSocket).terminate());
      },
    },
  });

/** What a subscription with one field gives over WebSocket, until it completes or the caller breaks off. */
export async function* subscribeOverWebSocket(
  client: ApiClient,
  query: string,
  variables: Record<string, unknown>,
  signal?: AbortSignal,
): AsyncGenerator<StreamedEvent, void> {
  const socket = connect(client, signal);
  try {
    for await (const answer of socket.iterate<Record<string, StreamedEvent>>({ query, variables })) {
      if (answer.errors) throw new Error(JSON.stringify(answer.errors));
      yield Object.values(answer.data!)[0];
    }
  } finally {
    await socket.dispose();
  }
}

/** The one answer of a query or mutation over WebSocket; errors that end the operation are answers without data. */
export async function executeOverWebSocket(client: ApiClient, query: string): Promise<RawAnswer['body']> {
  const socket = connect(client);
  try {
    return await new Promise((resolve, reject) => {
      socket.subscribe<unknown>(
        { query },
        {
          next: (answer) => resolve(answer as RawAnswer['body']),
          error: (error) => (Array.isArray(error) ? resolve({ errors: error }) : reject(error)),
          complete: () => reject(new Error('the operation ended without an answer')),
        },
      );
    });
  } finally {
    await socket.dispose();
  }
}

/** The same over server-sent events, read with plain fetch, until the stream says that it is complete. */
export async function* subscribeOverSse(
  client: ApiClient,
  query: string,
  variables: Record<string, unknown>,
  signal?: AbortSignal,
): AsyncGenerator<StreamedEvent, void> {
  const abort = new AbortController();
  const response = await fetch(`${client.url}/graphql`, {
    method: 'POST',
    signal: signal ? AbortSignal.any([abort.signal, signal]) : abort.signal,
    headers: {
      accept: 'text/event-stream',
      'content-type': 'application/json',
      authorization: `Bearer ${client.token}`,
    },
    body: JSON.stringify({ query, variables }),
  });
  if (!response.headers.get('content-type')?.startsWith('text/event-stream'))
    throw new Error(`no event stream: ${response.status} ${await response.text()}`);
  let text = '';
  try {
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const frame = text.slice(0, end);
        text = text.slice(end + 2);
        if (/^event: complete$/m.test(frame)) return;
        const data = /^data: (.+)$/m.exec(frame)?.[1];
        if (!data) continue;
        const answer = JSON.parse(data);
        if (answer.errors) throw new Error(JSON.stringify(answer.errors));
        yield Object.values(answer.data)[0];
      }
    }
    throw new Error('the stream broke off before it was complete');
  } finally {
    abort.abort();
  }
}

export const watchOverWebSocket = (
  client: ApiClient,
  id: string,
  after = 0,
  { document = trainingEventsDocument, signal }: WatchOptions = {},
) => subscribeOverWebSocket(client, document, { id, after }, signal);
export const watchOverSse = (
  client: ApiClient,
  id: string,
  after = 0,
  { document = trainingEventsDocument, signal }: WatchOptions = {},
) => subscribeOverSse(client, document, { id, after }, signal);

export const transferEventsDocument = `subscription ($id: ID!, $after: Int) { transferEvents(transferId: $id, after: $after) {
  __typename sequence
  ... on TransferStateChanged { state failure { code message hint isRetryable } }
  ... on TransferProgressed { phase done total perSecond etaSeconds }
  ... on TransferResumed { attempt } } }`;

export const projectEventsDocument = `subscription ($id: ID!, $after: Int) { projectEvents(projectId: $id, after: $after) {
  __typename sequence projectId
  ... on ProjectCountsChanged { imageCount labelledImageCount labels { labelId imageCount } }
  ... on ProjectLabelChanged { change labelId name }
  ... on ProjectTrainingChanged { trainingId versionName state stopReason }
  ... on ProjectVersionCreated { modelVersionId trainingId versionName accuracy }
  ... on ProjectStreamResync { from } } }`;

export async function collect<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of stream) items.push(item);
  return items;
}

/** The first event that fits; fails when the stream ends before. */
export async function firstEvent(
  stream: AsyncIterable<StreamedEvent>,
  fits: (event: StreamedEvent) => boolean,
): Promise<StreamedEvent> {
  for await (const event of stream) if (fits(event)) return event;
  throw new Error('the stream ended before the event came');
}
