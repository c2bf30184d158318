import { describe, expect, test } from 'vitest';
import { chooseLowering } from '../autodiff/choose-lowering.ts';
import { portableConvolution } from '../autodiff/portable-convolution.ts';
import { readNetwork } from '../autodiff/read-network.ts';
import { gaussians } from '../autodiff/testing/gradients.ts';
import { mobileNetwork, residualNetwork } from '../autodiff/testing/small-networks.ts';
import { headWeights, initialParameters, parameterValues, trainable, type Trainable } from '../autodiff/trainable.ts';
import type { ModelProto } from '../onnx/onnx-messages.ts';
import { random } from '../random/random.ts';
import { dropoutMasks } from './dropout-masks.ts';
import { openStepper, type StepBatches, type StepperSettings } from './open-stepper.ts';
import { openSuffixForward } from './open-suffix-forward.ts';

const classCount = 4;
const batchSize = 8;

async function whole(model: ModelProto): Promise<Trainable> {
  return trainable({ network: await readNetwork(model, 'input', 'output'), cut: 'input', classCount });
}

function start(trained: Trainable): Float32Array {
  const weights = gaussians(classCount * trained.dimension, 31, 0.1);
  return initialParameters(trained, { weights, bias: new Float32Array(classCount) });
}

/** Random pictures with random labels, and `steps` shuffled batches of them. */
function noise(rows: number, steps: number, learningRate: number): StepBatches {
  const draw = random(41);
  const labels = Int32Array.from({ length: rows }, () => draw.integer(classCount));
  const batches = Int32Array.from({ length: steps * batchSize }, (_, at) => (at * 5 + Math.floor(at / rows)) % rows);
  const targets = new Float32Array(steps * batchSize * classCount);
  batches.forEach((row, at) => (targets[at * classCount + labels[row]!] = 1));
  const learningRates = Array.from({ length: steps }, (_, step) => learningRate * Math.min(1, (step + 1) / 10));
  return { examples: gaussians(rows * 3 * 8 * 8, 42), batches, targets, learningRates };
}

/** Steps from..to of the batches. */
function part({ examples, batches, targets, learningRates }: StepBatches, from: number, to: number): StepBatches {
  return {
    examples,
    batches: batches!.slice(from * batchSize, to * batchSize),
    targets: targets.slice(from * batchSize * classCount, to * batchSize * classCount),
    learningRates: learningRates.slice(from, to),
  };
}

async function train(settings: StepperSettings, parameters: Float32Array, ...runs: readonly StepBatches[]) {
  const stepper = await openStepper(settings, parameters);
  const losses: number[] = [];
  try {
    for (const run of runs) losses.push(...(await stepper.run(run)).losses);
  } finally {
    await stepper.close();
  }
  return { state: stepper.state, losses };
}

describe.each(Object.entries({ residualNetwork, mobileNetwork }))('%s', (_, model) => {
  test('learns random labels of a few pictures by heart', async () => {
    const trained = await whole(model());
    const batches = noise(16, 150, 0.01);
    const settings = { trainable: trained, lowering: portableConvolution, batchSize, largestGradientNorm: 5 };
    const { losses, state } = await train(settings, start(trained), batches);
    expect(losses[0]).toBeGreaterThan(1);
    expect(losses.at(-1)).toBeLessThan(0.01);
    expect(state.steps).toBe(150);
  });

  test.each([
    ['portable', 1],
    ['chosen', 1],
    ['chosen', 2],
  ] as const)(
    'gives the same bits however the steps are divided, and after a restore: %s lowering, %d threads',
    async (name, threads) => {
      const trained = await whole(model());
      const batches = noise(16, 8, 0.01);
      const lowering = name === 'portable' ? portableConvolution : (await chooseLowering()).lowering;
      const settings = { trainable: trained, lowering, batchSize, weightDecay: 0.1, threads };
      const once = await train(settings, start(trained), batches);
      const twice = await train(settings, start(trained), part(batches, 0, 4), part(batches, 4, 8));
      expect(twice).toEqual(once);
      const half = await train(settings, start(trained), part(batches, 0, 4));
      const stepper = await openStepper(settings, start(trained));
      stepper.restore(structuredClone(half.state));
      await stepper.run(part(batches, 4, 8));
      expect(stepper.state).toEqual(once.state);
      await stepper.close();
    },
  );
});

test('a step is AdamW with decay of weights only, clipping, own rates and a moving average', async () => {
  const trained = await whole(residualNetwork());
  const parameters = start(trained);
  const batches = noise(16, 1, 0.1);
  const common = { trainable: trained, lowering: portableConvolution, batchSize };
  const plain = await train(common, parameters, batches);
  const name = trained.slots[0]!.name;
  const bias = trained.slots[1]!.name;
  const rate = batches.learningRates[0]!;
  const changed = (state: typeof plain.state, of: string, vector: 'parameters' | 'averages' = 'parameters') => {
    const before = parameterValues(trained, parameters, of);
    return Array.from(parameterValues(trained, state[vector], of), (value, at) => value - before[at]!);
  };
  // Of the first step every change is the learning rate, one way or the other, whatever the gradient.
  for (const change of changed(plain.state, name)) expect(Math.abs(change)).toBeCloseTo(rate, 4);
  // The first average decay is 1/10.
  changed(plain.state, name, 'averages').forEach((change, at) =>
    expect(change).toBeCloseTo(0.9 * changed(plain.state, name)[at]!, 5),
  );
  const decayed = await train({ ...common, weightDecay: 0.5 }, parameters, batches);
  const weights = parameterValues(trained, parameters, name);
  changed(decayed.state, name).forEach((change, at) =>
    expect(change).toBeCloseTo(changed(plain.state, name)[at]! - rate * 0.5 * weights[at]!, 5),
  );
  expect(changed(decayed.state, bias)).toEqual(changed(plain.state, bias));
  const clipped = await train({ ...common, largestGradientNorm: 1e-3 }, parameters, batches);
  const norm = Math.hypot(...clipped.state.means) * 10;
  expect(norm).toBeCloseTo(1e-3, 6);
});

test('sample weights of 0 leave pictures out', async () => {
  const trained = await whole(residualNetwork());
  const settings = { trainable: trained, lowering: portableConvolution, batchSize };
  const batches = noise(16, 2, 0.01);
  const sampleWeights = Float32Array.from({ length: 2 * batchSize }, (_, at) => (at % batchSize < 4 ? 2 : 0));
  const others = batches.batches!.map((row, at) => (at % batchSize < 4 ? row : (row + 3) % 16));
  const first = await train(settings, start(trained), { ...batches, sampleWeights });
  const second = await train(settings, start(trained), { ...batches, batches: others, sampleWeights });
  expect(second.state.parameters).toEqual(first.state.parameters);
});

test('a masked feature moves nothing of its own', async () => {
  const trained = await whole(residualNetwork());
  const settings = { trainable: trained, lowering: portableConvolution, batchSize, dropout: true };
  const batches = noise(16, 1, 0.01);
  const masks = dropoutMasks(random(3), batchSize * trained.dimension, 0.5);
  expect(new Set(masks)).toEqual(new Set([0, 2]));
  masks.forEach((_, at) => at % trained.dimension === 5 && (masks[at] = 0));
  const { state } = await train(settings, start(trained), { ...batches, dropoutMasks: masks });
  const gradient = parameterValues(trained, state.means, headWeights);
  for (let row = 0; row < classCount; row++) expect(gradient[row * trained.dimension + 5]).toBe(0);
  expect(gradient.some((value) => value !== 0)).toBe(true);
  await expect(train(settings, start(trained), batches)).rejects.toThrow('dropoutMasks');
});

test('sizes that do not fit are refused', async () => {
  const trained = await whole(residualNetwork());
  const settings = { trainable: trained, lowering: portableConvolution, batchSize };
  const batches = noise(16, 2, 0.01);
  const short = { ...batches, targets: batches.targets.subarray(1) };
  await expect(train(settings, start(trained), short)).rejects.toThrow(/size/);
  expect(() => initialParameters(trained, { weights: new Float32Array(3), bias: new Float32Array(4) })).toThrow(
    'head/weights: 3 values instead of 64',
  );
});

test('pixels are normalised in the graph', async () => {
  const trained = await whole(residualNetwork());
  const draw = random(5);
  const pixels = Uint8Array.from({ length: batchSize * 8 * 8 * 3 }, () => draw.integer(256));
  const [mean, std] = [
    [0.4, 0.5, 0.6],
    [0.2, 0.25, 0.3],
  ];
  const activations = new Float32Array(pixels.length);
  pixels.forEach((pixel, at) => {
    const channel = at % 3;
    const place = Math.floor(at / 3);
    const to = (Math.floor(place / 64) * 3 + channel) * 64 + (place % 64);
    activations[to] = (pixel / 255 - mean[channel]!) / std[channel]!;
  });
  const batches = {
    ...noise(batchSize, 1, 0.01),
    batches: Int32Array.from({ length: batchSize }, (_, at) => at),
  };
  const common = { trainable: trained, lowering: portableConvolution, batchSize };
  const fromPixels = await train({ ...common, examples: { kind: 'pixels', mean, std } }, start(trained), {
    ...batches,
    examples: pixels,
  });
  const fromActivations = await train(common, start(trained), { ...batches, examples: activations });
  expect(fromPixels.losses[0]).toBeCloseTo(fromActivations.losses[0]!, 5);
  fromPixels.state.means.forEach((value, at) => expect(value).toBeCloseTo(fromActivations.state.means[at]!, 5));
});

test('evaluates any number of rows', async () => {
  const trained = await whole(residualNetwork());
  const settings = { trainable: trained, lowering: portableConvolution, output: 'softmax' } as const;
  const parameters = start(trained);
  const examples = gaussians(11 * 3 * 8 * 8, 6);
  const [small, large] = [
    await openSuffixForward({ ...settings, batchSize: 4 }),
    await openSuffixForward({ ...settings, batchSize: 11 }),
  ];
  const probabilities = await small.run(parameters, examples);
  expect(probabilities).toHaveLength(11 * classCount);
  (await large.run(parameters, examples)).forEach((value, at) => expect(value).toBeCloseTo(probabilities[at]!, 6));
  for (let row = 0; row < 11; row++) {
    const sum = probabilities
      .subarray(row * classCount, (row + 1) * classCount)
      .reduce((total, value) => total + value, 0);
    expect(sum).toBeCloseTo(1, 5);
  }
  await small.close();
  await large.close();
});
