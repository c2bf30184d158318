import {
  InvalidStateError,
  LimitExceededError,
  NotFoundError,
  PermissionDeniedError,
  PictureRefusedError,
  UnauthenticatedError,
  UnavailableError,
  ValidationError,
  type UserError,
} from '#core/platform/errors.ts';

export interface Refusal {
  readonly status: number;
  /** Seconds after which the same call may succeed. */
  readonly retryAfter?: number;
  readonly error: UserError | UnauthenticatedError;
}

/** How HTTP says what kept a call from its answer; undefined for defects. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof UnauthenticatedError) return { status: 401, error };
  if (error instanceof NotFoundError) return { status: 404, error };
  if (error instanceof PermissionDeniedError) return { status: 403, error };
  if (error instanceof InvalidStateError) return { status: 409, error };
  if (error instanceof LimitExceededError) return { status: 413, error };
  if (error instanceof ValidationError || error instanceof PictureRefusedError) return { status: 400, error };
  if (error instanceof UnavailableError)
    return { status: error.reason === 'CALLER_BUSY' ? 429 : 503, retryAfter: error.retryAfterSeconds, error };
  return undefined;
}

export const codeOf = (error: UserError | UnauthenticatedError): string =>
  error instanceof UnauthenticatedError ? 'UNAUTHENTICATED' : error.code;

/** An error as our own routes write it. */
export const describeError = (error: UserError | UnauthenticatedError): object => ({
  code: codeOf(error),
  ...(error instanceof PictureRefusedError && { refusal: error.refusal }),
  ...(error instanceof UnavailableError && { reason: error.reason, retryAfterSeconds: error.retryAfterSeconds }),
  message: error.message,
});
