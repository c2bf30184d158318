import { normalisePicture, PictureError, type NormalisedPicture } from '#engine/pictures/index.ts';
import { PictureRefusedError } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';

/**
 * Turns uploaded bytes into the one normalised form that people see, trainings learn from and predictions are made on.
 * @throws {PictureRefusedError} that names the file.
 */
export async function ingestPicture(platform: Platform, fileName: string, bytes: Buffer): Promise<NormalisedPicture> {
  const { limits } = platform.config;
  try {
    return await normalisePicture(bytes, {
      maximumBytes: limits.imageBytes,
      maximumSide: limits.imageSide,
      maximumPixels: limits.imagePixels,
    });
  } catch (error) {
    if (error instanceof PictureError) throw new PictureRefusedError(error.code, fileName, error.message);
    throw error;
  }
}
