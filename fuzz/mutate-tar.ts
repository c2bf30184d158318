import type { Draw } from './draw.ts';

/* Structure-aware changes of TAR files: fields of a header block as POSIX.1-1988 (ustar) and GNU tar have them. */

const blockBytes = 512;
const fields = {
  name: [0, 100],
  mode: [100, 8],
  size: [124, 12],
  checksum: [148, 8],
  type: [156, 1],
  link: [157, 100],
  magic: [257, 8],
  prefix: [345, 155],
} as const;
/** Old and new files, links, devices, folders, FIFOs, PAX and GNU headers, and letters that mean nothing. */
const types = '\x0001234567xgLKSDMVNZ9';
const sizes = ['00000000000', '77777777777', '00000000001', '-0000000001', 'xxxxxxxxxxx', '           ', '00000001000'];
const names = ['../../up', '/etc/passwd', '\xff\xfe', '', '.', '..', 'a\nb', 'x'.repeat(100)];

/** Starts of the header blocks, as far as they can be followed. */
function headersOf(tar: Buffer): number[] {
  const headers: number[] = [];
  for (let at = 0; at + blockBytes <= tar.length && tar[at] !== 0;) {
    headers.push(at);
    const size = Number.parseInt(tar.toString('latin1', at + 124, at + 135), 8);
    if (!(size >= 0)) break;
    at += blockBytes * (1 + Math.ceil(size / blockBytes));
  }
  return headers;
}

/** What a header says of itself must fit, or nobody reads further. */
function sign(tar: Buffer, at: number): void {
  const [start, length] = fields.checksum;
  tar.write(' '.repeat(length), at + start, 'latin1');
  const sum = tar.subarray(at, at + blockBytes).reduce((total, byte) => total + byte, 0);
  tar.write(`${sum.toString(8).padStart(6, '0')}\0 `, at + start, 'latin1');
}

/** A PAX header of records, some of which lie about their length. */
function paxHeader(draw: Draw): Buffer {
  const record = () => {
    const key = draw.pick(['path', 'size', 'linkpath', 'mtime', '__proto__', 'uid', '']);
    const value = draw.pick(['../up', '99999999999999999999', '-1', '5', 'x'.repeat(300), '\0', '__proto__', '1e3']);
    const text = ` ${key}=${value}\n`;
    return `${draw.chance(0.7) ? text.length + 2 : draw.pick([0, 1, 3, 4096, 99999])}${text}`;
  };
  const body = Buffer.from([record(), ...draw.some(3, record)].join(''), 'latin1');
  const header = Buffer.alloc(blockBytes);
  header.write('PaxHeader', 0, 'latin1');
  header.write(`${body.length.toString(8).padStart(11, '0')}\0`, 124, 'latin1');
  header.write(draw.pick(['x', 'g', 'L', 'K']), 156, 'latin1');
  header.write('ustar\x0000', 257, 'latin1');
  sign(header, 0);
  return Buffer.concat([header, body, Buffer.alloc((blockBytes - (body.length % blockBytes)) % blockBytes)]);
}

/** One to three changes of what the headers of a TAR file say; the checksum mostly agrees with them. */
export function mutateTar(tar: Buffer, draw: Draw): Buffer {
  let mutated: Buffer = Buffer.from(tar);
  for (let count = 1 + draw.integer(3); count > 0; count--) {
    const headers = headersOf(mutated);
    if (headers.length === 0) return mutated;
    const at = draw.pick(headers);
    if (draw.chance(0.2)) {
      mutated = Buffer.concat([mutated.subarray(0, at), paxHeader(draw), mutated.subarray(at)]);
      continue;
    }
    const field = draw.pick(['name', 'mode', 'size', 'type', 'link', 'magic', 'prefix'] as const);
    const [start, length] = fields[field];
    const value = { type: draw.pick([...types]), size: draw.pick(sizes), name: draw.pick(names) }[field as 'type'];
    const bytes = value === undefined ? draw.bytes(length) : Buffer.from(value, 'latin1').subarray(0, length);
    bytes.copy(mutated, at + start);
    // Base 256: GNU tar's way to say sizes past 8 GiB.
    if (field === 'size' && draw.chance(0.3)) mutated[at + start] = draw.pick([0x80, 0xff]);
    if (draw.chance(0.9)) sign(mutated, at);
  }
  return mutated;
}
