import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSession } from '../onnx/create-session.ts';
import { GraphBuilder } from '../onnx/graph-builder.ts';
import { Tensor } from '../onnx/onnx-runtime.ts';
import { random } from '../random/random.ts';
import { appendUnfamiliarity } from './append-unfamiliarity.ts';
import { fitFamiliarity, type Familiarity } from './fit-familiarity.ts';
import { dot, principalDirections } from './principal-directions.ts';
import { unfamiliarityThreshold } from './unfamiliarity-threshold.ts';

const dimension = 12;

/** Rows around one centre a class, positive as pooled activations are. */
function drawnRows(count: number, classes: number, seed: number, spread = 0.2) {
  const draw = random(seed);
  const centres = Array.from({ length: classes }, (_, label) =>
    Float64Array.from({ length: dimension }, (__, column) => (column % classes === label ? 2 : 1)),
  );
  const labels = Int32Array.from({ length: count }, (_, row) => row % classes);
  const features = new Float32Array(count * dimension);
  labels.forEach((label, row) =>
    centres[label]!.forEach((value, column) => {
      // Columns differ in how much they vary.
      features[row * dimension + column] = value + spread * (1 + column / 3) * (draw.uniform() - 0.5);
    }),
  );
  return { features, labels };
}

async function unfamiliarityOf(familiarity: Familiarity, features: Float32Array): Promise<Float32Array> {
  const builder = new GraphBuilder('test');
  const count = features.length / dimension;
  appendUnfamiliarity(builder, builder.input('features', 'float', ['N', dimension]), familiarity, 'unfamiliarity');
  builder.output('unfamiliarity', 'float', ['N']);
  const session = await createSession(builder.model(), 'frozen');
  const outputs = await session.run({ features: new Tensor('float32', features, [count, dimension]) });
  await session.release();
  expect(outputs['unfamiliarity']!.dims).toEqual([count]);
  return outputs['unfamiliarity']!.data as Float32Array;
}

describe('principalDirections', () => {
  it('finds the directions that rows were drawn along', async () => {
    const draw = random(4);
    const deviations = [5, 3, 1];
    const rows = Array.from({ length: 400 }, () =>
      Float64Array.from({ length: 6 }, (_, column) => (deviations[column] ?? 0.1) * (draw.uniform() - 0.5)),
    );
    const { directions, variances, totalVariance } = await principalDirections(rows, 3);
    directions.forEach((direction, at) => expect(Math.abs(direction[at]!)).toBeGreaterThan(0.98));
    variances.forEach((variance, at) => expect(variance / (deviations[at]! ** 2 / 12)).toBeCloseTo(1, 0));
    expect(totalVariance).toBeGreaterThan(variances.reduce((a, b) => a + b));
  });

  it('gives orthonormal directions, none where there is no variance, and explains all where it may', async () => {
    const value = fc.integer({ min: -300, max: 300 }).map((hundredths) => hundredths / 100);
    const table = fc.array(fc.array(value, { minLength: 5, maxLength: 5 }), { minLength: 1, maxLength: 9 });
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const { directions, variances, totalVariance } = await principalDirections(
          rows.map((row) => Float64Array.from(row)),
          5,
        );
        directions.forEach((one, at) =>
          directions.forEach((other, place) => expect(dot(one, other)).toBeCloseTo(at === place ? 1 : 0, 8)),
        );
        const explained = variances.reduce((a, b) => a + b, 0);
        expect(Math.abs(explained - totalVariance)).toBeLessThanOrEqual(1e-4 * totalVariance);
      }),
    );
    expect((await principalDirections([new Float64Array(3), new Float64Array(3)], 2)).directions).toEqual([]);
  });
});

describe('unfamiliarity', () => {
  it('is the Mahalanobis distance to the nearest class over the dimensions, where covariance is known well', async () => {
    const { features, labels } = drawnRows(600, 3, 1);
    const familiarity = (await fitFamiliarity(features, dimension, labels))!;
    const values = await unfamiliarityOf(familiarity, features);
    const mean = values.reduce((a, b) => a + b) / values.length;
    // One dimension less: lengths are 1.
    expect(mean).toBeGreaterThan(0.8);
    expect(mean).toBeLessThan(1.1);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
  });

  it('grows with the distance from what was seen, wherever lengths stay', async () => {
    const { features, labels } = drawnRows(200, 3, 2);
    const familiarity = (await fitFamiliarity(features, dimension, labels))!;
    const known = drawnRows(60, 3, 9).features;
    const unknown = drawnRows(60, 1, 9).features.map((value, at) => (at % dimension === 0 ? value + 4 : value));
    const largest = Math.max(...(await unfamiliarityOf(familiarity, known)));
    for (const value of await unfamiliarityOf(familiarity, unknown)) expect(value).toBeGreaterThan(2 * largest);
    const longer = await unfamiliarityOf(
      familiarity,
      known.map((value) => value * 7),
    );
    (await unfamiliarityOf(familiarity, known)).forEach((value, at) => expect(longer[at]! / value).toBeCloseTo(1, 3));
  });

  it('knows no classes where pictures may carry several labels', async () => {
    const { features } = drawnRows(80, 2, 3);
    const labels = Uint8Array.from({ length: 160 }, (_, at) => at % 2);
    const familiarity = (await fitFamiliarity(features, dimension, labels))!;
    expect(familiarity.offsets).toHaveLength(1);
    expect(Math.max(...(await unfamiliarityOf(familiarity, features)))).toBeLessThan(4);
  });

  it('is a finite number for any features, of a few pictures and of a picture of nothing', async () => {
    for (const count of [2, 3, 10]) {
      const { features, labels } = drawnRows(count, 2, count);
      const familiarity = await fitFamiliarity(features, dimension, labels);
      if (!familiarity) continue;
      const odd = Float32Array.from({ length: 3 * dimension }, (_, at) =>
        at < dimension ? 0 : at < 2 * dimension ? 1e6 : -1,
      );
      for (const value of await unfamiliarityOf(familiarity, odd)) expect(Number.isFinite(value)).toBe(true);
    }
    expect(await fitFamiliarity(drawnRows(10, 2, 1).features, dimension, new Int32Array(10))).toBeDefined();
  });

  it('has nothing to tell by without pictures, or of pictures that are all alike', async () => {
    expect(await fitFamiliarity(new Float32Array(0), dimension, new Int32Array(0))).toBeUndefined();
    expect(await fitFamiliarity(new Float32Array(4 * dimension).fill(1), dimension, new Int32Array(4))).toBeUndefined();
    expect(await fitFamiliarity(new Float32Array(4 * dimension), dimension, new Int32Array(4))).toBeUndefined();
  });

  it('is the same for the same pictures, to the bit', async () => {
    const { features, labels } = drawnRows(50, 3, 5);
    expect(await fitFamiliarity(features, dimension, labels)).toEqual(
      await fitFamiliarity(features.slice(), dimension, labels),
    );
  });
});

describe('unfamiliarityThreshold', () => {
  it('lets a further known picture pass with the promised probability', () => {
    const draw = random(6);
    for (const count of [19, 40, 100]) {
      let passed = 0;
      const trials = 4000;
      for (let trial = 0; trial < trials; trial++) {
        const held = Float32Array.from({ length: count }, () => draw.uniform() ** 2);
        if (draw.uniform() ** 2 <= unfamiliarityThreshold(held)!) passed += 1;
      }
      expect(passed / trials).toBeGreaterThan(0.94);
      expect(passed / trials).toBeLessThan(0.975);
    }
  });

  it('is above all pictures where there are too few to promise anything, and the share can be chosen', () => {
    expect(unfamiliarityThreshold(Float32Array.of(1, 4, 2))).toBeCloseTo(4 * (4 / 3), 6);
    expect(unfamiliarityThreshold(Float32Array.of(3, 1, 2), 0.5)).toBe(2);
    expect(unfamiliarityThreshold(new Float32Array(0))).toBeUndefined();
    expect(unfamiliarityThreshold(Float32Array.of(1, NaN))).toBeUndefined();
  });
});
