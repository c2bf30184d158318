import {
  ArchiveRefusedError,
  type ArchiveRefusal,
  ConflictError,
  InvalidStateError,
  LimitExceededError,
  NotFoundError,
  PermissionDeniedError,
  PictureRefusedError,
  type PictureRefusal,
  QuotaExceededError,
  type Quota,
  StaleAnnotationError,
  type Unavailability,
  UnavailableError,
  userErrorCodes,
  ValidationError,
  type UserError,
  type UserErrorCode,
  type ValidationIssue,
} from '#core/platform/errors.ts';
import { NotReadyError } from '#core/trainings/training-readiness.ts';
import { builder } from './builder.ts';
import { errorMessage } from './error-message.ts';
import { writeGlobalId } from './global-id.ts';
import { ReadinessBlocker } from './readiness-blocker.ts';

const descriptions: Record<UserErrorCode, string> = {
  VALIDATION_FAILED: 'Inputs are malformed or out of range; `issues` lists all of them.',
  NOT_FOUND: 'There is no such thing, or the viewer may not see it.',
  PERMISSION_DENIED: "The viewer's role does not allow this.",
  CONFLICT: 'A name is taken, or something else contradicts what is there.',
  STALE_ANNOTATION: 'The annotation changed since it was read.',
  LIMIT_EXCEEDED: 'More than is allowed.',
  QUOTA_EXCEEDED: 'The project has as much as an administrator allows it; `quota` says of what.',
  INVALID_STATE: 'The thing is in a state that does not allow this.',
  NOT_READY: 'The project cannot be trained yet; `blockers` says why.',
  PICTURE_REFUSED: 'The file cannot become an image; `refusal` says why.',
  ARCHIVE_REFUSED: 'The archive cannot be read, or must not be; `archiveRefusal` says why.',
  UNAVAILABLE: 'Nothing is wrong with the call, which may succeed after a moment.',
};

export const UserErrorCodeEnum = builder.enumType('UserErrorCode', {
  description: 'What kind of mistake it was. Can grow: treat an unknown code by its message.',
  values: Object.fromEntries(userErrorCodes.map((code) => [code, { description: descriptions[code] }])) as Record<
    UserErrorCode,
    { description: string }
  >,
});

const typeNames: Record<UserErrorCode, string> = {
  VALIDATION_FAILED: 'ValidationError',
  NOT_FOUND: 'NotFoundError',
  PERMISSION_DENIED: 'PermissionDeniedError',
  CONFLICT: 'ConflictError',
  STALE_ANNOTATION: 'StaleAnnotationError',
  LIMIT_EXCEEDED: 'LimitExceededError',
  QUOTA_EXCEEDED: 'QuotaExceededError',
  INVALID_STATE: 'InvalidStateError',
  NOT_READY: 'NotReadyError',
  PICTURE_REFUSED: 'PictureRefusedError',
  ARCHIVE_REFUSED: 'ArchiveRefusedError',
  UNAVAILABLE: 'UnavailableError',
};

export const UserErrorInterface = builder.interfaceRef<UserError>('UserError').implement({
  resolveType: (error) => typeNames[error.code],
  description: 'A mistake that the caller can mend. Select `... on UserError { message code }` in every result.',
  fields: (t) => ({
    message: t.string({
      description: 'What was wrong, with which input, and what to do.',
      resolve: errorMessage,
    }),
    code: t.field({ type: UserErrorCodeEnum, description: 'The kind of mistake.', resolve: (error) => error.code }),
  }),
});

const ValidationIssueObject = builder.objectRef<ValidationIssue>('ValidationIssue').implement({
  description: 'One input that is wrong.',
  fields: (t) => ({
    path: t.stringList({
      description: 'Where, outermost first, such as ["input", "name"].',
      resolve: (issue) => [...issue.path],
    }),
    message: t.exposeString('message', { description: 'What is wrong with it.' }),
  }),
});

const interfaces = [UserErrorInterface];

builder.objectType(ValidationError, {
  name: 'ValidationError',
  description: descriptions.VALIDATION_FAILED,
  interfaces,
  fields: (t) => ({
    issues: t.field({
      type: [ValidationIssueObject],
      description: 'Every wrong input, at least one.',
      resolve: (error) => [...error.issues],
    }),
  }),
});
builder.objectType(NotFoundError, { name: 'NotFoundError', description: descriptions.NOT_FOUND, interfaces });
builder.objectType(PermissionDeniedError, {
  name: 'PermissionDeniedError',
  description: descriptions.PERMISSION_DENIED,
  interfaces,
});
builder.objectType(ConflictError, { name: 'ConflictError', description: descriptions.CONFLICT, interfaces });
builder.objectType(StaleAnnotationError, {
  name: 'StaleAnnotationError',
  description: descriptions.STALE_ANNOTATION,
  interfaces,
  fields: (t) => ({
    imageId: t.id({
      description: 'The image whose annotation changed.',
      resolve: (error) => writeGlobalId('Image', error.imageId),
    }),
    currentRevision: t.exposeInt('currentRevision', { description: 'Revision of the annotation now.' }),
  }),
});
builder.objectType(LimitExceededError, {
  name: 'LimitExceededError',
  description: descriptions.LIMIT_EXCEEDED,
  interfaces,
  fields: (t) => ({
    limit: t.exposeInt('limit', { description: 'What is allowed.' }),
    used: t.exposeInt('used', { description: 'What this would have made.' }),
  }),
});
export const quotaDescriptions: Readonly<Record<Quota, string>> = {
  IMAGES: 'Images, without those in the trash.',
  BYTES: 'Bytes of the uploaded pictures, those in the trash too until they are deleted for good.',
  ACTIVE_TRAININGS: 'Trainings that wait or run.',
  TRAINING_MINUTES: 'Minutes of training in a calendar month, UTC.',
  DEPLOYMENTS: 'Deployments, in any state.',
};
const QuotaEnum = builder.enumType('Quota', {
  description: 'What a project may have only so much of.',
  values: Object.fromEntries(
    Object.entries(quotaDescriptions).map(([quota, description]) => [quota, { description }]),
  ) as Record<Quota, { description: string }>,
});

builder.objectType(QuotaExceededError, {
  name: 'QuotaExceededError',
  description: descriptions.QUOTA_EXCEEDED,
  interfaces,
  fields: (t) => ({
    quota: t.field({ type: QuotaEnum, description: 'Of what.', resolve: (error) => error.quota }),
    // Not `limit` and `used`: those of LimitExceededError are Int, and clients select both in one result.
    quotaLimit: t.float({ description: 'What is allowed, a whole number.', resolve: (error) => error.limit }),
    quotaUsed: t.float({ description: 'What there is already, a whole number.', resolve: (error) => error.used }),
  }),
});
builder.objectType(InvalidStateError, {
  name: 'InvalidStateError',
  description: descriptions.INVALID_STATE,
  interfaces,
  // Not `state`: a client that selects the state of the thing in the same result would meet two types under one name.
  fields: (t) => ({ currentState: t.exposeString('state', { description: 'The state it is in.' }) }),
});
builder.objectType(NotReadyError, {
  name: 'NotReadyError',
  description: descriptions.NOT_READY,
  interfaces,
  fields: (t) => ({
    blockers: t.field({
      type: [ReadinessBlocker],
      description: 'What is missing, at least one.',
      resolve: (error) => [...error.blockers],
    }),
  }),
});

/** Why a file cannot become an image. */
export const pictureRefusals = {
  EMPTY: { description: 'It has no bytes.' },
  NOT_AN_IMAGE: { description: 'Its content is no image, whatever its name says.' },
  UNSUPPORTED_FORMAT: { description: 'An image, but of a format that is not taken (SVG, HEIC, PSD, ...).' },
  DAMAGED: { description: 'It is truncated or does not decode.' },
  TOO_MANY_BYTES: { description: 'Larger than the installation takes.' },
  TOO_MANY_PIXELS: { description: 'More pixels than the installation takes.' },
  SIDE_TOO_LONG: { description: 'Wider or higher than the installation takes.' },
  SIZE_MISMATCH: { description: 'Not as many bytes arrived as were announced.' },
  DIGEST_MISMATCH: { description: 'The SHA-256 of what arrived is not the one announced.' },
  NOT_RECEIVED: { description: 'The bytes were not sent to the upload address.' },
} satisfies Record<PictureRefusal, { description: string }>;
const PictureRefusalEnum = builder.enumType('PictureRefusal', {
  description: 'Why a file cannot become an image.',
  values: pictureRefusals,
});
builder.objectType(PictureRefusedError, {
  name: 'PictureRefusedError',
  description: descriptions.PICTURE_REFUSED,
  interfaces,
  fields: (t) => ({
    refusal: t.field({ type: PictureRefusalEnum, description: 'Why.', resolve: (error) => error.refusal }),
    fileName: t.exposeString('fileName', { description: 'Name under which the file was announced.' }),
  }),
});

builder.objectType(ArchiveRefusedError, {
  name: 'ArchiveRefusedError',
  description: descriptions.ARCHIVE_REFUSED,
  interfaces,
  fields: (t) => ({
    archiveRefusal: t.field({
      type: builder.enumType('ArchiveRefusal', {
        description: 'Why an archive, or an entry of it, is not read.',
        values: {
          EMPTY: { description: 'There is nothing in it.' },
          NOT_AN_ARCHIVE: { description: 'Its content is no ZIP, TAR or TAR.GZ, whatever its name says.' },
          UNSUPPORTED: { description: 'A form of archive that is not taken, such as a split ZIP.' },
          DAMAGED: { description: 'It is truncated or contradicts itself.' },
          ENCRYPTED: { description: 'Something in it needs a password.' },
          TOO_MANY_ENTRIES: { description: 'More entries than the installation takes.' },
          TOO_MANY_BYTES: { description: 'Unpacked it is larger than the installation takes.' },
          EXPANDS_TOO_MUCH: { description: 'It unpacks to many times its size, as a bomb does.' },
          OVERLAPPING_ENTRIES: { description: 'Entries share bytes, as in a bomb.' },
          ENTRY_DAMAGED: { description: 'One entry does not unpack to what it should.' },
          ENTRY_TOO_LARGE: { description: 'One entry is larger than a picture may be.' },
        } satisfies Record<ArchiveRefusal, { description: string }>,
      }),
      description: 'Why.',
      resolve: (error) => error.refusal,
    }),
    entry: t.string({
      nullable: true,
      description: 'Path of the entry at fault, if it is one.',
      resolve: (error) => error.entry ?? null,
    }),
  }),
});

builder.objectType(UnavailableError, {
  name: 'UnavailableError',
  description: descriptions.UNAVAILABLE,
  interfaces,
  fields: (t) => ({
    unavailability: t.field({
      type: builder.enumType('Unavailability', {
        description: 'Why a call cannot be answered for now.',
        values: {
          CALLER_BUSY: { description: 'The caller has as much under way as it may have.' },
          SERVER_BUSY: { description: 'The server has as much under way as it takes.' },
          INTERRUPTED: { description: 'The process that was to answer has ended.' },
          DEPLOYING: { description: 'The deployment is being started.' },
          IDENTITY_PROVIDER_AWAY: { description: 'The identity provider, whose token it is, does not answer.' },
        } satisfies Record<Unavailability, { description: string }>,
      }),
      description: 'Why.',
      resolve: (error) => error.reason,
    }),
    retryAfterSeconds: t.exposeInt('retryAfterSeconds', { description: 'When to try again.' }),
  }),
});

/** An error as the value of a field, such as one item's result: graphql-js takes a returned Error for a thrown one, so it is copied. */
export function errorValue(error: UserError): UserError {
  return { ...error, name: error.name, message: errorMessage(error) };
}

/** Every action checks access and parses input: the errors that any mutation can answer. */
export const commonErrors = [NotFoundError, PermissionDeniedError, ValidationError];
