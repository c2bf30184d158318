import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { ObjectMissingError } from '#core/platform/objects/object-store.ts';
import type { Platform } from '#core/platform/platform.ts';
import { verifyGrant } from '#core/platform/signed-url.ts';
import { sendJson } from './send-json.ts';

/** By the last part of the key; anything else is offered as a file, never shown. */
const shownTypes: Record<string, string> = {
  normalised: 'image/jpeg',
  thumbnail: 'image/webp',
};

/** `GET /objects/:key?expires&signature`: stored bytes. Content never changes under a key, so browsers may keep it. */
export async function handleDownload(
  platform: Platform,
  request: IncomingMessage,
  response: ServerResponse,
  key: string,
  query: URLSearchParams,
): Promise<void> {
  if (!verifyGrant(platform.signingSecret, 'GET', key, query, Date.now()))
    return sendJson(response, 403, { code: 'FORBIDDEN', message: 'The address is not valid or has expired.' });
  try {
    const { stream, bytes } = await platform.objects.open(key);
    const name = key.split('/').at(-1)!;
    const shown = shownTypes[name];
    response.writeHead(200, {
      'content-type': shown ?? (name.endsWith('.zip') ? 'application/zip' : 'application/octet-stream'),
      'content-length': bytes,
      'content-disposition': shown ? 'inline' : `attachment; filename="${name}"`,
      'cache-control': 'private, max-age=3600, immutable',
      // Uploaded bytes are foreign: opened by themselves they are no page of ours.
      'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    });
    if (request.method === 'HEAD') {
      stream.destroy();
      response.end();
    } else await pipeline(stream, response);
  } catch (error) {
    if (error instanceof ObjectMissingError)
      return sendJson(response, 404, { code: 'NOT_FOUND', message: 'The bytes are not there any more.' });
    if ((error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE') return;
    throw error;
  }
}
