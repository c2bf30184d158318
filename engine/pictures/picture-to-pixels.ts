import sharp from 'sharp';
import './sharp-settings.ts';

/** `cover` fills the square and cuts what stands over, centred; `fill` keeps everything and ignores the aspect ratio. */
export type ResizeMode = 'cover' | 'fill';

/**
 * `whole`: every pixel of the file is decoded, then the picture is resized; anybody's decoder gives these pixels, so that an exported file can
 * resize by itself. `halved`: the JPEG decoder leaves out what a small input does not need; up to a third faster, but only libjpeg knows
 * these pixels. Models say which of the two they learned with.
 */
export type Decoding = 'whole' | 'halved';

/**
 * The pixels a model sees of a normalised picture, in training, evaluation and prediction alike.
 * @returns [size, size, 3] uint8, RGB, rows from the top.
 * @param failOn what the decoder may not say about the file.
 * @throws when the bytes are no complete picture.
 */
export async function pictureToPixels(
  jpeg: Buffer,
  geometry: { readonly size: number; readonly resize: ResizeMode; readonly decoding?: Decoding },
  failOn: 'truncated' | 'warning' = 'truncated',
): Promise<Uint8Array> {
  const { size, resize, decoding = 'whole' } = geometry;
  const picture = sharp(jpeg, { failOn });
  // A colour space to work in, be it the picture's own, is what keeps sharp from having the decoder shrink.
  return (decoding === 'whole' ? picture.pipelineColourspace('srgb') : picture)
    .resize(size, size, { fit: resize })
    .toColourspace('srgb')
    .removeAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer();
}
