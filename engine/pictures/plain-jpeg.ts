/** ITU-T T.81, table B.1: the second byte of a marker. */
const marker = {
  baseline: 0xc0,
  huffmanTables: 0xc4,
  end: 0xd9,
  firstRestart: 0xd0,
  lastRestart: 0xd7,
  scan: 0xda,
  quantisationTables: 0xdb,
  restartInterval: 0xdd,
  application0: 0xe0,
  application2: 0xe2,
  application14: 0xee,
  application15: 0xef,
  comment: 0xfe,
} as const;
/** Start and JFIF header: version 1.01, no unit, 1:1, no thumbnail. The same for all, and says that the colours are YCbCr. */
const head = Buffer.from('\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0', 'latin1');
/** Of the tables of a usual file, with room to spare. */
const headerBytes = 4096;

/**
 * The picture of a JPEG file without anything else: every pixel is decoded to the same value, metadata, profiles, previews and what follows the
 * end are gone. `undefined` for what is not such a plain file that it may be kept as it is: baseline, YCbCr of 8 bits in one scan, without a
 * colour profile, and no more than a byte a pixel.
 * @param bytes of a file that need not be turned; a damaged one gives a damaged one.
 */
export function plainJpeg(bytes: Buffer): Buffer | undefined {
  const parts: Buffer[] = [head];
  let pixels = 0;
  let isYCbCr = false;
  for (let at = 2; at + 4 <= bytes.length;) {
    const [type, body] = [bytes[at + 1]!, at + 4];
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    if (bytes[at] !== 0xff || end < body || end > bytes.length) return undefined;
    const text = (length: number): string => bytes.toString('latin1', body, Math.min(body + length, end));
    switch (type) {
      case marker.application0:
        isYCbCr ||= text(5) === 'JFIF\0' && end >= body + 14;
        break;
      case marker.application2:
        // libvips asks for no zero behind it.
        if (text(11) === 'ICC_PROFILE') return undefined;
        break;
      case marker.application14:
        // Adobe's: the last byte says how the colours are coded, 1 is YCbCr.
        if (text(5) === 'Adobe' && (end < body + 12 || bytes[body + 11] !== 1)) return undefined;
        break;
      case marker.baseline: {
        // Precision, height, width, components, then three bytes of each, the first of which names it.
        if (pixels > 0 || end !== body + 15 || bytes[body] !== 8 || bytes[body + 5] !== 3) return undefined;
        pixels = bytes.readUInt16BE(body + 1) * bytes.readUInt16BE(body + 3);
        isYCbCr ||= [6, 9, 12].every((place, index) => bytes[body + place] === index + 1);
        parts.push(bytes.subarray(at, end));
        break;
      }
      case marker.quantisationTables:
      case marker.huffmanTables:
      case marker.restartInterval:
        parts.push(bytes.subarray(at, end));
        break;
      case marker.scan: {
        const last = endOfScan(bytes, end);
        if (!isYCbCr || last === undefined || bytes[body] !== 3) return undefined;
        parts.push(bytes.subarray(at, last));
        const length = parts.reduce((sum, part) => sum + part.length, 0);
        return length <= pixels + headerBytes ? Buffer.concat(parts, length) : undefined;
      }
      default:
        if (type !== marker.comment && (type < marker.application0 || type > marker.application15)) return undefined;
    }
    at = end;
  }
  return undefined;
}

/** Behind the end marker; `undefined` where anything else than restarts interrupts the scan. */
function endOfScan(bytes: Buffer, start: number): number | undefined {
  for (let at = bytes.indexOf(0xff, start); at >= 0; at = bytes.indexOf(0xff, at + 2)) {
    const next = bytes[at + 1];
    if (next === marker.end) return at + 2;
    const isRestart = next !== undefined && next >= marker.firstRestart && next <= marker.lastRestart;
    if (next !== 0 && !isRestart) return undefined;
  }
  return undefined;
}
