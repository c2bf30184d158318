import { createSession } from '../../onnx/create-session.ts';
import { GraphBuilder } from '../../onnx/graph-builder.ts';
import { Tensor } from '../../onnx/onnx-runtime.ts';
import { random } from '../../random/random.ts';
import type { ConvolutionLowering } from '../convolution-lowering.ts';
import type { LossName } from '../losses.ts';
import { shapeOf, sizeOf } from '../network.ts';
import type { Trainable } from '../trainable.ts';
import { appendTraining } from '../training-graph.ts';
import { referenceLoss, type ReferenceBatch } from './reference-loss.ts';

/** Gaussian examples, soft targets, unequal weights. */
export function randomBatch(trainable: Trainable, size: number, seed: number, dropout = false): ReferenceBatch {
  const { network, cut, classCount, dimension } = trainable;
  const values = gaussians(size * sizeOf(shapeOf(network, cut)), seed);
  const draw = random(seed, 1);
  const targets = Float32Array.from({ length: size * classCount }, () => draw.uniform());
  for (let row = 0; row < size; row++) {
    const part = targets.subarray(row * classCount, (row + 1) * classCount);
    const total = part.reduce((sum, value) => sum + value, 0);
    part.forEach((value, at) => (part[at] = value / total));
  }
  return {
    size,
    examples: values,
    targets,
    sampleWeights: Float32Array.from({ length: size }, () => 0.5 + draw.uniform()),
    ...(dropout
      ? { dropoutMask: Float32Array.from({ length: size * dimension }, () => (draw.uniform() < 0.3 ? 0 : 1 / 0.7)) }
      : {}),
  };
}

export function gaussians(length: number, seed: number, deviation = 1): Float32Array {
  const draw = random(seed, 2);
  return Float32Array.from(
    { length },
    () => deviation * Math.sqrt(-2 * Math.log(1 - draw.uniform())) * Math.cos(2 * Math.PI * draw.uniform()),
  );
}

/** What the engine's graph computes. */
export async function graphGradients(
  trainable: Trainable,
  lowering: ConvolutionLowering,
  parameters: Float32Array,
  batch: ReferenceBatch,
  loss: LossName = 'softmaxCrossEntropy',
): Promise<{ readonly loss: number; readonly gradient: Float32Array }> {
  const { classCount, dimension, network, cut, parameterCount } = trainable;
  const shape = shapeOf(network, cut);
  const builder = new GraphBuilder('gradients');
  builder.input('examples', 'float', [batch.size, ...shape]);
  builder.input('targets', 'float', [batch.size, classCount]);
  builder.input('sampleWeights', 'float', [batch.size]);
  builder.input('parameters', 'float', [parameterCount]);
  if (batch.dropoutMask) builder.input('dropoutMask', 'float', [batch.size, dimension]);
  const outputs = appendTraining(
    builder,
    trainable,
    { lowering, batch: batch.size, loss },
    {
      examples: 'examples',
      layout: shape.length === 1 ? 'nc' : 'nchw',
      parameters: 'parameters',
      targets: 'targets',
      sampleWeights: 'sampleWeights',
      ...(batch.dropoutMask ? { dropoutMask: 'dropoutMask' } : {}),
    },
  );
  builder.output(outputs.loss, 'float', []);
  builder.output(outputs.gradient, 'float', [parameterCount]);
  const session = await createSession(builder.model(), 'training');
  try {
    const tensor = (values: Float32Array, ...dims: number[]) => new Tensor('float32', values, dims);
    const results = await session.run({
      examples: tensor(batch.examples, batch.size, ...shape),
      targets: tensor(batch.targets, batch.size, classCount),
      sampleWeights: tensor(batch.sampleWeights, batch.size),
      parameters: tensor(parameters, parameterCount),
      ...(batch.dropoutMask ? { dropoutMask: tensor(batch.dropoutMask, batch.size, dimension) } : {}),
    });
    const lossValue = (results[outputs.loss]!.data as Float32Array)[0]!;
    return { loss: lossValue, gradient: results[outputs.gradient]!.data as Float32Array };
  } finally {
    await session.release();
  }
}

/** Central differences of the double-precision reference. */
export function numericalGradients(
  trainable: Trainable,
  parameters: Float32Array,
  batch: ReferenceBatch,
  loss: LossName = 'softmaxCrossEntropy',
): Float64Array {
  const step = 1e-5;
  const point = Float64Array.from(parameters);
  return point.map((value, at) => {
    const lossAt = (moved: number) => {
      point[at] = moved;
      return referenceLoss(trainable, point, batch, loss).loss;
    };
    const slope = (lossAt(value + step) - lossAt(value - step)) / (2 * step);
    point[at] = value;
    return slope;
  });
}

/** Of each parameter by name: largest difference as a share of the largest expected value. */
export function relativeErrors(
  { slots }: Trainable,
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
): Record<string, number> {
  return Object.fromEntries(
    slots.map(({ name, offset, size }) => {
      const indices = Array.from({ length: size }, (_, at) => offset + at);
      const largest = Math.max(...indices.map((at) => Math.abs(expected[at]!)));
      const difference = Math.max(...indices.map((at) => Math.abs(actual[at]! - expected[at]!)));
      return [name, difference / Math.max(largest, 1e-12)];
    }),
  );
}
