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
 * Sends bytes, ends the sending half where told to, and reads until the answer is whole, the server closes or `isEnough` says of what came
 * that this will do. What was sent may be no HTTP at all.
 */
export function sendRaw(
  url: string,
  bytes: Buffer,
  options: { readonly breakOff: boolean; readonly isEnough?: (received: string) => boolean },
): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  const isHead = bytes.toString('latin1', 0, 5) === 'HEAD ';
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port) });
    let received: Buffer = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      if (isWhole(received, isHead) || options.isEnough?.(received.toString('latin1'))) socket.destroy();
    });
    // The server may close while bytes are still coming: that is its right.
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') reject(error);
    });
    socket.on('close', () => resolve(parse(received)));
    socket.write(bytes);
    if (options.breakOff) socket.end();
  });
}

/** Answers to what is no valid request may leave the connection open although they were told to close it. */
function isWhole(received: Buffer, isHead: boolean): boolean {
  const end = received.indexOf('\r\n\r\n');
  const head = received.toString('latin1', 0, Math.max(0, end));
  if (end < 0) return false;
  // `100 Continue` goes before the answer.
  if (/^HTTP\/1\.1 1\d\d /.test(head)) return isWhole(received.subarray(end + 4), isHead);
  const length = /^content-length:\s*(\d+)/im.exec(head)?.[1];
  if (isHead) return true;
  if (length !== undefined) return received.length >= end + 4 + Number(length);
  return received.subarray(-5).toString('latin1') === '0\r\n\r\n';
}

function parse(answer: Buffer): RawAnswer {
  // `100 Continue` goes before the answer.
  if (/^HTTP\/1\.1 1\d\d /.test(answer.toString('latin1', 0, 13)))
    return parse(answer.subarray(answer.indexOf('\r\n\r\n') + 4));
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
