import sharp from 'sharp';
import './sharp-settings.ts';

/** A picture as any decoder gives it. */
export interface DecodedPicture {
  readonly width: number;
  readonly height: number;
  /** [height, width, 3] uint8, RGB, rows from the top. */
  readonly data: Uint8Array;
}

/** All pixels of a normalised picture. @throws when the bytes are no complete picture. */
export async function decodePicture(jpeg: Buffer): Promise<DecodedPicture> {
  const { data, info } = await sharp(jpeg, { failOn: 'truncated' })
    .toColourspace('srgb')
    .removeAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

/** The picture as a PNG file: the same pixels, for people to look at. */
export async function encodePng({ width, height, data }: DecodedPicture): Promise<Buffer> {
  return sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}
