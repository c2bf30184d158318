import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { random } from '../random/random.ts';
import { evaluateClassification } from './evaluate-classification.ts';
import { macroF1Interval } from './macro-f1-interval.ts';
import { evaluationIntervals, wilsonInterval } from './wilson-interval.ts';

describe('wilsonInterval', () => {
  it('agrees with published examples', () => {
    // Newcombe, "Two-sided confidence intervals for the single proportion" (1998), table I, method 3.
    const examples = [
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718],
    ] as const;
    for (const [successes, count, lower, upper] of examples) {
      const interval = wilsonInterval(successes, count);
      expect(interval.lower).toBeCloseTo(lower, 4);
      expect(interval.upper).toBeCloseTo(upper, 4);
    }
  });

  it('says nothing about nothing', () => {
    expect(wilsonInterval(0, 0)).toEqual({ lower: 0, upper: 1 });
  });

  it('holds the share, stays within 0..1, is symmetric and shrinks with more pictures', () => {
    const counted = fc.integer({ min: 1, max: 10_000 }).chain((count) => fc.tuple(fc.nat(count), fc.constant(count)));
    fc.assert(
      fc.property(counted, ([successes, count]) => {
        const { lower, upper } = wilsonInterval(successes, count);
        expect(lower).toBeGreaterThanOrEqual(0);
        expect(upper).toBeLessThanOrEqual(1);
        expect(lower).toBeLessThanOrEqual(successes / count);
        expect(upper).toBeGreaterThanOrEqual(successes / count);
        const opposite = wilsonInterval(count - successes, count);
        expect(opposite.lower).toBeCloseTo(1 - upper, 12);
        expect(opposite.upper).toBeCloseTo(1 - lower, 12);
        const more = wilsonInterval(2 * successes, 2 * count);
        expect(more.upper - more.lower).toBeLessThan(upper - lower);
      }),
    );
  });
});

describe('evaluationIntervals', () => {
  it('gives each share the interval of the pictures behind it', () => {
    const answers = Float32Array.of(1, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0);
    const intervals = evaluationIntervals(evaluateClassification(Int32Array.of(0, 0, 1, 1), answers, 3));
    expect(intervals.accuracy).toEqual(wilsonInterval(3, 4));
    expect(intervals.classes[0]).toEqual({ precision: wilsonInterval(2, 3), recall: wilsonInterval(2, 2) });
    expect(intervals.classes[1]).toEqual({ precision: wilsonInterval(1, 1), recall: wilsonInterval(1, 2) });
    expect(intervals.classes[2]).toEqual({ precision: { lower: 0, upper: 1 }, recall: { lower: 0, upper: 1 } });
  });
});

/** Pictures of which the confusion matrix is this. */
function interval(matrix: readonly (readonly number[])[], seed: number) {
  const pairs = matrix.flatMap((row, actual) =>
    row.flatMap((pictures, predicted) => Array.from({ length: pictures }, () => [actual, predicted] as const)),
  );
  const labels = (at: 0 | 1) => Int32Array.from(pairs, (pair) => pair[at]);
  return macroF1Interval(labels(0), labels(1), matrix.length, seed);
}

describe('macroF1Interval', () => {
  it('is as wide as the normal approximation says where that holds', () => {
    // Two classes alike: macro F1 is nearly accuracy, 0.8, with a deviation of sqrt(0.8 x 0.2 / 2000).
    const half = 1.96 * Math.sqrt((0.8 * 0.2) / 2000);
    const { lower, upper } = interval(
      [
        [800, 200],
        [200, 800],
      ],
      1,
    );
    expect(Math.abs(lower - (0.8 - half))).toBeLessThan(0.003);
    expect(Math.abs(upper - (0.8 + half))).toBeLessThan(0.003);
  });

  it('depends on the seed alone', () => {
    const matrix = [
      [8, 2],
      [3, 7],
    ];
    expect(interval(matrix, 5)).toEqual(interval(matrix, 5));
    expect(interval(matrix, 5)).not.toEqual(interval(matrix, 6));
  });

  it('knows no doubt when every picture is right or every one is wrong, and nothing without pictures', () => {
    const many = 50;
    expect(
      interval(
        [
          [many, 0],
          [0, many],
        ],
        1,
      ),
    ).toEqual({ lower: 1, upper: 1 });
    expect(
      interval(
        [
          [0, many],
          [many, 0],
        ],
        1,
      ),
    ).toEqual({ lower: 0, upper: 0 });
    expect(
      interval(
        [
          [0, 0],
          [0, 0],
        ],
        1,
      ),
    ).toEqual({ lower: 0, upper: 1 });
  });

  it('shows that a class with one picture can go either way', () => {
    const { lower, upper } = interval(
      [
        [9, 0],
        [0, 1],
      ],
      1,
    );
    // Without the one picture, class 1 counts 0 and class 0 counts 1.
    expect(lower).toBe(0.5);
    expect(upper).toBe(1);
  });

  it('stays in order within 0..1', () => {
    const row = fc.array(fc.nat(6), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(row, { minLength: 3, maxLength: 3 }), fc.nat(), (matrix, seed) => {
        const { lower, upper } = interval(matrix, seed);
        expect(lower).toBeGreaterThanOrEqual(0);
        expect(upper).toBeLessThanOrEqual(1);
        expect(lower).toBeLessThanOrEqual(upper);
      }),
      { numRuns: 30 },
    );
  });

  it('is the same for labels each on its own where every picture carries one and is said to carry one', () => {
    const draw = random(3);
    const classes = () => Int32Array.from({ length: 40 }, () => draw.integer(3));
    const oneHot = (labels: Int32Array) =>
      Uint8Array.from({ length: labels.length * 3 }, (_, at) => (labels[Math.floor(at / 3)] === at % 3 ? 1 : 0));
    const [actual, predicted] = [classes(), classes()];
    expect(macroF1Interval(oneHot(actual), oneHot(predicted), 3, 9)).toEqual(macroF1Interval(actual, predicted, 3, 9));
  });
});
