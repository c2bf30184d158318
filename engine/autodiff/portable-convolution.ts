import type { GraphBuilder } from '../onnx/graph-builder.ts';
import type { ConvolutionLowering } from './convolution-lowering.ts';
import { FeatureMap } from './feature-map.ts';
import { sizeOf, type ConvGeometry, type Window } from './network.ts';
import { windowOutputSize } from './window-size.ts';

/** Convolutions by operators that the CPU, CUDA and WebGPU execution providers all have. */
export const portableConvolution: ConvolutionLowering = {
  name: 'portable',
  block: 0,
  fuses: () => false,

  forward(builder, x, geometry, weights, bias) {
    const { outChannels, group } = geometry;
    if (isLinear(x, geometry)) {
      const matrix = builder.node('Reshape', [weights, builder.ints(outChannels, geometry.inChannels)]);
      const y = builder.node('Gemm', [x.as('nc'), matrix, bias], { transB: 1 });
      return new FeatureMap(builder, x.batch, [outChannels, 1, 1], 'nc', y);
    }
    const kernel = channelsFirst(builder, weights, geometry);
    const y = builder.node('Conv', [x.as('nchw'), kernel, bias], { ...windowAttributes(geometry), group });
    const [height, width] = windowOutputSize(geometry, [x.shape[1], x.shape[2]]);
    return new FeatureMap(builder, x.batch, [outChannels, height, width], 'nchw', y);
  },

  inputGradient(builder, dy, geometry, weights, shape) {
    const { outChannels, inChannels, group } = geometry;
    const result = (layout: 'nchw' | 'nc', name: string) => new FeatureMap(builder, dy.batch, shape, layout, name);
    if (shape[1] === 1 && shape[2] === 1 && isLinear(dy, geometry)) {
      const matrix = builder.node('Reshape', [weights, builder.ints(outChannels, inChannels)]);
      return result('nc', builder.node('MatMul', [dy.as('nc'), matrix]));
    }
    const strided = geometry.strides.some((stride) => stride > 1);
    const spread = strided && group > 1 ? spreadApart(builder, dy, geometry) : dy;
    const pads = transposedPads(geometry, spread.shape, shape);
    if (pads.some((pad) => pad < 0) || (strided && group === 1))
      return result('nchw', transposedConvolution(builder, dy, geometry, weights, shape));
    const kernel = swappedChannels(builder, flipped(builder, weights, geometry), geometry);
    const attributes = { kernel_shape: geometry.kernel, pads, group };
    return result('nchw', builder.node('Conv', [spread.as('nchw'), kernel], attributes));
  },

  parameterGradients(builder, x, dy, geometry) {
    const bias = biasGradient(builder, dy);
    return { weights: weightsGradient(builder, x, dy, geometry), bias };
  },
};

/** A 1x1 convolution of values without extent is a matrix product. */
export function isLinear(x: FeatureMap, { kernel, pads, group }: ConvGeometry): boolean {
  return x.isVector && group === 1 && sizeOf(kernel) === 1 && pads.every((pad) => pad === 0);
}

export function windowAttributes({ kernel, strides, pads }: Window) {
  return { kernel_shape: kernel, strides, pads };
}

/** From [O, kh, kw, I/g] to ONNX's [O, I/g, kh, kw]. */
function channelsFirst(
  builder: GraphBuilder,
  weights: string,
  { outChannels, inChannels, group, kernel }: ConvGeometry,
) {
  const inGroup = inChannels / group;
  if (inGroup === 1 || sizeOf(kernel) === 1)
    return builder.node('Reshape', [weights, builder.ints(outChannels, inGroup, ...kernel)]);
  return builder.node('Transpose', [weights], { perm: [0, 3, 1, 2] });
}

/** The kernel turned by 180 degrees, as [O, kh kw, I/g]: rows of channels stay together, so that it costs little. */
export function flipped(builder: GraphBuilder, weights: string, geometry: ConvGeometry): string {
  const { outChannels, inChannels, group, kernel } = geometry;
  const taps = sizeOf(kernel);
  const rows = builder.node('Reshape', [weights, builder.ints(outChannels, taps, inChannels / group)]);
  if (taps === 1) return rows;
  const backwards = builder.ints(...Array.from({ length: taps }, (_, tap) => taps - 1 - tap));
  return builder.node('Gather', [rows, backwards], { axis: 1 });
}

/** From [O, kh kw, I/g] to the kernel [I, O/g, kh, kw] of a convolution that goes the other way. */
function swappedChannels(builder: GraphBuilder, rows: string, geometry: ConvGeometry): string {
  const { outChannels, inChannels, group, kernel } = geometry;
  const shape = builder.ints(inChannels, outChannels / group, ...kernel);
  if (inChannels === group && outChannels === group) return builder.node('Reshape', [rows, shape]);
  const grouped = builder.ints(group, outChannels / group, sizeOf(kernel), inChannels / group);
  const swapped = builder.node('Transpose', [builder.node('Reshape', [rows, grouped])], { perm: [0, 3, 1, 2] });
  return builder.node('Reshape', [swapped, shape]);
}

/** Pads with which a stride-1 convolution of dy gives the gradient of x; negative where there is none. */
export function transposedPads(
  { kernel, pads }: ConvGeometry,
  dyShape: FeatureMap['shape'],
  xShape: FeatureMap['shape'],
): number[] {
  const before = [kernel[0] - 1 - pads[0], kernel[1] - 1 - pads[1]];
  return [...before, xShape[1] - dyShape[1] + pads[0], xShape[2] - dyShape[2] + pads[1]];
}

function transposedConvolution(
  builder: GraphBuilder,
  dy: FeatureMap,
  geometry: ConvGeometry,
  weights: string,
  [, height, width]: FeatureMap['shape'],
): string {
  const { kernel, strides, pads, group } = geometry;
  const left = (size: number, axis: 0 | 1) => (size + pads[axis] + pads[axis + 2]! - kernel[axis]) % strides[axis];
  return builder.node('ConvTranspose', [dy.as('nchw'), channelsFirst(builder, weights, geometry)], {
    ...windowAttributes(geometry),
    group,
    output_padding: [left(height, 0), left(width, 1)],
  });
}

/** dy with stride - 1 zeros between its values. */
function spreadApart(builder: GraphBuilder, dy: FeatureMap, { strides: [down, across] }: ConvGeometry): FeatureMap {
  const [channels, height, width] = dy.shape;
  const cells = builder.node('Reshape', [dy.as('nchw'), builder.ints(dy.batch * channels, height, 1, width, 1)]);
  const padded = builder.node('Pad', [cells, builder.ints(0, 0, 0, 0, 0, 0, 0, down - 1, 0, across - 1)]);
  const full = builder.node('Reshape', [padded, builder.ints(dy.batch, channels, height * down, width * across)]);
  const shape = [channels, (height - 1) * down + 1, (width - 1) * across + 1] as const;
  const inner = builder.node('Slice', [full, builder.ints(0, 0), builder.ints(shape[1], shape[2]), builder.ints(2, 3)]);
  return new FeatureMap(builder, dy.batch, shape, 'nchw', inner);
}

/** Sum of dy over pictures and places, [O]. */
export function biasGradient(builder: GraphBuilder, dy: FeatureMap): string {
  if (dy.isVector) return builder.node('ReduceSum', [dy.as('nc'), builder.ints(0)], { keepdims: 0 });
  const rows = builder.node('Reshape', [dy.as('cnhw'), builder.ints(dy.shape[0], -1)]);
  return builder.node('ReduceSum', [rows, builder.ints(1)], { keepdims: 0 });
}

/** [O, kh, kw, I/g], perhaps with other dimensions. */
export function weightsGradient(builder: GraphBuilder, x: FeatureMap, dy: FeatureMap, geometry: ConvGeometry): string {
  const { group, kernel, pads } = geometry;
  if (isLinear(x, geometry)) return builder.node('Gemm', [dy.as('nc'), x.as('nc')], { transA: 1 });
  const unpadded = pads.every((pad) => pad === 0);
  if (group === 1 && sizeOf(kernel) === 1 && unpadded) return pointwiseWeightsGradient(builder, x, dy, geometry);
  return slidingWeightsGradient(builder, x, dy, geometry);
}

function pointwiseWeightsGradient(builder: GraphBuilder, x: FeatureMap, dy: FeatureMap, geometry: ConvGeometry) {
  const { inChannels, outChannels, strides } = geometry;
  const places = builder.ints(-1, inChannels);
  const strided = strides.some((stride) => stride > 1);
  const taken = strided
    ? builder.node('Slice', [
        x.as('nhwc'),
        builder.ints(0, 0),
        builder.ints(x.shape[1], x.shape[2]),
        builder.ints(1, 2),
        builder.ints(...strides),
      ])
    : x.as('nhwc');
  const right = builder.node('Reshape', [taken, places]);
  return builder.node('MatMul', [builder.node('Reshape', [dy.as('cnhw'), builder.ints(outChannels, -1)]), right]);
}

/**
 * x as one picture whose channels are the N pictures (of each group) and whose rows hold width x channels values; dy as its kernel,
 * spread apart by stride and channels. The N x places products of each tap are then one long sum inside one convolution.
 */
function slidingWeightsGradient(builder: GraphBuilder, x: FeatureMap, dy: FeatureMap, geometry: ConvGeometry): string {
  const { group, kernel, strides, pads, inChannels } = geometry;
  const inGroup = inChannels / group;
  // What the window never reached must be cut off, or the sliding dy would reach it.
  const rest = [0, 1].map(
    (axis) => strides[axis]! * (dy.shape[axis + 1]! - 1) + kernel[axis]! - x.shape[axis + 1]! - pads[axis]!,
  );
  const [height, width] = [x.shape[1] + Math.min(0, rest[0]!), x.shape[2] + Math.min(0, rest[1]!)];
  const crop = (name: string, firstAxis: number) =>
    height === x.shape[1] && width === x.shape[2]
      ? name
      : builder.node('Slice', [
          name,
          builder.ints(0, 0),
          builder.ints(height, width),
          builder.ints(firstAxis, firstAxis + 1),
        ]);
  const rows = builder.ints(1, group * x.batch, height, width * inGroup);
  let picture: string;
  if (group === 1) picture = crop(x.as('nhwc'), 1);
  else if (inGroup === 1) picture = crop(x.as('cnhw'), 2);
  else {
    const split = builder.ints(x.batch, height, width, group, inGroup);
    const grouped = builder.node('Reshape', [crop(x.as('nhwc'), 1), split]);
    picture = builder.node('Transpose', [grouped], { perm: [3, 0, 1, 2, 4] });
  }
  return builder.node('Conv', [builder.node('Reshape', [picture, rows]), dy.as('cnhw')], {
    kernel_shape: [dy.shape[1], dy.shape[2]],
    dilations: [strides[0], strides[1] * inGroup],
    pads: [pads[0], pads[1] * inGroup, Math.max(0, rest[0]!), Math.max(0, rest[1]!) * inGroup],
    group,
  });
}
