/** Everything that this client throws by itself; what ends by an `AbortSignal` throws the reason of the signal. */
export class ExemplarError extends Error {
  override name = 'ExemplarError';
}

/** No answer: the server was not reached, broke off, or could not serve at the moment. */
export class ConnectionError extends ExemplarError {
  override name = 'ConnectionError';
  /** Whether the same may succeed a little later. */
  readonly isTransient: boolean;
  /** HTTP status, where there was one. */
  readonly status: number | undefined;
  /** What the server asked to wait, milliseconds. */
  readonly retryAfterMilliseconds: number | undefined;

  constructor(
    message: string,
    {
      isTransient = true,
      status,
      retryAfterMilliseconds,
      cause,
    }: {
      readonly isTransient?: boolean;
      readonly status?: number | undefined;
      readonly retryAfterMilliseconds?: number | undefined;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, { cause });
    this.isTransient = isTransient;
    this.status = status;
    this.retryAfterMilliseconds = retryAfterMilliseconds;
  }
}

/** An error as GraphQL sends it. */
export interface GraphQLErrorAnswer {
  readonly message: string;
  readonly path?: readonly (string | number)[] | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

/** The server refused the operation as a whole: a bad document or id, too large, a defect. Mistakes in inputs are results instead. */
export class RequestError extends ExemplarError {
  override name = 'RequestError';
  readonly errors: readonly GraphQLErrorAnswer[];
  /** Such as `BAD_USER_INPUT`, `COMPLEXITY_LIMIT`, `INTERNAL_SERVER_ERROR`; undefined for a document that does not fit the schema. */
  readonly code: string | undefined;
  /** Such as `NOT_FOUND` when a stream's training does not exist or may not be seen. */
  readonly userErrorCode: string | undefined;
  /** To be found in the log of the server. */
  readonly requestId: string | undefined;

  constructor(errors: readonly GraphQLErrorAnswer[]) {
    super(errors.map(({ message }) => message).join('\n'));
    const { code, userErrorCode, requestId } = errors[0]?.extensions ?? {};
    this.errors = errors;
    this.code = textOrNothing(code);
    this.userErrorCode = textOrNothing(userErrorCode);
    this.requestId = textOrNothing(requestId);
  }
}

/** The token is missing, wrong, expired or revoked, and there is no fresh one. */
export class UnauthenticatedError extends ExemplarError {
  override name = 'UnauthenticatedError';
}

/** What the errors of an answer mean to the caller. */
export function errorOf(errors: readonly GraphQLErrorAnswer[]): RequestError | UnauthenticatedError {
  const unauthenticated = errors.find(({ extensions }) => extensions?.['code'] === 'UNAUTHENTICATED');
  return unauthenticated ? new UnauthenticatedError(unauthenticated.message) : new RequestError(errors);
}

const textOrNothing = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
