import type { IncomingMessage, ServerResponse } from 'node:http';

/** What a page may read of an answer beside its body. */
const exposed = 'x-request-id, retry-after, accept-ranges, content-disposition, content-length, content-range, etag';

/**
 * Whether pages of an origin may use this server. They bring a token in a header; the cookie of a login counts from our own pages only
 * (login/own-page.ts), so `*` gives nothing away by itself.
 */
export const allowsOrigin = (origins: readonly string[], origin: string): boolean =>
  origins.includes('*') || origins.includes(origin);

/**
 * Says in the answer which pages may read it, and answers preflights. Without a word from us browsers keep pages of other origins away;
 * everyone else may come from anywhere.
 * @returns whether the request was answered
 */
export function answerCors(origins: readonly string[], request: IncomingMessage, response: ServerResponse): boolean {
  const { origin } = request.headers;
  const open = origins.includes('*');
  if (origins.length > 0 && !open) response.setHeader('vary', 'Origin');
  if (origin !== undefined && allowsOrigin(origins, origin)) {
    response.setHeader('access-control-allow-origin', open ? '*' : origin);
    response.setHeader('access-control-expose-headers', exposed);
    if (request.method === 'OPTIONS') {
      response.setHeader('access-control-allow-methods', 'GET, HEAD, POST, PUT');
      response.setHeader(
        'access-control-allow-headers',
        'authorization, content-type, if-none-match, if-range, prediction-key, range, x-auth-token, x-exemplar-store',
      );
      response.setHeader('access-control-max-age', '86400');
    }
  }
  if (request.method !== 'OPTIONS') return false;
  response.writeHead(204).end();
  return true;
}

/** Whether a WebSocket may be opened: browsers let pages of any origin try, so that the server must look. */
export function allowsWebSocket(
  origins: readonly string[],
  publicUrl: string,
  headers: IncomingMessage['headers'],
): boolean {
  const { origin, host } = headers;
  if (origin === undefined || allowsOrigin(origins, origin)) return true;
  const page = URL.parse(origin);
  return page !== null && (page.host === host || page.origin === URL.parse(publicUrl)?.origin);
}
