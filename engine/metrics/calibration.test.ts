import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { random } from '../random/random.ts';
import { calibrate, uncalibrated } from './calibrate.ts';
import { calibrationQuality } from './calibration-quality.ts';
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
    // Always the same logits, [2, 0]; right 3 times of 4. One of 6 may be labelled otherwise: 2/T = ln(p/(1-p)) with p = 5/6 x 3/4 + 1/6 x 1/2.
    const logits = Float32Array.from({ length: 8 }, (_, at) => (at % 2 === 0 ? 2 : 0));
    const share = (5 / 6) * (3 / 4) + 1 / 12;
    const temperature = scaleTemperature(Int32Array.of(0, 0, 0, 1), logits, 2);
    expect(temperature / (2 / Math.log(share / (1 - share)))).toBeCloseTo(1, 2);
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
      const temperature = scaleTemperature(actual, logits, 4);
      expect(Math.abs(temperature / truth - 1)).toBeLessThan(0.06);
      expect(expectedCalibrationError(actual, softmax(logits, 4, temperature), 4).error).toBeLessThan(0.03);
    }
  });

  it('changes no answer, stays within its bounds, and no other temperature is better', () => {
    fc.assert(
      fc.property(cases, ({ actual, logits }) => {
        const found = scaleTemperature(actual, logits, 3);
        expect(found).toBeGreaterThanOrEqual(0.02);
        expect(found).toBeLessThanOrEqual(20);
        const scaled = softmax(logits, 3, found);
        actual.forEach((_, picture) => {
          const answer = mostProbable(logits, picture * 3, 3);
          expect(scaled[picture * 3 + answer]).toBe(scaled[picture * 3 + mostProbable(scaled, picture * 3, 3)]);
        });
        // Each picture as its class, and a little as any.
        const doubt = 1 / (actual.length + 2);
        const loss = (temperature: number) => {
          const targets = [0, 1, 2].map((label) => actual.map(() => label));
          const of = (labels: Int32Array) => exactCrossEntropy(labels, logits, temperature);
          return (1 - doubt) * of(actual) + (doubt / 3) * targets.reduce((sum, each) => sum + of(each), 0);
        };
        for (let temperature = 0.02; temperature <= 20; temperature *= 1.3)
          expect(loss(found)).toBeLessThanOrEqual(loss(temperature) + 1e-3);
      }),
    );
  });

  it('is the less sure the fewer pictures are all right, and does nothing where there is nothing to gain', () => {
    const ofRight = (count: number) =>
      softmax(
        Float32Array.of(1, 0),
        2,
        scaleTemperature(
          new Int32Array(count),
          Float32Array.from({ length: count * 2 }, (_, at) => 1 - (at % 2)),
          2,
        ),
      )[0]!;
    // 1 - 1/2 x 1/(count + 2)
    expect(ofRight(2)).toBeCloseTo(0.875, 3);
    expect(ofRight(98)).toBeCloseTo(0.995, 3);
    expect(scaleTemperature(Int32Array.of(0, 1), new Float32Array(4), 2)).toBe(1);
    expect(scaleTemperature(new Int32Array(0), new Float32Array(0), 2)).toBe(1);
  });
});

/** From logits, without the floor of probabilities. */
function exactCrossEntropy(actual: Int32Array, logits: Float32Array, temperature: number): number {
  let total = 0;
  actual.forEach((label, picture) => {
    const row = [...logits.subarray(picture * 3, picture * 3 + 3)].map((logit) => logit / temperature);
    const largest = Math.max(...row);
    total += Math.log(row.reduce((sum, each) => sum + Math.exp(each - largest), 0)) + largest - row[label]!;
  });
  return total / actual.length;
}

describe('calibrate', () => {
  /** Drawn logits of one label, carried as often as sigmoid(logit/truth) says. */
  const drawnLabel = (count: number, truth: number, seed: number) => {
    const draw = random(seed);
    return Array.from({ length: count }, () => {
      const logit = 12 * draw.uniform() - 6;
      return { logit, carried: draw.uniform() < 1 / (1 + Math.exp(-logit / truth)) ? 1 : 0 };
    });
  };

  it('gives each label a temperature of its own, and a label that few pictures carry that of all', () => {
    const columns = [drawnLabel(3000, 0.5, 1), drawnLabel(3000, 3, 2), drawnLabel(3000, 1, 3)];
    const rare = columns[2]!.map((each, at) => ({ ...each, carried: at < 9 ? 1 : 0 }));
    const all = [columns[0]!, columns[1]!, rare];
    const rows = columns[0]!.flatMap((_, picture) => all.map((column) => column[picture]!));
    const labels = Uint8Array.from(rows, ({ carried }) => carried);
    const said = Float32Array.from(rows, ({ logit }) => 1 / (1 + Math.exp(-logit)));
    const { temperatures, probabilities } = calibrate(labels, said, 3);
    expect(temperatures).toHaveLength(3);
    expect(Math.abs(temperatures[0]! / 0.5 - 1)).toBeLessThan(0.1);
    expect(Math.abs(temperatures[1]! / 3 - 1)).toBeLessThan(0.1);
    const shared = calibrate(labels, said, 3).temperatures[2]!;
    expect(shared).toBeGreaterThan(0.5);
    expect(shared).not.toBe(temperatures[1]);
    rows
      .slice(0, 300)
      .forEach(({ logit }, at) =>
        expect(probabilities[at]).toBeCloseTo(1 / (1 + Math.exp(-logit / temperatures[at % 3]!)), 4),
      );
    uncalibrated(probabilities, temperatures, 3, true).forEach((value, at) => expect(value).toBeCloseTo(said[at]!, 3));
  });

  it('is undone by uncalibrated', () => {
    fc.assert(
      fc.property(cases, ({ actual, logits }) => {
        const said = softmax(logits, 3);
        const { temperatures, probabilities } = calibrate(actual, said, 3);
        expect(temperatures).toHaveLength(1);
        fc.pre(temperatures[0]! > 0.3);
        uncalibrated(probabilities, temperatures, 3, false).forEach((value, at) =>
          expect(value).toBeCloseTo(said[at]!, 3),
        );
      }),
    );
  });

  it('has nothing to go by without probabilities', () => {
    expect(calibrate(Int32Array.of(0, 1), new Float32Array(0), 2).temperatures).toEqual(Float32Array.of(1));
    expect(calibrate(Uint8Array.of(0, 1), new Float32Array(0), 2).temperatures).toEqual(Float32Array.of(1, 1));
  });
});

describe('calibrationQuality', () => {
  it('measures by hand-counted figures', () => {
    const { brier, crossEntropy: loss } = calibrationQuality(
      Int32Array.of(0, 1),
      Float32Array.of(0.8, 0.2, 0.6, 0.4),
      2,
    );
    expect(brier).toBeCloseTo((0.04 + 0.04 + 0.36 + 0.36) / 2, 6);
    expect(loss).toBeCloseTo(-(Math.log(0.8) + Math.log(0.4)) / 2, 6);
  });

  it('takes each label of each picture for an answer where there may be several', () => {
    const {
      brier,
      expectedCalibrationError: error,
      bins,
    } = calibrationQuality(Uint8Array.of(1, 0, 0, 0), Float32Array.of(0.9, 0.1, 0.9, 0.1), 2);
    expect(brier).toBeCloseTo((0.01 + 0.01 + 0.81 + 0.01) / 4, 6);
    // Twice 0.9, right once; twice 0.1, right never.
    expect(error).toBeCloseTo(0.4 / 2 + 0.1 / 2, 6);
    expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(4);
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
