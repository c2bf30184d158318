/** Where and as whom to ask. */
export interface Endpoint {
  /** Of the server, without `/graphql`. */
  readonly url: string;
  readonly token: string;
  readonly signal: AbortSignal;
}

/** The service refused; the message is its own. */
export class ServiceError extends Error {
  readonly code: string | undefined;
  constructor(message: string, code?: string) {
    super(message);
    this.name = 'ServiceError';
    this.code = code;
  }
}

interface Answer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

export function requestInit(endpoint: Endpoint, document: string, variables: object, accept: string): RequestInit {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept, authorization: `Bearer ${endpoint.token}` },
    body: JSON.stringify({ query: document, variables }),
    signal: endpoint.signal,
  };
}

/**
 * Sends one operation. `Data` is the shape of its selection without the error members of result unions: those are thrown.
 * @throws {ServiceError} for errors of the operation and for a `UserError` in a result.
 */
export async function graphql<Data extends object>(
  endpoint: Endpoint,
  document: string,
  variables: object = {},
): Promise<Data> {
  const response = await fetch(
    `${endpoint.url}/graphql`,
    requestInit(endpoint, document, variables, 'application/graphql-response+json, application/json'),
  );
  const text = await response.text();
  return readAnswer<Data>(response.status, text);
}

/** @throws {ServiceError} */
export function readAnswer<Data extends object>(status: number, text: string): Data {
  let answer: Answer;
  try {
    answer = JSON.parse(text) as Answer;
  } catch {
    throw new ServiceError(`The server answered ${status} with something that is no JSON: ${text.slice(0, 200)}`);
  }
  if (answer.errors && answer.errors.length > 0)
    throw new ServiceError(answer.errors.map((error) => error.message).join(' '), answer.errors[0]?.extensions?.code);
  if (!answer.data) throw new ServiceError(`The server answered ${status} without data.`);
  for (const result of Object.values(answer.data))
    if (isUserError(result)) throw new ServiceError(result.message, result.code);
  return answer.data as Data;
}

function isUserError(result: unknown): result is { message: string; code: string } {
  if (typeof result !== 'object' || result === null) return false;
  const { __typename: typeName, message } = result as Record<string, unknown>;
  return typeof typeName === 'string' && typeName.endsWith('Error') && typeof message === 'string';
}
