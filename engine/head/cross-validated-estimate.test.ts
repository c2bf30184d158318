import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noStop } from '#test/picture-source.ts';
import { random } from '../random/random.ts';
import { crossValidatedEstimate, needsCrossValidation } from './cross-validated-estimate.ts';
import { foldStandardisation } from './linear-head.ts';
import { ridgeHead } from './ridge-head.ts';
import { fitStandardisation, standardise } from './standardisation.ts';
import { stratifiedFolds } from './stratified-folds.ts';

const dimension = 40;

/** Pictures around the centre of their class, which shows in every fourth dimension; `spread` is the deviation of a dimension. */
function clouds(counts: readonly number[], spread: number, seed: number) {
  const labels = Int32Array.from(counts.flatMap((count, label) => Array<number>(count).fill(label)));
  const draw = random(seed);
  const gaussian = () => Math.sqrt(-2 * Math.log(1 - draw.uniform())) * Math.cos(2 * Math.PI * draw.uniform());
  const features = Float32Array.from(
    { length: labels.length * dimension },
    (_, at) => (at % 4 === labels[Math.floor(at / dimension)] ? 1 : 0) + spread * gaussian(),
  );
  return { features, labels };
}

const estimate = (
  { features, labels }: ReturnType<typeof clouds>,
  classCount: number,
  { seed = 1, cancelSignal = noStop.cancelSignal, keepSignal = noStop.keepSignal } = {},
) => crossValidatedEstimate({ features, labels, dimension, classCount, seed, cancelSignal, keepSignal });

describe('crossValidatedEstimate', () => {
  it('judges each picture once and finds classes that lie apart', async () => {
    const set = clouds([6, 9, 7], 0.1, 1);
    const before = set.features.slice();
    const result = await estimate(set, 3);
    expect(result).toMatchObject({ folds: 5, evaluation: { count: 22, accuracy: 1, macro: { f1: 1 } } });
    expect(result!.evaluation.classStatistics.map(({ support }) => support)).toEqual([6, 9, 7]);
    expect(set.features).toEqual(before);
  });

  it('finds nothing where there is nothing to find, although each head fits what it was trained on', async () => {
    let right = 0;
    for (let seed = 0; seed < 10; seed++) {
      const { features } = clouds([60], 1, seed);
      const draw = random(seed, 99);
      const labels = Int32Array.from({ length: 60 }, () => draw.integer(2));
      right += (await estimate({ features, labels }, 2, { seed }))!.evaluation.accuracy / 10;
    }
    expect(right).toBeGreaterThan(0.4);
    expect(right).toBeLessThan(0.6);
  });

  it('expects about what a head on all pictures then does with thousands of others', async () => {
    let expected = 0;
    let found = 0;
    for (let seed = 0; seed < 10; seed++) {
      const set = clouds([12, 12, 12], 1.5, seed);
      expected += (await estimate(set, 3, { seed }))!.evaluation.accuracy / 10;
      const rows = Int32Array.from(set.labels.keys());
      const standardisation = fitStandardisation(set.features, dimension, rows);
      standardise(set.features, standardisation);
      const head = ridgeHead(set.features, dimension, set.labels, rows, 3);
      const { weights, bias } = foldStandardisation(head, standardisation);
      const others = clouds([700, 700, 700], 1.5, seed + 1000);
      const right = others.labels.filter((label, picture) => {
        const row = others.features.subarray(picture * dimension, (picture + 1) * dimension);
        const scores = [0, 1, 2].map((each) =>
          row.reduce((sum, value, at) => sum + value * weights[each * dimension + at]!, bias[each]!),
        );
        return scores.indexOf(Math.max(...scores)) === label;
      });
      found += right.length / others.labels.length / 10;
    }
    expect(found).toBeGreaterThan(0.6);
    expect(found).toBeLessThan(0.95);
    expect(Math.abs(expected - found)).toBeLessThan(0.08);
  });

  it('is the same for the same seed', async () => {
    const set = clouds([30, 30], 2, 3);
    expect(await estimate(set, 2)).toEqual(await estimate(set, 2));
    expect(await estimate(set, 2)).not.toEqual(await estimate(set, 2, { seed: 2 }));
  });

  it('takes fewer folds for fewer pictures, and says nothing of one picture a class', async () => {
    expect((await estimate(clouds([3, 2], 0.1, 1), 2))!.folds).toBe(3);
    expect(await estimate(clouds([1, 1], 0.1, 1), 2)).toBeUndefined();
    const lonely = (await estimate(clouds([8, 8, 1], 0.1, 1), 3))!.evaluation.classStatistics[2]!;
    expect(lonely).toMatchObject({ support: 1, recall: 0 });
  });

  it('stops when the training is cancelled', async () => {
    const set = clouds([5, 5], 1, 1);
    await expect(estimate(set, 2, { cancelSignal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
    expect(await estimate(set, 2, { keepSignal: AbortSignal.abort() })).toBeUndefined();
    expect(await estimate(set, 2)).toBeDefined();
  });

  it('refuses features of another shape', async () => {
    const set = { features: new Float32Array(3), labels: Int32Array.of(0, 1) };
    await expect(estimate(set, 2)).rejects.toThrow('3 features do not fit 2 pictures of 40');
  });
});

describe('needsCrossValidation', () => {
  it('looks at the class with the fewest validation pictures', () => {
    expect(needsCrossValidation(Int32Array.of(0, 0, 0, 0, 0, 1, 1, 1, 1, 1), 2)).toBe(false);
    expect(needsCrossValidation(Int32Array.of(0, 0, 0, 0, 0, 1, 1, 1, 1), 2)).toBe(true);
    expect(needsCrossValidation(Int32Array.of(0, 0, 0, 0, 0, 1, 1, 1, 1, 1), 3)).toBe(true);
  });
});

describe('stratifiedFolds', () => {
  it('spreads each class and the whole set evenly', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(4), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 2, max: 7 }),
        fc.nat(),
        (list, folds, seed) => {
          const labels = Int32Array.from(list);
          const foldOf = stratifiedFolds(labels, folds, seed);
          const spread = (belongs: (picture: number) => boolean) => {
            const counts = Array.from(
              { length: folds },
              (_, fold) => list.filter((_, picture) => foldOf[picture] === fold && belongs(picture)).length,
            );
            return Math.max(...counts) - Math.min(...counts);
          };
          expect(spread(() => true)).toBeLessThanOrEqual(1);
          for (let label = 0; label < 5; label++)
            expect(spread((picture) => list[picture] === label)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});
