import type { IncomingHttpHeaders } from 'node:http';

/** Any value: a page of another origin cannot send it without asking first, which CORS does not allow. */
export const requestHeader = 'x-exemplar-request';

/**
 * Whether a request that browsers send a cookie with was made by a page of ours. A page of another origin can make a browser send one as
 * well, but not without saying where it comes from: `Origin` with every POST and WebSocket, `Sec-Fetch-Site` with all else.
 * @param ownOrigin where browsers reach this installation.
 */
export function isOwnPage(headers: IncomingHttpHeaders, ownOrigin: string): boolean {
  if (headers.origin !== undefined) return headers.origin === ownOrigin;
  return headers['sec-fetch-site'] === 'same-origin' || headers[requestHeader] !== undefined;
}
