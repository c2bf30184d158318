import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import * as client from 'openid-client';
import type { IdentityClaims } from '../access/identity/identity-claims.ts';
import { UnauthenticatedError, UnavailableError } from '../platform/errors.ts';
import type { Log } from '../platform/log.ts';
import type { OidcConfig } from '../platform/oidc-config.ts';
import { readClaims } from './read-claims.ts';

/** Signatures with a key of the issuer's own; nothing that a public key, or nobody's, could have made. */
const algorithms = ['RS', 'PS', 'ES']
  .flatMap((family) => [256, 384, 512].map((bits) => family + bits))
  .concat('EdDSA', 'Ed25519');
/** Two clocks may differ by so much. */
const toleranceSeconds = 10;
const timeoutSeconds = 5;
const longestToken = 16 * 1024;

/** What a browser is sent away with, and must come back with. */
export interface LoginAttempt {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Keys are fetched again for a key id that is not among them, but not more often than every 30 s. */
interface Provider {
  readonly configuration: client.Configuration;
  readonly keys: JWTVerifyGetKey;
}

/**
 * The OpenID Connect issuer of the installation: code flow with PKCE, state and nonce, and the check of its tokens. What it says of itself is
 * asked for at first use; an issuer that is away keeps nobody from anything but logging in.
 */
export class IdentityProvider {
  readonly config: OidcConfig;
  readonly #log: Log;
  #known: Promise<Provider> | undefined;

  constructor(config: OidcConfig, log: Log) {
    this.config = config;
    this.#log = log;
  }

  /** Where to send a browser. @throws {UnavailableError} */
  async begin(redirectUri: string): Promise<{ url: URL; attempt: LoginAttempt }> {
    const { configuration } = await this.#provider();
    const attempt = {
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
    };
    const url = client.buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      scope: this.config.scopes.join(' '),
      state: attempt.state,
      nonce: attempt.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(attempt.verifier),
      code_challenge_method: 'S256',
    });
    return { url, attempt };
  }

  /**
   * Who came back, from the address they came back to. @throws {UnauthenticatedError} when it is not the answer to the attempt, or the issuer
   * or we refuse it; {UnavailableError}
   */
  async finish(callback: URL, { state, nonce, verifier }: LoginAttempt): Promise<IdentityClaims> {
    const { configuration, keys } = await this.#provider();
    const tokens = await this.#ask('the login', () =>
      client.authorizationCodeGrant(configuration, callback, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      }),
    );
    // openid-client trusts the connection to the token endpoint; the signature is checked besides.
    return readClaims(await this.#verify(tokens.id_token!, keys, this.config.clientId), this.config);
  }

  /** Whose JWT this is, and until when. @throws {UnauthenticatedError} {UnavailableError} */
  async verify(token: string): Promise<{ claims: IdentityClaims; expiresAt: Date }> {
    const { audience } = this.config;
    if (audience === undefined || token.length > longestToken) throw refused('such tokens are not taken here');
    const payload = await this.#verify(token, (await this.#provider()).keys, audience);
    // An ID token says who somebody is to the one application it was made for; it is no key to an API.
    if (['nonce', 'at_hash', 'c_hash', 's_hash', 'events'].some((name) => name in payload) || payload['typ'] === 'ID')
      throw refused('it is no access token');
    return { claims: readClaims(payload, this.config), expiresAt: new Date(payload.exp! * 1000) };
  }

  /** Where a browser ends its session at the issuer too; undefined where it has no such address. @throws {UnavailableError} */
  async endSessionUrl(returnTo: string): Promise<URL | undefined> {
    const { configuration } = await this.#provider();
    if (configuration.serverMetadata().end_session_endpoint === undefined) return undefined;
    return client.buildEndSessionUrl(configuration, { post_logout_redirect_uri: returnTo });
  }

  async #verify(token: string, keys: JWTVerifyGetKey, audience: string): Promise<JWTPayload> {
    const { issuer } = this.config;
    const { payload } = await this.#ask('the check of a token', () =>
      jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms,
        clockTolerance: toleranceSeconds,
        requiredClaims: ['sub', 'exp', 'iat'],
      }),
    );
    return payload;
  }

  async #provider(): Promise<Provider> {
    const asked = (this.#known ??= this.#discover());
    try {
      return await asked;
    } catch (error) {
      if (this.#known === asked) this.#known = undefined;
      this.#log.warn({ cause: describe(error) }, 'the identity provider did not tell its configuration');
      throw away();
    }
  }

  async #discover(): Promise<Provider> {
    const { issuer, clientId, clientSecret } = this.config;
    const isInsecure = issuer.startsWith('http:');
    const metadata = { client_secret: clientSecret, [client.clockTolerance]: toleranceSeconds };
    const configuration = await client.discovery(new URL(issuer), clientId, metadata, undefined, {
      execute: isInsecure ? [client.allowInsecureRequests] : [],
      timeout: timeoutSeconds,
    });
    const { jwks_uri: address = '' } = configuration.serverMetadata();
    if (!isInsecure && !address.startsWith('https:'))
      throw new Error('The keys of the issuer are not at an https address.');
    return { configuration, keys: createRemoteJWKSet(new URL(address), { timeoutDuration: timeoutSeconds * 1000 }) };
  }

  /** Tells what is wrong with what was brought from what is wrong with the issuer. */
  async #ask<T>(what: string, run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      const reason = refusalOf(error);
      if (reason !== undefined) {
        this.#log.info({ reason }, `${what} was refused`);
        throw refused(reason);
      }
      this.#log.warn({ cause: describe(error) }, `the identity provider failed at ${what}`);
      throw away();
    }
  }
}

/** Without what errors carry along, which may be tokens and codes. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { name, message, cause } = error;
  return `${name}: ${message}${cause instanceof Error ? ` (${cause.message})` : ''}`;
}

const away = () =>
  new UnavailableError(
    'IDENTITY_PROVIDER_AWAY',
    'The identity provider does not answer. Access tokens work all the same; try again in a moment.',
    5,
  );
const refused = (reason: string) =>
  new UnauthenticatedError(`The identity provider's answer is not accepted: ${reason}.`);

const claimNames: Readonly<Record<string, string>> = {
  aud: 'it was made for another audience',
  iss: 'another issuer has made it',
  nbf: 'its time has not come',
};

/** Why, in our words, since those of a stranger would be shown as ours; undefined when it is the issuer that fails. */
function refusalOf(error: unknown): string | undefined {
  if (error instanceof errors.JWTExpired) return 'it has expired';
  if (error instanceof errors.JWTClaimValidationFailed) return claimNames[error.claim] ?? 'a claim is missing or wrong';
  if (error instanceof errors.JOSEAlgNotAllowed) return 'its algorithm is not allowed';
  if (error instanceof errors.JWKSNoMatchingKey) return 'it is signed with a key that the issuer does not show';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'its signature is wrong';
  if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) return undefined;
  // The rest of jose's: not 200 where the keys should be, or a malformed token.
  if (error instanceof errors.JOSEError) return error.code === 'ERR_JOSE_GENERIC' ? undefined : 'it is malformed';
  if (error instanceof client.AuthorizationResponseError) return 'the login was refused or given up';
  if (error instanceof client.ResponseBodyError)
    return error.status >= 500 ? undefined : 'the code is unknown, used or too old';
  if (error instanceof client.ClientError) return isAway(error) ? undefined : 'it does not belong to this login';
  return undefined;
}

function isAway({ code, cause }: client.ClientError): boolean {
  if (code === 'OAUTH_TIMEOUT' || code === 'OAUTH_ABORT') return true;
  return code === 'OAUTH_RESPONSE_IS_NOT_CONFORM' && cause instanceof Response && cause.status >= 500;
}
