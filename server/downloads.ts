import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { downloadHeaders } from '#core/platform/download-headers.ts';
import { ObjectMissingError } from '#core/platform/objects/object-store.ts';
import type { Platform } from '#core/platform/platform.ts';
import { verifyGrant } from '#core/platform/signed-url.ts';
import { readByteRange } from './byte-range.ts';
import { sendJson } from './send-json.ts';

/**
 * `GET /objects/:key?expires&signature`: stored bytes, all of them or one range, at the pace of the reader. Content never changes under a key, so
 * browsers may keep it, and a download that broke off goes on where it was.
 */
export async function handleDownload(
  platform: Platform,
  request: IncomingMessage,
  response: ServerResponse,
  key: string,
  query: URLSearchParams,
): Promise<void> {
  if (!verifyGrant(platform.signingSecret, 'GET', key, query, Date.now()))
    return sendJson(response, 403, { code: 'FORBIDDEN', message: 'The address is not valid or has expired.' });
  const headers = {
    ...downloadHeaders(key),
    'accept-ranges': 'bytes',
    // Uploaded bytes are foreign: opened by themselves they are no page of ours.
    'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
  };
  const { range: asked, 'if-range': condition, 'if-none-match': known } = request.headers;
  const isRead = request.method === 'GET';
  try {
    if (isRead && asked === undefined && known === undefined) {
      const { stream, bytes } = await platform.objects.open(key);
      response.writeHead(200, { ...headers, etag: entityTag(key, bytes), 'content-length': bytes });
      return await pipeline(stream, response);
    }
    const size = await platform.objects.size(key);
    if (size === undefined) return sendMissing(response);
    const etag = entityTag(key, size);
    if (isKnown(known, etag)) {
      response.writeHead(304, { etag, 'cache-control': headers['cache-control'] }).end();
      return;
    }
    // Of HEAD a range means nothing, and who has begun with other bytes begins anew.
    const range = isRead && (condition ?? etag) === etag ? readByteRange(asked, size) : undefined;
    if (range === 'UNSATISFIABLE') {
      response.setHeader('content-range', `bytes */${size}`);
      return sendJson(response, 416, { code: 'RANGE_NOT_SATISFIABLE', message: `There are ${size} bytes.` });
    }
    if (!isRead) {
      response.writeHead(200, { ...headers, etag, 'content-length': size }).end();
      return;
    }
    const { stream, bytes } = await platform.objects.open(key, range);
    response.writeHead(range ? 206 : 200, {
      ...headers,
      etag,
      'content-length': bytes,
      ...(range && { 'content-range': `bytes ${range.start}-${range.end}/${size}` }),
    });
    await pipeline(stream, response);
  } catch (error) {
    if (error instanceof ObjectMissingError) return sendMissing(response);
    if ((error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE') return;
    throw error;
  }
}

const sendMissing = (response: ServerResponse): void =>
  sendJson(response, 404, { code: 'NOT_FOUND', message: 'The bytes are not there any more.' });

/** The same at every server and whatever store has the bytes. */
const entityTag = (key: string, size: number): string =>
  `"${createHash('sha256').update(`${key}\n${size}`).digest('base64url').slice(0, 22)}"`;

/** `If-None-Match`, which compares weakly: `W/` before a tag means nothing. */
const isKnown = (header: string | undefined, tag: string): boolean =>
  header !== undefined &&
  header
    .split(',')
    .map((each) => each.trim().replace(/^W\//, ''))
    .some((each) => each === tag || each === '*');
