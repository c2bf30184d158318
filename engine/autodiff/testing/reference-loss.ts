import type { LossName } from '../losses.ts';
import { shapeOf, type Activation, type ConvGeometry, type Layer, type PoolLayer } from '../network.ts';
import { headBias, headWeights, slotOf, type Trainable } from '../trainable.ts';
import { windowOutputSize } from '../window-size.ts';

/** One minibatch of numbers. */
export interface ReferenceBatch {
  readonly size: number;
  /** [size, ...shape of the cut]. */
  readonly examples: Float32Array;
  /** [size, classes]. */
  readonly targets: Float32Array;
  /** [size]. */
  readonly sampleWeights: Float32Array;
  /** [size, dimension]. */
  readonly dropoutMask?: Float32Array;
}

/**
 * Logits and loss in double precision, one picture after the other and one number after the other: slow and plain, what the engine's
 * graphs are measured against.
 */
export function referenceLoss(
  trainable: Trainable,
  parameters: Float64Array,
  batch: ReferenceBatch,
  loss: LossName,
): { readonly loss: number; readonly logits: readonly Float64Array[] } {
  const size = batch.examples.length / batch.size;
  const { classCount, dimension } = trainable;
  const logits = Array.from({ length: batch.size }, (_, picture) => {
    const example = Float64Array.from(batch.examples.subarray(picture * size, (picture + 1) * size));
    const features = forward(trainable, parameters, example).map(
      (value, at) => value * (batch.dropoutMask?.[picture * dimension + at] ?? 1),
    );
    return matrixTimes(
      parameter(trainable, parameters, headWeights),
      parameter(trainable, parameters, headBias),
      features,
    );
  });
  let [total, weights] = [0, 0];
  logits.forEach((scores, picture) => {
    const targets = batch.targets.subarray(picture * classCount, (picture + 1) * classCount);
    const weight = batch.sampleWeights[picture]!;
    total += weight * (loss === 'softmaxCrossEntropy' ? softmaxLoss(scores, targets) : sigmoidLoss(scores, targets));
    weights += weight;
  });
  return { loss: total / weights, logits };
}

function softmaxLoss(scores: Float64Array, targets: Float32Array): number {
  const sum = scores.reduce((total, score) => total + Math.exp(score), 0);
  return targets.reduce((total, target, at) => total - target * (scores[at]! - Math.log(sum)), 0);
}

function sigmoidLoss(scores: Float64Array, targets: Float32Array): number {
  const losses = scores.map((score, at) => Math.log(1 + Math.exp(score)) - score * targets[at]!);
  return losses.reduce((total, each) => total + each, 0) / scores.length;
}

function parameter(trainable: Trainable, parameters: Float64Array, name: string): Float64Array {
  const { offset, size, shape, standardised } = slotOf(trainable, name);
  const values = parameters.subarray(offset, offset + size);
  if (!standardised) return values;
  const fanIn = size / shape[0]!;
  return values.map((value, at) => {
    const row = values.subarray(at - (at % fanIn), at - (at % fanIn) + fanIn);
    const mean = row.reduce((total, each) => total + each, 0) / fanIn;
    return (Math.SQRT2 * (value - mean)) / Math.sqrt(row.reduce((total, each) => total + (each - mean) ** 2, 1e-6));
  });
}

function forward(trainable: Trainable, parameters: Float64Array, example: Float64Array): Float64Array {
  const { network, cut, layers } = trainable;
  const values = new Map([[cut, example]]);
  for (const layer of layers) {
    const inputs = layer.inputs.map((name) => values.get(name)!);
    const shapes = layer.inputs.map((name) => shapeOf(network, name));
    const named = (suffix: string) => parameter(trainable, parameters, `${layer.name}.${suffix}`);
    values.set(layer.output, layerForward(layer, inputs, shapes, named));
  }
  return values.get(network.output)!;
}

function layerForward(
  layer: Layer,
  inputs: readonly Float64Array[],
  shapes: readonly (readonly number[])[],
  named: (suffix: string) => Float64Array,
): Float64Array {
  const [x, other] = inputs as [Float64Array, Float64Array];
  const places = x.length / shapes[0]![0]!;
  /** The other operand of an elementwise layer, which may be one number per channel. */
  const paired = (at: number, values: Float64Array, length: number) =>
    values.length === length ? values[at]! : values[Math.floor(at / (length / values.length))]!;
  const pairs = (combine: (a: number, b: number) => number) => {
    const length = Math.max(x.length, other.length);
    return Float64Array.from({ length }, (_, at) => combine(paired(at, x, length), paired(at, other, length)));
  };
  switch (layer.kind) {
    case 'conv':
      return convolve(layer.geometry, shapes[0]!, x, named('weights'), named('bias'));
    case 'linear':
      return matrixTimes(named('weights'), named('bias'), x);
    case 'affine': {
      const [scale, shift] = layer.trainable ? [named('scale'), named('shift')] : [layer.scale, layer.shift];
      return x.map((value, at) => value * scale[Math.floor(at / places)]! + shift[Math.floor(at / places)]!);
    }
    case 'activation':
      return x.map((value) => activate(layer.activation, value));
    case 'add':
      return pairs((a, b) => a + b);
    case 'multiply':
      return pairs((a, b) => a * b);
    case 'concat':
      return Float64Array.from(inputs.flatMap((values) => [...values]));
    case 'globalAveragePool':
      return Float64Array.from({ length: shapes[0]![0]! }, (_, channel) => {
        const plane = x.subarray(channel * places, (channel + 1) * places);
        return plane.reduce((total, value) => total + value, 0) / places;
      });
    case 'maxPool':
    case 'averagePool':
      return pool(layer, shapes[0]!, x);
    case 'reshape':
      return x;
    case 'opaque':
      throw new Error(`${layer.operator} has no reference`);
  }
}

function activate(activation: Activation, x: number): number {
  const clip = (value: number, min: number, max: number) => Math.min(max, Math.max(min, value));
  switch (activation.name) {
    case 'relu':
      return Math.max(0, x);
    case 'sigmoid':
      return 1 / (1 + Math.exp(-x));
    case 'hardSwish':
      return x * clip(x / 6 + 0.5, 0, 1);
    case 'clip':
      return clip(x, activation.min, activation.max);
    case 'hardSigmoid':
      return clip(activation.alpha * x + activation.beta, 0, 1);
  }
}

function matrixTimes(weights: Float64Array, bias: Float64Array, x: Float64Array): Float64Array {
  return bias.map((start, row) => x.reduce((sum, value, at) => sum + value * weights[row * x.length + at]!, start));
}

function convolve(
  geometry: ConvGeometry,
  [, height, width]: readonly number[],
  x: Float64Array,
  weights: Float64Array,
  bias: Float64Array,
): Float64Array {
  const { kernel, strides, pads, inChannels, outChannels, group } = geometry;
  const inGroup = inChannels / group;
  const [outHeight, outWidth] = windowOutputSize(geometry, [height!, width!]);
  const y = new Float64Array(outChannels * outHeight * outWidth);
  y.forEach((_, to) => {
    const out = Math.floor(to / (outHeight * outWidth));
    const [top, left] = [
      (Math.floor(to / outWidth) % outHeight) * strides[0] - pads[0],
      (to % outWidth) * strides[1] - pads[1],
    ];
    const firstChannel = Math.floor((out * group) / outChannels) * inGroup;
    let sum = bias[out]!;
    for (let tap = 0; tap < kernel[0] * kernel[1]; tap++) {
      const [row, column] = [top + Math.floor(tap / kernel[1]), left + (tap % kernel[1])];
      if (row < 0 || row >= height! || column < 0 || column >= width!) continue;
      for (let channel = 0; channel < inGroup; channel++)
        sum +=
          x[((firstChannel + channel) * height! + row) * width! + column]! *
          weights[(out * kernel[0] * kernel[1] + tap) * inGroup + channel]!;
    }
    y[to] = sum;
  });
  return y;
}

function pool({ kind, window, countPadding }: PoolLayer, [, height, width]: readonly number[], x: Float64Array) {
  const { kernel, strides, pads } = window;
  const [outHeight, outWidth] = windowOutputSize(window, [height!, width!]);
  const channels = x.length / (height! * width!);
  return Float64Array.from({ length: channels * outHeight * outWidth }, (_, to) => {
    const plane = Math.floor(to / (outHeight * outWidth)) * height! * width!;
    const [top, left] = [
      (Math.floor(to / outWidth) % outHeight) * strides[0] - pads[0],
      (to % outWidth) * strides[1] - pads[1],
    ];
    const inside: number[] = [];
    for (let row = Math.max(0, top); row < Math.min(height!, top + kernel[0]); row++)
      for (let column = Math.max(0, left); column < Math.min(width!, left + kernel[1]); column++)
        inside.push(x[plane + row * width! + column]!);
    if (kind === 'maxPool') return Math.max(...inside);
    const count = countPadding ? kernel[0] * kernel[1] : inside.length;
    return inside.reduce((total, value) => total + value, 0) / count;
  });
}
