import sharp from 'sharp';
import { decodePictureFile, encodeNormalised } from './decode-picture-file.ts';
import { perceptualHash } from './perceptual-hash.ts';
import type { PictureFormat } from './picture-format.ts';
import type { DecodedPicture } from './decode-picture.ts';
import { defaultPictureLimits, type PictureLimits } from './picture-limits.ts';
import { releaseBytes } from './release-bytes.ts';
import { thumbnailPixels } from './thumbnail-pixels.ts';

/** One picture in the only form that people see, trainings learn from and predictions are made on. */
export interface NormalisedPicture {
  /** Of the bytes that came in. */
  readonly format: PictureFormat;
  /** Of the picture that came in, pixels, once upright. */
  readonly width: number;
  readonly height: number;
  /**
   * Upright sRGB JPEG without metadata, longest side at most 1024 pixels, never enlarged. A small plain JPEG (plain-jpeg.ts) has the pixels
   * that came; all else is written anew (quality 95; 4:2:0 where it was shrunk, else 4:4:4).
   */
  readonly jpeg: Buffer;
  /** WebP that fits into 256 x 256 pixels, never enlarged. */
  readonly thumbnail: Buffer;
  /** 32 bytes, see {@link perceptualHash}. */
  readonly perceptualHash: Buffer;
}

/** See {@link decodePictureFile}. @throws {PictureError} when the bytes are no allowed picture, damaged or beyond a limit. */
export async function normalisePicture(
  bytes: Buffer,
  limits: PictureLimits = defaultPictureLimits,
): Promise<NormalisedPicture> {
  const decoded = await decodePictureFile(bytes, limits);
  const { format, width, height, data, raw } = decoded;
  const [jpeg, [thumbnail, hash]] = await Promise.all([
    encodeNormalised(decoded),
    thumbnailAndHash({ data, width: raw.width, height: raw.height }),
  ]);
  releaseBytes(data);
  return { format, width, height, jpeg, thumbnail, perceptualHash: hash };
}

async function thumbnailAndHash(picture: DecodedPicture): Promise<[Buffer, Buffer]> {
  const pixels = await thumbnailPixels(picture);
  const { data, width, height } = pixels;
  const encoding = sharp(data, { raw: { width, height, channels: 3 } })
    .webp({ quality: 80, effort: 0 })
    .toBuffer();
  // Meanwhile.
  const hash = perceptualHash(pixels);
  return [await encoding, hash];
}
