import type { IncomingMessage, ServerResponse } from 'node:http';
import type { IdentityProvider } from '#core/identity/identity-provider.ts';
import { logIn } from '#core/identity/log-in.ts';
import { logOut } from '#core/identity/log-out.ts';
import { UnauthenticatedError, UnavailableError, UserDisabledError } from '#core/platform/errors.ts';
import type { Platform } from '#core/platform/platform.ts';
import type { Authenticator } from '../authenticator.ts';
import { currentRequestId } from '../request-id.ts';
import { sendJson } from '../send-json.ts';
import { attemptCookie, clearCookie, readCookie, sessionCookie, writeCookie } from './cookies.ts';
import { isOwnPage } from './own-page.ts';
import { returnAddress } from './return-address.ts';
import { attemptSeconds, openAttempt, sealAttempt } from './sealed-attempt.ts';

export interface LoginServices {
  readonly platform: Platform;
  readonly authenticator: Authenticator;
}

const callbackPath = '/login/callback';

/** `GET /login[?returnTo=/path]`, `GET /login/callback`, `POST /logout`. Returns whether it was one of these. */
export async function handleLogin(
  { platform, authenticator }: LoginServices,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<boolean> {
  const { provider } = authenticator;
  if (!provider) return false;
  const route = `${request.method} ${url.pathname}`;
  if (route !== 'GET /login' && route !== `GET ${callbackPath}` && route !== 'POST /logout') return false;
  response.setHeader('cache-control', 'no-store');
  const base = authenticator.ownAddress;
  try {
    if (route === 'GET /login') await begin(platform, provider, base, response, url.searchParams.get('returnTo'));
    else if (route === 'POST /logout') await answerLogOut(platform, authenticator, provider, request, response);
    else await finish(platform, provider, base, request, response, url.search);
  } catch (error) {
    refuse(error, response);
  }
  return true;
}

async function begin(
  { signingSecret }: Platform,
  provider: IdentityProvider,
  base: string,
  response: ServerResponse,
  returnTo: string | null,
): Promise<void> {
  const { url, attempt } = await provider.begin(base + callbackPath);
  const sealed = await sealAttempt(signingSecret, { ...attempt, returnTo: returnAddress(base, returnTo) });
  response.setHeader('set-cookie', writeCookie(attemptCookie, sealed, attemptSeconds));
  response.writeHead(303, { location: url.href }).end();
}

async function finish(
  platform: Platform,
  provider: IdentityProvider,
  base: string,
  request: IncomingMessage,
  response: ServerResponse,
  search: string,
): Promise<void> {
  const sealed = readCookie(request.headers, attemptCookie);
  const attempt = sealed === undefined ? undefined : await openAttempt(platform.signingSecret, sealed);
  // Good for one try, whatever becomes of it.
  response.setHeader('set-cookie', clearCookie(attemptCookie));
  if (!attempt)
    throw new UnauthenticatedError('This browser has not begun a login here, or too long ago. Begin again at /login.');
  // From the configured address: what a client says that it has asked for must not decide about it.
  const claims = await provider.finish(new URL(base + callbackPath + search), attempt);
  const session = await logIn(platform, provider.config, claims, currentRequestId());
  const seconds = Math.floor((session.expiresAt.getTime() - Date.now()) / 1000);
  response.setHeader('set-cookie', [
    clearCookie(attemptCookie),
    writeCookie(sessionCookie, session.token, Math.max(1, seconds)),
  ]);
  response.writeHead(303, { location: attempt.returnTo }).end();
}

/** Ends the session of the cookie; what is over already ends once more. Tells where the issuer ends its own. */
async function answerLogOut(
  platform: Platform,
  authenticator: Authenticator,
  provider: IdentityProvider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  request.resume();
  if (!isOwnPage(request.headers, authenticator.ownOrigin))
    return sendJson(response, 403, { code: 'FORBIDDEN', message: 'Pages of other origins log nobody out.' });
  const token = readCookie(request.headers, sessionCookie);
  if (token) await endSession(platform, authenticator, token);
  response.setHeader('set-cookie', clearCookie(sessionCookie));
  const url = await provider.endSessionUrl(`${authenticator.ownAddress}/`).catch(() => undefined);
  sendJson(response, 200, { endSessionUrl: url?.href ?? null });
}

async function endSession(platform: Platform, authenticator: Authenticator, token: string): Promise<void> {
  try {
    await logOut({ platform, viewer: await authenticator.viewer(token) }, currentRequestId());
  } catch (error) {
    if (!(error instanceof UnauthenticatedError)) throw error;
  }
}

function refuse(error: unknown, response: ServerResponse): void {
  if (error instanceof UserDisabledError)
    return sendJson(response, 403, { code: 'USER_DISABLED', message: error.message });
  if (error instanceof UnauthenticatedError)
    return sendJson(response, 401, { code: 'LOGIN_REFUSED', message: error.message });
  if (!(error instanceof UnavailableError)) throw error;
  response.setHeader('retry-after', String(error.retryAfterSeconds));
  sendJson(response, 503, { code: error.code, reason: error.reason, message: error.message });
}
