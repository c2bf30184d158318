import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { World } from '#test/world.ts';

const [width, height] = [60, 40];
type Color = readonly [number, number, number];
const red: Color = [220, 40, 40];
const blue: Color = [40, 60, 200];
const white: Color = [255, 255, 255];

/** Left half red, right half blue, as one 8-bit RGB image of the size. */
function halves(): Sharp {
  const pixels = Buffer.alloc(width * height * 3);
  for (let at = 0; at < width * height; at++) pixels.set(at % width < width / 2 ? red : blue, at * 3);
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

/** How a picture must be turned back, as EXIF says it: what was stored is the upright one turned the other way. */
const turned: Record<number, (picture: Sharp) => Sharp> = {
  1: (picture) => picture,
  2: (picture) => picture.flop(),
  3: (picture) => picture.rotate(180),
  4: (picture) => picture.flip(),
  6: (picture) => picture.rotate(270),
  8: (picture) => picture.rotate(90),
};

describe('what the API gives of a picture', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.open();
  });
  afterAll(() => world.close());

  /** Uploads and reads back the normalised form: size and the colours in the middle of its left and right halves. */
  const roundTrip = async (bytes: Buffer) => {
    const { id } = await world.project();
    const [{ image }] = await world.tryUpload(id, [{ fileName: 'picture', bytes }]);
    const jpeg = Buffer.from(await (await fetch(image.url)).arrayBuffer());
    const metadata = await sharp(jpeg).metadata();
    expect(metadata).toMatchObject({ format: 'jpeg', space: 'srgb', channels: 3, depth: 'uchar', hasAlpha: false });
    expect([metadata.exif, metadata.icc, metadata.orientation, metadata.xmp]).toEqual(Array(4).fill(undefined));
    const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
    const at = (x: number): number[] => {
      const start = (Math.floor(info.height / 2) * info.width + Math.floor(x * info.width)) * 3;
      return [...data.subarray(start, start + 3)];
    };
    return { image, size: [info.width, info.height], left: at(0.25), right: at(0.75) };
  };
  const expectColor = (found: readonly number[], wanted: Color, tolerance = 8) => {
    for (const [channel, value] of wanted.entries())
      expect(Math.abs(found[channel]! - value), `${found.join()} is not ${wanted.join()}`).toBeLessThanOrEqual(
        tolerance,
      );
  };

  test.each(Object.keys(turned).map(Number))('with EXIF orientation %i is upright', async (orientation) => {
    const stored = turned[orientation]!(halves());
    const bytes = await stored.jpeg({ quality: 95 }).withMetadata({ orientation }).toBuffer();
    const { image, size, left, right } = await roundTrip(bytes);
    expect(image).toMatchObject({ width, height, format: 'JPEG' });
    expect(size).toEqual([width, height]);
    expectColor(left, red);
    expectColor(right, blue);
  });

  test.each<[string, string, () => Promise<Buffer>]>([
    ['a CMYK JPEG', 'JPEG', () => halves().toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer()],
    ['a PNG of 16 bits a channel', 'PNG', () => halves().toColourspace('rgb16').png().toBuffer()],
    ['a palette PNG', 'PNG', () => halves().png({ palette: true }).toBuffer()],
    ['a TIFF', 'TIFF', () => halves().tiff({ compression: 'lzw' }).toBuffer()],
    ['a WebP', 'WEBP', () => halves().webp({ quality: 95 }).toBuffer()],
    ['an AVIF', 'AVIF', () => halves().avif({ quality: 90 }).toBuffer()],
  ])('from %s has its colours', async (_what, format, make) => {
    const { image, size, left, right } = await roundTrip(await make());
    expect(image.format).toBe(format);
    expect(size).toEqual([width, height]);
    // CMYK without a profile leaves room for interpretation.
    expectColor(left, red, format === 'JPEG' ? 60 : 12);
    expectColor(right, blue, format === 'JPEG' ? 60 : 12);
  });

  test('from grey with transparency lies over white', async () => {
    const pixels = Buffer.alloc(width * height * 2);
    for (let at = 0; at < width * height; at++) pixels.set(at % width < width / 2 ? [100, 255] : [0, 0], at * 2);
    const bytes = await sharp(pixels, { raw: { width, height, channels: 2 } })
      .png()
      .toBuffer();
    const { left, right } = await roundTrip(bytes);
    expectColor(left, [100, 100, 100]);
    expectColor(right, white);
  });

  test.each(['gif', 'webp'] as const)('from an animated %s is its first frame', async (format) => {
    const frames = Buffer.concat(
      [red, blue, white].map((color) => Buffer.from(Array.from({ length: width * height }, () => color).flat())),
    );
    const raw = { width, height: height * 3, channels: 3, pageHeight: height } as const;
    const bytes = await sharp(frames, { raw })
      .toFormat(format, { delay: [100, 100, 100] })
      .toBuffer();
    expect((await sharp(bytes).metadata()).pages).toBe(3);
    const { image, size, left, right } = await roundTrip(bytes);
    expect([image.width, image.height, ...size]).toEqual([width, height, width, height]);
    expectColor(left, red);
    expectColor(right, red);
  });

  test('from a large picture is at most 1,024 pixels long, while the API tells its own size', async () => {
    const bytes = await halves().resize(2400, 1600, { kernel: 'nearest' }).png().toBuffer();
    const { image, size, left } = await roundTrip(bytes);
    expect(image).toMatchObject({ width: 2400, height: 1600 });
    expect(size).toEqual([1024, 683]);
    expectColor(left, red);
  });
});
