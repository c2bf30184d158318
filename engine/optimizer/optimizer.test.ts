import { expect, test } from 'vitest';
import { createSession } from '../onnx/create-session.ts';
import { GraphBuilder } from '../onnx/graph-builder.ts';
import { Tensor } from '../onnx/onnx-runtime.ts';
import { adamBeta1, adamBeta2, appendAdamW, averageDecays, biasCorrections, learningRateAt } from './index.ts';

test('AdamW is what its paper says', async () => {
  const builder = new GraphBuilder('adam');
  const names = ['parameter', 'mean', 'variance', 'gradient'];
  for (const name of names) builder.input(name, 'float', [3]);
  for (const name of ['rate', 'correction1', 'correction2']) builder.input(name, 'float', []);
  const rates = { learningRate: 'rate', correction1: 'correction1', correction2: 'correction2' };
  const state = { parameter: 'parameter', mean: 'mean', variance: 'variance' };
  const next = appendAdamW(builder, state, 'gradient', { ...rates, weightDecay: builder.float(0.1) });
  for (const name of Object.values(next)) builder.output(name, 'float', [3]);
  const session = await createSession(builder.model(), 'training');

  const steps = 5;
  const learningRate = 0.01;
  const [corrections1, corrections2] = [biasCorrections(adamBeta1, 0, steps), biasCorrections(adamBeta2, 0, steps)];
  let [parameter, mean, variance] = [Float32Array.of(1, -2, 0.5), new Float32Array(3), new Float32Array(3)];
  const expected = { parameter: [1, -2, 0.5], mean: [0, 0, 0], variance: [0, 0, 0] };
  for (let step = 0; step < steps; step++) {
    const gradient = Float32Array.of(0.3 - step, step, 0.01 * step);
    const vector = (values: Float32Array) => new Tensor('float32', values, [3]);
    const scalar = (value: number) => new Tensor('float32', Float32Array.of(value), []);
    const outputs = await session.run({
      parameter: vector(parameter),
      mean: vector(mean),
      variance: vector(variance),
      gradient: vector(gradient),
      rate: scalar(learningRate),
      correction1: scalar(corrections1[step]!),
      correction2: scalar(corrections2[step]!),
    });
    [parameter, mean, variance] = [next.parameter, next.mean, next.variance].map(
      (name) => outputs[name]!.data as Float32Array<ArrayBuffer>,
    ) as [Float32Array<ArrayBuffer>, Float32Array<ArrayBuffer>, Float32Array<ArrayBuffer>];
    gradient.forEach((g, at) => {
      expected.mean[at] = 0.9 * expected.mean[at]! + 0.1 * g;
      expected.variance[at] = 0.999 * expected.variance[at]! + 0.001 * g * g;
      const unbiasedMean = expected.mean[at] / (1 - 0.9 ** (step + 1));
      const unbiasedVariance = expected.variance[at] / (1 - 0.999 ** (step + 1));
      const direction = unbiasedMean / (Math.sqrt(unbiasedVariance) + 1e-8);
      expected.parameter[at]! -= learningRate * (direction + 0.1 * expected.parameter[at]!);
    });
  }
  await session.release();
  parameter.forEach((value, at) => expect(value).toBeCloseTo(expected.parameter[at]!, 5));
});

test('the learning rate rises, then falls along a cosine, and does not depend on the number of steps', () => {
  const schedule = { peak: 2, warmUp: 0.2, floor: 0.1 };
  expect([0, 0.1, 0.2, 0.6, 1].map((progress) => learningRateAt(progress, schedule))).toEqual([
    0,
    expect.closeTo(1),
    expect.closeTo(2),
    expect.closeTo(2 * (0.1 + 0.9 / 2)),
    expect.closeTo(0.2),
  ]);
  expect(learningRateAt(1.5, schedule)).toBe(learningRateAt(1, schedule));
  expect(learningRateAt(0, { peak: 2, warmUp: 0 })).toBe(2);
});

test('the average forgets quickly at first', () => {
  const decays = averageDecays(0.99, 0, 2000);
  expect(decays[0]).toBeCloseTo(0.1);
  expect(decays[90]).toBeCloseTo(0.91);
  expect(decays.at(-1)).toBeCloseTo(0.99);
  expect(averageDecays(0.99, 50, 3)).toEqual(decays.slice(50, 53));
});
