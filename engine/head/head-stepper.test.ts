import { describe, expect, it } from 'vitest';
import { carries, isMultiLabel, type Labels } from '../labels/labels.ts';
import { random } from '../random/random.ts';
import type { HeadStepSettings } from './head-step-graph.ts';
import { openHeadStepper } from './head-stepper.ts';
import type { LinearHead } from './linear-head.ts';

interface Task {
  readonly settings: HeadStepSettings;
  readonly features: Float32Array;
  readonly labels: Labels;
  readonly initial: LinearHead;
  readonly batches: readonly Int32Array[];
  readonly rates: readonly number[];
}

function task(settings: HeadStepSettings, size: { rows: number; batch: number; steps: number }, seed = 1): Task {
  const draws = random(seed);
  const { dimension, classCount } = settings;
  const floats = (length: number) => Float32Array.from({ length }, () => 2 * draws.uniform() - 1);
  return {
    settings,
    features: floats(size.rows * dimension),
    labels:
      settings.loss === 'sigmoidCrossEntropy'
        ? Uint8Array.from({ length: size.rows * classCount }, () => draws.integer(2))
        : Int32Array.from({ length: size.rows }, () => draws.integer(classCount)),
    initial: { weights: floats(classCount * dimension), bias: floats(classCount) },
    batches: Array.from({ length: size.steps }, () =>
      Int32Array.from({ length: size.batch }, () => draws.integer(size.rows)),
    ),
    rates: Array.from({ length: size.steps }, () => 1e-3 + 1e-2 * draws.uniform()),
  };
}

/** Runs the steps of a task, `runs[i]` of them in run i. */
async function train({ settings, features, labels, initial, batches, rates }: Task, runs: readonly number[]) {
  const stepper = await openHeadStepper(settings, features, labels, initial);
  const losses: number[] = [];
  for (const steps of runs) {
    const next = losses.length + steps;
    losses.push(...(await stepper.run(batches.slice(losses.length, next), rates.slice(losses.length, next))));
  }
  const { head } = stepper;
  await stepper.close();
  return { head, losses };
}

/** The same in double precision, one loop a formula. */
function reference({ settings, features, labels, initial, batches, rates }: Task) {
  const { dimension, classCount, labelSmoothing, weightDecay } = settings;
  // The bias is one more weight, of a feature that is always 1.
  const width = dimension + 1;
  const size = classCount * width;
  const weights = Float64Array.from({ length: size }, (_, index) => {
    const [row, column] = [Math.floor(index / width), index % width];
    return column < dimension ? initial.weights[row * dimension + column]! : initial.bias[row]!;
  });
  const [first, second] = [new Float64Array(size), new Float64Array(size)];
  const losses = batches.map((batch, step) => {
    const gradient = new Float64Array(size);
    let loss = 0;
    for (const row of batch) {
      const x = (column: number) => (column < dimension ? features[row * dimension + column]! : 1);
      const logits = Array.from({ length: classCount }, (_, k) => {
        let logit = 0;
        for (let column = 0; column < width; column++) logit += weights[k * width + column]! * x(column);
        return logit;
      });
      const isMulti = isMultiLabel(labels);
      const most = Math.max(...logits);
      const logSum = most + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - most), 0));
      // Of several labels each is softened towards 1/2, and the loss is their mean.
      const share = batch.length * (isMulti ? classCount : 1);
      logits.forEach((logit, k) => {
        const own = carries(labels, classCount, row, k) ? 1 - labelSmoothing : 0;
        const target = own + labelSmoothing / (isMulti ? 2 : classCount);
        const probability = isMulti ? 1 / (1 + Math.exp(-logit)) : Math.exp(logit - logSum);
        loss -= (target * Math.log(probability) + (isMulti ? (1 - target) * Math.log(1 - probability) : 0)) / share;
        const error = (probability - target) / share;
        for (let column = 0; column < width; column++) gradient[k * width + column]! += error * x(column);
      });
    }
    gradient.forEach((g, index) => {
      first[index] = 0.9 * first[index]! + 0.1 * g;
      second[index] = 0.999 * second[index]! + 0.001 * g * g;
      const direction =
        first[index] / (1 - 0.9 ** (step + 1)) / (Math.sqrt(second[index] / (1 - 0.999 ** (step + 1))) + 1e-8);
      const decay = index % width < dimension ? weightDecay * weights[index]! : 0;
      weights[index]! -= rates[step]! * (direction + decay);
    });
    return loss;
  });
  const head = {
    weights: weights.filter((_, index) => index % width < dimension),
    bias: weights.filter((_, index) => index % width === dimension),
  };
  return { head, losses };
}

/** Largest difference, as a share of the largest value. */
function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(actual.length).toBe(expected.length);
  const values = Array.from(expected);
  const most = (list: readonly number[]) => list.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  return most(values.map((value, index) => value - actual[index]!)) / most(values);
}

const usual: HeadStepSettings = { dimension: 24, classCount: 5, weightDecay: 3, labelSmoothing: 0.1 };

describe('the head stepper', () => {
  it.each([
    ['as in training', usual, { rows: 40, batch: 16, steps: 25 }],
    ['two classes', { ...usual, classCount: 2 }, { rows: 40, batch: 16, steps: 25 }],
    ['one picture a step', usual, { rows: 10, batch: 1, steps: 25 }],
    ['no smoothing', { ...usual, labelSmoothing: 0 }, { rows: 40, batch: 16, steps: 25 }],
    ['no decay', { ...usual, weightDecay: 0 }, { rows: 40, batch: 16, steps: 25 }],
    ['one dimension', { ...usual, dimension: 1 }, { rows: 40, batch: 16, steps: 25 }],
    ['many classes', { ...usual, classCount: 60 }, { rows: 200, batch: 64, steps: 10 }],
    ['one step', usual, { rows: 40, batch: 16, steps: 1 }],
    ['several labels', { ...usual, loss: 'sigmoidCrossEntropy' }, { rows: 40, batch: 16, steps: 25 }],
  ] as const)('does what AdamW in double precision does: %s', async (_, settings, size) => {
    const given = task(settings, size);
    const [actual, expected] = [await train(given, [size.steps]), reference(given)];
    expect(relativeError(actual.losses, expected.losses)).toBeLessThan(1e-5);
    expect(relativeError(actual.head.weights, expected.head.weights)).toBeLessThan(1e-5);
    expect(relativeError(actual.head.bias, expected.head.bias)).toBeLessThan(1e-5);
  });

  it('computes the same bits however the steps are split into runs', async () => {
    const given = task(usual, { rows: 40, batch: 16, steps: 24 });
    const whole = await train(given, [24]);
    for (const runs of [Array<number>(24).fill(1), [1, 23], [7, 7, 10]])
      expect(await train(given, runs)).toEqual(whole);
    expect(await train(given, [24])).toEqual(whole);
  });

  it('leaves the initial head and earlier heads as they were', async () => {
    const given = task(usual, { rows: 40, batch: 16, steps: 6 });
    const before = given.initial.weights.slice();
    const stepper = await openHeadStepper(usual, given.features, given.labels, given.initial);
    expect(stepper.head).toEqual(given.initial);
    await stepper.run(given.batches.slice(0, 3), given.rates.slice(0, 3));
    const { head } = stepper;
    const copy = head.weights.slice();
    await stepper.run(given.batches.slice(3), given.rates.slice(3));
    expect(head.weights).toEqual(copy);
    expect(stepper.head.weights).not.toEqual(copy);
    expect(given.initial.weights).toEqual(before);
    await stepper.close();
  });

  it('stays finite on features of any size', async () => {
    const given = task(usual, { rows: 40, batch: 16, steps: 10 });
    const huge = { ...given, features: given.features.map((value) => value * 1e6) };
    const { head, losses } = await train(huge, [10]);
    for (const value of [...head.weights, ...head.bias, ...losses]) expect(Number.isFinite(value)).toBe(true);
  });

  it('learns: the loss falls to nearly nothing on what can be told apart', async () => {
    const given = task({ ...usual, weightDecay: 0, labelSmoothing: 0 }, { rows: 20, batch: 20, steps: 300 });
    const all = Int32Array.from({ length: 20 }, (_, row) => row);
    const { losses } = await train(
      { ...given, batches: given.batches.map(() => all), rates: given.rates.map(() => 0.05) },
      [300],
    );
    expect(losses[0]).toBeGreaterThan(1);
    expect(losses.at(-1)).toBeLessThan(0.01);
  });
});
