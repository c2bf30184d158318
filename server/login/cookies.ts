import type { IncomingHttpHeaders } from 'node:http';

/** `__Host-`: browsers take it over HTTPS from this very host only, so that no neighbour can put one in its place. */
export const sessionCookie = '__Host-exemplar';
export const attemptCookie = '__Host-exemplar-login';

/** The first value of a name; undefined without one. */
export function readCookie({ cookie }: IncomingHttpHeaders, name: string): string | undefined {
  for (const pair of cookie?.split(';') ?? []) {
    const [key, value] = pair.split('=', 2);
    if (key!.trim() === name) return value?.trim();
  }
  return undefined;
}

/** No script reads it, and requests that other sites make do not carry it, but for links to pages. */
export const writeCookie = (name: string, value: string, seconds: number): string =>
  `${name}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; Secure; SameSite=Lax`;

export const clearCookie = (name: string): string => writeCookie(name, '', 0);
