import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { finished } from 'node:stream/promises';
import { Busboy, type BusboyHeaders } from '@fastify/busboy';
import { z } from 'zod';
import type { Picture } from '#core/models/predictor.ts';
import { LimitExceededError, PictureRefusedError, ValidationError } from '#core/platform/errors.ts';
import { releaseBytes } from '#engine/inference/index.ts';
import type { ByteShare } from './byte-budget.ts';

export const mostPictures = 64;
/** Parsing takes the event loop: what is larger comes as a form. */
const mostJsonBytes = 16 * 1024 * 1024;

export interface PictureBounds {
  /** Of one file. */
  readonly imageBytes: number;
  /** Of the whole body. */
  readonly callBytes: number;
  readonly pictures: number;
}

export type ReceivedPicture = Picture | PictureRefusedError;

/**
 * The pictures of a call, in their order: file parts of a form, a JSON object with base64, or a body that is the file itself. What is wrong with
 * one file only stands in its place.
 * @throws {ValidationError} {LimitExceededError} when the body as a whole is wrong. @throws {UnavailableError} of the share. @throws what
 * the connection does when the sender is gone.
 */
export async function readPictures(
  request: IncomingMessage,
  bounds: PictureBounds,
  share: ByteShare,
): Promise<ReceivedPicture[]> {
  const type = request.headers['content-type'] ?? '';
  if (/^multipart\/form-data\b/i.test(type)) return readForm(request, bounds, share);
  if (/^application\/json\b/i.test(type)) return readJson(request, bounds, share);
  // curl calls any body that it sends a form.
  if (type === '' || /^(image\/|application\/(octet-stream|x-www-form-urlencoded)\b)/i.test(type))
    return [toPicture('picture', await readBody(request, bounds.callBytes, share), bounds)];
  throw invalid('must be multipart/form-data, application/json, application/octet-stream or an image');
}

const invalid = (message: string) => new ValidationError([{ path: ['body'], message }]);

function toPicture(fileName: string, bytes: Buffer, { imageBytes }: PictureBounds): ReceivedPicture {
  if (bytes.byteLength === 0) return new PictureRefusedError('EMPTY', fileName, 'the file is empty.');
  if (bytes.byteLength > imageBytes) return tooLarge(fileName, imageBytes);
  return { fileName, bytes, isNormalised: false };
}

const tooLarge = (fileName: string, imageBytes: number) =>
  new PictureRefusedError('TOO_MANY_BYTES', fileName, `it has more than the ${imageBytes} bytes that are allowed.`);

/**
 * Every chunk, counted, as it came: what iterates over a stream gets chunks that were put together, which leaves the ones before to the garbage
 * collector. Whoever stops reading has still to answer over the same connection.
 * @param take a promise that it returns is waited for.
 */
async function eachChunk(
  request: IncomingMessage,
  most: number,
  share: ByteShare,
  take: (chunk: Buffer) => Promise<unknown> | undefined,
): Promise<void> {
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > most) throw new LimitExceededError('Bytes of one call', most, announced);
  const gone = () => request.errored ?? new Error('the sender is gone');
  if (request.closed) throw gone();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let total = 0;
  const fail = (error: unknown) => {
    request.off('data', onData).pause();
    reject(error);
  };
  const onData = (chunk: Buffer) => {
    try {
      total += chunk.byteLength;
      if (total > most) throw new LimitExceededError('Bytes of one call', most, total);
      share.take(chunk.byteLength);
      const taking = take(chunk);
      if (!taking) return;
      request.pause();
      void taking.then(() => request.resume(), fail);
    } catch (error) {
      fail(error);
    }
  };
  request
    .on('data', onData)
    .on('end', resolve)
    .on('error', reject)
    // After the end, or without one.
    .on('close', () => reject(gone()));
  return promise;
}

async function readBody(request: IncomingMessage, most: number, share: ByteShare): Promise<Buffer> {
  const chunks: Buffer[] = [];
  await eachChunk(request, most, share, (chunk) => void chunks.push(chunk));
  if (chunks.length === 1) return chunks[0]!;
  const body = Buffer.concat(chunks);
  for (const chunk of chunks) releaseBytes(chunk);
  return body;
}

async function readForm(request: IncomingMessage, bounds: PictureBounds, share: ByteShare): Promise<ReceivedPicture[]> {
  const pictures: ReceivedPicture[] = [];
  const parser = openParser(request, bounds);
  let failure: ValidationError | undefined;
  parser.on('filesLimit', () => (failure ??= tooMany(bounds)));
  parser.on('file', (_field, stream, fileName: string | undefined) => {
    // Undefined, whatever the types say, for a part of bytes without a name.
    const name = fileName?.slice(0, 1024) || 'unnamed';
    const place = pictures.push(new PictureRefusedError('DAMAGED', name, 'it has not come completely.')) - 1;
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('error', (error: Error) => (failure ??= invalid(error.message)));
    stream.on('end', () => {
      pictures[place] = stream.truncated
        ? tooLarge(name, bounds.imageBytes)
        : toPicture(name, Buffer.concat(chunks), bounds);
    });
  });
  const parsed = finished(parser);
  const received: Buffer[] = [];
  parsed.catch((error: Error) => (failure ??= invalid(error.message)));
  try {
    await eachChunk(request, bounds.callBytes, share, (chunk) => {
      if (failure !== undefined) throw failure;
      received.push(chunk);
      return parser.destroyed || parser.write(chunk)
        ? undefined
        : Promise.race([once(parser, 'drain'), parsed.catch(() => {})]);
    });
    if (failure === undefined) {
      parser.end();
      await parsed.catch(() => {});
    }
  } finally {
    parser.destroy();
  }
  if (failure !== undefined) throw failure;
  if (pictures.length === 0) throw invalid('holds no file');
  // What the files were put together from.
  for (const chunk of received) releaseBytes(chunk);
  return pictures;
}

const tooMany = ({ pictures }: PictureBounds) =>
  invalid(pictures === 1 ? 'must hold one picture' : `must hold at most ${pictures} pictures`);

function openParser(request: IncomingMessage, { pictures, imageBytes }: PictureBounds) {
  try {
    return Busboy({
      headers: request.headers as BusboyHeaders,
      limits: { files: pictures, fileSize: imageBytes, fields: 20, fieldSize: 1024, parts: pictures + 20 },
    });
  } catch (error) {
    throw invalid((error as Error).message);
  }
}

const jsonBody = z.object({
  images: z
    .array(
      z.union([
        z.string(),
        z.object({
          base64: z.string('must be there: pictures are not fetched from addresses'),
          fileName: z.string().optional(),
        }),
      ]),
    )
    .min(1, 'must hold at least one picture'),
});

async function readJson(request: IncomingMessage, bounds: PictureBounds, share: ByteShare): Promise<ReceivedPicture[]> {
  const body = await readBody(request, Math.min(mostJsonBytes, bounds.callBytes), share);
  const text = body.toString('utf8');
  releaseBytes(body);
  let parsed;
  try {
    parsed = jsonBody.safeParse(JSON.parse(text));
  } catch (error) {
    throw invalid(`is not JSON: ${(error as Error).message.slice(0, 200)}`);
  }
  if (!parsed.success)
    throw new ValidationError(
      parsed.error.issues.map(({ path, message }) => ({ path: ['body', ...path.map(String)], message })),
    );
  if (parsed.data.images.length > bounds.pictures) throw tooMany(bounds);
  return parsed.data.images.map((image, index) => {
    const { base64, fileName = `picture ${index + 1}` } = typeof image === 'string' ? { base64: image } : image;
    // Browsers give data: addresses.
    const bytes = Buffer.from(base64.replace(/^data:[^,]*,/, ''), 'base64');
    return toPicture(fileName.slice(0, 1024), bytes, bounds);
  });
}
