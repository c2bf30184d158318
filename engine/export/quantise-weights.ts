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
  const scales = new Float32Array(channels);
  const quantised = new Int8Array(values.length);
  const weights = new Float32Array(values.length / channels);
  for (let channel = 0; channel < channels; channel++) {
    const placeOf = (at: number) => (Math.floor(at / inner) * channels + channel) * inner + (at % inner);
    for (let at = 0; at < weights.length; at++) weights[at] = values[placeOf(at)]!;
    const { scale, levels } = quantiseChannel(weights);
    scales[channel] = scale;
    for (let at = 0; at < levels.length; at++) quantised[placeOf(at)] = levels[at]!;
  }
  const name = tensor.name!;
  const levels = builder.initializer(int8Tensor(`${name}/int8`, quantised, dims));
  const scale = builder.initializer(floatTensor(`${name}/scale`, scales, [channels]));
  builder.node('DequantizeLinear', [levels, scale], { axis }, name);
}

/**
 * Nearest levels, but for the few that must go to the other neighbour so that the sum of the channel stays: what comes out of a ReLU is
 * positive, and a sum that is off would move the whole channel.
 */
function quantiseChannel(weights: Float32Array): { scale: number; levels: Int8Array } {
  const most = weights.reduce((largest, weight) => Math.max(largest, Math.abs(weight)), 0);
  // Zeros have no scale of their own; any does.
  const scale = Math.fround(most > 0 ? most / 127 : 1);
  const levels = new Int8Array(weights.length);
  const rests = new Float32Array(weights.length);
  let sum = 0;
  for (let at = 0; at < weights.length; at++) {
    levels[at] = Math.round(weights[at]! / scale);
    rests[at] = weights[at]! / scale - levels[at]!;
    sum += rests[at]!;
  }
  let missing = Math.abs(Math.round(sum));
  if (missing === 0) return { scale, levels };
  const step = Math.sign(sum);
  // Those that the rounding has taken furthest the other way.
  const sorted = rests.toSorted();
  const last = sorted[step > 0 ? sorted.length - missing : missing - 1]!;
  for (let at = 0; missing > 0; at++) {
    if ((rests[at]! - last) * step < 0) continue;
    levels[at] = Math.max(-127, Math.min(127, levels[at]! + step));
    missing -= 1;
  }
  return { scale, levels };
}
