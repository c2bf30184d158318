import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyFeatureTable, storeFeatures, type FeatureTable } from '../features/feature-table.ts';
import { epochBatches } from './epoch-batches.ts';

function table(finishedViews: readonly number[], views: number): FeatureTable {
  const empty = emptyFeatureTable(finishedViews.length, views, 1);
  finishedViews.forEach((finished, picture) => {
    if (finished > 0) storeFeatures(empty, picture, 0, new Float32Array(finished));
  });
  return empty;
}

const views = 4;
const finishedViews = fc
  .array(fc.integer({ min: 0, max: views }), { minLength: 1, maxLength: 60 })
  .filter((list) => list.some((finished) => finished > 0));
const options = fc.record({
  seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  epoch: fc.nat({ max: 200 }),
  steps: fc.integer({ min: 1, max: 20 }),
  batchSize: fc.integer({ min: 1, max: 20 }),
});

describe('epochBatches', () => {
  it('shows every finished picture once before any comes again, in views that are there', () => {
    fc.assert(
      fc.property(finishedViews, options, (finished, given) => {
        const batches = epochBatches(table(finished, views), given);
        expect(batches).toHaveLength(given.steps);
        for (const batch of batches) expect(batch).toHaveLength(given.batchSize);
        const rows = batches.flatMap((batch) => [...batch]);
        for (const row of rows)
          expect(Math.floor(row / finished.length)).toBeLessThan(finished[row % finished.length]!);
        const pictures = rows.map((row) => row % finished.length);
        const usable = finished.filter((each) => each > 0).length;
        for (let start = 0; start < pictures.length; start += usable) {
          const round = pictures.slice(start, start + usable);
          expect(new Set(round).size).toBe(round.length);
        }
      }),
    );
  });

  it('depends on seed and epoch alone', () => {
    const full = table(Array<number>(50).fill(views), views);
    const of = (seed: number, epoch: number) => epochBatches(full, { seed, epoch, steps: 5, batchSize: 10 });
    expect(of(7, 3)).toEqual(of(7, 3));
    expect(of(7, 3)).not.toEqual(of(7, 4));
    expect(of(7, 3)).not.toEqual(of(8, 3));
  });

  it('draws the views of a picture uniformly, and its place in the epoch too', () => {
    const count = 40;
    const full = table(Array<number>(count).fill(views), views);
    const epochs = 500;
    const [viewCounts, places] = [Array<number>(views).fill(0), Array<number>(4).fill(0)];
    for (let epoch = 0; epoch < epochs; epoch++) {
      const [batch] = epochBatches(full, { seed: 1, epoch, steps: 1, batchSize: count });
      batch!.forEach((row, place) => {
        viewCounts[Math.floor(row / count)]! += 1;
        if (row % count === 17) places[Math.floor((place / count) * places.length)]! += 1;
      });
    }
    // Five standard deviations of a binomial; the seed is fixed, so that this never changes.
    const near = (total: number, parts: number) => 5 * Math.sqrt((total / parts) * (1 - 1 / parts));
    for (const each of viewCounts)
      expect(Math.abs(each - (epochs * count) / views)).toBeLessThan(near(epochs * count, views));
    for (const each of places) expect(Math.abs(each - epochs / 4)).toBeLessThan(near(epochs, 4));
  });
});
