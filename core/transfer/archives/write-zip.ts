import { pipeline, Readable } from 'node:stream';
import { promisify } from 'node:util';
import { crc32, createDeflateRaw, deflateRaw } from 'node:zlib';
import { archivePath } from './archive-path.ts';
import { SeenPaths } from './seen-paths.ts';
import {
  dataDescriptor,
  directoryRecord,
  endRecords,
  localHeader,
  recordedBytes,
  zip32Maximum,
  type ZipRecord,
} from './zip-records.ts';

/** A file to be written into an archive. */
export interface ZipMember {
  /** Must be safe to unpack, as {@link archivePath} has it; is written in NFC. Every path once. */
  readonly path: string;
  /** All at once, where it fits into memory, or in chunks; less than 4 GiB either way. */
  readonly content: Uint8Array | AsyncIterable<Uint8Array>;
  /** For text; pictures are compressed already and are stored as they are, which is the default. */
  readonly deflate?: boolean;
}

const packAll = promisify(deflateRaw) as (bytes: Uint8Array) => Promise<Buffer>;
const recordsPerBlock = 1000;

/**
 * A ZIP file (ZIP64 from 65,535 entries or 4 GiB on) of any number of files, written as it is read and never rewound: one file is taken
 * at a time, and of each about 100 bytes are kept until the end. Fails where a member or its content does, and for an unsafe path.
 */
export function writeZip(members: AsyncIterable<ZipMember> | Iterable<ZipMember>): Readable {
  return Readable.from(zipChunks(members), { objectMode: false });
}

async function* zipChunks(members: AsyncIterable<ZipMember> | Iterable<ZipMember>): AsyncGenerator<Uint8Array> {
  const seen = new SeenPaths();
  const directory: Buffer[] = [];
  let block: Buffer[] = [];
  let entries = 0;
  let offset = 0;
  for await (const { path, content, deflate = false } of members) {
    const name = Buffer.from(checkedPath(path, seen));
    const record = yield* memberChunks(name, content, deflate, offset);
    offset += recordedBytes(record);
    block.push(directoryRecord(record));
    entries++;
    // A million small buffers would take more memory than what is in them.
    if (block.length === recordsPerBlock) {
      directory.push(Buffer.concat(block));
      block = [];
    }
  }
  directory.push(Buffer.concat(block));
  yield* directory;
  const directoryBytes = directory.reduce((sum, { length }) => sum + length, 0);
  yield endRecords(entries, offset, directoryBytes);
}

function checkedPath(path: string, seen: SeenPaths): string {
  const checked = archivePath(path);
  if ('reason' in checked) throw new Error(`Not a path for an archive (${checked.reason}): ${JSON.stringify(path)}`);
  if (seen.add(checked.path) === 'SEEN') throw new Error(`Twice in one archive: ${JSON.stringify(path)}`);
  return checked.path;
}

async function* memberChunks(
  name: Buffer,
  content: ZipMember['content'],
  deflated: boolean,
  offset: number,
): AsyncGenerator<Uint8Array, ZipRecord> {
  if (content instanceof Uint8Array) {
    const packed = deflated ? await packAll(content) : content;
    const sizes = { crc32: crc32(content), packedBytes: packed.length, bytes: content.length };
    const record = fitting({ name, deflated, sizesFollow: false, offset, ...sizes });
    yield localHeader(record);
    yield packed;
    return record;
  }
  let record: ZipRecord = { name, deflated, sizesFollow: true, crc32: 0, packedBytes: 0, bytes: 0, offset };
  yield localHeader(record);
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of content) {
      record = { ...record, crc32: crc32(chunk, record.crc32), bytes: record.bytes + chunk.length };
      yield chunk;
    }
  };
  for await (const chunk of deflated ? deflateChunks(counted()) : counted()) {
    record = fitting({ ...record, packedBytes: record.packedBytes + chunk.length });
    yield chunk;
  }
  yield dataDescriptor(fitting(record));
  return record;
}

function deflateChunks(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  return pipeline(Readable.from(chunks, { objectMode: false }), createDeflateRaw(), () => undefined);
}

/** Sizes of 4 GiB would need the ZIP64 form of the descriptor, which many programs cannot read. */
function fitting(record: ZipRecord): ZipRecord {
  if (Math.max(record.bytes, record.packedBytes) >= zip32Maximum)
    throw new Error(`A file of 4 GiB or more does not go into an archive: ${JSON.stringify(record.name.toString())}`);
  return record;
}
