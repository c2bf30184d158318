import type { GraphBuilder } from '../onnx/graph-builder.ts';
import { floatTensor } from '../onnx/tensors.ts';
import { activate, activationGradient, needsInput } from './activation-gradient.ts';
import { addition, concatenation, multiplication } from './combining-layers.ts';
import { onlyInput, type DifferentiableLayer, type LayerWriter } from './differentiable-layer.ts';
import { commonLayout, expand, scale, spatialMean } from './elementwise.ts';
import { FeatureMap } from './feature-map.ts';
import type { Activation, AffineLayer, ConvGeometry, Layer } from './network.ts';
import { NotDifferentiableError } from './not-differentiable-error.ts';
import { pool, poolGradient } from './pooling.ts';

/**
 * Writes the forward operators of a layer.
 * @param fused an activation that follows the convolution and can be a part of it. @throws {NotDifferentiableError}
 */
export function differentiateLayer(
  writer: LayerWriter,
  layer: Layer,
  inputs: readonly FeatureMap[],
  outputShape: readonly number[],
  fused?: Activation,
): DifferentiableLayer {
  const { builder, lowering } = writer;
  const x = inputs[0]!;
  switch (layer.kind) {
    case 'conv':
      return convolution(writer, layer.geometry, [`${layer.name}.weights`, `${layer.name}.bias`], x, fused);
    case 'linear':
      return convolution(
        writer,
        pointwise(x.shape[0], outputShape[0]!, 1),
        [`${layer.name}.weights`, `${layer.name}.bias`],
        x,
      );
    case 'affine':
      return affine(writer, layer, x);
    case 'activation':
      return activation(builder, layer.activation, x);
    case 'add':
      return addition(writer, inputs);
    case 'multiply':
      return multiplication(writer, inputs);
    case 'concat':
      return concatenation(writer, inputs);
    case 'globalAveragePool':
      return {
        output: spatialMean(builder, x, lowering.block),
        backward: (dy) => {
          const share = scale(builder, dy, 1 / (x.shape[1] * x.shape[2]));
          return onlyInput(expand(builder, share, x.shape, lowering.block));
        },
      };
    case 'maxPool':
    case 'averagePool': {
      const output = pool(builder, x, layer);
      return { output, backward: (dy) => onlyInput(poolGradient(builder, layer, x, output, dy)) };
    }
    case 'reshape':
      return {
        output: reshaped(builder, x, mapShape(outputShape)),
        backward: (dy) => onlyInput(reshaped(builder, dy, x.shape)),
      };
    case 'opaque':
      throw new NotDifferentiableError([layer]);
  }
}

/** A vector counts as a map without extent. */
export function mapShape(shape: readonly number[]): FeatureMap['shape'] {
  const [channels, height = 1, width = 1] = shape;
  return [channels!, height, width];
}

function convolution(
  { builder, lowering, parameter }: LayerWriter,
  geometry: ConvGeometry,
  [weightsName, biasName]: readonly [string, string],
  x: FeatureMap,
  fused?: Activation,
): DifferentiableLayer {
  const weights = parameter(weightsName);
  const output = lowering.forward(builder, x, geometry, weights, parameter(biasName), fused);
  return {
    output,
    backward: (dy, [wanted]) => {
      const dz = fused ? throughActivation(builder, fused, output, dy) : dy;
      const gradients = lowering.parameterGradients(builder, x, dz, geometry);
      const dx = wanted ? lowering.inputGradient(builder, dz, geometry, weights, x.shape) : undefined;
      return onlyInput(dx, { [weightsName]: gradients.weights, [biasName]: gradients.bias });
    },
  };
}

/** One weight and one bias per channel are a depthwise 1x1 convolution. */
function affine(writer: LayerWriter, layer: AffineLayer, x: FeatureMap): DifferentiableLayer {
  const geometry = pointwise(x.shape[0], x.shape[0], x.shape[0]);
  const names = [`${layer.name}.scale`, `${layer.name}.shift`] as const;
  if (layer.trainable) return convolution(writer, geometry, names, x);
  const { builder, lowering } = writer;
  const constants = new Map(
    [layer.scale, layer.shift].map((values, at) => [
      names[at]!,
      builder.initializer(floatTensor('', values, [values.length])),
    ]),
  );
  const [weights, bias] = names.map((name) => constants.get(name)!) as [string, string];
  return {
    output: lowering.forward(builder, x, geometry, weights, bias),
    backward: (dy) => onlyInput(lowering.inputGradient(builder, dy, geometry, weights, x.shape)),
  };
}

function pointwise(inChannels: number, outChannels: number, group: number): ConvGeometry {
  return { inChannels, outChannels, group, kernel: [1, 1], strides: [1, 1], pads: [0, 0, 0, 0] };
}

function activation(builder: GraphBuilder, activation: Activation, x: FeatureMap): DifferentiableLayer {
  const layout = commonLayout(x);
  const output = x.like(layout, activate(builder, activation, x.as(layout)));
  const value = needsInput(activation) ? x : output;
  return { output, backward: (dy) => onlyInput(throughActivation(builder, activation, value, dy)) };
}

function throughActivation(builder: GraphBuilder, activation: Activation, value: FeatureMap, dy: FeatureMap) {
  const layout = commonLayout(value, dy);
  return dy.like(layout, activationGradient(builder, activation, value.as(layout), dy.as(layout)));
}

function reshaped(builder: GraphBuilder, map: FeatureMap, shape: FeatureMap['shape']): FeatureMap {
  const { batch } = map;
  const tensor = map.isVector ? map.as('nc') : map.as('nchw');
  if (shape[1] === 1 && shape[2] === 1) {
    const flat = map.isVector ? tensor : builder.node('Reshape', [tensor, builder.ints(batch, shape[0])]);
    return new FeatureMap(builder, batch, shape, 'nc', flat);
  }
  const whole = builder.node('Reshape', [tensor, builder.ints(batch, ...shape)]);
  return new FeatureMap(builder, batch, shape, 'nchw', whole);
}
