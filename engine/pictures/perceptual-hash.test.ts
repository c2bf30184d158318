import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { normalisePicture } from './normalise-picture.ts';
import { perceptualHashBits, perceptualHashOfJpeg } from './perceptual-hash.ts';

/** Smooth shapes that only this number has, as a lossless picture. */
function scene(number: number): Sharp {
  const blobs = Array.from({ length: 12 }, (_, at) => {
    const part = (salt: number) =>
      (((Math.sin(number * 12.9898 + at * 78.233 + salt * 37.719) * 43758.5453) % 1) + 1) % 1;
    return `<ellipse cx="${part(1) * 320}" cy="${part(2) * 240}" rx="${20 + part(3) * 70}" ry="${20 + part(4) * 60}" fill="rgb(${part(5) * 255},${part(6) * 255},${part(7) * 255})"/>`;
  });
  return sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="240"><rect width="320" height="240" fill="#999"/>${blobs.join('')}</svg>`,
    ),
  ).flatten();
}
const hashOf = async (picture: Sharp): Promise<Buffer> =>
  (await normalisePicture(await picture.png().toBuffer())).perceptualHash;
const differing = (a: Buffer, b: Buffer): number =>
  [...a].reduce((bits, byte, at) => bits + (byte ^ b[at]!).toString(2).replaceAll('0', '').length, 0);

describe('the perceptual hash', () => {
  it('is made of the signs of the lowest frequencies', async () => {
    // A ramp that falls from left to right holds odd horizontal frequencies only, all positive; one that falls downwards vertical ones.
    const ramp = Buffer.from(Array.from({ length: 64 * 64 * 3 }, (_, at) => 255 - 4 * (Math.floor(at / 3) % 64)));
    const picture = sharp(ramp, { raw: { width: 64, height: 64, channels: 3 } });
    const across = await hashOf(picture.clone());
    const down = await hashOf(sharp(await picture.clone().rotate(90).png().toBuffer()));
    // On the first diagonal the vertical frequency comes before the horizontal one.
    expect(across[0]! >> 6).toBe(0b01);
    expect(down[0]! >> 6).toBe(0b10);
    const mirrored = await hashOf(sharp(await picture.clone().flop().png().toBuffer()));
    expect(mirrored[0]! >> 6).toBe(0b00);
  });

  it('has no bit for a picture of one colour', async () => {
    for (const background of ['#000', '#fff', '#7a3'])
      expect(await hashOf(sharp({ create: { width: 50, height: 30, channels: 3, background } }))).toEqual(
        Buffer.alloc(32),
      );
  });

  it('is nearly the same after re-encoding, resizing, and changes of brightness and contrast', async () => {
    for (let number = 0; number < 10; number++) {
      const hash = await hashOf(scene(number));
      const variants: Sharp[] = [
        sharp(await scene(number).jpeg({ quality: 50 }).toBuffer()),
        scene(number).resize(160),
        scene(number).resize(900),
        scene(number).modulate({ brightness: 1.15 }),
        scene(number).linear(0.8, 20),
      ];
      for (const [at, variant] of variants.entries())
        expect(differing(hash, await hashOf(variant)), `scene ${number}, variant ${at}`).toBeLessThanOrEqual(28);
    }
  });

  it('is another for another picture, and for the same one upside down', async () => {
    const hashes = await Promise.all(Array.from({ length: 20 }, (_, number) => hashOf(scene(number))));
    for (const [at, hash] of hashes.entries())
      for (const other of hashes.slice(0, at)) expect(differing(hash, other)).toBeGreaterThan(60);
    expect(differing(hashes[0]!, await hashOf(scene(0).flip()))).toBeGreaterThan(60);
  });

  it('is the same, but for a few bits, when it is computed from the normalised JPEG later', async () => {
    for (let number = 0; number < 10; number++) {
      const { jpeg, perceptualHash } = await normalisePicture(await scene(number).png().toBuffer());
      expect(perceptualHash).toHaveLength(perceptualHashBits / 8);
      expect(differing(perceptualHash, await perceptualHashOfJpeg(jpeg))).toBeLessThanOrEqual(8);
    }
  });

  it('of what is no picture is none', async () => {
    await expect(perceptualHashOfJpeg(Buffer.from('nothing'))).rejects.toThrow(/unsupported image format/);
  });
});
