import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { carries, evaluate, predictedLabels, type Labels } from '#engine/index.ts';
import { EvaluationRecount } from './recount-evaluation.ts';

const classesOf = (count: number, thresholds?: readonly number[]) =>
  Array.from({ length: count }, (_, index) => ({
    labelId: `id-${index}`,
    name: `n ${index}`,
    ...(thresholds && { threshold: thresholds[index]! }),
  }));

const indexesOf = (labels: Labels, classCount: number, picture: number) =>
  Array.from({ length: classCount }, (_, index) => index).filter((index) =>
    carries(labels, classCount, picture, index),
  );

function recount(actual: Labels, probabilities: Float32Array, classCount: number, thresholds?: Float32Array) {
  const again = new EvaluationRecount(classesOf(classCount, thresholds && [...thresholds]));
  const predicted = predictedLabels(probabilities, classCount, thresholds);
  for (let picture = 0; picture < probabilities.length / classCount; picture++)
    again.add({
      imageId: `image-${picture}`,
      actualClasses: indexesOf(actual, classCount, picture),
      predictedClasses: indexesOf(predicted, classCount, picture),
      probabilities: [...probabilities.subarray(picture * classCount, (picture + 1) * classCount)],
    });
  return again;
}

const share = fc.double({ min: 0, max: 1, noNaN: true }).map(Math.fround);
const classCounts = fc.integer({ min: 2, max: 5 });

function expectSame(again: EvaluationRecount, counted: ReturnType<typeof evaluate>): void {
  const { count, classStatistics, ...figures } = counted;
  const found = again.result();
  expect(again.contradictions).toEqual([]);
  expect(found.imageCount).toBe(count);
  expect(found.confusionMatrix).toEqual(figures.confusionMatrix);
  expect(found.accuracy).toBeCloseTo(figures.accuracy, 9);
  for (const average of ['macro', 'micro', 'weighted'] as const)
    for (const key of ['precision', 'recall', 'f1'] as const)
      expect(found[average][key], `${average} ${key}`).toBeCloseTo(figures[average][key], 9);
  found.classStatistics.forEach((statistics, index) => {
    for (const [key, value] of Object.entries(statistics))
      expect(value, key).toBeCloseTo(classStatistics[index]![key as keyof typeof statistics], 9);
  });
}

describe('an evaluation that is counted again', () => {
  it('has the figures that the engine counted, one class a picture', () => {
    fc.assert(
      fc.property(
        classCounts.chain((classCount) =>
          fc.tuple(
            fc.constant(classCount),
            fc.array(
              fc.record({
                label: fc.nat(classCount - 1),
                row: fc.array(share, { minLength: classCount, maxLength: classCount }),
              }),
              { minLength: 1, maxLength: 40 },
            ),
          ),
        ),
        ([classCount, pictures]) => {
          const actual = Int32Array.from(pictures, ({ label }) => label);
          const probabilities = Float32Array.from(pictures.flatMap(({ row }) => row));
          expectSame(recount(actual, probabilities, classCount), evaluate(actual, probabilities, classCount));
        },
      ),
    );
  });

  it('has the figures that the engine counted, any number of labels a picture', () => {
    fc.assert(
      fc.property(
        classCounts.chain((classCount) =>
          fc.tuple(
            fc.array(share, { minLength: classCount, maxLength: classCount }),
            fc.array(
              fc.array(fc.record({ carried: fc.boolean(), probability: share }), {
                minLength: classCount,
                maxLength: classCount,
              }),
              { minLength: 1, maxLength: 30 },
            ),
          ),
        ),
        ([thresholds, pictures]) => {
          const cells = pictures.flat();
          const actual = Uint8Array.from(cells, ({ carried }) => (carried ? 1 : 0));
          const probabilities = Float32Array.from(cells, ({ probability }) => probability);
          const bounds = Float32Array.from(thresholds);
          expectSame(
            recount(actual, probabilities, thresholds.length, bounds),
            evaluate(actual, probabilities, thresholds.length, bounds),
          );
        },
      ),
    );
  });

  it('names answers that contradict their own probabilities', () => {
    const again = new EvaluationRecount(classesOf(2));
    again.add({ imageId: 'right', actualClasses: [0], predictedClasses: [0], probabilities: [0.6, 0.4] });
    again.add({ imageId: 'tie', actualClasses: [0], predictedClasses: [0], probabilities: [0.5, 0.5] });
    again.add({ imageId: 'wrong', actualClasses: [0], predictedClasses: [0], probabilities: [0.4, 0.6] });
    expect(again.contradictions).toEqual(['wrong']);
  });
});
