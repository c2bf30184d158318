import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestF1Thresholds } from './best-f1-thresholds.ts';
import { evaluateClassification } from './evaluate-classification.ts';
import { evaluateMultiLabel } from './evaluate-multi-label.ts';

/** Pictures of 1 to 4 labels; few different probabilities, so that ties occur. */
const cases = fc.integer({ min: 1, max: 4 }).chain((labelCount) =>
  fc.array(fc.tuple(fc.nat(1), fc.nat(10)), { maxLength: 30 }).map((cells) => {
    const whole = cells.slice(0, cells.length - (cells.length % labelCount));
    return {
      labelCount,
      actual: Uint8Array.from(whole, ([carried]) => carried),
      probabilities: Float32Array.from(whole, ([, tenths]) => tenths / 10),
    };
  }),
);

describe('evaluateMultiLabel', () => {
  it('counts each label on its own', () => {
    const actual = Uint8Array.of(1, 0, 1, 0, 0, 1, 1, 0, 0);
    const probabilities = Float32Array.of(0.9, 0.2, 0.6, 0.7, 0.1, 0.8, 0.5, 0.4, 0.1);
    const evaluation = evaluateMultiLabel(actual, probabilities, Float32Array.of(0.5, 0.5, 0.7));
    expect(evaluation.classStatistics).toMatchObject([
      { support: 2, predictedCount: 3, truePositives: 2, precision: 2 / 3, recall: 1, f1: 0.8 },
      { support: 0, predictedCount: 0, truePositives: 0, precision: 0, recall: 0, f1: 0 },
      { support: 2, predictedCount: 1, truePositives: 1, precision: 1, recall: 0.5, f1: 2 / 3 },
    ]);
    expect(evaluation.classStatistics.map((each) => each.oneVsRestAccuracy)).toEqual([2 / 3, 1, 2 / 3]);
    expect(evaluation.classStatistics.map((each) => each.threshold)).toEqual([0.5, 0.5, Math.fround(0.7)]);
    expect(evaluation).toMatchObject({ count: 3, accuracy: 1 / 3, confusionMatrix: null });
    expect(evaluation.weighted.f1).toBeCloseTo((0.8 + 2 / 3) / 2, 12);
    expect(evaluation.micro).toEqual({ precision: 0.75, recall: 0.75, f1: 0.75 });
    expect(evaluation.macro.precision).toBeCloseTo((2 / 3 + 1) / 3, 12);
    expect(evaluation.macro.recall).toBe(0.5);
    expect(evaluation.macro.f1).toBeCloseTo((0.8 + 2 / 3) / 3, 12);
  });

  it('agrees with single-label evaluation where each picture carries one label and one is said', () => {
    const picture = fc.tuple(fc.nat(2), fc.nat(2));
    fc.assert(
      fc.property(fc.array(picture, { minLength: 1 }), (pictures) => {
        const oneHot = (at: 0 | 1) =>
          pictures.flatMap((each) => [0, 1, 2].map((label) => (each[at] === label ? 1 : 0)));
        const single = evaluateClassification(
          Int32Array.from(pictures, ([label]) => label),
          Float32Array.from(oneHot(1)),
          3,
        );
        const multi = evaluateMultiLabel(
          Uint8Array.from(oneHot(0)),
          Float32Array.from(oneHot(1)),
          new Float32Array(3).fill(0.5),
        );
        const { classStatistics, confusionMatrix: _, ...rest } = multi;
        expect(single).toMatchObject(rest);
        expect(classStatistics.map((each) => ({ ...each, threshold: null }))).toEqual(single.classStatistics);
      }),
    );
  });

  it('never has more pictures wholly right than right in any one label', () => {
    fc.assert(
      fc.property(cases, ({ actual, probabilities, labelCount }) => {
        const { accuracy, count, classStatistics } = evaluateMultiLabel(
          actual,
          probabilities,
          new Float32Array(labelCount).fill(0.5),
        );
        for (const { oneVsRestAccuracy } of classStatistics)
          expect(accuracy * count).toBeLessThanOrEqual(oneVsRestAccuracy * count + 1e-9);
      }),
    );
  });

  it('refuses what does not fit, and is zero for nothing', () => {
    expect(() => evaluateMultiLabel(new Uint8Array(3), new Float32Array(3), new Float32Array(2))).toThrow(RangeError);
    expect(() => evaluateMultiLabel(new Uint8Array(2), new Float32Array(4), new Float32Array(2))).toThrow(
      '4 probabilities and 2 labels do not fit 2 thresholds',
    );
    expect(evaluateMultiLabel(new Uint8Array(0), new Float32Array(0), new Float32Array(1))).toMatchObject({
      count: 0,
      accuracy: 0,
    });
  });
});

describe('bestF1Thresholds', () => {
  it('lies in the middle of the gap below the last picture worth accepting', () => {
    const actual = Uint8Array.of(1, 0, 1, 0);
    expect(bestF1Thresholds(actual, Float32Array.of(0.9, 0.8, 0.75, 0.25), 1)).toEqual(Float32Array.of(0.5));
    expect(bestF1Thresholds(actual, Float32Array.of(0.875, 0.1, 0.625, 0.375), 1)).toEqual(Float32Array.of(0.5));
  });

  it('does not take a part of equally probable pictures', () => {
    const thresholds = bestF1Thresholds(Uint8Array.of(1, 1, 0, 0, 0), Float32Array.of(0.875, 0.5, 0.5, 0.5, 0.5), 1);
    expect(thresholds).toEqual(Float32Array.of(0.6875));
  });

  it('falls back to one half where no picture carries the label', () => {
    expect(bestF1Thresholds(Uint8Array.of(0, 0), Float32Array.of(0.9, 0.1), 1)).toEqual(Float32Array.of(0.5));
    expect(bestF1Thresholds(new Uint8Array(0), new Float32Array(0), 2)).toEqual(Float32Array.of(0.5, 0.5));
  });

  it('is as good as any other threshold', () => {
    fc.assert(
      fc.property(cases, ({ actual, probabilities, labelCount }) => {
        const f1 = (thresholds: Float32Array) =>
          evaluateMultiLabel(actual, probabilities, thresholds).classStatistics.map((each) => each.f1);
        const best = f1(bestF1Thresholds(actual, probabilities, labelCount));
        for (let tenths = 0; tenths <= 11; tenths++) {
          const other = f1(new Float32Array(labelCount).fill(tenths / 10 - 0.05));
          other.forEach((value, label) => expect(best[label]).toBeGreaterThanOrEqual(value));
        }
      }),
    );
  });
});
