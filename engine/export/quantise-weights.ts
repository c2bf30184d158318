import type { GraphProto, NodeProto, TensorProto } from '../onnx/onnx-messages.ts';
import { GraphBuilder } from '../onnx/graph-builder.ts';
import { dataType } from '../onnx/onnx-messages.ts';
import { readModel } from '../onnx/read-model.ts';
import { floatTensor, floatValues, int8Tensor } from '../onnx/tensors.ts';
import { writeModel } from '../onnx/write-model.ts';

/** Smaller tensors gain nothing, and first layers and biases are where rounding hurts. */
const fewestWeights = 1024;

/**
 * The same file with the weights of its convolutions and matrix products in 8 bits, symmetric, with a scale for each output channel
 * (DequantizeLinear, operator set 13): about a quarter of the bytes, no faster. Activations stay float32.
 */
export function quantiseWeights(file: Uint8Array): Uint8Array {
  const model = readModel(file);
  const { graph } = model;
  const axes = weightAxes(graph);
  const ofProducts = new Set(graph.node.filter(({ opType }) => opType === 'MatMul').map(({ input }) => input[1]!));
  const builder = new GraphBuilder('quantised');
  const kept: TensorProto[] = [];
  for (const tensor of graph.initializer) {
    const axis = axes.get(tensor.name!);
    const size = tensor.dims.reduce((product, dim) => product * dim, 1);
    const isWeight = axis !== undefined && tensor.dataType === dataType.float && size >= fewestWeights;
    // A product with a stack of matrices has its channels elsewhere.
    if (!isWeight || (ofProducts.has(tensor.name!) && tensor.dims.length !== 2)) kept.push(tensor);
    else dequantised(builder, tensor, axis);
  }
  const { initializer, node } = builder.graph();
  const quantised = { ...graph, initializer: [...kept, ...initializer], node: [...node, ...graph.node] };
  return writeModel({ ...model, graph: quantised });
}

/** Constants that are nothing but weights, with the axis of their output channels. */
function weightAxes({ node, output }: GraphProto): Map<string, number> {
  const axes = new Map<string, number>();
  const others = new Set(output.map(({ name }) => name));
  for (const each of node)
    for (const [place, name] of each.input.entries()) {
      const axis = place === 1 ? outputAxis(each) : undefined;
      if (axis === undefined || (axes.get(name) ?? axis) !== axis) others.add(name);
      else axes.set(name, axis);
    }
  for (const name of others) axes.delete(name);
  return axes;
}

function outputAxis({ opType, attribute }: NodeProto): number | undefined {
  switch (opType) {
    case 'Conv':
      return 0;
    case 'MatMul':
      return 1;
    case 'Gemm':
      return attribute.find(({ name }) => name === 'transB')?.i === 1 ? 0 : 1;
    default:
      return undefined;
  }
}

function dequantised(builder: GraphBuilder, tensor: TensorProto, axis: number): void {
  const { dims } = tensor;
  const values = floatValues(tensor);
  const channels = dims[axis]!;
  const inner = dims.slice(axis + 1).reduce((product, dim) => product * dim, 1);
  const channelOf = (index: number) => Math.floor(index / inner) % channels;
  const largest = new Float32Array(channels);
  values.forEach((value, index) => {
    const channel = channelOf(index);
    largest[channel] = Math.max(largest[channel]!, Math.abs(value));
  });
  // A channel of zeros has no scale of its own; any does.
  const scales = largest.map((most) => (most > 0 ? most / 127 : 1));
  const quantised = Int8Array.from(values, (value, index) => Math.round(value / scales[channelOf(index)]!));
  const name = tensor.name!;
  const weights = builder.initializer(int8Tensor(`${name}/int8`, quantised, dims));
  const scale = builder.initializer(floatTensor(`${name}/scale`, scales, [channels]));
  builder.node('DequantizeLinear', [weights, scale], { axis }, name);
}
