import { findCaller, keepToken } from '../access/access-tokens.ts';
import type { Caller } from '../access/viewer.ts';
import { UnauthenticatedError } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';
import { admit } from './admit.ts';
import type { IdentityProvider } from './identity-provider.ts';

/** Three parts of base64url, the first of which is an object: what an access token of ours never is. What clients send may be no text. */
export const looksLikeJwt = (token: unknown): token is string =>
  typeof token === 'string' && /^eyJ[\w-]*\.[\w-]*\.[\w-]*$/.test(token);

/**
 * Whose JWT of the identity provider this is. At its first sight the user's rights become what it says, and its SHA-256 is kept as that of an
 * access token: so it can be revoked, its requests are limited, and streams end with it.
 * @throws {UnauthenticatedError} {UnavailableError} when the provider is needed and away.
 */
export async function authenticateJwt(
  platform: Platform,
  provider: IdentityProvider,
  token: string,
  requestId: string,
): Promise<Caller> {
  const { claims, expiresAt } = await provider.verify(token);
  const known = await findCaller(platform.db, token);
  if (known) return known;
  const { config } = provider;
  await admit(platform, config, { claims, action: 'acceptJwt', requestId }, async (tx, { id: userId }) => {
    const owner = { userId, name: 'JWT', expiresAt, origin: 'JWT', scope: config.tokenScope } as const;
    return { tokenId: await keepToken(tx, token, owner) };
  });
  const caller = await findCaller(platform.db, token);
  if (!caller) throw new UnauthenticatedError('The access token has expired.');
  return caller;
}
