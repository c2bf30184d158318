import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { PassThrough } from 'node:stream';
import { finished } from 'node:stream/promises';
import { Busboy, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy';
import type { ActionContext } from '#core/access/viewer.ts';
import { annotateImages } from '#core/images/annotate-images.ts';
import { takeImageFile } from '#core/images/take-image-file.ts';
import { listLabels } from '#core/labels/labels.ts';
import {
  ForeignPageError,
  NotFoundError,
  PermissionDeniedError,
  PictureRefusedError,
  UnauthenticatedError,
  UnavailableError,
  ValidationError,
  type UserError,
} from '#core/platform/errors.ts';
import { idOf, writeGlobalId } from '#schema/global-id.ts';
import type { ServerServices } from './graphql.ts';
import { rateLimitMessage, secondsToWait } from './rate-limits.ts';
import { sendJson } from './send-json.ts';

/** Files of one request. */
const maximumFiles = 1000;
/** Files that may wait, each with what fits into its buffer. */
const maximumPending = 4;

interface FileResult {
  readonly fileName: string;
  readonly outcome?: string;
  readonly imageId?: string;
  readonly error?: object;
}

/**
 * `POST /projects/:id/images[?label=NAME]`, multipart/form-data: for curl and small scripts. Every file part becomes an image, one after the other as
 * they come, with a result each; with `label` the new images get that label.
 */
export async function handleImageFiles(
  { platform, rateLimiter, authenticator }: Pick<ServerServices, 'platform' | 'rateLimiter' | 'authenticator'>,
  request: IncomingMessage,
  response: ServerResponse,
  globalProjectId: string,
  query: URLSearchParams,
): Promise<void> {
  try {
    const viewer = await authenticator.viewerOf(request.headers);
    if (!viewer) throw new UnauthenticatedError('Send the header `authorization: Bearer exm_...`.');
    const ctx = { platform, viewer };
    const seconds = await secondsToWait(rateLimiter, ctx.viewer, () => 1);
    if (seconds !== undefined) {
      response.setHeader('connection', 'close').setHeader('retry-after', seconds);
      return sendJson(response, 429, { code: 'RATE_LIMITED', message: rateLimitMessage(seconds) });
    }
    const projectId = idOf('Project', globalProjectId);
    const labelId = await findLabel(ctx, projectId, query.get('label'));
    const results = await takeFiles(ctx, projectId, request);
    const images = results.flatMap(({ imageId }) => (imageId ? [imageId] : []));
    if (labelId !== undefined && images.length > 0)
      await annotateImages(ctx, {
        projectId,
        annotations: [...new Set(images)].map((imageId) => ({ imageId, labelId })),
      });
    sendJson(response, 200, {
      results: results.map(({ imageId, ...result }) => ({
        ...result,
        ...(imageId && { imageId: writeGlobalId('Image', imageId) }),
      })),
    });
  } catch (error) {
    // The sender has gone; nobody is left to answer.
    if (error === request.errored || response.destroyed) return;
    response.setHeader('connection', 'close');
    const [status, message] = refusalOf(error);
    if (status === undefined) throw error;
    sendJson(response, status, message);
  }
}

function refusalOf(error: unknown): [number, object] | [undefined] {
  if (error instanceof ForeignPageError) return [403, { code: 'FORBIDDEN', message: error.message }];
  if (error instanceof UnavailableError) return [503, describe(error)];
  if (error instanceof UnauthenticatedError) return [401, { code: 'UNAUTHENTICATED', message: error.message }];
  if (error instanceof NotFoundError) return [404, describe(error)];
  if (error instanceof PermissionDeniedError) return [403, describe(error)];
  if (error instanceof ValidationError) return [400, describe(error)];
  return [undefined];
}

const describe = (error: UserError): object => ({
  code: error.code,
  ...(error instanceof PictureRefusedError && { refusal: error.refusal }),
  message: error.message,
});

async function findLabel(ctx: ActionContext, projectId: string, name: string | null): Promise<string | undefined> {
  const labels = await listLabels(ctx, projectId);
  if (name === null) return undefined;
  const label = labels.find((each) => each.name === name.normalize('NFC'));
  if (!label) throw new NotFoundError('Label', name);
  return label.id;
}

const invalid = (message: string) => new ValidationError([{ path: ['body'], message }]);

async function takeFiles(ctx: ActionContext, projectId: string, request: IncomingMessage): Promise<FileResult[]> {
  if (!/^multipart\/form-data\b/i.test(request.headers['content-type'] ?? ''))
    throw invalid('must be multipart/form-data, as `curl -F image=@FILE` sends it');
  const results: FileResult[] = [];
  const parser = openParser(request);
  let isFull = false;
  /** Files that were begun and are not done; the last of them may still wait for bytes. */
  let pending = 0;
  let settled = () => {};
  let queue = Promise.resolve();
  let failure: unknown;
  parser.on('filesLimit', () => (isFull = true));
  parser.on('file', (_field, stream, sentName: string | undefined) => {
    pending++;
    // Undefined, whatever the types say, for a part of bytes without a name.
    const fileName = sentName || 'unnamed';
    // Between the two: who stops reading a file that is refused must not destroy the parser's stream.
    const body = stream.pipe(new PassThrough());
    stream.on('error', (error: Error) => {
      failure ??= invalid(error.message);
      body.destroy(error);
    });
    body.on('error', () => {});
    // One after the other, in the order of the form.
    queue = queue.then(async () => {
      try {
        if (failure === undefined) {
          const taken = await takeImageFile(ctx, projectId, fileName, body);
          results.push(
            'error' in taken
              ? { fileName, error: describe(taken.error) }
              : { fileName, outcome: taken.outcome, imageId: taken.image.id },
          );
        }
      } catch (error) {
        failure ??= error;
      } finally {
        // What was not read of a refused file, so that the parser gets to the next one.
        stream.unpipe(body).resume();
        pending--;
        settled();
      }
    });
  });
  const parsed = finished(parser);
  parsed.catch(() => {});
  for await (const chunk of request as AsyncIterable<Buffer>) {
    if (failure !== undefined || parser.destroyed) break;
    if (!parser.write(chunk)) await Promise.race([once(parser, 'drain'), parsed.catch(() => {})]);
    // Small files come faster than they are taken: the sender waits.
    // oxlint-disable-next-line no-unmodified-loop-condition -- the handlers above change them
    while (pending > maximumPending && failure === undefined) await new Promise<void>((resolve) => (settled = resolve));
  }
  if (failure === undefined) {
    parser.end();
    await parsed.catch((error: Error) => (failure ??= invalid(error.message)));
  } else parser.destroy();
  await queue;
  if (failure !== undefined) throw failure;
  if (isFull) throw invalid(`must hold at most ${maximumFiles} files; the first ${maximumFiles} were taken`);
  if (results.length === 0) throw invalid('holds no file');
  return results;
}

function openParser(request: IncomingMessage): BusboyInstance {
  try {
    return Busboy({ headers: request.headers as BusboyHeaders, limits: { files: maximumFiles, fields: 10 } });
  } catch (error) {
    throw invalid((error as Error).message);
  }
}
