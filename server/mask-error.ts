import { GraphQLError } from 'graphql';
import { UnauthenticatedError, UserError } from '#core/platform/errors.ts';
import type { Log } from '#core/platform/log.ts';
import { errorMessage } from '#schema/error-message.ts';
import { currentRequestId } from './request-id.ts';

/**
 * What a caller learns of an error that is no member of a result union: its own mistakes in full, our defects as an id under which
 * the log has the rest.
 */
export function createMaskError(log: Log): (error: unknown, message: string) => GraphQLError {
  return (error, message) => {
    const cause = rootCause(error);
    if (cause instanceof UserError)
      return relocate(error, errorMessage(cause), { code: 'BAD_USER_INPUT', userErrorCode: cause.code });
    if (cause instanceof UnauthenticatedError)
      return relocate(error, cause.message, { code: 'UNAUTHENTICATED', http: { status: 401 } });
    if (cause instanceof GraphQLError) return cause === error ? cause : (error as GraphQLError);
    const requestId = currentRequestId();
    log.error({ err: cause, requestId }, 'a request failed by a defect');
    return relocate(error, message, { code: 'INTERNAL_SERVER_ERROR', requestId });
  };
}

function rootCause(error: unknown): unknown {
  let cause = error;
  while (cause instanceof GraphQLError && cause.originalError) cause = cause.originalError;
  return cause;
}

function relocate(error: unknown, message: string, extensions: Record<string, unknown>): GraphQLError {
  if (!(error instanceof GraphQLError)) return new GraphQLError(message, { extensions });
  const { nodes, source, positions, path } = error;
  return new GraphQLError(message, {
    nodes: nodes ?? null,
    source: source ?? null,
    positions: positions ?? null,
    path: path ?? null,
    extensions,
  });
}
