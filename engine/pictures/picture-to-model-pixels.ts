import { decodePictureFile, encodeNormalised, readPictureFile } from './decode-picture-file.ts';
import type { PictureLimits } from './picture-limits.ts';
import { pictureToPixels } from './picture-to-pixels.ts';
import { releaseBytes } from './release-bytes.ts';

/**
 * What a model sees of a file as somebody sent it: through the normalised JPEG, so that a prediction is the same whether the file is sent
 * or was made an image before.
 * @returns [size, size, 3] uint8, RGB, rows from the top.
 * @throws {PictureError} when the bytes are no allowed picture, damaged or beyond a limit.
 */
export async function pictureToModelPixels(
  bytes: Buffer,
  limits: PictureLimits,
  geometry: Parameters<typeof pictureToPixels>[1],
): Promise<Uint8Array> {
  const file = await readPictureFile(bytes, limits);
  const kept = file.plain && (await pictureToPixels(file.plain, geometry, 'warning').catch(() => undefined));
  if (kept) return kept;
  const decoded = await decodePictureFile(bytes, file, limits);
  const jpeg = await encodeNormalised(decoded);
  releaseBytes(decoded.data);
  const pixels = await pictureToPixels(jpeg, geometry);
  releaseBytes(jpeg);
  return pixels;
}
