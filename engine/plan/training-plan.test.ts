import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cosineLearningRate } from './cosine-learning-rate.ts';
import { preferences, trainingPlan } from './training-plan.ts';

describe('cosineLearningRate', () => {
  it('falls from the peak to nearly nothing, along half a cosine', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1, noNaN: true }), fc.integer({ min: 1, max: 500 }), (peak, steps) => {
        const rates = Array.from({ length: steps }, (_, step) => cosineLearningRate(peak, step, steps));
        expect(rates[0]).toBe(peak);
        for (const [step, rate] of rates.entries()) {
          expect(rate).toBeGreaterThan(0);
          if (step > 0) expect(rate).toBeLessThan(rates[step - 1]!);
          // What is missing at the start is left at the end.
          if (step > 0) expect(rate + rates[steps - step]!).toBeCloseTo(peak, 10);
        }
        expect(cosineLearningRate(peak, 1, 2)).toBeCloseTo(peak / 2, 10);
      }),
    );
  });
});

describe('trainingPlan', () => {
  it('shows every picture in an epoch, in steps and epochs that make sense, for sets of any size', () => {
    const count = fc.oneof(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 500_000 }));
    fc.assert(
      fc.property(fc.constantFrom(...preferences), count, (preference, pictures) => {
        const plan = trainingPlan(preference, pictures);
        expect(plan.batchSize).toBeLessThanOrEqual(Math.min(64, pictures));
        expect(plan.batchSize * plan.stepsPerEpoch).toBeGreaterThanOrEqual(pictures);
        expect(plan.stepsPerEpoch).toBeGreaterThanOrEqual(5);
        expect(plan.epochs).toBeGreaterThanOrEqual(10);
        expect(plan.epochs * plan.stepsPerEpoch).toBeLessThanOrEqual(Math.max(40_000, 10 * plan.stepsPerEpoch));
        expect(plan.patience).toBeLessThanOrEqual(plan.epochs);
        expect(plan.patience).toBeGreaterThan(0);
      }),
    );
  });

  it('looks at each picture of a large set once, so that time and memory grow with its size alone', () => {
    expect(trainingPlan('BALANCE', 5000).views).toBe(4);
    expect(trainingPlan('BALANCE', 10_000).views).toBe(2);
    expect(trainingPlan('ACCURACY_FIRST', 100_000).views).toBe(1);
  });

  it('works harder the more accuracy is wanted', () => {
    const [fast, balanced, accurate] = preferences.map((preference) => trainingPlan(preference, 500));
    for (const [less, more] of [
      [fast!, balanced!],
      [balanced!, accurate!],
    ] as const) {
      expect(more.views).toBeGreaterThan(less.views);
      expect(more.epochs).toBeGreaterThan(less.epochs);
    }
  });
});
