import sharp from 'sharp';
import { decodePictureFile, encodeNormalised, readPictureFile, type DecodedFile } from './decode-picture-file.ts';
import { perceptualHash } from './perceptual-hash.ts';
import type { PictureFormat } from './picture-format.ts';
import type { DecodedPicture } from './decode-picture.ts';
import { defaultPictureLimits, type PictureLimits } from './picture-limits.ts';
import { releaseBytes } from './release-bytes.ts';
import { thumbnailPixels, thumbnailPixelsOfFile } from './thumbnail-pixels.ts';

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
  /** JPEG (quality 80, 4:2:0) that fits into 256 x 256 pixels, never enlarged. */
  readonly thumbnail: Buffer;
  /** 32 bytes, see {@link perceptualHash}. */
  readonly perceptualHash: Buffer;
}

/** @throws {PictureError} when the bytes are no allowed picture, damaged or beyond a limit. */
export async function normalisePicture(
  bytes: Buffer,
  limits: PictureLimits = defaultPictureLimits,
): Promise<NormalisedPicture> {
  const file = await readPictureFile(bytes, limits);
  const { format, width, height } = file;
  const forms =
    (file.plain && (await keep(file.plain))) ?? (await writeAnew(await decodePictureFile(bytes, file, limits)));
  return { format, width, height, ...forms };
}

type Forms = Pick<NormalisedPicture, 'jpeg' | 'thumbnail' | 'perceptualHash'>;

/** `undefined` when it is not whole. */
async function keep(plain: Buffer): Promise<Forms | undefined> {
  const small = await thumbnailPixelsOfFile(plain).catch(() => undefined);
  return small && { jpeg: plain, ...(await thumbnailAndHash(small)) };
}

async function writeAnew(decoded: DecodedFile): Promise<Forms> {
  const { data, raw } = decoded;
  const [jpeg, small] = await Promise.all([
    encodeNormalised(decoded),
    thumbnailPixels({ data, width: raw.width, height: raw.height }).then(thumbnailAndHash),
  ]);
  releaseBytes(data);
  return { jpeg, ...small };
}

/** @param pixels of the size of a thumbnail. */
async function thumbnailAndHash(pixels: DecodedPicture): Promise<Omit<Forms, 'jpeg'>> {
  const { data, width, height } = pixels;
  const encoding = sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 80, optimiseCoding: false })
    .toBuffer();
  // Meanwhile.
  const hash = perceptualHash(pixels);
  return { thumbnail: await encoding, perceptualHash: hash };
}
