import { endRecords } from '#core/transfer/archives/zip-records.ts';
import type { Draw } from './draw.ts';

/* Structure-aware changes of ZIP files. Offsets are those of APPNOTE.TXT 4.3.7 (local header), 4.3.12 (directory), 4.3.16 (end). */

const sizes16 = [0, 1, 0x7fff, 0xffff];
const sizes32 = [0, 1, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];
const methods = [0, 1, 8, 9, 12, 14, 93, 99];
/** Unix modes in the high half of the external attributes: link, device, socket, folder, set-user-id. */
const modes = [0o120777, 0o060644, 0o020644, 0o140644, 0o040755, 0o104755];
const hostileNames = [
  '../../up',
  '/etc/passwd',
  'C:\\a',
  'a\0b',
  '',
  '.',
  '..',
  'cat/\u202e.jpg',
  '\xff\xfe',
  'NUL',
  'a/'.repeat(400),
];

type ZipMutation = (zip: Buffer, draw: Draw) => Buffer;

interface ZipPlaces {
  readonly end: number;
  readonly directory: number;
  /** Starts of the records of the directory. */
  readonly records: readonly number[];
  /** Starts of the local headers. */
  readonly locals: readonly number[];
}

/** Undefined for what is no ZIP file any more. */
function placesOf(zip: Buffer): ZipPlaces | undefined {
  const end = zip.lastIndexOf('PK\x05\x06');
  if (end < 0 || end + 22 > zip.length) return undefined;
  const directory = zip.readUInt32LE(end + 16);
  const records: number[] = [];
  const locals: number[] = [];
  let at = directory;
  while (at + 46 <= zip.length && zip.readUInt32LE(at) === 0x02014b50) {
    records.push(at);
    const local = zip.readUInt32LE(at + 42);
    if (local + 30 <= zip.length) locals.push(local);
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return records.length > 0 && locals.length > 0 ? { end, directory, records, locals } : undefined;
}

/** Changes one field of one record. */
function change(pick: 'records' | 'locals', write: (zip: Buffer, at: number, draw: Draw) => void): ZipMutation {
  return (zip, draw) => {
    const places = placesOf(zip);
    if (places) write(zip, draw.pick(places[pick]), draw);
    return zip;
  };
}

/** Writes over the name, cut to its length, so that everything else stays in place. */
function rename(lengthAt: number, nameAt: number) {
  return (zip: Buffer, at: number, draw: Draw) => {
    const length = zip.readUInt16LE(at + lengthAt);
    Buffer.from(draw.pick(hostileNames), 'latin1').copy(zip, at + nameAt, 0, length);
  };
}

const zipMutations: readonly ZipMutation[] = [
  change('records', (zip, at, draw) => zip.writeUInt32LE(draw.pick(sizes32), at + draw.pick([16, 20, 24, 42]))),
  change('records', (zip, at, draw) =>
    zip.writeUInt16LE(draw.pick(sizes16), at + draw.pick([4, 6, 8, 28, 30, 32, 34])),
  ),
  change('records', (zip, at, draw) => zip.writeUInt16LE(draw.pick(methods), at + 10)),
  change('records', (zip, at, draw) => zip.writeUInt32LE(draw.pick(modes) * 0x10000, at + 38)),
  change('records', (zip, at, draw) => zip.writeUInt16LE(zip.readUInt16LE(at + 8) ^ (1 << draw.integer(16)), at + 8)),
  change('records', rename(28, 46)),
  change('locals', (zip, at, draw) => zip.writeUInt32LE(draw.pick(sizes32), at + draw.pick([0, 14, 18, 22]))),
  change('locals', (zip, at, draw) => zip.writeUInt16LE(draw.pick(sizes16), at + draw.pick([6, 26, 28]))),
  change('locals', (zip, at, draw) => zip.writeUInt16LE(draw.pick(methods), at + 8)),
  change('locals', rename(26, 30)),
  // Two entries of the directory on the same bytes, or one that begins inside another.
  (zip, draw) => {
    const places = placesOf(zip);
    if (!places) return zip;
    const target = draw.pick(places.locals) + (draw.chance(0.5) ? 0 : draw.integer(40));
    zip.writeUInt32LE(Math.min(target, zip.length), draw.pick(places.records) + 42);
    return zip;
  },
  // A record twice, with or without the end knowing.
  (zip, draw) => {
    const places = placesOf(zip);
    if (!places) return zip;
    const at = draw.pick(places.records);
    const length = 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
    const record = zip.subarray(at, at + length);
    const count = zip.readUInt16LE(places.end + 10) + (draw.chance(0.5) ? 1 : 0);
    const bytes = zip.readUInt32LE(places.end + 12) + record.length;
    const end = endRecords(count, places.directory, bytes);
    return Buffer.concat([zip.subarray(0, at), record, zip.subarray(at, places.end), end]);
  },
  // The end: counts, size and start of the directory, length of the comment.
  (zip, draw) => {
    const places = placesOf(zip);
    if (!places) return zip;
    if (draw.chance(0.5)) zip.writeUInt16LE(draw.pick(sizes16), places.end + draw.pick([4, 6, 8, 10, 20]));
    else zip.writeUInt32LE(draw.pick(sizes32), places.end + draw.pick([12, 16]));
    return zip;
  },
  // The end in ZIP64, whose numbers lie.
  (zip, draw) => {
    const places = placesOf(zip);
    if (!places) return zip;
    const end = endRecords(0xffff, places.directory, places.end - places.directory);
    const lie = draw.pick([0n, 1n, 2n ** 31n, 2n ** 53n, 2n ** 63n, 2n ** 64n - 1n, BigInt(places.directory)]);
    end.writeBigUInt64LE(draw.chance(0.5) ? lie : BigInt(places.records.length), draw.pick([24, 32]));
    end.writeBigUInt64LE(lie, draw.pick([4, 24, 32, 40, 48, 64]));
    return Buffer.concat([zip.subarray(0, places.end), end]);
  },
  // A ZIP64 extra field on a record, whose numbers take the place of the 32-bit ones.
  (zip, draw) => {
    const places = placesOf(zip);
    if (!places) return zip;
    const at = draw.pick(places.records);
    const extra = Buffer.alloc(4 + 8 * draw.integer(4));
    extra.writeUInt16LE(1, 0);
    extra.writeUInt16LE(draw.chance(0.7) ? extra.length - 4 : draw.pick(sizes16), 2);
    for (let field = 4; field < extra.length; field += 8)
      extra.writeBigUInt64LE(draw.pick([0n, 100n, 2n ** 40n, 2n ** 63n, 2n ** 64n - 1n]), field);
    const record = Buffer.from(zip.subarray(at, at + 46 + zip.readUInt16LE(at + 28)));
    record.writeUInt16LE(extra.length, 30);
    record.writeUInt16LE(0, 32);
    for (const field of [20, 24, 42]) if (draw.chance(0.5)) record.writeUInt32LE(0xffffffff, field);
    const next = at + record.length + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
    const tail = zip.subarray(next, places.end);
    const bytes = at - places.directory + record.length + extra.length + tail.length;
    const end = endRecords(places.records.length, places.directory, bytes);
    return Buffer.concat([zip.subarray(0, at), record, extra, tail, end]);
  },
];

/** One to three changes of what a ZIP file says of itself. */
export function mutateZip(zip: Buffer, draw: Draw): Buffer {
  let mutated: Buffer = Buffer.from(zip);
  for (let count = 1 + draw.integer(3); count > 0; count--) mutated = draw.pick(zipMutations)(mutated, draw);
  return mutated;
}
