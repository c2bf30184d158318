import type { IncomingMessage, ServerResponse } from 'node:http';
import { receiveUpload } from '#core/images/receive-upload.ts';
import { InvalidStateError, NotFoundError, PictureRefusedError, UserError } from '#core/platform/errors.ts';
import type { Platform } from '#core/platform/platform.ts';
import { verifyGrant } from '#core/platform/signed-url.ts';
import { sendJson } from './send-json.ts';

/** `PUT /uploads/:id?expires&signature`: the bytes of an announced file, streamed to the object store. */
export async function handleUpload(
  platform: Platform,
  request: IncomingMessage,
  response: ServerResponse,
  uploadId: string,
  query: URLSearchParams,
): Promise<void> {
  if (!verifyGrant(platform.signingSecret, 'PUT', uploadId, query, Date.now())) {
    request.resume();
    return sendJson(response, 403, {
      code: 'FORBIDDEN',
      message: 'The upload address is not valid or has expired; ask createImageUploads for a new one.',
    });
  }
  try {
    const bytes = await receiveUpload(platform, uploadId, request);
    sendJson(response, 200, { uploadId, bytes });
  } catch (error) {
    // The sender has gone; nobody is left to answer.
    if (error === request.errored) return;
    if (!(error instanceof UserError)) throw error;
    // What is still under way of a refused body is not read to its end.
    response.setHeader('connection', 'close');
    const status = error instanceof NotFoundError ? 404 : error instanceof InvalidStateError ? 409 : 413;
    const picture = error instanceof PictureRefusedError && { refusal: error.refusal, fileName: error.fileName };
    sendJson(response, status, { code: error.code, message: error.message, ...picture });
  }
}
