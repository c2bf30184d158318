import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { random } from './random.ts';
import { shuffledIndices } from './shuffle.ts';

const seed = fc.integer({ min: 0, max: 2 ** 32 - 1 });

describe('random', () => {
  it('gives the same numbers for the same seeds, for ever', () => {
    const draw = random(1, 2, 3);
    expect(Array.from({ length: 5 }, () => draw.integer(1_000_000))).toMatchInlineSnapshot(`
      [
        60867,
        738334,
        737913,
        993532,
        174078,
      ]
    `);
  });

  it('stays in its range', () => {
    fc.assert(
      fc.property(seed, fc.integer({ min: 1, max: 2 ** 32 }), (number, bound) => {
        const draw = random(number);
        for (let time = 0; time < 50; time++) {
          const uniform = draw.uniform();
          expect(uniform >= 0 && uniform < 1).toBe(true);
          const integer = draw.integer(bound);
          expect(Number.isInteger(integer) && integer >= 0 && integer < bound).toBe(true);
        }
      }),
    );
  });

  it('has a stream of its own for each combination of seeds, in their order', () => {
    const streams = [[1], [2], [1, 0], [0, 1], [1, 2], [2, 1], [1, 2, 0], [0], [0, 0], []];
    const firsts = streams.map((seeds) => random(...seeds).uniform());
    expect(new Set(firsts).size).toBe(streams.length);
  });

  it('is uniform, and neighbouring seeds have nothing to do with each other', () => {
    const bins = Array<number>(10).fill(0);
    let product = 0;
    for (let index = 0; index < 20_000; index++) {
      const [a, b] = [random(7, index).uniform(), random(7, index + 1).uniform()];
      bins[Math.floor(a * 10)]! += 1;
      product += (a - 0.5) * (b - 0.5);
    }
    // Five standard deviations of a binomial, and of the mean of products of variance 1/144; the seeds are fixed.
    for (const bin of bins) expect(Math.abs(bin - 2000)).toBeLessThan(5 * Math.sqrt(2000 * 0.9));
    expect(Math.abs(product / 20_000)).toBeLessThan(5 / 12 / Math.sqrt(20_000));
  });
});

describe('shuffledIndices', () => {
  it('is a permutation that depends on the seed', () => {
    fc.assert(
      fc.property(seed, fc.nat({ max: 200 }), (number, count) => {
        const shuffled = shuffledIndices(count, random(number));
        expect([...shuffled].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, index) => index));
        expect(shuffledIndices(count, random(number))).toEqual(shuffled);
      }),
    );
  });

  it('puts every number in every place equally often', () => {
    const counts = Array.from({ length: 5 }, () => Array<number>(5).fill(0));
    for (let time = 0; time < 5000; time++)
      shuffledIndices(5, random(3, time)).forEach((value, place) => (counts[value]![place]! += 1));
    for (const each of counts.flat()) expect(Math.abs(each - 1000)).toBeLessThan(5 * Math.sqrt(1000 * 0.8));
  });
});
