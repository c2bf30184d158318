import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RoomyPixels } from '../pictures/picture-to-roomy-pixels.ts';
import { random } from '../random/random.ts';
import { randomView } from './random-view.ts';

function picture(width: number, height: number, valueAt: (x: number, y: number) => number): RoomyPixels {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) data.fill(valueAt(x, y), (y * width + x) * 3, (y * width + x + 1) * 3);
  return { width, height, data };
}

const side = fc.integer({ min: 1, max: 60 });

describe('randomView', () => {
  it('never looks outside the picture', () => {
    fc.assert(
      fc.property(side, side, side, fc.nat(), (width, height, size, seed) => {
        const grey = picture(width, height, () => 200);
        const view = randomView(grey, size, random(seed));
        expect(view).toHaveLength(size * size * 3);
        // What lies outside would be 0.
        expect(view.every((value) => value === 200)).toBe(true);
      }),
    );
  });

  it('shows colours of the picture, each channel for itself', () => {
    const { data, ...size } = picture(40, 30, () => 0);
    for (let index = 0; index < data.length; index++) data[index] = [10, 100, 250][index % 3]! + (index % 5);
    const view = randomView({ ...size, data }, 16, random(1));
    view.forEach((value, index) => {
      expect(value).toBeGreaterThanOrEqual([10, 100, 250][index % 3]!);
      expect(value).toBeLessThanOrEqual([14, 104, 254][index % 3]!);
    });
  });

  it('depends on its seeds alone', () => {
    const noise = picture(50, 40, (x, y) => (x * 31 + y * 17) % 256);
    const view = (...seeds: number[]) => randomView(noise, 24, random(...seeds));
    expect(view(1, 2, 3)).toEqual(view(1, 2, 3));
    for (const other of [view(2, 2, 3), view(1, 3, 3), view(1, 2, 4)]) expect(other).not.toEqual(view(1, 2, 3));
  });

  it('cuts out 60 to 100 % of the largest square, gently stretched, mirrored half of the time', () => {
    const [width, height, size] = [240, 200, 50];
    const columns = picture(width, height, (x) => x);
    const rows = picture(width, height, (_, y) => y);
    let mirrored = 0;
    const areas: number[] = [];
    for (let seed = 0; seed < 400; seed++) {
      const across = randomView(columns, size, random(seed));
      const down = randomView(rows, size, random(seed));
      const [first, last] = [across[0]!, across[(size - 1) * 3]!];
      if (first > last) mirrored += 1;
      // From the first to the last sample it is a crop less one of its cells.
      const cropWidth = (Math.abs(last - first) * size) / (size - 1);
      const cropHeight = ((down[(size - 1) * size * 3]! - down[0]!) * size) / (size - 1);
      areas.push((cropWidth * cropHeight) / height ** 2);
      expect(cropWidth / cropHeight).toBeLessThan((4 / 3) * 1.02);
      expect(cropHeight / cropWidth).toBeLessThan((4 / 3) * 1.02);
    }
    expect(Math.min(...areas)).toBeGreaterThan(0.58);
    expect(Math.min(...areas)).toBeLessThan(0.65);
    expect(Math.max(...areas)).toBeGreaterThan(0.95);
    expect(Math.max(...areas)).toBeLessThan(1.02);
    // Five standard deviations; the seeds are fixed.
    expect(Math.abs(mirrored - 200)).toBeLessThan(50);
  });
});
