import sharp from 'sharp';
import { expect, it } from 'vitest';
import { random } from '#engine/random/random.ts';
import { greySquare } from './grey-square.ts';

it.each([
  [256, 192],
  [171, 256],
  [256, 40],
  [100, 75],
  [64, 64],
  [33, 250],
  [32, 32],
])(
  'of %i x %i pixels is what libvips makes of them, but for a value in a thousand that is off by one',
  async (width, height) => {
    const draws = random(width * height);
    const data = Uint8Array.from({ length: width * height * 3 }, (_, at) => {
      const [x, y] = [Math.floor(at / 3) % width, Math.floor(at / 3 / width)];
      return 90 + 60 * Math.sin(x / 9 + (at % 3)) * Math.cos(y / 7) + draws.integer(80);
    });
    const expected = await sharp(data, { raw: { width, height, channels: 3 } })
      .resize(32, 32, { fit: 'fill' })
      .greyscale()
      .raw({ depth: 'uchar' })
      .toBuffer();
    const off = greySquare({ data, width, height }, 32).map((value, at) => Math.abs(value - expected[at]!));
    expect(Math.max(...off)).toBeLessThanOrEqual(1);
    expect(off.filter((difference) => difference > 0).length).toBeLessThanOrEqual(2);
  },
);

it('of a picture smaller than itself is interpolated', () => {
  const dark = { data: new Uint8Array(3 * 5 * 4).fill(70), width: 5, height: 4 };
  expect(new Set(greySquare(dark, 32))).toEqual(new Set([70]));
});
