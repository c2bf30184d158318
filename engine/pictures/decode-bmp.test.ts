import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeBmp } from './decode-bmp.ts';
import { normalisePicture } from './normalise-picture.ts';
import { PictureError } from './picture-error.ts';

interface BmpOptions {
  width: number;
  /** Negative = stored from the top. */
  height: number;
  bits: number;
  /** Stored rows, padded to four bytes, in file order. */
  pixels: Buffer;
  compression?: number;
  palette?: Buffer;
  masks?: number[];
}

function bmp({
  width,
  height,
  bits,
  pixels,
  compression = 0,
  palette = Buffer.alloc(0),
  masks = [],
}: BmpOptions): Buffer {
  const header = Buffer.alloc(54 + masks.length * 4);
  header.write('BM', 'latin1');
  header.writeUInt32LE(header.length + palette.length, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(width, 18);
  header.writeInt32LE(height, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(bits, 28);
  header.writeUInt32LE(compression, 30);
  header.writeUInt32LE(palette.length / 4, 46);
  masks.forEach((mask, index) => header.writeUInt32LE(mask, 54 + index * 4));
  return Buffer.concat([header, palette, pixels]);
}

const blackRed = Buffer.from([0, 0, 0, 0, 0, 0, 255, 0]);

describe('decodeBmp', () => {
  it('reads 24 bits from the bottom up, rows padded to four bytes', () => {
    const pixels = Buffer.from([1, 2, 3, 4, 5, 6, 0, 0, 7, 8, 9, 10, 11, 12, 0, 0]);
    const picture = decodeBmp(bmp({ width: 2, height: 2, bits: 24, pixels }));
    expect(picture).toMatchObject({ width: 2, height: 2, channels: 3 });
    expect([...picture.data]).toEqual([9, 8, 7, 12, 11, 10, 3, 2, 1, 6, 5, 4]);
  });

  it('reads rows from the top when the height is negative', () => {
    const pixels = Buffer.from([1, 2, 3, 0, 4, 5, 6, 0]);
    expect([...decodeBmp(bmp({ width: 1, height: -2, bits: 24, pixels })).data]).toEqual([3, 2, 1, 6, 5, 4]);
  });

  it.each([
    [1, Buffer.from([0b01000000, 0, 0, 0])],
    [4, Buffer.from([0x01, 0, 0, 0])],
    [8, Buffer.from([0, 1, 0, 0])],
  ])('looks up %i-bit pixels in the palette', (bits, pixels) => {
    expect([...decodeBmp(bmp({ width: 2, height: 1, bits, pixels, palette: blackRed })).data]).toEqual([
      0, 0, 0, 255, 0, 0,
    ]);
  });

  it('spreads 5 and 6 bit channels over 0..255', () => {
    const white555 = Buffer.from([0xff, 0x7f, 0, 0]);
    expect([...decodeBmp(bmp({ width: 1, height: 1, bits: 16, pixels: white555 })).data]).toEqual([255, 255, 255]);
    const green565 = Buffer.from([0xe0, 0x07, 0, 0]);
    const masks = [0xf800, 0x07e0, 0x001f];
    expect([
      ...decodeBmp(bmp({ width: 1, height: 1, bits: 16, pixels: green565, compression: 3, masks })).data,
    ]).toEqual([0, 255, 0]);
  });

  it('ignores the fourth byte of plain 32 bits, reads declared alpha, and takes all-zero alpha for opaque', () => {
    const pixels = Buffer.from([10, 20, 30, 40]);
    expect([...decodeBmp(bmp({ width: 1, height: 1, bits: 32, pixels })).data]).toEqual([30, 20, 10]);
    const masks = [0x00ff0000, 0x0000ff00, 0x000000ff, 0xff000000];
    expect(decodeBmp(bmp({ width: 1, height: 1, bits: 32, pixels, compression: 6, masks }))).toMatchObject({
      channels: 4,
      data: Buffer.from([30, 20, 10, 40]),
    });
    const clear = Buffer.from([10, 20, 30, 0]);
    expect(decodeBmp(bmp({ width: 1, height: 1, bits: 32, pixels: clear, compression: 6, masks })).channels).toBe(3);
  });

  it('reads back whatever 24-bit picture was written', () => {
    const size = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(
        size,
        size,
        fc.boolean(),
        fc.uint8Array({ minLength: 243, maxLength: 243 }),
        (width, height, topDown, noise) => {
          const rgb = noise.subarray(0, width * height * 3);
          const rowBytes = Math.ceil((width * 3) / 4) * 4;
          const pixels = Buffer.alloc(rowBytes * height);
          for (let y = 0; y < height; y++)
            for (let x = 0; x < width; x++)
              for (let channel = 0; channel < 3; channel++)
                pixels[(topDown ? y : height - 1 - y) * rowBytes + x * 3 + 2 - channel] =
                  rgb[(y * width + x) * 3 + channel]!;
          const picture = decodeBmp(bmp({ width, height: topDown ? -height : height, bits: 24, pixels }));
          expect(Buffer.compare(picture.data, Buffer.from(rgb))).toBe(0);
        },
      ),
    );
  });

  it('answers damaged bytes with a PictureError or pixels, never with another error', () => {
    const whole = bmp({ width: 5, height: 4, bits: 8, pixels: Buffer.alloc(32, 1), palette: blackRed });
    const change = fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.array(change, { maxLength: 6 }), fc.nat(whole.length), (changes, length) => {
        const bytes = Buffer.from(whole);
        for (const [at, value] of changes) if (at < 18 || at > 25) bytes[at] = value;
        try {
          expect(decodeBmp(bytes.subarray(0, length)).data.length % 3).toBe(0);
        } catch (error) {
          expect(error).toBeInstanceOf(PictureError);
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['cut off', bmp({ width: 2, height: 2, bits: 24, pixels: Buffer.alloc(8) }), 'DAMAGED'],
    [
      'a colour that the palette lacks',
      bmp({ width: 1, height: 1, bits: 8, pixels: Buffer.from([7, 0, 0, 0]), palette: blackRed }),
      'DAMAGED',
    ],
    [
      'run-length compression',
      bmp({ width: 2, height: 2, bits: 8, pixels: Buffer.alloc(8), compression: 1, palette: blackRed }),
      'UNSUPPORTED_FORMAT',
    ],
    [
      'an odd depth',
      bmp({ width: 2, height: 2, bits: 2, pixels: Buffer.alloc(8), palette: blackRed }),
      'UNSUPPORTED_FORMAT',
    ],
    ['no width', bmp({ width: 0, height: 2, bits: 24, pixels: Buffer.alloc(8) }), 'DAMAGED'],
  ])('refuses %s', (_, bytes, code) => {
    expect(() => decodeBmp(bytes)).toThrow(expect.objectContaining({ name: 'PictureError', code }) as Error);
  });

  it('is what normalisePicture uses', async () => {
    const pixels = Buffer.alloc(40 * 3 * 30);
    for (let at = 0; at < pixels.length; at += 3) pixels.set([20, 30, 230], at);
    const picture = await normalisePicture(bmp({ width: 40, height: 30, bits: 24, pixels }));
    expect(picture).toMatchObject({ format: 'BMP', width: 40, height: 30 });
    const [r, g, b] = await sharp(picture.jpeg).raw().toBuffer();
    expect(Math.max(Math.abs(r! - 230), Math.abs(g! - 30), Math.abs(b! - 20))).toBeLessThan(5);
  });

  it('checks the size before it makes room for pixels', async () => {
    const bomb = bmp({ width: 2_000_000, height: 2_000_000, bits: 24, pixels: Buffer.alloc(8) });
    await expect(normalisePicture(bomb)).rejects.toMatchObject({ code: 'TOO_MANY_PIXELS' });
  });
});
