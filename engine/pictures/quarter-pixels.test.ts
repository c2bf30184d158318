import fc from 'fast-check';
import { expect, it } from 'vitest';
import { quarterPixels } from './quarter-pixels.ts';

const side = fc.integer({ min: 4, max: 41 });

it('gives the means of 4 x 4 pixels of each channel, whatever the sides', () => {
  fc.assert(
    fc.property(side, side, fc.nat(), (width, height, salt) => {
      const data = Uint8Array.from({ length: width * height * 3 }, (_, at) => Math.imul(at + salt, 2654435761) >>> 24);
      const quarter = quarterPixels({ data, width, height });
      expect(quarter).toMatchObject({ width: Math.round(width / 4), height: Math.round(height / 4) });
      for (let y = 0; y < quarter.height; y++)
        for (let x = 0; x < quarter.width; x++)
          for (let channel = 0; channel < 3; channel++) {
            let sum = 0;
            for (let row = 0; row < 4; row++)
              for (let column = 0; column < 4; column++) {
                const from = { x: Math.min(4 * x, width - 4) + column, y: Math.min(4 * y, height - 4) + row };
                sum += data[(from.y * width + from.x) * 3 + channel]!;
              }
            expect(quarter.data[(y * quarter.width + x) * 3 + channel]).toBe(Math.round(sum / 16));
          }
    }),
    { numRuns: 60 },
  );
});

it('reads a part of some memory, wherever it begins', () => {
  const memory = new Uint8Array(1 + 8 * 8 * 3 + 5).fill(200);
  memory.fill(100, 1, 1 + 8 * 8 * 3);
  const { data } = quarterPixels({ data: memory.subarray(1, 1 + 8 * 8 * 3), width: 8, height: 8 });
  expect([...data]).toEqual(Array.from({ length: 12 }, () => 100));
});
