import { ConnectionError, type GraphQLErrorAnswer } from './errors.ts';

/** What the HTTP side of a connection needs. */
export interface HttpSettings {
  /** Address of `/graphql`. */
  readonly endpoint: string;
  readonly fetch: typeof fetch;
}

export interface GraphQLAnswer {
  readonly data?: unknown;
  readonly errors?: readonly GraphQLErrorAnswer[] | undefined;
}

export interface Operation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Sends an operation. @throws {ConnectionError} when there was no answer, or one that asks to come back later. */
export async function postOperation(
  { endpoint, fetch }: HttpSettings,
  operation: Operation,
  accept: string,
  token: string | undefined,
  signal: AbortSignal,
): Promise<Response> {
  return send(fetch, endpoint, {
    method: 'POST',
    headers: {
      accept,
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(operation),
    signal,
  });
}

/** `fetch`, with what is no answer as {@link ConnectionError}. */
export async function send(
  fetch: typeof globalThis.fetch,
  address: string,
  init: RequestInit & { signal: AbortSignal },
): Promise<Response> {
  let response;
  try {
    response = await fetch(address, init);
  } catch (error) {
    throw lost(address, error, init.signal);
  }
  const { status } = response;
  if (status !== 408 && status !== 429 && (status < 500 || isJson(response))) return response;
  const text = await response.text().catch(() => '');
  throw new ConnectionError(`${originOf(address)} answered ${status}${text && `: ${text.slice(0, 200)}`}`, {
    status,
    retryAfterMilliseconds: retryAfter(response.headers.get('retry-after')),
  });
}

/** The answer to an operation. @throws {ConnectionError} when it is none, or breaks off. */
export async function readAnswer(response: Response, signal: AbortSignal): Promise<GraphQLAnswer> {
  let text;
  try {
    text = await response.text();
  } catch (error) {
    throw lost(response.url, error, signal);
  }
  try {
    const answer = JSON.parse(text) as unknown;
    if (typeof answer === 'object' && answer !== null && ('data' in answer || 'errors' in answer))
      return answer as GraphQLAnswer;
  } catch {
    // Said below, with what came.
  }
  throw new ConnectionError(
    `${response.url} answered ${response.status} with something that is no GraphQL answer: ${text.slice(0, 200)}`,
    { isTransient: response.status >= 500, status: response.status },
  );
}

/** A lost connection as an error of ours; an aborted one as the signal's reason. */
export function lost(address: string, error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  return new ConnectionError(`${originOf(address)} was not reached or broke off: ${describe(error)}`, { cause: error });
}

export const isJson = (response: Response): boolean => /\bjson\b/i.test(response.headers.get('content-type') ?? '');

/** Signed addresses are secrets of a kind: only where they lead to is said. */
const originOf = (address: string): string => URL.parse(address)?.origin ?? address;

/** Node says the reason in the cause of a bare "fetch failed". */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error && cause.message ? `${error.message} (${cause.message})` : error.message;
}

function retryAfter(header: string | null): number | undefined {
  if (header === null) return undefined;
  const milliseconds = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return milliseconds > 0 ? milliseconds : undefined;
}
