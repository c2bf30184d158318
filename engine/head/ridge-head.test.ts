import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { random } from '../random/random.ts';
import { mostRidgePictures, ridgeHead } from './ridge-head.ts';

/** x with matrix x = right, by Gaussian elimination with pivoting. */
function solveDirectly(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, index) => [...row, right[index]!]);
  const size = rows.length;
  for (let column = 0; column < size; column++) {
    const pivot = rows
      .slice(column)
      .reduce((best, row) => (Math.abs(row[column]!) > Math.abs(best[column]!) ? row : best));
    rows.splice(rows.indexOf(pivot), 1);
    rows.splice(column, 0, pivot);
    for (const row of rows.slice(column + 1)) {
      const factor = row[column]! / pivot[column]!;
      for (let at = column; at <= size; at++) row[at]! -= factor * pivot[at]!;
    }
  }
  const x = Array<number>(size).fill(0);
  for (let index = size - 1; index >= 0; index--) {
    const known = x.reduce((sum, value, at) => sum + (at > index ? value * rows[index]![at]! : 0), 0);
    x[index] = (rows[index]![size]! - known) / rows[index]![index]!;
  }
  return x;
}

/** Weights of one class from the primal normal equations (Xt X + 0.1 n I) w = Xt (t - mean t). */
function primal(samples: readonly (readonly number[])[], targets: readonly number[]): number[] {
  const dimension = samples[0]!.length;
  const mean = targets.reduce((sum, target) => sum + target, 0) / targets.length;
  const columns = Array.from({ length: dimension }, (_, index) => index);
  const product = (a: number, b: number) => samples.reduce((sum, sample) => sum + sample[a]! * sample[b]!, 0);
  return solveDirectly(
    columns.map((a) => columns.map((b) => product(a, b) + (a === b ? 0.1 * samples.length : 0))),
    columns.map((a) => samples.reduce((sum, sample, row) => sum + sample[a]! * (targets[row]! - mean), 0)),
  );
}

const size = fc.record({
  seed: fc.nat(),
  pictures: fc.integer({ min: 2, max: 40 }),
  dimension: fc.integer({ min: 1, max: 20 }),
  classCount: fc.integer({ min: 2, max: 5 }),
});

function draw({ seed, pictures, dimension, classCount }: typeof size extends fc.Arbitrary<infer T> ? T : never) {
  const draws = random(seed);
  return {
    features: Float32Array.from({ length: pictures * dimension }, () => 4 * draws.uniform() - 2),
    labels: Int32Array.from({ length: pictures }, () => draws.integer(classCount)),
  };
}

describe('ridgeHead', () => {
  it('solves the penalised least squares problem, with fewer and with more pictures than dimensions', () => {
    fc.assert(
      fc.property(size, (given) => {
        const { dimension, classCount, pictures } = given;
        const { features, labels } = draw(given);
        // Every second row only, in any order: the others must not matter.
        const rows = Int32Array.from({ length: Math.ceil(pictures / 2) }, (_, index) => 2 * index).reverse();
        const { weights, bias } = ridgeHead(features, dimension, labels, rows, classCount);
        const samples = Array.from(rows, (row) => [...features.subarray(row * dimension, (row + 1) * dimension)]);
        for (let index = 0; index < classCount; index++) {
          const targets = Array.from(rows, (row) => (labels[row] === index ? 1 : -1));
          primal(samples, targets).forEach((weight, column) =>
            expect(weights[index * dimension + column]).toBeCloseTo(weight, 5),
          );
          expect(bias[index]).toBeCloseTo(targets.reduce((sum, target) => sum + target, 0) / targets.length, 6);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('gives a class without pictures no weights and the bias -1', () => {
    const { features } = draw({ seed: 1, pictures: 6, dimension: 3, classCount: 2 });
    const { weights, bias } = ridgeHead(features, 3, Int32Array.of(0, 2, 0, 2, 0, 2), Int32Array.of(0, 1, 2, 3), 3);
    expect([...weights.subarray(3, 6)]).toEqual([0, 0, 0]);
    expect([...bias]).toEqual([0, -1, 0]);
  });

  it('is finite where all pictures are the same, and for one picture', () => {
    const same = new Float32Array(8 * 4).fill(0.5);
    const labels = Int32Array.of(0, 1, 0, 1, 0, 1, 0, 1);
    for (const rows of [Int32Array.of(0, 1, 2, 3, 4, 5, 6, 7), Int32Array.of(3)]) {
      const { weights, bias } = ridgeHead(same, 4, labels, rows, 2);
      for (const value of [...weights, ...bias]) expect(Number.isFinite(value)).toBe(true);
    }
  });

  it('tells apart as many pictures as it takes at most', () => {
    const dimension = 8;
    const labels = Int32Array.from({ length: mostRidgePictures }, (_, row) => row % 2);
    const features = Float32Array.from({ length: mostRidgePictures * dimension }, (_, index) =>
      index % dimension === 0 ? 2 * labels[index / dimension]! - 1 : Math.sin(index),
    );
    const { weights, bias } = ridgeHead(features, dimension, labels, Int32Array.from(labels.keys()), 2);
    labels.forEach((label, row) => {
      const score = (index: number) =>
        weights
          .subarray(index * dimension, (index + 1) * dimension)
          .reduce((sum, weight, column) => sum + weight * features[row * dimension + column]!, bias[index]!);
      expect(score(label)).toBeGreaterThan(score(1 - label));
    });
  });
});
