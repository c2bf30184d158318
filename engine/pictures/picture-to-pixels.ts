import sharp from 'sharp';
import './sharp-settings.ts';

/** `cover` fills the square and cuts what stands over, centred; `fill` keeps everything and ignores the aspect ratio. */
export type ResizeMode = 'cover' | 'fill';

/**
 * The pixels a model sees of a normalised picture, in training, evaluation and prediction alike.
 * @returns [size, size, 3] uint8, RGB, rows from the top.
 * @throws when the bytes are no complete picture.
 */
export async function pictureToPixels(
  jpeg: Buffer,
  { size, resize }: { readonly size: number; readonly resize: ResizeMode },
): Promise<Uint8Array> {
  return sharp(jpeg, { failOn: 'truncated' })
    .resize(size, size, { fit: resize })
    .toColourspace('srgb')
    .removeAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer();
}
