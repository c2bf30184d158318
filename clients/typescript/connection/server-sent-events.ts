import { ConnectionError, errorOf, UnauthenticatedError } from './errors.ts';
import {
  isJson,
  lost,
  postOperation,
  readAnswer,
  type GraphQLAnswer,
  type HttpSettings,
  type Operation,
} from './http.ts';
import type { OpenStream } from './watch-options.ts';

/**
 * The results of a subscription over server-sent events, until the server says that it is complete. By fetch, since `EventSource` can
 * neither POST nor send a token. @throws {ConnectionError} {UnauthenticatedError} {RequestError}
 */
export const openServerSentEvents = (settings: HttpSettings, deadAfter: number): OpenStream =>
  async function* (operation: Operation, token, outer, onOpen) {
    const controller = new AbortController();
    const signal = AbortSignal.any([outer, controller.signal]);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const heard = () => {
      clearTimeout(timer);
      timer = setTimeout(() => controller.abort(new ConnectionError('the stream fell silent')), deadAfter);
    };
    try {
      heard();
      const response = await postOperation(settings, operation, 'text/event-stream', token, signal);
      if (!response.headers.get('content-type')?.startsWith('text/event-stream') || !response.body)
        throw await refusalOf(response, signal);
      onOpen();
      for await (const { event, data } of readServerSentEvents(response.body, heard, (error) =>
        lost(settings.endpoint, error, signal),
      )) {
        if (event === 'complete') return;
        if (event !== 'next') continue;
        const answer = JSON.parse(data) as GraphQLAnswer;
        if (answer.errors) throw errorOf(answer.errors);
        yield answer.data;
      }
      throw new ConnectionError('the stream broke off before it was complete');
    } finally {
      clearTimeout(timer);
      controller.abort();
    }
  };

async function refusalOf(response: Response, signal: AbortSignal): Promise<Error> {
  if (!isJson(response) && response.status === 401) return new UnauthenticatedError('The server asks for a token.');
  const { errors } = await readAnswer(response, signal);
  return errorOf(errors ?? [{ message: 'The server answered a subscription with a single result.' }]);
}

interface Frame {
  readonly event: string;
  readonly data: string;
}

/** Frames of the format that the HTML standard gives in its section on server-sent events. */
async function* readServerSentEvents(
  body: ReadableStream<Uint8Array>,
  onBytes: () => void,
  errorOfRead: (error: unknown) => unknown,
): AsyncGenerator<Frame, void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  /** A line feed that comes next is the rest of the end of a line. */
  let isAfterCarriageReturn = false;
  let event = '';
  let data: string[] = [];
  for (;;) {
    const { value, done } = await reader.read().catch((error: unknown) => {
      throw errorOfRead(error);
    });
    if (done) return;
    onBytes();
    let chunk = decoder.decode(value, { stream: true });
    if (chunk === '') continue;
    if (isAfterCarriageReturn) chunk = chunk.replace(/^\n/, '');
    isAfterCarriageReturn = chunk.endsWith('\r');
    const lines = (text + chunk).split(/\r\n|\n|\r/);
    text = lines.pop()!;
    for (const line of lines) {
      if (line === '') {
        if (event !== '' || data.length > 0) yield { event: event || 'message', data: data.join('\n') };
        event = '';
        data = [];
        continue;
      }
      const [, field, content] = /^([^:]*):? ?(.*)$/s.exec(line)!;
      if (field === 'event') event = content!;
      if (field === 'data') data.push(content!);
    }
  }
}
