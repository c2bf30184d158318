import type { JWTPayload } from 'jose';
import type { IdentityClaims } from '../access/identity/identity-claims.ts';
import { UnauthenticatedError } from '../platform/errors.ts';
import type { OidcConfig } from '../platform/oidc-config.ts';

/** Of a subject, as the standard bounds it. */
const longestSubject = 255;

/**
 * What a verified token says of its user. @throws {UnauthenticatedError} when it names nobody, or says that it leaves groups out: what it does
 * not say would be taken away.
 */
export function readClaims(payload: JWTPayload, { issuer, groupsClaim }: OidcConfig): IdentityClaims {
  const { sub: subject, iat } = payload;
  if (typeof subject !== 'string' || subject === '' || subject.length > longestSubject || subject.includes('\0'))
    throw new UnauthenticatedError('The token of the identity provider names no subject.');
  const elsewhere = payload['_claim_names'];
  if (typeof elsewhere === 'object' && elsewhere !== null && groupsClaim in elsewhere)
    throw new UnauthenticatedError(
      `The user has more groups than the identity provider puts into a token (claim ${groupsClaim}). Let it name those of this application only.`,
    );
  return {
    issuer,
    subject,
    name: nameOf(payload) ?? subject,
    groups: groupsOf(payload, groupsClaim),
    issuedAt: new Date(iat! * 1000),
  };
}

function nameOf(payload: JWTPayload): string | undefined {
  for (const claim of ['preferred_username', 'name', 'email'])
    if (typeof payload[claim] === 'string' && payload[claim].trim() !== '') return payload[claim];
  return undefined;
}

/** A claim by its name, or by the way to it, such as `realm_access.roles`. */
function groupsOf(payload: JWTPayload, claim: string): string[] {
  let value: unknown = payload[claim];
  if (value === undefined) {
    value = payload;
    for (const part of claim.split('.'))
      value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[part] : undefined;
  }
  const groups = typeof value === 'string' ? [value] : Array.isArray(value) ? (value as unknown[]) : [];
  return groups.filter((group) => typeof group === 'string');
}
