import { crc32 } from 'node:zlib';
import { recordKey, recordKeyBytes } from './record-key.ts';

/*
 * A shard: header, index of fixed size, data. All numbers are unsigned 32-bit, little-endian.
 *
 *   header  64 bytes  magic "EXSHARD1" | slots | start of data | key of the namespace (16 bytes) | CRC-32 of all before
 *   index   slots x 36 bytes: key (16 bytes) | offset | length | tag | CRC-32 of key and payload | CRC-32 of all before
 *   data    payloads, one after the other
 *
 * A payload is written before its index entry, so that an entry which is there and whole points to a payload which was written.
 * After a power cut that order may be lost; then the payload's checksum tells.
 */
const magic = Buffer.from('EXSHARD1', 'latin1');
export const headerBytes = 64;
const headerChecked = 32;
export const entryBytes = 36;
const entryChecked = 32;

/** Slot numbers fit into 16 bits. */
export const mostSlots = 65_536;

export interface ShardHeader {
  readonly slots: number;
  readonly dataStart: number;
}

export interface ShardEntry {
  readonly key: Buffer;
  readonly offset: number;
  readonly length: number;
  /** Means what the owner of the namespace wants, such as width and height. */
  readonly tag: number;
  /** Of key and payload. */
  readonly checksum: number;
}

/** @param recordBytes about how long records are. @param shardBytes of the whole file, at most. */
export function shardLayout(recordBytes: number, shardBytes: number): ShardHeader {
  const slots = Math.max(1, Math.min(mostSlots, Math.floor(shardBytes / (recordBytes + entryBytes))));
  return { slots, dataStart: headerBytes + slots * entryBytes };
}

export function writeHeader({ slots, dataStart }: ShardHeader, namespace: string): Buffer {
  const bytes = Buffer.alloc(headerBytes);
  magic.copy(bytes);
  bytes.writeUInt32LE(slots, 8);
  bytes.writeUInt32LE(dataStart, 12);
  recordKey(namespace).copy(bytes, 16);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, headerChecked)), headerChecked);
  return bytes;
}

/** Undefined when the bytes are no header of this namespace. */
export function readHeader(bytes: Buffer, namespace: string): ShardHeader | undefined {
  const slots = bytes.readUInt32LE(8);
  const dataStart = bytes.readUInt32LE(12);
  const expected = writeHeader({ slots, dataStart }, namespace);
  return bytes.equals(expected) && dataStart === headerBytes + slots * entryBytes ? { slots, dataStart } : undefined;
}

export function writeEntry(entry: ShardEntry): Buffer {
  const bytes = Buffer.alloc(entryBytes);
  entry.key.copy(bytes);
  bytes.writeUInt32LE(entry.offset, 16);
  bytes.writeUInt32LE(entry.length, 20);
  bytes.writeUInt32LE(entry.tag, 24);
  bytes.writeUInt32LE(entry.checksum, 28);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, entryChecked)), entryChecked);
  return bytes;
}

/** Undefined when the slot is empty or was not written completely. */
export function readEntry(index: Buffer, slot: number): ShardEntry | undefined {
  const bytes = index.subarray(slot * entryBytes, (slot + 1) * entryBytes);
  if (bytes.readUInt32LE(entryChecked) !== crc32(bytes.subarray(0, entryChecked))) return undefined;
  return {
    key: bytes.subarray(0, recordKeyBytes),
    offset: bytes.readUInt32LE(16),
    length: bytes.readUInt32LE(20),
    tag: bytes.readUInt32LE(24),
    checksum: bytes.readUInt32LE(28),
  };
}

export const payloadChecksum = (key: Buffer, payload: Uint8Array): number => crc32(payload, crc32(key));
