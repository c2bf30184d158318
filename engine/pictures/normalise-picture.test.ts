import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { normalisePicture } from './normalise-picture.ts';
import { pictureToPixels } from './picture-to-pixels.ts';
import { PictureError, type PictureErrorCode } from './picture-error.ts';
import { defaultPictureLimits } from './picture-limits.ts';

const red = { r: 230, g: 30, b: 20 };

/** Left half red, right half blue, large enough that JPEG colours stay apart. */
function halves(width = 64, height = 48): Sharp {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="${width}" height="${height}" fill="rgb(20,40,220)"/><rect width="${width / 2}" height="${height}" fill="rgb(230,30,20)"/></svg>`;
  return sharp(Buffer.from(svg)).flatten().removeAlpha();
}

/** Detailed enough that cutting the file in half surely cuts pixels. */
function noise(width = 200, height = 150): Sharp {
  return sharp({
    create: { width, height, channels: 3, background: '#888', noise: { type: 'gaussian', mean: 128, sigma: 60 } },
  });
}

/** Colour of one pixel of the normalised JPEG. */
async function pixel(jpeg: Buffer, x: number, y: number): Promise<[number, number, number]> {
  const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
  const at = (y * info.width + x) * info.channels;
  return [data[at]!, data[at + 1]!, data[at + 2]!];
}

function expectColour(found: readonly number[], expected: readonly number[], tolerance: number): void {
  const worst = Math.max(...found.map((value, channel) => Math.abs(value - expected[channel]!)));
  expect(worst, `${found.join(' ')} instead of ${expected.join(' ')}`).toBeLessThanOrEqual(tolerance);
}

async function refusal(bytes: Buffer, limits = defaultPictureLimits): Promise<PictureErrorCode> {
  const error = await normalisePicture(bytes, limits).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(PictureError);
  return (error as PictureError).code;
}

/** A PNG whose header promises more pixels than its data holds. */
function pngWithHeader(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const framed = Buffer.alloc(body.length + 8);
    framed.writeUInt32BE(data.length, 0);
    body.copy(framed, 4);
    framed.writeUInt32BE(crc32(body), body.length + 4);
    return framed;
  };
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(64))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

describe('normalisePicture', () => {
  it('turns a photo into an upright sRGB JPEG and a thumbnail', async () => {
    const picture = await normalisePicture(await noise(2000, 1500).jpeg().toBuffer());
    expect(picture).toMatchObject({ format: 'JPEG', width: 2000, height: 1500 });
    const jpeg = await sharp(picture.jpeg).metadata();
    expect(jpeg).toMatchObject({ format: 'jpeg', width: 1024, height: 768, chromaSubsampling: '4:2:0', space: 'srgb' });
    expect(await sharp(picture.thumbnail).metadata()).toMatchObject({ format: 'jpeg', width: 256, height: 192 });
  });

  it('keeps the whole resolution of colours where it does not shrink', async () => {
    const { jpeg } = await normalisePicture(await noise(1024, 500).png().toBuffer());
    expect(await sharp(jpeg).metadata()).toMatchObject({ width: 1024, height: 500, chromaSubsampling: '4:4:4' });
  });

  it('keeps every pixel of a small upright JPEG, and writes a larger or turned one anew', async () => {
    const photo = (width: number) => noise(width, 300).blur(3).jpeg({ quality: 85 });
    const pixels = (jpeg: Buffer) => sharp(jpeg).raw().toBuffer();
    const small = await photo(1024).toBuffer();
    const { jpeg } = await normalisePicture(small);
    expect((await pixels(jpeg)).equals(await pixels(small))).toBe(true);
    expect(await sharp(jpeg).metadata()).toMatchObject({ chromaSubsampling: '4:2:0' });
    for (const [bytes, size] of [
      [await photo(1025).toBuffer(), [1024, 300]],
      [await photo(400).withMetadata({ orientation: 6 }).toBuffer(), [300, 400]],
    ] as const) {
      const { width, height } = await sharp((await normalisePicture(bytes)).jpeg).metadata();
      expect([width, height]).toEqual(size);
    }
  });

  it.each(['cover', 'fill'] as const)(
    'shows models nearly the same of a shrunk picture as with all its colours (%s)',
    async (resize) => {
      const photo = await noise(1600, 1200).blur(10).linear(8, -896).png().toBuffer();
      const { jpeg } = await normalisePicture(photo);
      const whole = await sharp(photo).resize(1024).jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer();
      const [seen, expected] = await Promise.all(
        [jpeg, whole].map((each) => pictureToPixels(each, { size: 224, resize })),
      );
      const differences = Array.from(seen!, (value, at) => Math.abs(value - expected![at]!));
      expect(differences.reduce((sum, each) => sum + each, 0) / differences.length).toBeLessThan(1);
    },
  );

  it('never enlarges', async () => {
    const picture = await normalisePicture(await halves(20, 10).png().toBuffer());
    expect(await sharp(picture.jpeg).metadata()).toMatchObject({ width: 20, height: 10 });
    expect(await sharp(picture.thumbnail).metadata()).toMatchObject({ width: 20, height: 10 });
  });

  it('gives the same bytes for the same picture', async () => {
    const png = await noise().png().toBuffer();
    const [one, two] = await Promise.all([normalisePicture(png), normalisePicture(png)]);
    expect(one.jpeg.equals(two.jpeg)).toBe(true);
  });

  it('drops metadata', async () => {
    const withExif = await halves()
      .withExif({ IFD0: { ImageDescription: '<script>alert(1)</script>' } })
      .jpeg()
      .toBuffer();
    expect(withExif.includes('<script>')).toBe(true);
    const { jpeg, thumbnail } = await normalisePicture(withExif);
    expect(jpeg.includes('<script>')).toBe(false);
    expect(thumbnail.includes('<script>')).toBe(false);
    expect((await sharp(jpeg).metadata()).exif).toBeUndefined();
  });

  it.each(['jpeg', 'png', 'webp', 'gif', 'tiff', 'avif'] as const)('accepts %s by its content', async (format) => {
    const picture = await normalisePicture(await halves().toFormat(format).toBuffer());
    expect(picture).toMatchObject({ format: format.toUpperCase(), width: 64, height: 48 });
    expectColour(await pixel(picture.jpeg, 10, 24), [230, 30, 20], 12);
    expectColour(await pixel(picture.jpeg, 54, 24), [20, 40, 220], 12);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('applies EXIF orientation %i', async (orientation) => {
    // The stored picture is the inverse of what a viewer does, so that the red half must come out on the left each time.
    const angle = [0, 0, 0, 180, 180, 90, -90, -90, 90][orientation]!;
    const turned = await sharp(await cornered().png().toBuffer())
      .rotate(angle)
      .png()
      .toBuffer();
    const mirrored = [2, 4, 5, 7].includes(orientation) ? sharp(turned).flop() : sharp(turned);
    const jpeg = await mirrored.withMetadata({ orientation }).jpeg({ quality: 95 }).toBuffer();
    const picture = await normalisePicture(jpeg);
    expect(picture).toMatchObject({ width: 64, height: 48 });
    expectColour(await pixel(picture.jpeg, 8, 8), [230, 30, 20], 15);
    expectColour(await pixel(picture.jpeg, 56, 8), [20, 40, 220], 15);
    expectColour(await pixel(picture.jpeg, 8, 40), [20, 40, 220], 15);
  });

  it('converts CMYK', async () => {
    const cmyk = await halves().toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer();
    expect((await sharp(cmyk).metadata()).space).toBe('cmyk');
    const [r, , b] = await pixel((await normalisePicture(cmyk)).jpeg, 10, 24);
    expect(r - b).toBeGreaterThan(80);
  });

  it('converts a Display P3 profile to sRGB', async () => {
    const p3 = await halves().withIccProfile('p3').png().toBuffer();
    expectColour(await pixel((await normalisePicture(p3)).jpeg, 10, 24), [230, 30, 20], 12);
  });

  it('scales 16 bits to 8 instead of clipping', async () => {
    const samples = new Uint16Array(40 * 30 * 3).fill(128 * 257);
    const deep = await sharp(samples, { raw: { width: 40, height: 30, channels: 3 } })
      .toColourspace('rgb16')
      .png()
      .toBuffer();
    expect((await sharp(deep).metadata()).depth).toBe('ushort');
    expectColour(await pixel((await normalisePicture(deep)).jpeg, 20, 15), [128, 128, 128], 2);
  });

  it('makes three channels of grey and puts white behind transparency', async () => {
    const grey = await sharp({
      create: { width: 30, height: 20, channels: 4, background: { r: 60, g: 60, b: 60, alpha: 0.5 } },
    })
      .toColourspace('b-w')
      .png()
      .toBuffer();
    expect((await sharp(grey).metadata()).channels).toBe(2);
    const { jpeg } = await normalisePicture(grey);
    expect((await sharp(jpeg).metadata()).channels).toBe(3);
    expectColour(await pixel(jpeg, 15, 10), [157, 157, 157], 3);
  });

  it('takes the first frame of an animation', async () => {
    const frames = await Promise.all(
      ['#e61e14', '#1428dc', '#14dc28'].map((background) =>
        sharp({ create: { width: 32, height: 32, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    );
    for (const format of ['gif', 'webp'] as const) {
      const animation = await sharp(frames, { join: { animated: true } })
        .toFormat(format, { loop: 0 })
        .toBuffer();
      expect((await sharp(animation).metadata()).pages).toBe(3);
      const picture = await normalisePicture(animation);
      expect(picture).toMatchObject({ width: 32, height: 32 });
      expectColour(await pixel(picture.jpeg, 16, 16), [red.r, red.g, red.b], 8);
    }
  });

  it('survives extreme shapes', async () => {
    for (const [width, height] of [
      [1, 9000],
      [8000, 2],
      [1, 1],
    ] as const) {
      const picture = await normalisePicture(
        await sharp({ create: { width, height, channels: 3, background: red } })
          .png()
          .toBuffer(),
      );
      expect(picture).toMatchObject({ width, height });
      const made = await sharp(picture.jpeg).metadata();
      expect(Math.min(made.width, made.height)).toBeGreaterThanOrEqual(1);
      expect(Math.max(made.width, made.height)).toBeLessThanOrEqual(1024);
    }
  });

  it('accepts bytes after the end of the picture', async () => {
    const jpeg = await noise().jpeg().toBuffer();
    await expect(normalisePicture(Buffer.concat([jpeg, Buffer.alloc(5000, 0x5a)]))).resolves.toMatchObject({
      width: 200,
    });
  });

  it('ignores a colour profile that is garbage', async () => {
    const jpeg = await halves().jpeg().toBuffer();
    const profile = Buffer.concat([Buffer.from('ICC_PROFILE\0\x01\x01', 'latin1'), Buffer.alloc(300, 0xab)]);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(profile.length + 2);
    const broken = Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xff, 0xe2]), length, profile, jpeg.subarray(2)]);
    expectColour(await pixel((await normalisePicture(broken)).jpeg, 10, 24), [230, 30, 20], 12);
  });
});

describe('normalisePicture refuses', () => {
  it('nothing, text, markup and programs', async () => {
    expect(await refusal(Buffer.alloc(0))).toBe('EMPTY');
    expect(await refusal(Buffer.from('This is no picture.\n'.repeat(20)))).toBe('NOT_AN_IMAGE');
    expect(await refusal(Buffer.from('<html><script>alert(1)</script></html>'))).toBe('NOT_AN_IMAGE');
    expect(await refusal(Buffer.from('{"a":1}'))).toBe('NOT_AN_IMAGE');
    expect(await refusal(Buffer.from('BM and then some words that look like no bitmap header'))).toBe('NOT_AN_IMAGE');
  });

  it('SVG, though sharp could draw it', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>';
    expect(await refusal(Buffer.from(svg))).toBe('UNSUPPORTED_FORMAT');
    expect(await refusal(Buffer.from(`<?xml version="1.0"?><!DOCTYPE svg><!-- ${'x'.repeat(500)} -->${svg}`))).toBe(
      'UNSUPPORTED_FORMAT',
    );
  });

  it.each(['jpeg', 'png', 'webp', 'tiff', 'gif'] as const)('a %s that was cut off, wherever', async (format) => {
    const whole = await noise().toFormat(format).toBuffer();
    for (const share of [0.02, 0.3, 0.5, 0.9]) {
      expect(
        await refusal(whole.subarray(0, Math.max(24, Math.floor(whole.length * share)))),
        `${format} at ${share}`,
      ).toBe('DAMAGED');
    }
  });

  it('a PNG with a wrong checksum', async () => {
    const png = await noise().png().toBuffer();
    const at = png.indexOf('IDAT') + 4 + 1000;
    png[at]! ^= 0xff;
    expect(await refusal(png)).toBe('DAMAGED');
  });

  it('a pixel bomb, by its header alone', async () => {
    expect(await refusal(pngWithHeader(30_000, 30_000))).toBe('TOO_MANY_PIXELS');
    expect(await refusal(pngWithHeader(16_385, 10))).toBe('SIDE_TOO_LONG');
    await expect(normalisePicture(pngWithHeader(30_000, 30_000))).rejects.toThrow(
      /30000 x 30000 = 900\.0 megapixels.*100\.0/,
    );
  });

  it('too many bytes, with the limit in the message', async () => {
    const limits = { ...defaultPictureLimits, maximumBytes: 1024 * 1024 };
    expect(await refusal(Buffer.alloc(2 * 1024 * 1024), limits)).toBe('TOO_MANY_BYTES');
    await expect(normalisePicture(Buffer.alloc(2 * 1024 * 1024), limits)).rejects.toThrow(
      'The file has 2.0 MB. At most 1.0 MB are allowed.',
    );
  });
});

/** Red top-left quarter on blue: every one of the eight orientations puts it elsewhere. */
function cornered(): Sharp {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="48">
    <rect width="64" height="48" fill="rgb(20,40,220)"/><rect width="32" height="24" fill="rgb(230,30,20)"/></svg>`;
  return sharp(Buffer.from(svg)).flatten().removeAlpha();
}
