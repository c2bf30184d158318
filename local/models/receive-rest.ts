import type { IncomingMessage } from 'node:http';
import { HttpError, WrongSizeError, type Target } from './models-error.ts';
import { addressOf } from './model-files.ts';
import { openResponse } from './open-response.ts';
import type { PartFolder } from './part-folder.ts';
import type { PartWriter } from './part-writer.ts';

export interface Transfer {
  readonly target: Target;
  readonly part: PartFolder;
  readonly writer: PartWriter;
  readonly stallMilliseconds: number;
  readonly signal: AbortSignal;
  /** Called whenever the number of bytes changed. */
  readonly onBytes: (bytes: number) => void;
}

/** The server ended its answer before the end of the file. */
export class CutOffError extends Error {
  constructor() {
    super('the server ended before the end of the file');
    this.name = 'CutOffError';
  }
}

/**
 * One request for the bytes that are still missing. It asks for a range and goes on only where the server sends that range of the
 * same version of the file; otherwise it begins again with the whole file.
 * @throws {HttpError} @throws {WrongSizeError} @throws {CutOffError} and what {@link openResponse} throws
 */
export async function receiveRest(transfer: Transfer): Promise<void> {
  const { target, part, writer, stallMilliseconds, signal } = transfer;
  const { entry } = target;
  const etag = await part.readEtag();
  const headers: Record<string, string> = { 'accept-encoding': 'identity', 'user-agent': 'exemplar' };
  if (writer.bytes > 0) {
    headers['range'] = `bytes=${writer.bytes}-`;
    // A weak tag may not be used so (RFC 9110, 13.1.5); the answer's own tag is compared below.
    if (etag?.startsWith('"')) headers['if-range'] = etag;
  }
  const { response, body } = await openResponse(addressOf(entry, target.mirror), {
    headers,
    stallMilliseconds,
    signal,
  });
  try {
    const goesOn = response.statusCode === 206 && isRestOf(response, writer.bytes, entry.bytes, etag);
    if (writer.bytes > 0 && (response.statusCode === 416 || (response.statusCode === 206 && !goesOn))) {
      response.destroy();
      await restart(transfer);
      return await receiveRest(transfer);
    }
    if (response.statusCode !== 200 && !goesOn) throw new HttpError(target, response.statusCode!);
    const length = response.headers['content-length'];
    const missing = entry.bytes - (goesOn ? writer.bytes : 0);
    if (length !== undefined && Number(length) !== missing) throw new WrongSizeError(target, `${length} bytes`);
    if (!goesOn && writer.bytes > 0) await restart(transfer);
    await part.writeEtag(response.headers.etag ?? (goesOn ? etag : undefined));
    for await (const chunk of body) {
      if (writer.bytes + chunk.length > entry.bytes) throw new WrongSizeError(target, 'more bytes');
      await writer.append(chunk);
      transfer.onBytes(writer.bytes);
    }
    if (writer.bytes < entry.bytes) throw new CutOffError();
  } finally {
    response.destroy();
  }
}

async function restart({ writer, onBytes }: Transfer): Promise<void> {
  await writer.restart();
  onBytes(0);
}

/** Whether the answer holds the bytes from `start` to the end of the file that the first part is of. */
function isRestOf(response: IncomingMessage, start: number, bytes: number, etag: string | undefined): boolean {
  const [, first, last, total] = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(response.headers['content-range'] ?? '') ?? [];
  const isSameVersion = etag === undefined || response.headers.etag === undefined || response.headers.etag === etag;
  return (
    isSameVersion && Number(first) === start && Number(last) === bytes - 1 && (total === '*' || Number(total) === bytes)
  );
}
