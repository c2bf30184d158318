import {
  ConnectionError,
  ResultError,
  RequestError,
  UnauthenticatedError,
  type UserError,
} from '../typescript/index.ts';

/** What the command ends with; scripts may rely on it. */
export const exitCodes = {
  done: 0,
  other: 1,
  usage: 2,
  notAllowed: 3,
  notFound: 4,
  refused: 5,
  notReached: 6,
  failed: 7,
  partial: 8,
  unhealthy: 9,
  interrupted: 130,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** For the help and the document. */
export const exitCodeMeanings: Readonly<Record<keyof typeof exitCodes, string>> = {
  done: 'done',
  other: 'an error that nobody foresaw, on the server or here',
  usage: 'the command line is wrong, or an input is out of range',
  notAllowed: 'no access token, a wrong one, or a role that does not allow it',
  notFound: 'there is no such thing, or you may not see it',
  refused: 'not as things stand: a name is taken, not ready to train, a wrong state, more than is allowed',
  notReached: 'the server was not reached, or is busy',
  failed: 'the training, import or export that was watched has failed or was cancelled',
  partial: 'some of the files or images were refused; the others were done',
  unhealthy: 'doctor has found something to mend',
  interrupted: 'Ctrl-C; what was started goes on',
};

/** Something is wrong with what was typed. */
export class UsageError extends Error {}

/** What the command ends with after the error. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof UsageError) return exitCodes.usage;
  if (error instanceof UnauthenticatedError) return exitCodes.notAllowed;
  if (error instanceof ConnectionError) return exitCodes.notReached;
  if (error instanceof ResultError) return byCode(error.code);
  if (error instanceof RequestError) return byCode(error.userErrorCode ?? error.code);
  return exitCodes.other;
}

const codes: Readonly<Partial<Record<string, ExitCode>>> = {
  VALIDATION_FAILED: exitCodes.usage,
  BAD_USER_INPUT: exitCodes.usage,
  PERMISSION_DENIED: exitCodes.notAllowed,
  UNAUTHENTICATED: exitCodes.notAllowed,
  NOT_FOUND: exitCodes.notFound,
  CONFLICT: exitCodes.refused,
  STALE_ANNOTATION: exitCodes.refused,
  LIMIT_EXCEEDED: exitCodes.refused,
  QUOTA_EXCEEDED: exitCodes.refused,
  INVALID_STATE: exitCodes.refused,
  NOT_READY: exitCodes.refused,
  PICTURE_REFUSED: exitCodes.refused,
  ARCHIVE_REFUSED: exitCodes.refused,
  UNAVAILABLE: exitCodes.notReached,
} satisfies Record<UserError['code'] | 'BAD_USER_INPUT' | 'UNAUTHENTICATED', ExitCode>;

const byCode = (code: string | undefined): ExitCode => codes[code ?? ''] ?? exitCodes.other;
