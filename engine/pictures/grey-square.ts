import type { DecodedPicture } from './decode-picture.ts';

/**
 * A picture as `side` x `side` grey values from 0 to 255, row by row, whatever its aspect. As libvips 8.18 does it (`colourspace` to `b-w`, `resize`
 * with Lanczos 3), with its table and its rounding after each step, so that hashes stay what they were, in half of the
 * time: most of that went into setting up a picture so small.
 */
export function greySquare({ data, width, height }: DecodedPicture, side: number): Uint8Array {
  const grey = new Uint8Array(width * height);
  for (let pixel = 0, at = 0; pixel < grey.length; pixel++, at += 3)
    grey[pixel] = greyOf(data[at]!, data[at + 1]!, data[at + 2]!);
  const flat = shrinkDown(grey, width, height, side);
  return transpose(shrinkDown(transpose(flat, width, side), side, width, side), side, side);
}

const lobes = 3;
const half = 2048;

/**
 * Columns of `height` values become columns of `side`: means of whole values as long as twice the side remains, then windowed sinc functions, the
 * outermost values going on outside. What is shorter than the side is interpolated by the same functions.
 */
function shrinkDown(values: Uint8Array, width: number, height: number, side: number): Uint8Array {
  const step = Math.max(1, Math.floor(height / side / 2));
  const cells = step === 1 ? values : meansDown(values, width, height, step);
  const last = cells.length / width - 1;
  const cellsPerPlace = height / step / side;
  const reach = Math.max(1, cellsPerPlace);
  const shrunk = new Uint8Array(side * width);
  const sums = new Int32Array(width);
  for (let place = 0; place < side; place++) {
    // Steps of a sixty-fourth, and weights in whole 4096ths.
    const centre = Math.floor(64 * (place + 0.5) * cellsPerPlace + 0.5) / 64 - 0.5;
    const first = Math.ceil(centre - lobes * reach);
    const weights = Array.from({ length: Math.floor(centre + lobes * reach) - first + 1 }, (_, tap) =>
      lanczos((first + tap - centre) / reach),
    );
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    sums.fill(half);
    for (const [tap, weight] of weights.entries()) {
      const start = Math.min(Math.max(first + tap, 0), last) * width;
      const whole = Math.trunc((weight / total) * 4096);
      for (let x = 0; x < width; x++) sums[x]! += Math.imul(whole, cells[start + x]!);
    }
    for (let x = 0; x < width; x++) shrunk[place * width + x] = Math.min(255, Math.max(0, sums[x]! >> 12));
  }
  return shrunk;
}

/** Means of `step` values of a column each, the last value going on where the last mean stands over. */
function meansDown(values: Uint8Array, width: number, height: number, step: number): Uint8Array {
  const means = new Uint8Array(Math.ceil(height / step) * width);
  // libvips multiplies by the reciprocal, rounded down: a quotient without a remainder comes out one less where that is not exact.
  const slip = Math.log2(step) % 1 === 0 ? 0 : 1e-6;
  const sums = new Int32Array(width);
  for (let at = 0, row = 0; at < means.length; at += width, row += step) {
    sums.fill(step >> 1);
    for (let y = row; y < row + step; y++) {
      const start = Math.min(y, height - 1) * width;
      for (let x = 0; x < width; x++) sums[x]! += values[start + x]!;
    }
    for (let x = 0; x < width; x++) means[at + x] = sums[x]! / step - slip;
  }
  return means;
}

function transpose(values: Uint8Array, width: number, height: number): Uint8Array {
  const turned = new Uint8Array(values.length);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) turned[x * height + y] = values[y * width + x]!;
  return turned;
}

const sinc = (x: number) => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));
const lanczos = (x: number) => (Math.abs(x) < lobes ? sinc(x) * sinc(x / lobes) : 0);

/** Linear values of sRGB (IEC 61966-2-1), 0 to 255. */
const linear = Float64Array.from({ length: 256 }, (_, value) => {
  const share = value / 255;
  return 255 * (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4);
});
/** And back, to whole numbers; one more for what is interpolated at the end. */
const encoded = Float64Array.from({ length: 257 }, (_, value) => {
  const share = Math.min(1, value / 255);
  return Math.round(255 * (share <= 0.0031308 ? share * 12.92 : 1.055 * share ** (1 / 2.4) - 0.055));
});

/** The shares of the colours in luminance (ITU-R BT.709). */
const [redShare, greenShare, blueShare] = [0.2126, 0.7152, 0.0722].map((share) => linear.map((value) => share * value));

/** Encoded luminance, interpolated between the values of the table. */
function greyOf(red: number, green: number, blue: number): number {
  const luminance = redShare![red]! + greenShare![green]! + blueShare![blue]!;
  const whole = luminance | 0;
  const below = encoded[whole]!;
  return (below + (encoded[whole + 1]! - below) * (luminance - whole) + 0.5) | 0;
}
