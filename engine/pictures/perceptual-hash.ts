import { decodePicture, type DecodedPicture } from './decode-picture.ts';
import { greySquare } from './grey-square.ts';
import { thumbnailPixels } from './thumbnail-pixels.ts';

/** Bits of a hash, and its bytes. */
export const perceptualHashBits = 256;
export const perceptualHashBytes = perceptualHashBits / 8;

/** Pixels of a side of the grey picture whose frequencies are taken; more detail would be lost in re-encoding anyway. */
const side = 32;

/**
 * What a picture shows, in 32 bytes: nearly the same after re-encoding, resizing and changes of brightness or contrast. The picture is shrunk to 32 x 32
 * grey pixels whatever its aspect; each bit is the sign of one coefficient of its two-dimensional DCT-II, in zigzag order from the
 * lowest frequency, without the mean (Zauner, "Implementation and benchmarking of perceptual image hash functions", 2010, with 256 signs
 * in place of 64 comparisons with the median). Bit 0 is the highest of byte 0. A picture of one colour has all bits 0.
 * @param picture upright sRGB; of the size of a thumbnail, which is as good as any.
 */
export function perceptualHash(picture: DecodedPicture): Buffer {
  const grey = greySquare(picture, side);
  const rows = new Float64Array(side * frequencies);
  for (let y = 0; y < side; y++)
    for (let u = 0; u < frequencies; u++) {
      let sum = 0;
      for (let x = 0; x < side; x++) sum += grey[y * side + x]! * cosines[u * side + x]!;
      rows[y * frequencies + u] = sum;
    }
  const hash = Buffer.alloc(perceptualHashBytes);
  zigzag.forEach(({ u, v }, bit) => {
    let sum = 0;
    for (let y = 0; y < side; y++) sum += rows[y * frequencies + u]! * cosines[v * side + y]!;
    if (sum > rounding) hash[bit >> 3]! |= 0x80 >> (bit & 7);
  });
  return hash;
}

/** What is no more than this is no more than the rounding of sums over grey values of one colour. */
const rounding = 1e-6;

/** The 256 lowest frequencies, diagonal by diagonal. */
const zigzag = Array.from({ length: side * side }, (_, at) => ({ u: at % side, v: Math.floor(at / side) }))
  .filter(({ u, v }) => u + v > 0)
  .sort((a, b) => a.u + a.v - (b.u + b.v) || a.u - b.u)
  .slice(0, perceptualHashBits);
const frequencies = 1 + Math.max(...zigzag.map(({ u }) => u));
const cosines = Float64Array.from({ length: frequencies * side }, (_, at) =>
  Math.cos((Math.floor(at / side) * (2 * (at % side) + 1) * Math.PI) / (2 * side)),
);

/** The same of a normalised JPEG. @throws when the bytes are no complete picture. */
export async function perceptualHashOfJpeg(jpeg: Buffer): Promise<Buffer> {
  return perceptualHash(await thumbnailPixels(await decodePicture(jpeg)));
}
