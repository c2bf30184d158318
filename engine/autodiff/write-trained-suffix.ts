import { GraphBuilder } from '../onnx/graph-builder.ts';
import type { GraphProto } from '../onnx/onnx-messages.ts';
import { floatTensor } from '../onnx/tensors.ts';
import { activate } from './activation-gradient.ts';
import { shapeOf, sizeOf, type Layer } from './network.ts';
import { headBias, headWeights, parameterValues, slotOf, type Trainable } from './trainable.ts';
import { standardisedValues } from './weight-standardisation.ts';

export interface SuffixNames {
  /** Of the cut's value, which the graph around it computes. */
  readonly input: string;
  /** Of the vector before the head, and of the class scores. */
  readonly features: string;
  readonly logits: string;
  /** Begins the names of everything else. */
  readonly prefix: string;
}

/**
 * The trained layers and the head as ordinary operators with constant weights and a free batch, to append to a graph of operator
 * set 13 or later that computes the cut.
 */
export function writeTrainedSuffix(trainable: Trainable, parameters: Float32Array, names: SuffixNames): GraphProto {
  const { network, cut, layers, classCount, dimension } = trainable;
  const builder = new GraphBuilder(`${names.prefix}suffix`);
  const isVector = shapeOf(network, network.output).length === 1;
  const nameOf = (value: string) =>
    value === cut ? names.input : value === network.output && isVector ? names.features : names.prefix + value;
  const constant = (name: string, dims: readonly number[], values = parameterValues(trainable, parameters, name)) =>
    builder.initializer(floatTensor(names.prefix + name, values, dims));
  const weightsOf = (name: string) => {
    const values = parameterValues(trainable, parameters, name);
    const { standardised, shape } = slotOf(trainable, name);
    return standardised ? standardisedValues(values, shape[0]!) : values;
  };
  for (const layer of layers) {
    const inputs = layer.inputs.map(nameOf);
    const node = (operator: string, inputs: readonly string[], attributes: Parameters<GraphBuilder['node']>[2] = {}) =>
      builder.node(operator, inputs, attributes, nameOf(layer.output));
    const output = shapeOf(network, layer.output);
    writeLayer(layer, { builder, inputs, name: nameOf(layer.output), node, constant, weightsOf, output });
  }
  const output = nameOf(network.output);
  if (output !== names.features) builder.node('Reshape', [output, builder.ints(0, dimension)], {}, names.features);
  const head = [constant(headWeights, [classCount, dimension]), constant(headBias, [classCount])];
  builder.node('Gemm', [names.features, ...head], { transB: 1 }, names.logits);
  return builder.graph();
}

interface LayerContext {
  readonly builder: GraphBuilder;
  readonly inputs: readonly string[];
  /** Of the layer's output. */
  readonly name: string;
  /** Writes the node whose output is the layer's. */
  readonly node: (
    operator: string,
    inputs: readonly string[],
    attributes?: Parameters<GraphBuilder['node']>[2],
  ) => void;
  readonly constant: (name: string, dims: readonly number[], values?: Float32Array) => string;
  readonly weightsOf: (name: string) => Float32Array;
  readonly output: readonly number[];
}

function writeLayer(layer: Layer, { builder, inputs, name, node, constant, weightsOf, output }: LayerContext): void {
  const [weights, bias] = [`${layer.name}.weights`, `${layer.name}.bias`];
  switch (layer.kind) {
    case 'conv': {
      const { kernel, strides, pads, group, inChannels, outChannels } = layer.geometry;
      const inGroup = inChannels / group;
      const values = channelsFirst(weightsOf(weights), outChannels, sizeOf(kernel), inGroup);
      const tensors = [constant(weights, [outChannels, inGroup, ...kernel], values), constant(bias, [outChannels])];
      node('Conv', [inputs[0]!, ...tensors], { kernel_shape: kernel, strides, pads, group });
      return;
    }
    case 'linear': {
      const [out] = output;
      const matrix = constant(weights, [out!, layer.weights.length / out!]);
      node('Gemm', [inputs[0]!, matrix, constant(bias, [out!])], { transB: 1 });
      return;
    }
    case 'affine': {
      writeAffine(layer, { builder, inputs, node, constant, output });
      return;
    }
    case 'activation':
      activate(builder, layer.activation, inputs[0]!, name);
      return;
    case 'add':
    case 'multiply':
      node(layer.kind === 'add' ? 'Add' : 'Mul', inputs);
      return;
    case 'concat':
      node('Concat', inputs, { axis: 1 });
      return;
    case 'globalAveragePool':
      if (output.length > 1) node('GlobalAveragePool', inputs);
      else node('Reshape', [builder.node('GlobalAveragePool', inputs), builder.ints(0, ...output)]);
      return;
    case 'maxPool':
    case 'averagePool': {
      const { kernel, strides, pads } = layer.window;
      const attributes = { kernel_shape: kernel, strides, pads };
      if (layer.kind === 'maxPool') node('MaxPool', inputs, attributes);
      else node('AveragePool', inputs, { ...attributes, count_include_pad: layer.countPadding ? 1 : 0 });
      return;
    }
    case 'reshape':
      node('Reshape', [inputs[0]!, builder.ints(0, ...output)]);
      return;
    case 'opaque':
      throw new Error(`${layer.operator} cannot follow a cut.`);
  }
}

/** In the form by which it is known again: as the normalisation that it was where it is trained, as the least arithmetic where not. */
function writeAffine(
  { name, scale, shift, trainable }: Extract<Layer, { kind: 'affine' }>,
  {
    builder,
    inputs,
    node,
    constant,
    output,
  }: Pick<LayerContext, 'builder' | 'inputs' | 'node' | 'constant' | 'output'>,
): void {
  const [channels] = output as [number, ...number[]];
  const [x] = inputs as [string];
  if (trainable) {
    const learned = [constant(`${name}.scale`, [channels]), constant(`${name}.shift`, [channels])];
    const [mean, variance] = [0, 1].map((value) => new Float32Array(channels).fill(value)) as [
      Float32Array,
      Float32Array,
    ];
    const fixed = [constant(`${name}.mean`, [channels], mean), constant(`${name}.variance`, [channels], variance)];
    node('BatchNormalization', [x, ...learned, ...fixed], { epsilon: { float: 0 } });
    return;
  }
  const dims = [channels, ...output.slice(1).map(() => 1)];
  const isScaled = scale.some((value) => value !== 1);
  const isShifted = !isScaled || shift.some((value) => value !== 0);
  const factor = isScaled && constant(`${name}.scale`, dims, scale);
  const term = isShifted && constant(`${name}.shift`, dims, shift);
  if (factor && term) node('Add', [builder.node('Mul', [x, factor]), term]);
  else if (factor) node('Mul', [x, factor]);
  else if (term) node('Add', [x, term]);
}

/** From [out, taps, in] to [out, in, taps]. */
function channelsFirst(values: Float32Array, out: number, taps: number, inGroup: number): Float32Array {
  const result = new Float32Array(values.length);
  for (let row = 0; row < out; row++)
    for (let tap = 0; tap < taps; tap++)
      for (let channel = 0; channel < inGroup; channel++)
        result[(row * inGroup + channel) * taps + tap] = values[(row * taps + tap) * inGroup + channel]!;
  return result;
}
