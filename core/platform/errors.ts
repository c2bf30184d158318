/**
 * Every error a person can cause and act on. Actions throw them, the schema turns them into members of result unions,
 * HTTP routes into status codes. Anything else that is thrown is a bug and is masked.
 */
export const userErrorCodes = [
  'VALIDATION_FAILED',
  'NOT_FOUND',
  'PERMISSION_DENIED',
  'CONFLICT',
  'STALE_ANNOTATION',
  'LIMIT_EXCEEDED',
  'QUOTA_EXCEEDED',
  'INVALID_STATE',
  'NOT_READY',
  'PICTURE_REFUSED',
  'ARCHIVE_REFUSED',
  'UNAVAILABLE',
] as const;
export type UserErrorCode = (typeof userErrorCodes)[number];

export abstract class UserError extends Error {
  abstract readonly code: UserErrorCode;
}

export interface ValidationIssue {
  /** Path of the input field that is wrong, outermost first: `['input', 'name']`. */
  readonly path: readonly string[];
  readonly message: string;
}

/** One or more inputs are out of range or malformed; every issue is listed at once. */
export class ValidationError extends UserError {
  readonly code = 'VALIDATION_FAILED';
  readonly issues: readonly ValidationIssue[];
  constructor(issues: readonly ValidationIssue[]) {
    super(issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '));
    this.name = 'ValidationError';
    this.issues = issues;
  }
}

/** The thing does not exist, or the viewer may not know that it does: both answer alike. `what` is its word in the contract. */
export class NotFoundError extends UserError {
  readonly code = 'NOT_FOUND';
  readonly what: string;
  readonly id: string;
  constructor(what: string, id: string) {
    super(`${what} ${JSON.stringify(id)} was not found.`);
    this.name = 'NotFoundError';
    this.what = what;
    this.id = id;
  }
}

/** The viewer can see the thing, but the role does not allow this action. */
export class PermissionDeniedError extends UserError {
  readonly code = 'PERMISSION_DENIED';
  constructor(message: string) {
    super(message);
    this.name = 'PermissionDeniedError';
  }
}

/** A name is taken, or the same idempotency key was used with another input. */
export class ConflictError extends UserError {
  readonly code = 'CONFLICT';
  constructor(message: string) {
    super(message);
    this.name = 'ConflictError';
  }
}

/** Somebody else changed the annotation since the caller read it. */
export class StaleAnnotationError extends UserError {
  readonly code = 'STALE_ANNOTATION';
  readonly imageId: string;
  readonly currentRevision: number;
  constructor(imageId: string, currentRevision: number, expectedRevision: number) {
    super(
      `The annotation was changed since revision ${expectedRevision} was read; it is at revision ${currentRevision} now. Read it again and decide.`,
    );
    this.name = 'StaleAnnotationError';
    this.imageId = imageId;
    this.currentRevision = currentRevision;
  }
}

/** More than the installation or the call allows. */
export class LimitExceededError extends UserError {
  readonly code = 'LIMIT_EXCEEDED';
  readonly limit: number;
  readonly used: number;
  constructor(what: string, limit: number, used: number) {
    super(`${what}: the limit is ${limit}, this would make ${used}.`);
    this.name = 'LimitExceededError';
    this.limit = limit;
    this.used = used;
  }
}

/** What a project may have of. `ACTIVE_TRAININGS` wait or run; `TRAINING_MINUTES` are those of a calendar month, UTC. */
export const quotas = ['IMAGES', 'BYTES', 'ACTIVE_TRAININGS', 'TRAINING_MINUTES', 'DEPLOYMENTS'] as const;
export type Quota = (typeof quotas)[number];

const quotaWords: Record<Quota, string> = {
  IMAGES: 'images',
  BYTES: 'bytes of pictures, with those in the trash',
  ACTIVE_TRAININGS: 'trainings that wait or run',
  TRAINING_MINUTES: 'minutes of training this month, with what those under way may take',
  DEPLOYMENTS: 'deployments',
};

/** The project has as much as an administrator has allowed it. */
export class QuotaExceededError extends UserError {
  readonly code = 'QUOTA_EXCEEDED';
  readonly quota: Quota;
  readonly limit: number;
  readonly used: number;
  /** @param used what there is now, without what was asked for. */
  constructor(quota: Quota, limit: number, used: number) {
    super(
      `The quota of this project allows ${limit} ${quotaWords[quota]}; ${used} are used. An administrator can change it.`,
    );
    this.name = 'QuotaExceededError';
    this.quota = quota;
    this.limit = limit;
    this.used = used;
  }
}

/** The thing is in a state that does not allow the action. */
export class InvalidStateError extends UserError {
  readonly code = 'INVALID_STATE';
  readonly state: string;
  constructor(message: string, state: string) {
    super(message);
    this.name = 'InvalidStateError';
    this.state = state;
  }
}

export const pictureRefusals = [
  'EMPTY',
  'NOT_AN_IMAGE',
  'UNSUPPORTED_FORMAT',
  'DAMAGED',
  'TOO_MANY_BYTES',
  'TOO_MANY_PIXELS',
  'SIDE_TOO_LONG',
  'SIZE_MISMATCH',
  'DIGEST_MISMATCH',
  'NOT_RECEIVED',
] as const;
export type PictureRefusal = (typeof pictureRefusals)[number];

/** An uploaded file cannot become an image; names the file and what is wrong with it. */
export class PictureRefusedError extends UserError {
  readonly code = 'PICTURE_REFUSED';
  readonly refusal: PictureRefusal;
  readonly fileName: string;
  constructor(refusal: PictureRefusal, fileName: string, message: string) {
    super(`${JSON.stringify(fileName)}: ${message}`);
    this.name = 'PictureRefusedError';
    this.refusal = refusal;
    this.fileName = fileName;
  }
}

export const archiveRefusals = [
  'EMPTY',
  'NOT_AN_ARCHIVE',
  'UNSUPPORTED',
  'DAMAGED',
  'ENCRYPTED',
  'TOO_MANY_ENTRIES',
  'TOO_MANY_BYTES',
  'EXPANDS_TOO_MUCH',
  'OVERLAPPING_ENTRIES',
  'ENTRY_DAMAGED',
  'ENTRY_TOO_LARGE',
] as const;
export type ArchiveRefusal = (typeof archiveRefusals)[number];

/**
 * A ZIP or TAR file cannot be read, or must not be. `ENTRY_DAMAGED` and `ENTRY_TOO_LARGE` are about the one entry they name, and
 * the entries after it can still be read; every other refusal ends the archive.
 */
export class ArchiveRefusedError extends UserError {
  readonly code = 'ARCHIVE_REFUSED';
  readonly refusal: ArchiveRefusal;
  /** Path of the entry at fault, where there is one; shown, never used as a path. */
  readonly entry: string | undefined;
  constructor(refusal: ArchiveRefusal, message: string, entry?: string) {
    super(entry === undefined ? message : `${JSON.stringify(entry)}: ${message}`);
    this.name = 'ArchiveRefusedError';
    this.refusal = refusal;
    this.entry = entry;
  }
}

/** `CALLER_BUSY`: the caller itself has too much under way; all others are about the installation. */
export const unavailabilities = [
  'CALLER_BUSY',
  'SERVER_BUSY',
  'INTERRUPTED',
  'DEPLOYING',
  'IDENTITY_PROVIDER_AWAY',
] as const;
export type Unavailability = (typeof unavailabilities)[number];

/** Nothing is wrong with the call, which may succeed when it is made again after `retryAfterSeconds`. */
export class UnavailableError extends UserError {
  readonly code = 'UNAVAILABLE';
  readonly reason: Unavailability;
  readonly retryAfterSeconds: number;
  constructor(reason: Unavailability, message: string, retryAfterSeconds = 1) {
    super(message);
    this.name = 'UnavailableError';
    this.reason = reason;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** No, an expired or a revoked token. Not a member of any union: it ends the request with 401. */
export class UnauthenticatedError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UnauthenticatedError';
  }
}

/** The user was disabled by an administrator: the identity provider's word counts no more. */
export class UserDisabledError extends UnauthenticatedError {
  constructor(message = 'This user is disabled. An administrator can enable it again.') {
    super(message);
    this.name = 'UserDisabledError';
  }
}

/** A browser sent the cookie of a login along with what a page of another origin asks for. */
export class ForeignPageError extends UnauthenticatedError {
  constructor() {
    super(
      'This request carries a login, but does not come from a page of this installation. Pages of ours say so by their origin, programs by the header `x-exemplar-request: 1`.',
    );
    this.name = 'ForeignPageError';
  }
}
