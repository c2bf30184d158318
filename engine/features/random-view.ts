import type { RoomyPixels } from '../pictures/picture-to-roomy-pixels.ts';
import type { Random } from '../random/random.ts';

/** Area of the crop as a share of the largest square. Gentle: a frozen network's features must still mean the same class. */
const smallestArea = 0.6;
/** Width over height of the crop, at most this or its reciprocal. */
const largestAspect = 4 / 3;

/**
 * A random crop, resized to the square by bilinear sampling and mirrored half of the time.
 * @returns [size, size, 3] uint8, RGB.
 */
export function randomView(picture: RoomyPixels, size: number, random: Random): Uint8Array {
  const { width, height, data } = picture;
  const square = Math.min(width, height);
  const side = square * Math.sqrt(smallestArea + (1 - smallestArea) * random.uniform());
  const stretch = Math.sqrt(largestAspect) ** (2 * random.uniform() - 1);
  const cropWidth = Math.min(width, side * stretch);
  const cropHeight = Math.min(height, side / stretch);
  const left = random.uniform() * (width - cropWidth);
  const top = random.uniform() * (height - cropHeight);
  const mirrored = random.uniform() < 0.5;
  const columns = samplePositions(size, left, cropWidth, width);
  const rows = samplePositions(size, top, cropHeight, height);
  const view = new Uint8Array(size * size * 3);
  for (let y = 0; y < size; y++) {
    const upper = rows.first[y]! * width;
    const lower = rows.second[y]! * width;
    const down = rows.weight[y]!;
    for (let x = 0; x < size; x++) {
      const first = columns.first[x]!;
      const second = columns.second[x]!;
      const right = columns.weight[x]!;
      const to = (y * size + (mirrored ? size - 1 - x : x)) * 3;
      for (let channel = 0; channel < 3; channel++) {
        const a = data[(upper + first) * 3 + channel]!;
        const b = data[(upper + second) * 3 + channel]!;
        const c = data[(lower + first) * 3 + channel]!;
        const d = data[(lower + second) * 3 + channel]!;
        const above = a + (b - a) * right;
        view[to + channel] = above + (c + (d - c) * right - above) * down + 0.5;
      }
    }
  }
  return view;
}

/** For each output pixel the two input pixels it lies between, and how far towards the second (pixel centres at half). */
function samplePositions(size: number, start: number, length: number, limit: number) {
  const first = new Int32Array(size);
  const second = new Int32Array(size);
  const weight = new Float64Array(size);
  for (let index = 0; index < size; index++) {
    const position = Math.min(limit - 1, Math.max(0, start + ((index + 0.5) * length) / size - 0.5));
    first[index] = Math.floor(position);
    second[index] = Math.min(limit - 1, first[index]! + 1);
    weight[index] = position - first[index]!;
  }
  return { first, second, weight };
}
