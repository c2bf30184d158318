import { describe, expect, it } from 'vitest';
import { random } from '../random/random.ts';
import { openHeadEvaluator } from './head-probabilities.ts';
import type { LinearHead } from './linear-head.ts';

function draw(rows: number, dimension: number, classCount: number) {
  const draws = random(rows, dimension, classCount);
  const floats = (length: number) => Float32Array.from({ length }, () => 2 * draws.uniform() - 1);
  const head: LinearHead = {
    weights: floats(classCount * dimension).map((weight) => weight / 10),
    bias: floats(classCount),
  };
  return { features: floats(rows * dimension), head };
}

/** Probabilities of one row in double precision. */
function reference(row: Float32Array, { weights, bias }: LinearHead): number[] {
  const exponentials = Array.from(bias, (value, index) =>
    Math.exp(row.reduce((logit, x, column) => logit + x * weights[index * row.length + column]!, value)),
  );
  const sum = exponentials.reduce((total, each) => total + each, 0);
  return exponentials.map((each) => each / sum);
}

describe('the head evaluator', () => {
  it.each([
    ['a few rows', 7, 12, 3],
    ['one row', 1, 5, 2],
    // 2e9 multiply-adds a run are 1000 rows here.
    ['more rows than one run takes', 2003, 2000, 1000],
  ])('gives softmax probabilities: %s', async (_, rows, dimension, classCount) => {
    const { features, head } = draw(rows, dimension, classCount);
    const evaluator = await openHeadEvaluator(dimension, classCount);
    const probabilities = await evaluator.probabilities(features, head);
    await evaluator.close();
    expect(probabilities).toHaveLength(rows * classCount);
    for (const row of new Set([0, 999, 1000, 1999, 2000, rows - 1]).values()) {
      if (row >= rows) continue;
      const actual = probabilities.subarray(row * classCount, (row + 1) * classCount);
      reference(features.subarray(row * dimension, (row + 1) * dimension), head).forEach((expected, index) =>
        expect(actual[index]).toBeCloseTo(expected, 6),
      );
      expect(actual.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 4);
    }
  });

  it('gives the sigmoid of each where labels are told each on its own', async () => {
    const { features, head } = draw(5, 12, 3);
    const evaluator = await openHeadEvaluator(12, 3, 'sigmoidCrossEntropy');
    const probabilities = await evaluator.probabilities(features, head);
    await evaluator.close();
    probabilities.forEach((actual, at) => {
      const [row, label] = [Math.floor(at / 3), at % 3];
      let logit = head.bias[label]!;
      for (let column = 0; column < 12; column++)
        logit += features[row * 12 + column]! * head.weights[label * 12 + column]!;
      expect(actual).toBeCloseTo(1 / (1 + Math.exp(-logit)), 6);
    });
  });

  it('takes one head after another, and no rows at all', async () => {
    const { features, head } = draw(4, 6, 3);
    const evaluator = await openHeadEvaluator(6, 3);
    const first = await evaluator.probabilities(features, head);
    const zero = { weights: new Float32Array(18), bias: new Float32Array(3) };
    for (const value of await evaluator.probabilities(features, zero)) expect(value).toBeCloseTo(1 / 3, 6);
    expect(await evaluator.probabilities(features, head)).toEqual(first);
    expect(await evaluator.probabilities(new Float32Array(), head)).toHaveLength(0);
    await evaluator.close();
  });
});
