import type { ModelsError, ModelsErrorCode } from './models-error.ts';

/** As the help lists them. */
export const exitCodes = {
  done: 0,
  other: 1,
  usage: 2,
  notReachable: 3,
  wrongBytes: 4,
  noRoom: 5,
  notOurs: 6,
  unusable: 7,
  interrupted: 130,
} as const;

const byError: Record<ModelsErrorCode, number> = {
  UNKNOWN_MODEL: exitCodes.usage,
  UNREACHABLE: exitCodes.notReachable,
  HTTP_ERROR: exitCodes.notReachable,
  UNSAFE_REDIRECT: exitCodes.notReachable,
  WRONG_SIZE: exitCodes.wrongBytes,
  WRONG_CHECKSUM: exitCodes.wrongBytes,
  DISK_FULL: exitCodes.noRoom,
  FOLDER_UNUSABLE: exitCodes.noRoom,
  NOT_PLACED_HERE: exitCodes.notOurs,
  NAME_TAKEN: exitCodes.notOurs,
  UNUSABLE: exitCodes.unusable,
  INTERRUPTED: exitCodes.interrupted,
};

/** What the command ends with after the error. */
export const exitCodeOf = (error: ModelsError): number => byError[error.code];
