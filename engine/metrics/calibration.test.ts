import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { random } from '../random/random.ts';
import { crossEntropy } from './cross-entropy.ts';
import { expectedCalibrationError } from './expected-calibration-error.ts';
import { mostProbable } from './most-probable.ts';
import { logitsOf, softmax } from './softmax.ts';
import { scaleTemperature } from './temperature-scaling.ts';

const logit = fc.double({ min: -8, max: 8, noNaN: true });
const cases = fc.array(fc.tuple(fc.nat(2), logit, logit, logit), { minLength: 1, maxLength: 30 }).map((pictures) => ({
  actual: Int32Array.from(pictures, ([label]) => label),
  logits: Float32Array.from(pictures.flatMap(([, ...logits]) => logits)),
}));

describe('softmax', () => {
  it('is exp(x/T) over its sum', () => {
    const [first, second] = softmax(Float32Array.of(Math.log(3), 0), 2);
    expect(first).toBeCloseTo(0.75, 6);
    expect(second).toBeCloseTo(0.25, 6);
    expect(softmax(Float32Array.of(2 * Math.log(3), 0), 2, 2)[0]).toBeCloseTo(0.75, 6);
    expect(softmax(Float32Array.of(1000, 0, -1000), 3)).toEqual(Float32Array.of(1, 0, 0));
  });

  it('is undone by logitsOf', () => {
    fc.assert(
      fc.property(cases, ({ logits }) => {
        const probabilities = softmax(logits, 3);
        softmax(logitsOf(probabilities), 3).forEach((value, at) => expect(value).toBeCloseTo(probabilities[at]!, 5));
      }),
    );
  });
});

describe('scaleTemperature', () => {
  it('finds the temperature that a formula gives', () => {
    // Always the same logits, [2, 0]; right 3 times of 4: the best probability is 3/4, so 2/T = ln 3.
    const logits = Float32Array.from({ length: 8 }, (_, at) => (at % 2 === 0 ? 2 : 0));
    const { temperature, after } = scaleTemperature(Int32Array.of(0, 0, 0, 1), logits, 2);
    expect(temperature).toBeCloseTo(2 / Math.log(3), 2);
    expect(after.crossEntropy).toBeCloseTo(-(0.75 * Math.log(0.75) + 0.25 * Math.log(0.25)), 5);
    expect(after.expectedCalibrationError).toBeLessThan(0.001);
  });

  it('finds the temperature that labels were drawn with', () => {
    for (const truth of [0.5, 1, 3]) {
      const draw = random(11);
      const count = 5000;
      const logits = Float32Array.from({ length: count * 4 }, () => 6 * draw.uniform());
      const probabilities = softmax(logits, 4, truth);
      const actual = Int32Array.from({ length: count }, (_, picture) => {
        let left = draw.uniform();
        const row = probabilities.subarray(picture * 4, picture * 4 + 4);
        return Math.max(
          0,
          row.findIndex((probability) => (left -= probability) < 0),
        );
      });
      const { temperature, after } = scaleTemperature(actual, logits, 4);
      expect(Math.abs(temperature / truth - 1)).toBeLessThan(0.06);
      expect(after.expectedCalibrationError).toBeLessThan(0.03);
    }
  });

  it('never makes the pictures less likely nor changes an answer, and stays within its bounds', () => {
    fc.assert(
      fc.property(cases, ({ actual, logits }) => {
        const { temperature, before, after } = scaleTemperature(actual, logits, 3);
        expect(temperature).toBeGreaterThanOrEqual(0.2);
        expect(temperature).toBeLessThanOrEqual(20);
        expect(after.crossEntropy).toBeLessThanOrEqual(before.crossEntropy);
        expect(before.crossEntropy).toBe(crossEntropy(actual, softmax(logits, 3), 3));
        const scaled = softmax(logits, 3, temperature);
        actual.forEach((_, picture) => {
          const answer = mostProbable(logits, picture * 3, 3);
          const largest = mostProbable(scaled, picture * 3, 3);
          expect(scaled[picture * 3 + answer]).toBe(scaled[picture * 3 + largest]);
        });
      }),
    );
  });

  it('is as good as trying many temperatures', () => {
    fc.assert(
      fc.property(cases, ({ actual, logits }) => {
        const { after } = scaleTemperature(actual, logits, 3);
        for (let temperature = 0.2; temperature <= 20; temperature *= 1.3)
          expect(after.crossEntropy).toBeLessThanOrEqual(
            crossEntropy(actual, softmax(logits, 3, temperature), 3) + 1e-3,
          );
      }),
    );
  });

  it('goes to its bound where every picture is right, and does nothing where there is nothing to gain', () => {
    expect(scaleTemperature(Int32Array.of(0, 1), Float32Array.of(1, 0, 0, 1), 2).temperature).toBeCloseTo(0.2, 2);
    expect(scaleTemperature(Int32Array.of(0, 1), new Float32Array(4), 2).temperature).toBe(1);
    expect(scaleTemperature(new Int32Array(0), new Float32Array(0), 2).temperature).toBe(1);
  });
});

describe('expectedCalibrationError', () => {
  it('is the mean distance of what was promised from what was kept', () => {
    // Twice sure to 0.9 and right once; twice sure to 0.62 and right both times: 1/2 x 0.4 + 1/2 x 0.38.
    const probabilities = Float32Array.of(0.9, 0.1, 0.9, 0.1, 0.38, 0.62, 0.38, 0.62);
    const { error, bins } = expectedCalibrationError(Int32Array.of(0, 1, 1, 1), probabilities, 2);
    expect(error).toBeCloseTo(0.39, 6);
    expect(bins).toHaveLength(15);
    expect(bins[13]).toMatchObject({ count: 2, accuracy: 0.5 });
    expect(bins[13]!.confidence).toBeCloseTo(0.9, 6);
    expect(bins[9]).toMatchObject({ count: 2, accuracy: 1 });
  });

  it('is 0 for what is certain and right, 1 for what is certain and wrong, 0 for nothing', () => {
    const certain = Float32Array.of(1, 0);
    expect(expectedCalibrationError(Int32Array.of(0), certain, 2).error).toBe(0);
    expect(expectedCalibrationError(Int32Array.of(1), certain, 2).error).toBe(1);
    expect(expectedCalibrationError(new Int32Array(0), new Float32Array(0), 2).error).toBe(0);
  });

  it('puts each picture into one bin and is at least |accuracy - confidence| overall', () => {
    fc.assert(
      fc.property(cases, ({ actual, logits }) => {
        const { error, bins } = expectedCalibrationError(actual, softmax(logits, 3), 3);
        const sum = (valueOf: (bin: (typeof bins)[number]) => number) =>
          bins.reduce((all, bin) => all + valueOf(bin), 0);
        expect(sum(({ count }) => count)).toBe(actual.length);
        const gap = sum(({ count, accuracy, confidence }) => count * (accuracy - confidence)) / actual.length;
        expect(error).toBeGreaterThanOrEqual(Math.abs(gap) - 1e-9);
        expect(error).toBeLessThanOrEqual(1);
        bins.forEach(({ count, confidence }, bin) => {
          if (count === 0) return;
          expect(confidence).toBeGreaterThan(bin / 15 - 1e-6);
          expect(confidence).toBeLessThanOrEqual((bin + 1) / 15 + 1e-6);
        });
      }),
    );
  });
});
