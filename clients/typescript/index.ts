export { createExemplar, type Exemplar, type ExemplarOptions } from './create-exemplar.ts';
export { hasMistake, orThrow, ResultError, unknownMember, type Mistake, type Success } from './result.ts';
export { Pages, type PageOptions } from './pages.ts';
export {
  ConnectionError,
  ExemplarError,
  RequestError,
  UnauthenticatedError,
  type GraphQLErrorAnswer,
} from './connection/errors.ts';
export type { CallOptions } from './connection/call-options.ts';
export type { RetryOptions } from './connection/retry.ts';
export type { TokenProvider } from './connection/token-source.ts';
export type { Disconnect, WatchOptions } from './connection/watch-options.ts';
export type { UploadSource } from './uploads/blob-of.ts';
export type { ImportUpload, SendImportResult } from './uploads/send-import.ts';
export type { UploadFile, UploadOptions, UploadProgress, UploadResult } from './uploads/upload-images.ts';
export type * from './areas/access.ts';
export type * from './areas/annotations.ts';
export type * from './areas/base-models.ts';
export type * from './areas/dataset-versions.ts';
export type * from './areas/deployments.ts';
export type * from './deployments/call-deployment.ts';
export type * from './areas/evaluations.ts';
export type * from './areas/exports.ts';
export type * from './areas/images.ts';
export type * from './areas/imports.ts';
export type * from './areas/installation.ts';
export type * from './areas/labels.ts';
export type * from './areas/model-versions.ts';
export type * from './areas/predictions.ts';
export type * from './areas/project-events.ts';
export type * from './areas/projects.ts';
export type * from './areas/readiness.ts';
export type * from './areas/served-predictions.ts';
export type * from './areas/training-events.ts';
export type * from './areas/trainings.ts';
export type * from './areas/transfer-events.ts';
export type * from './areas/transfers.ts';
export type * from './areas/trash.ts';
export type * from './areas/user-error.ts';
/** The inputs and enums of the contract; enums are unions of their names and can grow. */
export type * from './generated/graphql.ts';
