import { PictureError } from './picture-error.ts';

/** Where a channel's bits lie in a pixel: `(value >>> shift) & maximum`. `maximum` 0 = the channel is absent and reads as 0. */
export interface ChannelMask {
  readonly shift: number;
  readonly maximum: number;
}

export interface BmpHeader {
  readonly width: number;
  readonly height: number;
  readonly topDown: boolean;
  readonly bitsPerPixel: 1 | 4 | 8 | 16 | 24 | 32;
  /** Byte offset of the first stored row. */
  readonly pixelOffset: number;
  /** [colours, 3] RGB, for 1, 4 and 8 bits. */
  readonly palette?: Buffer;
  /** For 16 bits, and for 32 bits with declared masks. */
  readonly masks?: {
    readonly red: ChannelMask;
    readonly green: ChannelMask;
    readonly blue: ChannelMask;
    readonly alpha?: ChannelMask;
  };
}

const uncompressed = 0;
const bitFields = 3;
const alphaBitFields = 6;
const fileHeaderBytes = 14;

/**
 * Reads BITMAPCOREHEADER (12 bytes) and BITMAPINFOHEADER with its successors (40 to 124 bytes), as in Microsoft's "Bitmap Storage".
 * @throws {PictureError} DAMAGED, or UNSUPPORTED_FORMAT for run-length, JPEG or PNG compression and odd depths.
 */
export function readBmpHeader(bytes: Buffer): BmpHeader {
  if (bytes.length < fileHeaderBytes + 12) throw damaged('its header is cut off');
  const headerBytes = bytes.readUInt32LE(14);
  const core = headerBytes === 12;
  if (!core && (headerBytes < 40 || headerBytes > 124)) throw damaged(`its header says it has ${headerBytes} bytes`);
  if (bytes.length < fileHeaderBytes + headerBytes) throw damaged('its header is cut off');
  const width = core ? bytes.readUInt16LE(18) : bytes.readInt32LE(18);
  const storedHeight = core ? bytes.readUInt16LE(20) : bytes.readInt32LE(22);
  if (width <= 0 || storedHeight === 0) throw damaged(`it says it is ${width} x ${storedHeight} pixels`);
  const bitsPerPixel = readDepth(bytes.readUInt16LE(core ? 24 : 28));
  const compression = core ? uncompressed : bytes.readUInt32LE(30);
  const masked =
    (compression === bitFields || compression === alphaBitFields) && bitsPerPixel >= 16 && bitsPerPixel !== 24;
  if (compression !== uncompressed && !masked)
    throw new PictureError(
      'UNSUPPORTED_FORMAT',
      'The BMP file is compressed. Allowed are uncompressed BMP files, or PNG instead.',
    );
  const pixelOffset = bytes.readUInt32LE(10);
  if (pixelOffset < fileHeaderBytes + headerBytes) throw damaged('its pixels would start inside its header');
  const base = { width, height: Math.abs(storedHeight), topDown: storedHeight < 0, bitsPerPixel, pixelOffset };
  if (bitsPerPixel <= 8) return { ...base, palette: readPalette(bytes, headerBytes, bitsPerPixel, pixelOffset) };
  if (masked) return { ...base, masks: readMasks(bytes, headerBytes, compression === alphaBitFields, bitsPerPixel) };
  if (bitsPerPixel === 16)
    return {
      ...base,
      masks: { red: { shift: 10, maximum: 31 }, green: { shift: 5, maximum: 31 }, blue: { shift: 0, maximum: 31 } },
    };
  return base;
}

function readDepth(bits: number): BmpHeader['bitsPerPixel'] {
  if (bits === 1 || bits === 4 || bits === 8 || bits === 16 || bits === 24 || bits === 32) return bits;
  throw new PictureError(
    'UNSUPPORTED_FORMAT',
    `The BMP file has ${bits} bits a pixel. Allowed are 1, 4, 8, 16, 24 and 32.`,
  );
}

function readPalette(bytes: Buffer, headerBytes: number, bits: number, pixelOffset: number): Buffer {
  const entryBytes = headerBytes === 12 ? 3 : 4;
  const declared = headerBytes === 12 ? 0 : bytes.readUInt32LE(46);
  const colours = declared === 0 ? 2 ** bits : declared;
  const start = fileHeaderBytes + headerBytes;
  if (colours > 2 ** bits) throw damaged(`its palette says it has ${colours} colours`);
  if (start + colours * entryBytes > Math.min(pixelOffset, bytes.length)) throw damaged('its palette is cut off');
  const palette = Buffer.alloc(colours * 3);
  for (let colour = 0; colour < colours; colour++) {
    for (let channel = 0; channel < 3; channel++)
      palette[colour * 3 + channel] = bytes[start + colour * entryBytes + 2 - channel]!;
  }
  return palette;
}

function readMasks(
  bytes: Buffer,
  headerBytes: number,
  withAlpha: boolean,
  bits: number,
): NonNullable<BmpHeader['masks']> {
  const start = fileHeaderBytes + 40;
  const hasAlpha = withAlpha || headerBytes >= 56;
  if (bytes.length < start + (hasAlpha ? 16 : 12)) throw damaged('its colour masks are cut off');
  const [red, green, blue, alpha] = [0, 4, 8, 12].map((at) =>
    readMask(hasAlpha || at < 12 ? bytes.readUInt32LE(start + at) : 0, bits),
  );
  return { red: red!, green: green!, blue: blue!, ...(alpha!.maximum > 0 ? { alpha: alpha! } : {}) };
}

function readMask(mask: number, bits: number): ChannelMask {
  if (mask === 0) return { shift: 0, maximum: 0 };
  const shift = 31 - Math.clz32(mask & -mask);
  const maximum = mask >>> shift;
  if ((maximum & (maximum + 1)) !== 0 || mask >= 2 ** bits) throw damaged('its colour masks have holes');
  return { shift, maximum };
}

function damaged(what: string): PictureError {
  return new PictureError('DAMAGED', `The BMP file is damaged: ${what}.`);
}
