import sharp from 'sharp';
import type { ResizeMode } from './picture-to-pixels.ts';
import './sharp-settings.ts';

/** A decoded picture somewhat larger than a model's input, to cut several random views from after one decode. */
export interface RoomyPixels {
  readonly width: number;
  readonly height: number;
  /** [height, width, 3] uint8, RGB. */
  readonly data: Uint8Array;
}

/** Side over input side: room for crops, without decoding more pixels than views can use. */
const roominess = 1.15;
/** Longer over shorter side at which the rest is cut off, so that a 1 x 9000 picture does not become a million pixels. */
const maximumAspect = 2;

/** Pixels of the shorter side. @param size of the model's input. */
export const roomySide = (size: number): number => Math.ceil(size * roominess);

/** Bytes of the largest roomy picture that a model's input of `size` needs. */
export const mostRoomyBytes = (size: number): number =>
  roomySide(size) * Math.round(roomySide(size) * maximumAspect) * 3;

/** `cover`: the shorter side is 1.15 x `size`, nothing is cut up to an aspect of 2; `fill`: both sides are. */
export async function pictureToRoomyPixels(
  jpeg: Buffer,
  { size, resize }: { readonly size: number; readonly resize: ResizeMode },
): Promise<RoomyPixels> {
  const picture = sharp(jpeg, { failOn: 'truncated' });
  const side = roomySide(size);
  const { width, height } = await picture.metadata();
  const aspect = resize === 'fill' ? 1 : width / height;
  const { data, info } = await picture
    .resize(
      Math.round(side * Math.min(maximumAspect, Math.max(1, aspect))),
      Math.round(side * Math.min(maximumAspect, Math.max(1, 1 / aspect))),
      { fit: resize },
    )
    .toColourspace('srgb')
    .removeAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}
