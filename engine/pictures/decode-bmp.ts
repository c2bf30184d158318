import { PictureError } from './picture-error.ts';
import { readBmpHeader, type BmpHeader, type ChannelMask } from './bmp-header.ts';

/** Pixels of a BMP. `data` is [height, width, channels] uint8, top row first, channels RGB or RGBA. */
export interface BmpPixels {
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
  readonly data: Buffer;
}

/**
 * Decodes an uncompressed BMP of 1, 4, 8, 16, 24 or 32 bits a pixel, bottom-up or top-down (libvips has no BMP loader).
 * Strict: pixels that are missing or point outside the palette are damage, never guessed.
 * @throws {PictureError} DAMAGED or UNSUPPORTED_FORMAT.
 */
export function decodeBmp(bytes: Buffer): BmpPixels {
  const header = readBmpHeader(bytes);
  const rowBytes = Math.ceil((header.width * header.bitsPerPixel) / 32) * 4;
  if (header.pixelOffset + rowBytes * header.height > bytes.length)
    throw new PictureError('DAMAGED', 'The BMP file ends before its last pixel: it was cut off.');
  const channels = header.masks?.alpha ? 4 : 3;
  const data = Buffer.alloc(header.width * header.height * channels);
  for (let y = 0; y < header.height; y++) {
    const from = header.pixelOffset + rowBytes * (header.topDown ? y : header.height - 1 - y);
    decodeRow(bytes, from, header, data, y * header.width * channels);
  }
  const { width, height } = header;
  return channels === 4 ? dropUnusedAlpha({ width, height, channels, data }) : { width, height, channels, data };
}

function decodeRow(bytes: Buffer, from: number, header: BmpHeader, data: Buffer, to: number): void {
  if (header.palette) decodePaletteRow(bytes, from, header, header.palette, data, to);
  else if (header.masks) decodeMaskedRow(bytes, from, header, header.masks, data, to);
  else decodeBgrRow(bytes, from, header, data, to);
}

function decodePaletteRow(
  bytes: Buffer,
  from: number,
  header: BmpHeader,
  palette: Buffer,
  data: Buffer,
  to: number,
): void {
  const bits = header.bitsPerPixel;
  const perByte = 8 / bits;
  const mask = (1 << bits) - 1;
  for (let x = 0; x < header.width; x++) {
    const shift = 8 - bits * ((x % perByte) + 1);
    const index = (bytes[from + Math.floor(x / perByte)]! >> shift) & mask;
    if (index * 3 >= palette.length)
      throw new PictureError(
        'DAMAGED',
        `The BMP file uses colour ${index}, but its palette has ${palette.length / 3}.`,
      );
    palette.copy(data, to + x * 3, index * 3, index * 3 + 3);
  }
}

function decodeBgrRow(bytes: Buffer, from: number, header: BmpHeader, data: Buffer, to: number): void {
  const step = header.bitsPerPixel / 8;
  for (let x = 0; x < header.width; x++) {
    data[to + x * 3] = bytes[from + x * step + 2]!;
    data[to + x * 3 + 1] = bytes[from + x * step + 1]!;
    data[to + x * 3 + 2] = bytes[from + x * step]!;
  }
}

function decodeMaskedRow(
  bytes: Buffer,
  from: number,
  header: BmpHeader,
  masks: NonNullable<BmpHeader['masks']>,
  data: Buffer,
  to: number,
): void {
  const channels = masks.alpha ? 4 : 3;
  for (let x = 0; x < header.width; x++) {
    const value = header.bitsPerPixel === 16 ? bytes.readUInt16LE(from + x * 2) : bytes.readUInt32LE(from + x * 4);
    const at = to + x * channels;
    data[at] = channelValue(value, masks.red);
    data[at + 1] = channelValue(value, masks.green);
    data[at + 2] = channelValue(value, masks.blue);
    if (masks.alpha) data[at + 3] = channelValue(value, masks.alpha);
  }
}

function channelValue(value: number, { shift, maximum }: ChannelMask): number {
  return maximum === 0 ? 0 : Math.round((((value >>> shift) & maximum) >>> 0) * (255 / maximum));
}

/** Many writers declare an alpha channel and leave it zero; such a picture is meant to be opaque, not invisible. */
function dropUnusedAlpha(pixels: BmpPixels): BmpPixels {
  const { width, height, data } = pixels;
  for (let at = 3; at < data.length; at += 4) if (data[at] !== 0) return pixels;
  const opaque = Buffer.alloc(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) data.copy(opaque, pixel * 3, pixel * 4, pixel * 4 + 3);
  return { width, height, channels: 3, data: opaque };
}
