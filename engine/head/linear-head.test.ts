import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { random } from '../random/random.ts';
import { continueFrom } from './continue-from.ts';
import { foldStandardisation, unfoldStandardisation, type LinearHead } from './linear-head.ts';
import { fitStandardisation, standardise } from './standardisation.ts';

const dimension = 6;

function draw(seed: number) {
  const draws = random(seed);
  const offsets = Array.from({ length: dimension }, () => 10 * draws.uniform() - 5);
  const spreads = Array.from({ length: dimension }, () => 0.5 + 2 * draws.uniform());
  const floats = (length: number) => Float32Array.from({ length }, () => 2 * draws.uniform() - 1);
  return {
    /** [20, dimension], every dimension with a mean and a spread of its own. */
    features: floats(20 * dimension).map(
      (value, index) => value * spreads[index % dimension]! + offsets[index % dimension]!,
    ),
    head: (classCount: number): LinearHead => ({ weights: floats(classCount * dimension), bias: floats(classCount) }),
  };
}

function logits({ weights, bias }: LinearHead, features: Float32Array): number[] {
  const rows = Array.from({ length: features.length / dimension }, (_, row) => row);
  return rows.flatMap((row) =>
    Array.from(bias, (value, index) => {
      let logit = value;
      for (let column = 0; column < dimension; column++)
        logit += weights[index * dimension + column]! * features[row * dimension + column]!;
      return logit;
    }),
  );
}

const allRows = Int32Array.from({ length: 20 }, (_, row) => row);

function expectClose(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, index) => expect(value).toBeCloseTo(expected[index]!, 4));
}

describe('standardisation', () => {
  it('gives the measured rows mean 0 and deviation 1', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const { features } = draw(seed);
        const rows = allRows.filter((row) => row % 3 !== 0);
        standardise(features, fitStandardisation(features, dimension, rows));
        for (let column = 0; column < dimension; column++) {
          const values = Array.from(rows, (row) => features[row * dimension + column]!);
          const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
          const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
          expect(mean).toBeCloseTo(0, 5);
          expect(variance).toBeCloseTo(1, 4);
        }
      }),
    );
  });

  it('does not blow up a dimension that hardly varies', () => {
    const { features } = draw(1);
    for (const row of allRows) features[row * dimension] = row === 0 ? 1e-3 : 0;
    const { scale } = fitStandardisation(features, dimension, allRows);
    const deviations = Array.from(scale, (value) => 1 / value);
    expect(Math.min(...deviations)).toBe(deviations[0]);
    // A tenth of the mean of [almost 0, the five others].
    expect(deviations[0]).toBeCloseTo(
      (0.1 * deviations.slice(1).reduce((sum, value) => sum + value, 0)) / dimension,
      3,
    );
  });

  it('turns pictures that are all the same into zeros', () => {
    const features = new Float32Array(20 * dimension).fill(7);
    standardise(features, fitStandardisation(features, dimension, allRows));
    expect(features.every((value) => value === 0)).toBe(true);
  });

  it('folded into a head answers on raw features as the head does on standardised ones, and back', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const { features, head } = draw(seed);
        const standardisation = fitStandardisation(features, dimension, allRows);
        const original = head(3);
        const standardised = features.slice();
        standardise(standardised, standardisation);
        const folded = foldStandardisation(original, standardisation);
        expectClose(logits(folded, features), logits(original, standardised));
        const back = unfoldStandardisation(folded, standardisation);
        expectClose([...back.weights, ...back.bias], [...original.weights, ...original.bias]);
      }),
    );
  });

  it('unfolds where nothing varies to what the head said there', () => {
    const features = new Float32Array(20 * dimension).fill(7);
    const standardisation = fitStandardisation(features, dimension, allRows);
    const original = draw(1).head(2);
    const unfolded = unfoldStandardisation(original, standardisation);
    expect(unfolded.weights.every((weight) => weight === 0)).toBe(true);
    expectClose([...unfolded.bias], logits(original, features.subarray(0, dimension)));
  });
});

describe('continueFrom', () => {
  const classIds = fc.uniqueArray(fc.constantFrom(...'abcdefgh'), { minLength: 1, maxLength: 6 });

  it('says of each known class what the earlier version said, and of new ones what the fresh head says', () => {
    fc.assert(
      fc.property(fc.nat(), classIds, classIds, (seed, before, after) => {
        const { features, head } = draw(seed);
        const standardisation = fitStandardisation(features, dimension, allRows);
        const [earlier, fresh] = [head(before.length), head(after.length)];
        const freshWeights = fresh.weights.slice();
        const previous = { ...earlier, classIds: before, baseModelSha256: 'x' };
        const continued = continueFrom(previous, after, fresh, standardisation);
        const standardised = features.slice();
        standardise(standardised, standardisation);
        const [now, then, new_] = [
          logits(continued, standardised),
          logits(earlier, features),
          logits(fresh, standardised),
        ];
        const expected = Array.from(allRows).flatMap((row) =>
          after.map((id, index) =>
            before.includes(id) ? then[row * before.length + before.indexOf(id)]! : new_[row * after.length + index]!,
          ),
        );
        expectClose(now, expected);
        expect(fresh.weights).toEqual(freshWeights);
      }),
    );
  });
});
