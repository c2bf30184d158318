import sharp, { type ResizeOptions, type Sharp } from 'sharp';
import { decodeBmp } from './decode-bmp.ts';
import { readBmpHeader } from './bmp-header.ts';
import { PictureError } from './picture-error.ts';
import { sniffPictureFormat, type PictureFormat } from './picture-format.ts';
import type { PictureLimits } from './picture-limits.ts';
import { plainJpeg } from './plain-jpeg.ts';
import './sharp-settings.ts';

/** What is known of a file before a pixel is decoded. */
export interface PictureFile {
  /** Of the bytes that came in. */
  readonly format: PictureFormat;
  /** Of the picture that came in, pixels, once upright. */
  readonly width: number;
  readonly height: number;
  /**
   * What came, without its metadata, where that is in the normalised form already and need not be written anew, which it would only lose by. Whether
   * it is whole shows when it is decoded: it may be kept if that gives no warning.
   */
  readonly plain: Buffer | undefined;
}

/** The pixels of a file, ready to be written in the normalised form: upright sRGB, longest side at most 1024 pixels. */
export interface DecodedFile {
  /** [raw.height, raw.width, 3] uint8. */
  readonly data: Buffer;
  readonly raw: { readonly width: number; readonly height: number; readonly channels: 3 };
  readonly isShrunk: boolean;
}

const longestSide = 1024;
const white = '#ffffff';

/** Judges a file by its header. @throws {PictureError} when it is no allowed picture, damaged or beyond a limit. */
export async function readPictureFile(bytes: Buffer, limits: PictureLimits): Promise<PictureFile> {
  if (bytes.length > limits.maximumBytes)
    throw new PictureError(
      'TOO_MANY_BYTES',
      `The file has ${megabytes(bytes.length)} MB. At most ${megabytes(limits.maximumBytes)} MB are allowed.`,
    );
  const format = await sniffPictureFormat(bytes);
  const { width, height, isUpright } = await readHeader(bytes, format);
  checkSize(width, height, limits);
  const mayBePlain = format === 'JPEG' && isUpright && Math.max(width, height) <= longestSide;
  return { format, width, height, plain: mayBePlain ? plainJpeg(bytes) : undefined };
}

/**
 * First frame or page, upright, 8-bit sRGB, transparency over white, never enlarged.
 * @param file of {@link readPictureFile}.
 * @throws {PictureError} when it cannot be decoded completely.
 */
export async function decodePictureFile(
  bytes: Buffer,
  { format, width }: PictureFile,
  limits: PictureLimits,
): Promise<DecodedFile> {
  const { data, info } = await decode(bytes, format, limits);
  const raw = { width: info.width, height: info.height, channels: 3 } as const;
  return { data, raw, isShrunk: info.width < width };
}

/**
 * The normalised form: JPEG of quality 95 without metadata. Colours have half of the resolution of brightness (4:2:0) where the picture was shrunk:
 * 512 of them a side are more than models look at, and the file is a third smaller. Elsewhere all that came is kept (4:4:4).
 */
export function encodeNormalised({ data, raw, isShrunk }: DecodedFile): Promise<Buffer> {
  const chromaSubsampling = isShrunk ? '4:2:0' : '4:4:4';
  // Tables of its own for each picture make it a tenth smaller and take longer than all else that is done to a picture.
  return sharp(data, { raw }).jpeg({ quality: 95, chromaSubsampling, optimiseCoding: false }).toBuffer();
}

/** Size of the upright picture, and whether it is stored like this, from the header alone. */
async function readHeader(bytes: Buffer, format: PictureFormat) {
  if (format === 'BMP') return { ...readBmpHeader(bytes), isUpright: true };
  try {
    const metadata = await sharp(bytes, { limitInputPixels: false }).metadata();
    // What was sniffed and what the decoder chose must be the same, or a polyglot file could reach a decoder that is not allowed.
    if (metadata.format.replace('heif', 'avif') !== format.toLowerCase())
      throw new Error(`decoder chose ${metadata.format}`);
    return { ...metadata.autoOrient, isUpright: (metadata.orientation ?? 1) === 1 };
  } catch (cause) {
    throw new PictureError('DAMAGED', `The ${format} file is damaged: its header cannot be read.`, { cause });
  }
}

function checkSize(width: number, height: number, limits: PictureLimits): void {
  if (width * height > limits.maximumPixels)
    throw new PictureError(
      'TOO_MANY_PIXELS',
      `The picture has ${width} x ${height} = ${megapixels(width * height)} megapixels. At most ${megapixels(limits.maximumPixels)} are allowed.`,
    );
  if (Math.max(width, height) > limits.maximumSide)
    throw new PictureError(
      'SIDE_TOO_LONG',
      `The picture is ${width} x ${height} pixels. At most ${limits.maximumSide} are allowed on the longer side.`,
    );
}

async function decode(bytes: Buffer, format: PictureFormat, limits: PictureLimits) {
  if (format === 'BMP') {
    const { data, ...raw } = decodeBmp(bytes);
    return shrink(sharp(data, { raw }));
  }
  const options = { limitInputPixels: limits.maximumPixels, sequentialRead: true, pages: 1, page: 0 } as const;
  try {
    return await shrink(sharp(bytes, { ...options, failOn: 'warning' }));
  } catch (error) {
    // Some phones pad their JPEGs; libjpeg warns although every pixel is there.
    const padded = /extraneous bytes before marker/.test(String(error));
    const second = padded
      ? await shrink(sharp(bytes, { ...options, failOn: 'error' })).catch(() => undefined)
      : undefined;
    if (second) return second;
    throw new PictureError('DAMAGED', `The ${format} file is damaged or cut off and cannot be decoded completely.`, {
      cause: error,
    });
  }
}

function shrink(picture: Sharp) {
  return picture
    .autoOrient()
    .flatten({ background: white })
    .resize(inside(longestSide))
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
}

/** sharp rounds a side of less than half a pixel up to one: 9000 x 1 becomes 1024 x 1. */
function inside(side: number): ResizeOptions {
  return { width: side, height: side, fit: 'inside', withoutEnlargement: true };
}

const megabytes = (bytes: number) => (bytes / 1024 / 1024).toFixed(1);
const megapixels = (pixels: number) => (pixels / 1e6).toFixed(1);
