import { receiveBaseModelUpload, uploadKey } from '#core/base-models/base-model-uploads.ts';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { receiveUpload } from '#core/images/receive-upload.ts';
import { InvalidStateError, NotFoundError, PictureRefusedError, UserError } from '#core/platform/errors.ts';
import type { Platform } from '#core/platform/platform.ts';
import { importUploadSubject, receiveImportUpload } from '#core/transfer/imports/import-uploads.ts';
import { verifyGrant } from '#core/platform/signed-url.ts';
import { sendJson } from './send-json.ts';

/** What a signed address takes, and how. */
const receivers = {
  uploads: { subjectOf: (id: string) => id, receive: receiveUpload, origin: 'createImageUploads' },
  'import-uploads': { subjectOf: importUploadSubject, receive: receiveImportUpload, origin: 'createImportUpload' },
  'base-model-uploads': { subjectOf: uploadKey, receive: receiveBaseModelUpload, origin: 'createBaseModelUpload' },
};
export type UploadKind = keyof typeof receivers;

/** `PUT /uploads/:id?expires&signature`, `PUT /base-model-uploads/:id?...`: the bytes of an announced file, streamed to the object store. */
export async function handleUpload(
  platform: Platform,
  request: IncomingMessage,
  response: ServerResponse,
  kind: UploadKind,
  uploadId: string,
  query: URLSearchParams,
): Promise<void> {
  const { subjectOf, receive, origin } = receivers[kind];
  if (!verifyGrant(platform.signingSecret, 'PUT', subjectOf(uploadId), query, Date.now())) {
    request.resume();
    return sendJson(response, 403, {
      code: 'FORBIDDEN',
      message: `The upload address is not valid or has expired; ask ${origin} for a new one.`,
    });
  }
  try {
    const bytes = await receive(platform, uploadId, request);
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
