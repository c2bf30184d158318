import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import type { ApiClient, RawAnswer } from './api-client.ts';

export const trainingEventsDocument = `subscription ($id: ID!, $after: Int) { trainingEvents(trainingId: $id, after: $after) {
  __typename sequence
  ... on TrainingStateChanged { state stopReason failure { code message hint isRetryable imageIds } }
  ... on TrainingProgressed { phase done total etaSeconds epochUnderWay: epoch }
  ... on TrainingEpochCompleted { stage epoch epochs loss metrics { ...metrics } }
  ... on TrainingEvaluated { metrics { ...metrics } }
  ... on TrainingLogLine { level message }
  ... on TrainingCheckpointSaved { savedStage: stage savedEpoch: epoch byteSize }
  ... on TrainingInterrupted { reason attempt message }
  ... on TrainingResumed { attempt }
  ... on TrainingStopRequested { request } } }
fragment metrics on Metrics { imageCount accuracy macro { precision recall f1 } confusionMatrix
  classStatistics { classIndex labelId labelName support predictedCount truePositives precision recall f1 oneVsRestAccuracy } }`;

// oxlint-disable-next-line typescript/no-explicit-any -- the shape is what the document above selects
export type StreamedEvent = any;

const connect = (client: ApiClient) =>
  createClient({
    url: `${client.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { token: client.token },
    retryAttempts: 0,
  });

/** Events over WebSocket until the stream completes or the caller breaks off. */
export async function* watchOverWebSocket(
  client: ApiClient,
  id: string,
  after = 0,
): AsyncGenerator<StreamedEvent, void> {
  const socket = connect(client);
  try {
    for await (const answer of socket.iterate<{ trainingEvents: StreamedEvent }>({
      query: trainingEventsDocument,
      variables: { id, after },
    })) {
      if (answer.errors) throw new Error(JSON.stringify(answer.errors));
      yield answer.data!.trainingEvents;
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

/** Events over server-sent events, read with plain fetch. */
export async function* watchOverSse(client: ApiClient, id: string, after = 0): AsyncGenerator<StreamedEvent, void> {
  const abort = new AbortController();
  const response = await fetch(`${client.url}/graphql`, {
    method: 'POST',
    signal: abort.signal,
    headers: {
      accept: 'text/event-stream',
      'content-type': 'application/json',
      authorization: `Bearer ${client.token}`,
    },
    body: JSON.stringify({ query: trainingEventsDocument, variables: { id, after } }),
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
        const data = /^data: (.+)$/m.exec(frame)?.[1];
        if (!data) continue;
        const answer = JSON.parse(data);
        if (answer.errors) throw new Error(JSON.stringify(answer.errors));
        yield answer.data.trainingEvents;
      }
    }
  } finally {
    abort.abort();
  }
}

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
