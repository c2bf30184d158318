import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { normalisePicture } from './normalise-picture.ts';
import { defaultPictureLimits } from './picture-limits.ts';
import { pictureToModelPixels } from './picture-to-model-pixels.ts';
import { pictureToPixels } from './picture-to-pixels.ts';

function photo(width: number, height: number): Sharp {
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
  return sharp({ create: { width, height, channels: 3, background: '#888', noise } }).blur(2);
}

describe('what a model sees of a file', () => {
  it.each([
    ['a small JPEG', () => photo(300, 200).jpeg()],
    ['a JPEG that is turned', () => photo(300, 200).withMetadata({ orientation: 6 }).jpeg()],
    ['a progressive JPEG', () => photo(300, 200).jpeg({ progressive: true })],
    ['a large JPEG', () => photo(1400, 900).jpeg()],
    ['a PNG', () => photo(300, 200).png()],
  ])('is the same of %s as of the image that it becomes', async (_name, make) => {
    const bytes = await make().toBuffer();
    const { jpeg } = await normalisePicture(bytes);
    for (const decoding of ['whole', 'halved'] as const) {
      const geometry = { size: 64, resize: 'cover', decoding } as const;
      const seen = await pictureToModelPixels(bytes, defaultPictureLimits, geometry);
      expect(Buffer.from(seen).equals(await pictureToPixels(jpeg, geometry))).toBe(true);
    }
  });

  it('is nothing where a small JPEG is damaged', async () => {
    const jpeg = await photo(300, 200).jpeg({ optimiseCoding: false }).toBuffer();
    const middle = jpeg.length >> 1;
    // A marker that no decoder expects there, and none that could end the file.
    jpeg.set([0xff, 0xd3, 0xff, 0xd6], middle);
    const geometry = { size: 64, resize: 'cover' } as const;
    await expect(pictureToModelPixels(jpeg, defaultPictureLimits, geometry)).rejects.toMatchObject({ code: 'DAMAGED' });
  });
});
