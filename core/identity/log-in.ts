import { issueToken } from '../access/access-tokens.ts';
import type { IdentityClaims } from '../access/identity/identity-claims.ts';
import type { OidcConfig } from '../platform/oidc-config.ts';
import type { Platform } from '../platform/platform.ts';
import { admit } from './admit.ts';

/** A login in a browser: a token worth all of the user, for as long as is configured. @throws {UserDisabledError} */
export function logIn(
  platform: Platform,
  config: OidcConfig,
  claims: IdentityClaims,
  requestId: string,
): Promise<{ token: string; tokenId: string; expiresAt: Date }> {
  const expiresAt = new Date(Date.now() + config.sessionMinutes * 60_000);
  return admit(platform, config, { claims, action: 'logIn', requestId }, async (tx, { id: userId }) => {
    const { token, accessToken } = await issueToken(tx, { userId, name: 'login', expiresAt, origin: 'LOGIN' });
    return { token, tokenId: accessToken.id, expiresAt };
  });
}
