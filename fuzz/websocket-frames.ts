import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import type { Draw } from './draw.ts';
import type { Operation } from './graphql-document.ts';
import { mutateBytes } from './mutate-bytes.ts';
import { deepened, mutateValue } from './mutate-json.ts';
import { wildText } from './wild-text.ts';

const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 };

/** A frame as RFC 6455, 5.2 has it; what `draw` lies about is its head. */
function frame(opcode: number, payload: Buffer, draw?: Draw): Buffer {
  const mask = Buffer.from([1, 2, 3, 4]);
  const masked = Buffer.from(payload.map((byte, index) => byte ^ mask[index % 4]!));
  const length =
    payload.length < 126
      ? [payload.length]
      : payload.length < 65_536
        ? [126, payload.length >> 8, payload.length & 255]
        : [127, 0, 0, 0, 0, ...[24, 16, 8, 0].map((shift) => (payload.length >>> shift) & 255)];
  const head = Buffer.from([0x80 | opcode, 0x80 | length[0]!, ...length.slice(1)]);
  if (draw?.chance(0.1)) head[draw.integer(head.length)]! ^= 1 << draw.integer(8);
  return Buffer.concat([head, mask, masked]);
}

const textFrame = (message: unknown, draw?: Draw): Buffer =>
  frame(opcodes.text, Buffer.from(typeof message === 'string' ? message : deepened(JSON.stringify(message))), draw);

/** What a client of `graphql-transport-ws` sends, in any order, with anything in it. */
export function hostileFrames(operations: readonly Operation[], token: string, draw: Draw): Buffer[] {
  const id = () => draw.pick(['1', '1', '2', '', wildText(draw)]);
  const init = {
    type: 'connection_init',
    payload: draw.chance(0.9) ? { token } : draw.pick([null, { token: 5 }, { token: 'x' }, {}, []]),
  };
  const messages: unknown[] = draw.chance(0.9) ? [init] : [];
  for (const { query, variables } of operations) {
    messages.push({ id: id(), type: 'subscribe', payload: { query, variables } });
    if (draw.chance(0.3))
      messages.push({
        id: id(),
        type: draw.pick(['complete', 'next', 'error', 'ping', 'pong', 'connection_init', 'x']),
      });
  }
  return messages.map((message) => {
    if (draw.chance(0.7)) return textFrame(message, draw.chance(0.1) ? draw : undefined);
    switch (draw.integer(6)) {
      case 0:
        return textFrame(mutateValue(message, draw));
      case 1:
        return frame(opcodes.text, mutateBytes(Buffer.from(JSON.stringify(message)), draw, Buffer.from('{}')));
      case 2:
        return frame(draw.pick([...Object.values(opcodes), 3, 15]), draw.bytes(draw.integer(200)));
      case 3:
        return textFrame('x'.repeat(draw.pick([10, 70_000, 1_100_000])));
      case 4:
        return mutateBytes(textFrame(message), draw, draw.bytes(20));
      default:
        return frame(opcodes.close, Buffer.from(draw.pick([[], [3], [3, 232], [0, 0], [15, 160], [255, 255, 0xff]])));
    }
  });
}

export interface SocketAnswer {
  /** Of the handshake. */
  readonly status: number;
  readonly messages: readonly string[];
  /** Undefined when the server closed without a code. */
  readonly closeCode: number | undefined;
}

/** Opens a WebSocket, sends frames, says goodbye, and waits for the server to close. */
export function talkWebSocket(url: string, frames: readonly Buffer[]): Promise<SocketAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) });
    let received: Buffer = Buffer.alloc(0);
    let isOpen = false;
    socket.write(
      `GET /graphql HTTP/1.1\r\nhost: exemplar\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: ${randomBytes(16).toString('base64')}\r\nsec-websocket-protocol: graphql-transport-ws\r\n\r\n`,
    );
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      if (isOpen || !received.includes('\r\n\r\n')) return;
      isOpen = true;
      for (const each of frames) socket.write(each);
      socket.end(frame(opcodes.close, Buffer.from([3, 232])));
    });
    // The server may close while frames are still coming.
    socket.on('error', () => {});
    socket.on('close', () => resolve(parse(received)));
  });
}

function parse(received: Buffer): SocketAnswer {
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(received.toString('latin1', 0, 20))?.[1] ?? 0);
  const messages: string[] = [];
  let closeCode: number | undefined;
  for (let at = received.indexOf('\r\n\r\n') + 4; at >= 4 && at + 2 <= received.length;) {
    const opcode = received[at]! & 15;
    const short = received[at + 1]! & 127;
    const start = at + (short === 126 ? 4 : short === 127 ? 10 : 2);
    if (start > received.length) break;
    const length =
      short === 126 ? received.readUInt16BE(at + 2) : short === 127 ? Number(received.readBigUInt64BE(at + 2)) : short;
    const payload = received.subarray(start, start + length);
    if (opcode === opcodes.text && payload.length === length) messages.push(payload.toString());
    if (opcode === opcodes.close && length >= 2 && payload.length === length) closeCode = payload.readUInt16BE(0);
    at = start + length;
  }
  return { status, messages, closeCode };
}
