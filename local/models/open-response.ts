import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import * as http from 'node:http';
import * as https from 'node:https';
import { collectBody } from './collect-body.ts';
import { UnsafeRedirectError } from './models-error.ts';

const maximumRedirects = 5;

export interface RequestSettings {
  readonly headers: OutgoingHttpHeaders;
  /** A server that sends nothing for so long is given up. */
  readonly stallMilliseconds: number;
  readonly signal: AbortSignal;
}

export interface Answer {
  readonly response: IncomingMessage;
  readonly body: AsyncIterable<Buffer>;
}

/** The server was silent for too long. */
export class StalledError extends Error {
  constructor(milliseconds: number) {
    super(`nothing came for ${milliseconds / 1000} s`);
    this.name = 'StalledError';
  }
}

/**
 * The answer to a GET, after at most 5 redirects; whoever does not read its body to the end destroys the response. What is not https is followed to 127.0.0.1 only.
 * @throws {UnsafeRedirectError} @throws {StalledError} also while the body is read; otherwise what node:http throws
 */
export async function openResponse(address: string, settings: RequestSettings): Promise<Answer> {
  for (let url = new URL(address), redirects = 0; ; redirects++) {
    const answer = await get(url, settings);
    const { response } = answer;
    const { location } = response.headers;
    if (![301, 302, 303, 307, 308].includes(response.statusCode!) || location === undefined) return answer;
    response.destroy();
    if (!URL.canParse(location, url.href)) throw new UnsafeRedirectError(url.href, location, 'it is no address');
    const next = new URL(location, url.href);
    const isSafe = next.protocol === 'https:' || (next.protocol === 'http:' && next.hostname === '127.0.0.1');
    if (!isSafe) throw new UnsafeRedirectError(url.href, next.href, 'it is not https');
    if (redirects === maximumRedirects)
      throw new UnsafeRedirectError(url.href, next.href, `these are more than ${maximumRedirects} redirects`);
    url = next;
  }
}

function get(url: URL, { headers, stallMilliseconds, signal }: RequestSettings): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? https : http).get(url, { headers, signal });
    let response: IncomingMessage | undefined;
    request.setTimeout(stallMilliseconds, () => (response ?? request).destroy(new StalledError(stallMilliseconds)));
    request.once('response', (incoming) => {
      response = incoming;
      resolve({ response, body: collectBody(response) });
    });
    // It goes on to listen: an error after the response reaches the reader of the body.
    request.on('error', reject);
  });
}
