import { UnauthenticatedError } from '#core/platform/errors.ts';

/** The token of an authorization header; undefined without one. @throws {UnauthenticatedError} when there is one that is no bearer token. */
export function bearerToken(header: string | null | undefined): string | undefined {
  if (header == null) return undefined;
  const match = /^Bearer +(\S+)$/i.exec(header);
  if (!match) throw new UnauthenticatedError('The authorization header must look like `Bearer exm_...`.');
  return match[1];
}
