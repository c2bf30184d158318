import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { random } from '../random/random.ts';
import { balancingClassWeights } from './class-weights.ts';
import { drawCutMix, drawMixUp, mixPictures } from './mixing.ts';
import { softTargets } from './soft-targets.ts';

const batch = fc.integer({ min: 1, max: 20 });
const alpha = fc.double({ min: 0.05, max: 2, noNaN: true });

describe('drawMixUp and drawCutMix', () => {
  it('pair each picture of the batch once, with shares from 0 to 1', () => {
    fc.assert(
      fc.property(batch, alpha, fc.nat(), (count, alpha, seed) => {
        for (const { partners, shares } of [
          drawMixUp(count, alpha, random(seed)),
          drawCutMix(count, 24, alpha, random(seed)),
        ]) {
          expect(Array.from(partners).sort((a, b) => a - b)).toEqual(
            Array.from({ length: count }, (_, index) => index),
          );
          expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
        }
      }),
    );
  });

  it('draw shares from the Beta distribution: mean 1/2, variance 1/(4 (2 alpha + 1))', () => {
    for (const alpha of [0.2, 1]) {
      const { shares } = drawMixUp(20_000, alpha, random(1));
      const mean = shares.reduce((a, b) => a + b) / shares.length;
      const variance = shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / shares.length;
      expect(mean).toBeCloseTo(0.5, 1.5);
      expect(variance).toBeCloseTo(1 / (4 * (2 * alpha + 1)), 2);
    }
  });

  it('are the same for the same seed', () => {
    expect(drawCutMix(8, 24, 1, random(3))).toEqual(drawCutMix(8, 24, 1, random(3)));
    expect(drawCutMix(8, 24, 1, random(3))).not.toEqual(drawCutMix(8, 24, 1, random(4)));
  });
});

describe('mixPictures', () => {
  it('shows as much of each picture as the share says', () => {
    fc.assert(
      fc.property(batch, fc.integer({ min: 1, max: 20 }), fc.boolean(), fc.nat(), (count, size, pasted, seed) => {
        const mixing = pasted ? drawCutMix(count, size, 1, random(seed)) : drawMixUp(count, 1, random(seed));
        const length = size * size * 3;
        const grey = (index: number) => 10 * index + 5;
        const pictures = Uint8Array.from({ length: count * length }, (_, at) => grey(Math.floor(at / length)));
        const before = pictures.slice();
        const mixed = mixPictures(pictures, size, mixing);
        expect(pictures).toEqual(before);
        for (let index = 0; index < count; index++) {
          const mean = mixed.subarray(index * length, (index + 1) * length).reduce((a, b) => a + b, 0) / length;
          const share = mixing.shares[index]!;
          const expected = share * grey(index) + (1 - share) * grey(mixing.partners[index]!);
          expect(Math.abs(mean - expected)).toBeLessThanOrEqual(pasted ? 1e-3 : 1);
        }
      }),
    );
  });

  it('pastes the box and nothing else', () => {
    const pictures = Uint8Array.from({ length: 2 * 27 }, (_, at) => (at < 27 ? 1 : 2));
    const mixing = {
      partners: Int32Array.of(1, 0),
      shares: Float32Array.of(7 / 9, 1),
      boxes: Int32Array.of(1, 0, 2, 2, 0, 0, 0, 0),
    };
    const red = mixPictures(pictures, 3, mixing).filter((_, at) => at % 3 === 0);
    expect(Array.from(red)).toEqual([1, 2, 1, 1, 2, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2]);
  });

  it('refuses a batch of another shape', () => {
    expect(() => mixPictures(new Uint8Array(5), 3, drawMixUp(2, 1, random(1)))).toThrow(
      '5 bytes do not fit 2 pictures',
    );
  });
});

describe('softTargets', () => {
  it('is one for the class, or nearly so with smoothing', () => {
    expect(softTargets(Int32Array.of(2, 0), 3)).toEqual({
      targets: Float32Array.of(0, 0, 1, 1, 0, 0),
      weights: Float32Array.of(1, 1),
    });
    const { targets } = softTargets(Int32Array.of(1), 4, { smoothing: 0.2 });
    expect(targets).toEqual(Float32Array.of(0.05, 0.85, 0.05, 0.05));
  });

  it('costs what the two classes of a mixed picture cost, each with its weight', () => {
    const probabilities = fc
      .array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 })
      .map((values) => values.map((value) => value / values.reduce((a, b) => a + b)));
    const weights = fc.array(fc.double({ min: 0.1, max: 10, noNaN: true }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(
        probabilities,
        weights,
        fc.array(fc.nat(3), { minLength: 1, maxLength: 8 }),
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        fc.nat(),
        (p, classWeights, labels, smoothing, seed) => {
          const mixing = drawMixUp(labels.length, 1, random(seed));
          const soft = softTargets(Int32Array.from(labels), 4, {
            smoothing,
            classWeights: Float32Array.from(classWeights),
            mixing,
          });
          const lossOf = (label: number) =>
            -p.reduce((sum, value, index) => {
              const target = smoothing / 4 + (index === label ? 1 - smoothing : 0);
              return sum + target * Math.log(value);
            }, 0) * classWeights[label]!;
          labels.forEach((label, index) => {
            const row = soft.targets.subarray(index * 4, index * 4 + 4);
            expect(row.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
            const share = mixing.shares[index]!;
            const expected = share * lossOf(label) + (1 - share) * lossOf(labels[mixing.partners[index]!]!);
            const loss = -row.reduce((sum, target, at) => sum + target * Math.log(p[at]!), 0) * soft.weights[index]!;
            expect(Math.abs(loss - expected)).toBeLessThanOrEqual(1e-4 * (1 + expected));
          });
        },
      ),
    );
  });
});

describe('balancingClassWeights', () => {
  it('is total / (classes x count)', () => {
    const labels = Int32Array.of(0, 0, 0, 0, 0, 0, 1, 1, 2);
    expect(Array.from(balancingClassWeights(labels, 3))).toEqual([0.5, 1.5, 3]);
    expect(Array.from(balancingClassWeights(labels, 3, 2))).toEqual([0.5, 1.5, 2]);
  });

  it('counts only classes that have pictures', () => {
    expect(Array.from(balancingClassWeights(Int32Array.of(0, 2, 2, 2), 4))).toEqual([2, 0, Math.fround(2 / 3), 0]);
  });

  it('lets all classes count alike while no cap is met', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(4), { minLength: 1, maxLength: 60 }), (labels) => {
        const weights = balancingClassWeights(Int32Array.from(labels), 5, Infinity);
        const totals = weights.map((weight, label) => weight * labels.filter((each) => each === label).length);
        const present = Array.from(totals).filter((total) => total > 0);
        for (const total of present) expect(total).toBeCloseTo(labels.length / present.length, 3);
      }),
    );
  });
});
