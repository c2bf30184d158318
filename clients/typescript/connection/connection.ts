import type { TypedDocumentString } from '../generated/graphql.ts';
import { abortable } from './abortable.ts';
import type { RequestOptions } from './call-options.ts';
import { ConnectionError, errorOf, ExemplarError, UnauthenticatedError } from './errors.ts';
import { postOperation, readAnswer, send, type HttpSettings } from './http.ts';
import { resume, type SequencedEvent } from './resume.ts';
import { RetryPolicy, type RetryOptions } from './retry.ts';
import { openServerSentEvents } from './server-sent-events.ts';
import { TokenSource, type TokenProvider } from './token-source.ts';
import type { OpenStream, WatchOptions } from './watch-options.ts';
import { openWebSockets } from './web-socket.ts';

export interface ConnectionOptions {
  /** Where the server is, such as `https://exemplar.example.org`; in a browser also a path of the page's own host. */
  readonly url: string | URL;
  /** The access token, or who gives one: called again when the server refuses the last one. */
  readonly token?: string | TokenProvider | undefined;
  /** How events come. Default: `websocket` where there is WebSocket, else `sse` (server-sent events, plain HTTP for strict proxies). */
  readonly transport?: 'websocket' | 'sse' | undefined;
  readonly retry?: RetryOptions | undefined;
  /**
   * Milliseconds without a sign of life after which a connection of events counts as lost, since one can die without being closed;
   * default 30,000. Over server-sent events the server gives one every 12 seconds.
   */
  readonly deadAfter?: number | undefined;
  /** Default: the global one. */
  readonly fetch?: typeof fetch | undefined;
  /** A class that is used like the global `WebSocket`, which is the default. */
  readonly webSocket?: unknown;
}

/** What all areas speak through: one server, one token, one way to retry. */
export class Connection {
  readonly tokens: TokenSource;
  readonly retry: RetryPolicy;
  readonly http: HttpSettings;
  readonly #openStream: OpenStream;
  readonly #closed = new AbortController();

  constructor({
    url,
    token,
    transport,
    retry,
    fetch = globalThis.fetch,
    webSocket = globalThis.WebSocket,
    deadAfter = 30_000,
  }: ConnectionOptions) {
    this.tokens = new TokenSource(token);
    this.retry = new RetryPolicy(retry);
    // Bound: a page's own fetch must not be called as a method of something else.
    this.http = { endpoint: endpointOf(url), fetch: (...args) => fetch(...args) };
    const byWebSocket = transport === undefined ? webSocket !== undefined : transport === 'websocket';
    if (byWebSocket && webSocket === undefined)
      throw new ExemplarError('There is no WebSocket here: pass one as `webSocket`, or choose `transport: "sse"`.');
    this.#openStream = byWebSocket
      ? openWebSockets(this.http.endpoint, webSocket, deadAfter)
      : openServerSentEvents(this.http, deadAfter);
  }

  /**
   * The data of a query or mutation. A lost answer is asked for again where that is safe; a refused token is replaced once where there
   * is who gives one. @throws {RequestError} {UnauthenticatedError} {ConnectionError}
   */
  async request<Data, Variables>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
    options: RequestOptions = {},
  ): Promise<Data> {
    const signal = this.signalFor(options.signal);
    const operation = { query: String(document), variables: variables as Readonly<Record<string, unknown>> };
    const isRepeatable = options.repeatable ?? /^\s*(query\b|\{)/.test(operation.query);
    const attempt = async (token: string | undefined): Promise<Data> => {
      const response = await postOperation(this.http, operation, 'application/json', token, signal);
      const { data, errors } = await readAnswer(response, signal);
      if (errors) throw errorOf(errors);
      return data as Data;
    };
    return this.retry.run(
      async () => {
        signal.throwIfAborted();
        return await this.withToken(attempt);
      },
      // Who is told to come back later (429) has not been served.
      ({ isTransient, status }) => isTransient && (isRepeatable || status === 429),
      signal,
    );
  }

  /** Does something with the token; once more with another one where there is who gives one. @throws {UnauthenticatedError} */
  async withToken<T>(attempt: (token: string | undefined) => Promise<T>): Promise<T> {
    const token = await this.tokens.current();
    try {
      return await attempt(token);
    } catch (error) {
      if (!(error instanceof UnauthenticatedError)) throw error;
      const fresh = await this.tokens.replace(token);
      if (fresh === undefined) throw error;
      return await attempt(fresh);
    }
  }

  /** The events that a subscription with an `$after` gives, through any disconnect. */
  watch<Data, Variables extends { readonly after?: number | null | undefined }, Event extends SequencedEvent>(
    document: TypedDocumentString<Data, Variables>,
    variables: Omit<Variables, 'after'>,
    eventOf: (data: Data) => Event,
    { after = 0, signal, onDisconnect }: WatchOptions = {},
  ): AsyncIterableIterator<Event> {
    const query = String(document);
    const openStream = this.#openStream;
    return abortable(
      (ended) =>
        resume({
          open: async function* (after, token, signal, onOpen) {
            for await (const data of openStream({ query, variables: { ...variables, after } }, token, signal, onOpen))
              yield eventOf(data as Data);
          },
          tokens: this.tokens,
          retry: this.retry,
          after,
          signal: ended,
          onDisconnect,
        }),
      this.signalFor(signal),
    );
  }

  /** What a signed address leads to. @throws {ConnectionError} */
  async download(address: string, options: RequestOptions = {}): Promise<Blob> {
    return (await this.#fetchFile(address, options)).blob();
  }

  /** The same as it comes, for what is larger than memory. Ends with an error where the connection breaks off. @throws {ConnectionError} */
  async openDownload(address: string, options: RequestOptions = {}): Promise<ReadableStream<Uint8Array>> {
    return (await this.#fetchFile(address, options)).body ?? new Blob([]).stream();
  }

  #fetchFile(address: string, options: RequestOptions): Promise<Response> {
    const signal = this.signalFor(options.signal);
    return this.retry.run(
      async () => {
        const response = await send(this.http.fetch, address, { signal });
        if (!response.ok)
          throw new ConnectionError(`the download was answered ${response.status}: ${await response.text()}`, {
            status: response.status,
            isTransient: response.status >= 500,
          });
        return response;
      },
      ({ isTransient }) => isTransient,
      signal,
    );
  }

  /** Aborted with the call, or with the connection. */
  signalFor(signal: AbortSignal | undefined): AbortSignal {
    return signal ? AbortSignal.any([signal, this.#closed.signal]) : this.#closed.signal;
  }

  /** Ends all calls and streams. */
  close(): void {
    this.#closed.abort(new ExemplarError('The client was closed.'));
  }
}

function endpointOf(url: string | URL): string {
  const page = (globalThis as { readonly location?: { readonly href: string } }).location?.href;
  const base = URL.parse(String(url), page);
  if (!base || !/^https?:$/.test(base.protocol))
    throw new ExemplarError(
      `The url of the server must be an http or https address; it is ${JSON.stringify(String(url))}.`,
    );
  base.search = '';
  base.hash = '';
  if (!/\/graphql\/?$/.test(base.pathname)) base.pathname = `${base.pathname.replace(/\/$/, '')}/graphql`;
  return base.href;
}
