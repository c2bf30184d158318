import type { GraphBuilder } from '../onnx/graph-builder.ts';
import { blockedFilter, type FilterForm } from './blocked-filter.ts';
import type { ConvolutionLowering } from './convolution-lowering.ts';
import { roundUp, spatialMean } from './elementwise.ts';
import { blockedDomain, FeatureMap } from './feature-map.ts';
import { sizeOf, type Activation, type ConvGeometry } from './network.ts';
import { biasGradient, flipped, portableConvolution, transposedPads, weightsGradient } from './portable-convolution.ts';
import { stridedInputGradient } from './strided-input-gradient.ts';
import { windowOutputSize } from './window-size.ts';

/** Places from which on a 1x1 convolution's dW is a product per picture. */
const placesForProducts = 256;

/**
 * Convolutions by ONNX Runtime's internal operators on blocked channels, which its own optimiser uses for constant weights only; here
 * the weights are put into blocks in the graph. Much faster on CPUs, and for CPUs only. What those operators cannot do goes the
 * portable way. An internal interface: only after {@link chooseLowering} has tried it, and in no exported model.
 * @param block channels of a block on this machine.
 */
export function blockedConvolution(block: number): ConvolutionLowering {
  const formOf = (x: FeatureMap, geometry: ConvGeometry) => blockedForm(x, geometry, block);
  return {
    name: 'blocked',
    block,
    fuses: (x, geometry, { name }) => formOf(x, geometry) !== undefined && (name === 'relu' || name === 'clip'),

    forward(builder, x, geometry, weights, bias, activation) {
      const form = formOf(x, geometry);
      if (!form) return portableConvolution.forward(builder, x, geometry, weights, bias);
      const { outChannels, group, inChannels, kernel } = geometry;
      const rows = builder.node('Reshape', [weights, builder.ints(outChannels, sizeOf(kernel), inChannels / group)]);
      const filter = blockedFilter(builder, rows, { form, block, geometry, kernel });
      const padded = roundUp(outChannels, block);
      const biases = padded === outChannels ? bias : builder.node('Pad', [bias, builder.ints(0, padded - outChannels)]);
      const y = builder.node(`${blockedDomain}.Conv`, [x.as(form === 'few' ? 'nchw' : 'blocked'), filter, biases], {
        kernel_shape: kernel,
        strides: geometry.strides,
        pads: geometry.pads,
        group: form === 'depthwise' ? padded : 1,
        ...fusedAttributes(activation),
      });
      const [height, width] = windowOutputSize(geometry, [x.shape[1], x.shape[2]]);
      return new FeatureMap(builder, x.batch, [outChannels, height, width], 'blocked', y);
    },

    inputGradient(builder, dy, geometry, weights, shape) {
      const { strides, kernel, inChannels } = geometry;
      const portable = () => portableConvolution.inputGradient(builder, dy, geometry, weights, shape);
      const form = backwardForm(dy, shape, geometry);
      if (!form) return portable();
      if (strides.some((stride) => stride > 1))
        return stridedInputGradient(builder, dy, geometry, weights, shape, { form, block }) ?? portable();
      const pads = transposedPads(geometry, dy.shape, shape);
      if (pads.some((pad) => pad < 0)) return portable();
      const filter = blockedFilter(builder, flipped(builder, weights, geometry), { form, block, geometry, kernel });
      const dx = builder.node(`${blockedDomain}.Conv`, [dy.as('blocked'), filter], {
        kernel_shape: kernel,
        pads,
        group: form === 'depthwise' ? roundUp(inChannels, block) : 1,
      });
      return new FeatureMap(builder, dy.batch, shape, 'blocked', dx);
    },

    parameterGradients(builder, x, dy, geometry) {
      const form = formOf(x, geometry);
      const sliding = form === 'depthwise' ? slidingPads(x, dy, geometry) : undefined;
      if (sliding)
        return {
          weights: depthwiseWeightsGradient(builder, x, dy, geometry, sliding, block),
          bias: sumOfPlanes(builder, dy, block),
        };
      if (form && isPlainPointwise(geometry) && dy.shape[1] * dy.shape[2] >= placesForProducts)
        return { weights: productsOfPictures(builder, x, dy), bias: sumOfPlanes(builder, dy, block) };
      return { weights: weightsGradient(builder, x, dy, geometry), bias: biasGradient(builder, dy) };
    },
  };
}

/** Undefined where the blocked operators do not apply. Reordering works on channels by fours. */
function blockedForm(x: FeatureMap, geometry: ConvGeometry, block: number): FilterForm | undefined {
  const { group, inChannels, outChannels } = geometry;
  if (x.isVector || outChannels % 4 !== 0) return undefined;
  if (group === 1 && inChannels < block) return 'few';
  if (inChannels % 4 !== 0) return undefined;
  if (group === 1) return 'dense';
  return group === inChannels && group === outChannels ? 'depthwise' : undefined;
}

function backwardForm(
  dy: FeatureMap,
  shape: FeatureMap['shape'],
  { group, inChannels, outChannels }: ConvGeometry,
): 'swapped' | 'depthwise' | undefined {
  const vectors = dy.isVector && shape[1] * shape[2] === 1;
  if (vectors || inChannels % 4 !== 0 || outChannels % 4 !== 0) return undefined;
  if (group === 1) return 'swapped';
  return group === inChannels && group === outChannels ? 'depthwise' : undefined;
}

function fusedAttributes(activation: Activation | undefined) {
  if (activation?.name === 'relu') return { activation: 'Relu' };
  if (activation?.name !== 'clip') return {};
  return { activation: 'Clip', activation_params: { floats: [activation.min, activation.max] } };
}

/** Pads with which dy, as a kernel, slides over x; undefined where x would have to be cut. */
function slidingPads(x: FeatureMap, dy: FeatureMap, { kernel, strides, pads }: ConvGeometry): number[] | undefined {
  const after = [0, 1].map(
    (axis) => strides[axis]! * (dy.shape[axis + 1]! - 1) + kernel[axis]! - x.shape[axis + 1]! - pads[axis]!,
  );
  return after.some((pad) => pad < 0) ? undefined : [pads[0], pads[1], ...after];
}

/**
 * All planes of all pictures as one picture, convolved with dy as its depthwise kernel: the blocked layout of dy is already that of a
 * depthwise filter. Then the sum over pictures.
 */
function depthwiseWeightsGradient(
  builder: GraphBuilder,
  x: FeatureMap,
  dy: FeatureMap,
  { kernel, strides, outChannels }: ConvGeometry,
  pads: readonly number[],
  block: number,
): string {
  const padded = roundUp(outChannels, block);
  const planes = x.batch * padded;
  const taps = sizeOf(kernel);
  const picture = builder.node('Reshape', [x.as('blocked'), builder.ints(1, planes, x.shape[1], x.shape[2])]);
  const filter = builder.node('Reshape', [dy.as('blocked'), builder.ints(planes, 1, dy.shape[1], dy.shape[2])]);
  const products = builder.node(`${blockedDomain}.Conv`, [picture, filter], {
    kernel_shape: [dy.shape[1], dy.shape[2]],
    dilations: strides,
    pads,
    group: planes,
  });
  const perPicture = builder.node('Reshape', [products, builder.ints(x.batch, padded * taps)]);
  const sum = builder.node('ReduceSum', [perPicture, builder.ints(0)], { keepdims: 0 });
  const cells = builder.node('Reshape', [sum, builder.ints(padded / block, taps, block)]);
  const rows = builder.node('Reshape', [
    builder.node('Transpose', [cells], { perm: [0, 2, 1] }),
    builder.ints(padded, taps),
  ]);
  return firstRows(builder, rows, padded, outChannels);
}

/**
 * dW of a 1x1 convolution as one matrix product per picture: with many places better than one long product, which needs both sides
 * turned to channels first. The wider side comes first.
 */
function productsOfPictures(builder: GraphBuilder, x: FeatureMap, dy: FeatureMap): string {
  const planes = (map: FeatureMap) =>
    builder.node('Reshape', [map.as('nchw'), builder.ints(map.batch, map.shape[0], map.shape[1] * map.shape[2])]);
  const outFirst = dy.shape[0] >= x.shape[0];
  const sides = outFirst ? [planes(dy), planes(x)] : [planes(x), planes(dy)];
  const products = builder.node('com.microsoft.FusedMatMul', sides, { transB: 1 });
  const sum = builder.node('ReduceSum', [products, builder.ints(0)], { keepdims: 0 });
  return outFirst ? sum : builder.node('Transpose', [sum], { perm: [1, 0] });
}

function isPlainPointwise({ kernel, strides, pads, group }: ConvGeometry): boolean {
  return group === 1 && [...kernel, ...strides].every((size) => size === 1) && pads.every((pad) => pad === 0);
}

/** The bias gradient in blocked layout: sums of planes come cheapest as means. */
function sumOfPlanes(builder: GraphBuilder, dy: FeatureMap, block: number): string {
  const places = dy.shape[1] * dy.shape[2];
  const means = spatialMean(builder, dy, block).as('nc');
  const sum = builder.node('ReduceSum', [means, builder.ints(0)], { keepdims: 0 });
  return builder.node('Mul', [sum, builder.float(places)]);
}

function firstRows(builder: GraphBuilder, tensor: string, rows: number, wanted: number): string {
  return rows === wanted ? tensor : builder.node('Slice', [tensor, builder.ints(0), builder.ints(wanted)]);
}
