import type { RoomyPixels } from '../pictures/picture-to-roomy-pixels.ts';
import type { Random } from '../random/random.ts';
import type { AugmentationSettings } from './augmentation-settings.ts';

/**
 * A random crop, resized to the square by bilinear sampling and mirrored half of the time if wanted (Szegedy et al., "Going deeper with
 * convolutions", 2015, section 6, with the aspect drawn evenly on a logarithmic scale).
 * @param view [size, size, 3] uint8, RGB, where it goes.
 */
export function randomCrop(
  picture: RoomyPixels,
  size: number,
  random: Random,
  { area, aspect, flip }: Pick<AugmentationSettings, 'area' | 'aspect' | 'flip'>,
  view: Uint8Array,
): void {
  const { width, height, data } = picture;
  const square = Math.min(width, height);
  const side = square * Math.sqrt(area[0] + (area[1] - area[0]) * random.uniform());
  const stretch = Math.sqrt(aspect[0] * (aspect[1] / aspect[0]) ** random.uniform());
  const cropWidth = Math.min(width, side * stretch);
  const cropHeight = Math.min(height, side / stretch);
  const left = random.uniform() * (width - cropWidth);
  const top = random.uniform() * (height - cropHeight);
  const mirrored = random.uniform() < 0.5 && flip;
  const columns = samplePositions(size, left, cropWidth, width);
  const rows = samplePositions(size, top, cropHeight, height);
  if (mirrored) for (const values of Object.values(columns)) values.reverse();
  for (let y = 0, to = 0; y < size; y++) {
    const upper = rows.first[y]! * width;
    const lower = rows.second[y]! * width;
    const down = rows.weight[y]!;
    for (let x = 0; x < size; x++) {
      const right = columns.weight[x]!;
      let a = (upper + columns.first[x]!) * 3;
      let b = (upper + columns.second[x]!) * 3;
      let c = (lower + columns.first[x]!) * 3;
      let d = (lower + columns.second[x]!) * 3;
      for (let channel = 0; channel < 3; channel++) {
        const above = (data[a]! << weightBits) + (data[b++]! - data[a++]!) * right;
        const below = (data[c]! << weightBits) + (data[d++]! - data[c++]!) * right;
        view[to++] = (above * oneWeight + (below - above) * down + rounding) >> (2 * weightBits);
      }
    }
  }
}

/** Weights are integers of so many bits: twice as many and a byte still fit into 31 bits. */
const weightBits = 11;
const oneWeight = 1 << weightBits;
const rounding = 1 << (2 * weightBits - 1);

/** For each output pixel the two input pixels it lies between, and how far towards the second (pixel centres at half). */
function samplePositions(size: number, start: number, length: number, limit: number) {
  const first = new Int32Array(size);
  const second = new Int32Array(size);
  const weight = new Int32Array(size);
  for (let index = 0; index < size; index++) {
    const position = Math.min(limit - 1, Math.max(0, start + ((index + 0.5) * length) / size - 0.5));
    first[index] = Math.floor(position);
    second[index] = Math.min(limit - 1, first[index]! + 1);
    weight[index] = Math.round((position - first[index]!) * oneWeight);
  }
  return { first, second, weight };
}
