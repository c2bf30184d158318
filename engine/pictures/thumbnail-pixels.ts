import sharp from 'sharp';
import type { DecodedPicture } from './decode-picture.ts';
import { quarterPixels } from './quarter-pixels.ts';
import './sharp-settings.ts';

const thumbnailSide = 256;

/** The picture so that it fits into 256 x 256 pixels, never enlarged. @param picture of a normalised one, so at most 1024 pixels a side. */
export async function thumbnailPixels(picture: DecodedPicture): Promise<DecodedPicture> {
  const { data, width, height } = picture;
  const longest = Math.max(width, height);
  if (longest <= thumbnailSide) return picture;
  // So is every photo that was larger.
  if (longest === 4 * thumbnailSide && Math.min(width, height) >= 4) return quarterPixels(picture);
  const { data: pixels, info } = await sharp(data, { raw: { width, height, channels: 3 } })
    .resize({ width: thumbnailSide, height: thumbnailSide, fit: 'inside' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data: pixels, width: info.width, height: info.height };
}

/**
 * The same of a normalised picture that was not decoded yet, in two thirds of the time: the decoder leaves out pixels that a quarter of them shows as
 * well. All of the file is read, but libvips passes over what the decoder says of the last eight rows of those it gives.
 * @throws when the decoder has anything to say about the file.
 */
export async function thumbnailPixelsOfFile(jpeg: Buffer): Promise<DecodedPicture> {
  const { data, info } = await sharp(jpeg, { failOn: 'warning' })
    .resize({ width: thumbnailSide, height: thumbnailSide, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}
