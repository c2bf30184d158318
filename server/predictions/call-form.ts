import type { DeploymentSelector } from '#core/deployments/find-served.ts';
import type { ServedCall } from '#core/deployments/answer-call.ts';
import type { UnauthenticatedError, UserError } from '#core/platform/errors.ts';

/** A way to call a deployment over HTTP: our own, or that of a system which an application knew before. */
export interface CallForm {
  readonly deployment: DeploymentSelector;
  /** The project that the address names besides. */
  readonly projectId?: string;
  /** Pictures of one call. */
  readonly pictures: number;
  /** Whether the address forbids that the pictures are kept. */
  readonly isStored: boolean;
  /** @param fileNames one for each result. */
  write(call: ServedCall, fileNames: readonly string[]): object;
  writeError(error: UserError | UnauthenticatedError): object;
}
