import type { IncomingHttpHeaders } from 'node:http';
import { authenticateCaller } from '#core/access/access-tokens.ts';
import type { Caller, Viewer } from '#core/access/viewer.ts';
import { authenticateJwt, looksLikeJwt } from '#core/identity/authenticate-jwt.ts';
import { IdentityProvider } from '#core/identity/identity-provider.ts';
import { ForeignPageError, UnauthenticatedError } from '#core/platform/errors.ts';
import type { Platform } from '#core/platform/platform.ts';
import { bearerToken } from './bearer-token.ts';
import { readCookie, sessionCookie } from './login/cookies.ts';
import { isOwnPage } from './login/own-page.ts';
import { currentRequestId } from './request-id.ts';

/** Who asks: by an access token, a JWT of the identity provider or the cookie of a login. */
export class Authenticator {
  /** Undefined where nobody logs in. */
  readonly provider: IdentityProvider | undefined;
  readonly #platform: Platform;

  constructor(platform: Platform) {
    const { oidc } = platform.config;
    this.#platform = platform;
    this.provider = oidc && new IdentityProvider(oidc, platform.log);
  }

  /** Where browsers reach this installation, without a slash at the end. */
  get ownAddress(): string {
    return this.provider?.config.redirectUrl ?? this.#platform.publicUrl;
  }

  get ownOrigin(): string {
    return new URL(this.ownAddress).origin;
  }

  /** @throws {UnauthenticatedError} also for a token of a deployment; {UnavailableError} */
  async viewer(token: string): Promise<Viewer> {
    const { deploymentId, ...viewer } = await this.caller(token);
    if (deploymentId !== null)
      throw new UnauthenticatedError('This access token is for calls of one deployment and for nothing else.');
    return viewer;
  }

  /** As `viewer`, for calls of deployments. */
  caller(token: string): Promise<Caller> {
    const { provider } = this;
    return provider && looksLikeJwt(token)
      ? authenticateJwt(this.#platform, provider, token, currentRequestId())
      : authenticateCaller(this.#platform.db, token);
  }

  /**
   * The token that a request brings, in its header or, where people log in, in their cookie; undefined without one.
   * @throws {UnauthenticatedError} when the header is malformed. {ForeignPageError} when the cookie comes from a page of another origin.
   */
  tokenOf(headers: IncomingHttpHeaders): string | undefined {
    const bearer = bearerToken(headers.authorization);
    if (bearer !== undefined || !this.provider) return bearer;
    const token = readCookie(headers, sessionCookie);
    if (!token) return undefined;
    if (!isOwnPage(headers, this.ownOrigin)) throw new ForeignPageError();
    return token;
  }

  /** Undefined for who brings nothing. @throws as `tokenOf` and `viewer` */
  async viewerOf(headers: IncomingHttpHeaders, connectionToken?: string): Promise<Viewer | undefined> {
    // Null is no token, and none of ours either.
    const token = connectionToken === undefined ? this.tokenOf(headers) : connectionToken;
    return token === undefined ? undefined : this.viewer(token);
  }
}
