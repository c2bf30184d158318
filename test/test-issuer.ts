import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose';

export interface Person {
  readonly sub: string;
  readonly [claim: string]: unknown;
}

interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: object;
}

interface Code {
  readonly query: URLSearchParams;
  readonly person: Person;
}

export const clientId = 'exemplar';
export const clientSecret = 'a secret of the test issuer';
export const audience = 'https://api.exemplar.test';

/** An OpenID Connect issuer over HTTP: code flow with PKCE, signed ID tokens, keys that can change. Whoever is `present` is logged in. */
export class TestIssuer {
  present: Person = { sub: 'nobody' };
  /** Changes what the ID token says, as an issuer would that is wrong or hostile. */
  falsify: (claims: JWTPayload) => object = (claims) => claims;
  /** In place of the token endpoint's ID token. */
  idToken: ((claims: JWTPayload) => Promise<string>) | undefined;
  readonly #server: Server;
  readonly #codes = new Map<string, Code>();
  #keys: SigningKey[] = [];
  #keyRequests = 0;
  url = '';

  private constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  static async open(): Promise<TestIssuer> {
    const issuer = new TestIssuer();
    await issuer.rotate();
    issuer.#server.listen(0, '127.0.0.1');
    await once(issuer.#server, 'listening');
    issuer.url = `http://127.0.0.1:${(issuer.#server.address() as AddressInfo).port}`;
    return issuer;
  }

  /** What an installation is told of this issuer. */
  environment(more: Readonly<Record<string, string>> = {}): Record<string, string> {
    return {
      EXEMPLAR_OIDC_ISSUER: this.url,
      EXEMPLAR_OIDC_CLIENT_ID: clientId,
      EXEMPLAR_OIDC_CLIENT_SECRET: clientSecret,
      EXEMPLAR_OIDC_AUDIENCE: audience,
      ...more,
    };
  }

  /** How often somebody has asked for the keys. */
  get keyRequests(): number {
    return this.#keyRequests;
  }

  get publicJwk(): object {
    return this.#keys[0]!.publicJwk;
  }

  /** Signs with a new key from now on, and shows no other. */
  async rotate(): Promise<void> {
    const { privateKey, publicKey } = await generateKeyPair('RS256');
    const kid = randomUUID();
    this.#keys = [{ kid, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' } }];
  }

  /** A JWT as a script would have it; `claims` replace or, being undefined, leave out. */
  accessToken(person: Person, claims: object = {}): Promise<string> {
    return this.sign({ aud: audience, ...person, ...claims });
  }

  sign(claims: object): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const { kid, privateKey } = this.#keys[0]!;
    return new SignJWT({ iss: this.url, iat: now, exp: now + 300, jti: randomUUID(), ...claims })
      .setProtectedHeader({ alg: 'RS256', kid })
      .sign(privateKey);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url!, this.url);
    const json = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (url.pathname === '/.well-known/openid-configuration')
      json(200, {
        issuer: this.url,
        authorization_endpoint: `${this.url}/authorize`,
        token_endpoint: `${this.url}/token`,
        jwks_uri: `${this.url}/keys`,
        end_session_endpoint: `${this.url}/logout`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        token_endpoint_auth_methods_supported: ['client_secret_post'],
      });
    else if (url.pathname === '/keys') {
      this.#keyRequests++;
      json(200, { keys: this.#keys.map(({ publicJwk }) => publicJwk) });
    } else if (url.pathname === '/authorize') this.#authorize(url.searchParams, response);
    else if (url.pathname === '/token') {
      const chunks: Buffer[] = [];
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
      const [status, body] = await this.#exchange(new URLSearchParams(Buffer.concat(chunks).toString()));
      json(status, body);
    } else json(404, {});
  }

  /** Nobody is asked: who is present agrees. */
  #authorize(query: URLSearchParams, response: ServerResponse): void {
    const code = randomUUID();
    this.#codes.set(code, { query, person: this.present });
    const location = new URL(query.get('redirect_uri')!);
    location.searchParams.set('code', code);
    location.searchParams.set('state', query.get('state')!);
    response.writeHead(302, { location: location.href }).end();
  }

  async #exchange(form: URLSearchParams): Promise<[number, object]> {
    const refuse = (error: string): [number, object] => [400, { error }];
    if (form.get('client_id') !== clientId || form.get('client_secret') !== clientSecret)
      return [401, { error: 'invalid_client' }];
    const code = this.#codes.get(form.get('code')!);
    // Good for one exchange.
    this.#codes.delete(form.get('code')!);
    if (!code || form.get('redirect_uri') !== code.query.get('redirect_uri')) return refuse('invalid_grant');
    const challenge = createHash('sha256').update(form.get('code_verifier')!).digest('base64url');
    if (code.query.get('code_challenge') !== challenge || code.query.get('code_challenge_method') !== 'S256')
      return refuse('invalid_grant');
    const now = Math.floor(Date.now() / 1000);
    const said = { iss: this.url, aud: clientId, iat: now, exp: now + 300, nonce: code.query.get('nonce')! };
    const claims = this.falsify({ ...said, ...code.person });
    const idToken = this.idToken ? await this.idToken(claims as JWTPayload) : await this.sign(claims);
    return [200, { access_token: 'opaque', token_type: 'Bearer', expires_in: 300, id_token: idToken }];
  }
}
