import { connect } from 'node:net';
import type { Draw } from './draw.ts';

export interface RawAnswer {
  /** 0: the server closed without a word, as it may where the request broke off or was none. */
  readonly status: number;
  readonly head: string;
  readonly body: Buffer;
}

export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

/** The bytes of a request as they go over the wire; `connection: close` so that the answer has an end. */
export function requestBytes({ method, path, headers, body }: RawRequest): Buffer {
  const lines = [`${method} ${path} HTTP/1.1`, 'host: exemplar', 'connection: close'];
  for (const [name, value] of headers) lines.push(`${name}: ${value}`);
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), body]);
}

/** A length that is right, or lies, or is none. */
export function lengthHeader(body: Buffer, draw: Draw): [string, string][] {
  const { length } = body;
  const lie = draw.pick([
    0,
    1,
    Math.max(0, length - 1),
    length + 1,
    length * 2,
    2 ** 31,
    2 ** 53,
    -1,
    'x',
    '0x10',
    '1e3',
    '',
    `${length}, ${length}`,
  ]);
  switch (draw.integer(8)) {
    case 0:
      return [['content-length', String(lie)]];
    case 1:
      return [];
    case 2:
      return [['transfer-encoding', draw.pick(['chunked', 'gzip', 'chunked, chunked', 'identity', 'xchunked'])]];
    case 3:
      return [
        ['content-length', String(length)],
        ['content-length', String(lie)],
      ];
    default:
      return [['content-length', String(length)]];
  }
}

/** Whether more is announced than comes, so that only the end of the connection tells the server that it waits for nothing. */
export function promisesMore({ headers, body }: RawRequest): boolean {
  return headers.some(([name, value]) => {
    if (name === 'transfer-encoding') return true;
    return name === 'content-length' && !(Number(value) <= body.length);
  });
}

/**
 * Sends bytes, ends the sending half where told to, and reads until the server closes or `enough` says that this will do. What was sent
 * may be no HTTP at all.
 */
export function sendRaw(
  url: string,
  bytes: Buffer,
  options: { readonly breakOff: boolean; readonly enough?: (answer: Buffer) => boolean },
): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port) });
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      if (options.enough?.(chunk)) socket.destroy();
    });
    // The server may close while bytes are still coming: that is its right.
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') reject(error);
    });
    socket.on('close', () => resolve(parse(Buffer.concat(chunks))));
    socket.write(bytes);
    if (options.breakOff) socket.end();
  });
}

function parse(answer: Buffer): RawAnswer {
  const end = answer.indexOf('\r\n\r\n');
  const head = answer.toString('latin1', 0, end < 0 ? answer.length : end);
  const rest = end < 0 ? Buffer.alloc(0) : answer.subarray(end + 4);
  const body = /^transfer-encoding:\s*chunked/im.test(head) ? unchunked(rest) : rest;
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0), head, body };
}

function unchunked(bytes: Buffer): Buffer {
  const chunks: Buffer[] = [];
  for (let at = 0; ;) {
    const line = bytes.indexOf('\r\n', at);
    const length = line < 0 ? 0 : Number.parseInt(bytes.toString('latin1', at, line), 16);
    if (!(length > 0)) return Buffer.concat(chunks);
    chunks.push(bytes.subarray(line + 2, line + 2 + length));
    at = line + 2 + length + 2;
  }
}
