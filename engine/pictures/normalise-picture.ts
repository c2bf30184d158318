import sharp from 'sharp';
import { decodePicture, encodeNormalised, inside } from './decode-picture.ts';
import { perceptualHash } from './perceptual-hash.ts';
import type { PictureFormat } from './picture-format.ts';
import { defaultPictureLimits, type PictureLimits } from './picture-limits.ts';

/** One picture in the only form that people see, trainings learn from and predictions are made on. */
export interface NormalisedPicture {
  /** Of the bytes that came in. */
  readonly format: PictureFormat;
  /** Of the picture that came in, pixels, once upright. */
  readonly width: number;
  readonly height: number;
  /** Upright sRGB JPEG (quality 95, 4:4:4) without metadata, longest side at most 1024 pixels, never enlarged. */
  readonly jpeg: Buffer;
  /** WebP that fits into 256 x 256 pixels, never enlarged. */
  readonly thumbnail: Buffer;
  /** 32 bytes, see {@link perceptualHash}. */
  readonly perceptualHash: Buffer;
}

const thumbnailSide = 256;

/** See {@link decodePicture}. @throws {PictureError} when the bytes are no allowed picture, damaged or beyond a limit. */
export async function normalisePicture(
  bytes: Buffer,
  limits: PictureLimits = defaultPictureLimits,
): Promise<NormalisedPicture> {
  const decoded = await decodePicture(bytes, limits);
  const { format, width, height, data, raw } = decoded;
  const [jpeg, thumbnail, hash] = await Promise.all([
    encodeNormalised(decoded),
    sharp(data, { raw }).resize(inside(thumbnailSide)).webp({ quality: 80 }).toBuffer(),
    perceptualHash({ data, width: raw.width, height: raw.height }),
  ]);
  return { format, width, height, jpeg, thumbnail, perceptualHash: hash };
}
