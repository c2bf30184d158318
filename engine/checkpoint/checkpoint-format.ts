import { hash } from 'node:crypto';

/** What a training needs to go on: plain facts, and numbers that must come back to the bit. */
export interface Checkpoint<Facts> {
  readonly facts: Facts;
  readonly arrays: Readonly<Record<string, Float32Array>>;
}

const magic = Buffer.from('EXCKPT01', 'latin1');
const digestBytes = 32;
const lengthBytes = 4;

interface Header {
  readonly facts: unknown;
  /** In the order in which the values follow. */
  readonly arrays: readonly { readonly name: string; readonly length: number }[];
}

/**
 * magic (8 bytes) | SHA-256 of all that follows | length of the header, uint32 | header, JSON | values, float32. Numbers are
 * little-endian.
 */
export function writeCheckpoint<Facts>({ facts, arrays }: Checkpoint<Facts>): Buffer {
  const entries = Object.entries(arrays);
  const header = Buffer.from(
    JSON.stringify({ facts, arrays: entries.map(([name, { length }]) => ({ name, length })) } satisfies Header),
  );
  const headerLength = Buffer.alloc(lengthBytes);
  headerLength.writeUInt32LE(header.length);
  const body = Buffer.concat([
    headerLength,
    header,
    ...entries.map(([, values]) => Buffer.from(values.buffer, values.byteOffset, values.byteLength)),
  ]);
  return Buffer.concat([magic, hash('sha256', body, 'buffer'), body]);
}

/** Undefined for bytes that are no checkpoint or not all of one: a training then starts afresh. */
export function readCheckpoint<Facts>(bytes: Buffer): Checkpoint<Facts> | undefined {
  const bodyStart = magic.length + digestBytes;
  if (bytes.length < bodyStart + lengthBytes || !bytes.subarray(0, magic.length).equals(magic)) return undefined;
  const body = bytes.subarray(bodyStart);
  if (!hash('sha256', body, 'buffer').equals(bytes.subarray(magic.length, bodyStart))) return undefined;
  const headerEnd = lengthBytes + body.readUInt32LE(0);
  const header = JSON.parse(body.toString('utf8', lengthBytes, headerEnd)) as Header;
  const arrays: Record<string, Float32Array> = {};
  let at = headerEnd;
  for (const { name, length } of header.arrays) {
    // Copied: values must be aligned, and whoever goes on with them changes them.
    const values = new Float32Array(length);
    Buffer.from(values.buffer).set(body.subarray(at, at + values.byteLength));
    arrays[name] = values;
    at += values.byteLength;
  }
  return { facts: header.facts as Facts, arrays };
}
