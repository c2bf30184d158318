import type { NodeProto } from '../onnx/onnx-messages.ts';
import { attribute, nameOf, refuse, type NetworkReader } from './network-reader.ts';
import { sizeOf, type Activation, type PlainLayer } from './network.ts';
import { readWindow } from './read-window.ts';
import { readConv, readGemm, readMatMul } from './weighted-node-readers.ts';
import { windowOutputSize } from './window-size.ts';

/** Reads one node into the reader. Throws UnknownForm where the node is of a form the engine does not know. */
type NodeReader = (reader: NetworkReader, node: NodeProto) => void;

/** By operator of the standard set, for nodes that compute values of the network. */
export const nodeReaders: Readonly<Record<string, NodeReader>> = {
  Conv: readConv,
  Gemm: readGemm,
  MatMul: readMatMul,
  BatchNormalization: readBatchNormalization,
  Add: readArithmetic,
  Sub: readArithmetic,
  Mul: readArithmetic,
  Div: readArithmetic,
  Relu: (reader, node) => readActivation(reader, node, { name: 'relu' }),
  Sigmoid: (reader, node) => readActivation(reader, node, { name: 'sigmoid' }),
  HardSwish: (reader, node) => readActivation(reader, node, { name: 'hardSwish' }),
  HardSigmoid: (reader, node) => {
    const [alpha, beta] = [attribute(node, 'alpha')?.f ?? 0.2, attribute(node, 'beta')?.f ?? 0.5];
    readActivation(reader, node, { name: 'hardSigmoid', alpha, beta });
  },
  Clip: readClip,
  MaxPool: readPool,
  AveragePool: readPool,
  GlobalAveragePool: (reader, node) => {
    const [channels] = reader.mapShape(node.input[0]!);
    readPlain(reader, node, 'globalAveragePool', [channels, 1, 1]);
  },
  ReduceMean: readReduceMean,
  Flatten: (reader, node) => {
    if ((attribute(node, 'axis')?.i ?? 1) !== 1) refuse('flattens the batch');
    readPlain(reader, node, 'reshape', [sizeOf(reader.shape(node.input[0]!))]);
  },
  Reshape: readReshape,
  Squeeze: (reader, node) => {
    const axes = attribute(node, 'axes')?.ints ?? reader.integers(node.input[1]);
    const shape = reader.shape(node.input[0]!);
    const squeezed = axes.map((axis) => (axis < 0 ? axis + shape.length + 1 : axis) - 1);
    if (squeezed.some((axis) => shape[axis] !== 1)) refuse('squeezes the batch');
    const rest = shape.filter((_, axis) => !squeezed.includes(axis));
    readPlain(reader, node, 'reshape', rest);
  },
  Unsqueeze: (reader, node) => {
    const axes = attribute(node, 'axes')?.ints ?? reader.integers(node.input[1]);
    const shape = [...reader.shape(node.input[0]!)];
    for (const axis of axes) shape.splice(axis < 0 ? axis + shape.length + 1 : axis - 1, 0, 1);
    readPlain(reader, node, 'reshape', shape);
  },
  Concat: readConcat,
  Identity: readIdentity,
  Dropout: readIdentity,
};

function readBatchNormalization(reader: NetworkReader, node: NodeProto): void {
  const [input, ...statistics] = node.input;
  const [gamma, beta, mean, variance] = statistics.map((name) => reader.floats(name)) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const epsilon = attribute(node, 'epsilon')?.f ?? 1e-5;
  const scale = gamma.map((value, channel) => value / Math.sqrt(variance[channel]! + epsilon));
  const shift = beta.map((value, channel) => value - mean[channel]! * scale[channel]!);
  reader.addAffine(node, input!, scale, shift, true);
}

function readArithmetic(reader: NetworkReader, node: NodeProto): void {
  const [left, right] = node.input as [string, string];
  const constant = reader.constant(left) ?? reader.constant(right);
  if (constant) return readWithConstant(reader, node, reader.constant(left) !== undefined, constant.floats);
  if (node.opType !== 'Add' && node.opType !== 'Mul') refuse('subtracts or divides values');
  const [a, b] = [reader.shape(left), reader.shape(right)];
  const larger = sizeOf(a) >= sizeOf(b) ? a : b;
  const smaller = larger === a ? b : a;
  const fits = smaller.every((size, axis) => size === larger[axis] || (axis > 0 && size === 1));
  if (!fits || smaller.length !== larger.length || ![1, sizeOf(larger.slice(1))].includes(sizeOf(smaller.slice(1))))
    refuse('broadcasts other than per channel');
  readPlain(reader, node, node.opType === 'Add' ? 'add' : 'multiply', larger);
}

function readWithConstant(
  reader: NetworkReader,
  node: NodeProto,
  constantFirst: boolean,
  values: Float32Array | undefined,
): void {
  if (!values) return refuse('its constant is not float32');
  const input = node.input[constantFirst ? 1 : 0]!;
  const negative = values.map((value) => -value);
  if (node.opType === 'Add') return reader.addAffine(node, input, undefined, values, false);
  if (node.opType === 'Mul') return reader.addAffine(node, input, values, undefined, false);
  if (node.opType === 'Sub' && constantFirst) return reader.addAffine(node, input, Float32Array.of(-1), values, false);
  if (node.opType === 'Sub') return reader.addAffine(node, input, undefined, negative, false);
  if (constantFirst) return refuse('divides by a value');
  const inverse = values.map((value) => 1 / value);
  reader.addAffine(node, input, inverse, undefined, false);
}

function readActivation(reader: NetworkReader, node: NodeProto, activation: Activation): void {
  const input = node.input[0]!;
  const shape = reader.shape(input);
  reader.add({ kind: 'activation', name: nameOf(node), inputs: [input], output: node.output[0]!, activation }, shape);
}

function readClip(reader: NetworkReader, node: NodeProto): void {
  // Bounds are attributes before operator set 11, inputs since.
  const bound = (at: number, name: string, otherwise: number) =>
    node.input[at] ? reader.floats(node.input[at])[0]! : (attribute(node, name)?.f ?? otherwise);
  const [min, max] = [bound(1, 'min', -Infinity), bound(2, 'max', Infinity)];
  if (min === 0 && max > 1e30) return readActivation(reader, node, { name: 'relu' });
  if (!Number.isFinite(min) || !Number.isFinite(max)) refuse('clips at one side only');
  readActivation(reader, node, { name: 'clip', min, max });
}

function readPool(reader: NetworkReader, node: NodeProto): void {
  const input = node.input[0]!;
  const [channels, height, width] = reader.mapShape(input);
  if (node.output.length > 1) refuse('gives indices');
  const window = readWindow(node, attribute(node, 'kernel_shape')?.ints ?? [], [height, width]);
  const kind = node.opType === 'MaxPool' ? 'maxPool' : 'averagePool';
  const countPadding = attribute(node, 'count_include_pad')?.i === 1;
  reader.add({ kind, name: nameOf(node), inputs: [input], output: node.output[0]!, window, countPadding }, [
    channels,
    ...windowOutputSize(window, [height, width]),
  ]);
}

function readReduceMean(reader: NetworkReader, node: NodeProto): void {
  const [channels] = reader.mapShape(node.input[0]!);
  const axes = attribute(node, 'axes')?.ints ?? reader.integers(node.input[1]);
  const reduced = axes.map((axis) => (axis < 0 ? axis + 4 : axis)).sort();
  if (reduced.join() !== '2,3') refuse('does not average over height and width');
  const keeps = (attribute(node, 'keepdims')?.i ?? 1) === 1;
  readPlain(reader, node, 'globalAveragePool', keeps ? [channels, 1, 1] : [channels]);
}

function readReshape(reader: NetworkReader, node: NodeProto): void {
  const input = node.input[0]!;
  const wanted = reader.integers(node.input[1]);
  const shape = reader.shape(input);
  const sizes = wanted.map((size, axis) => (size === 0 && axis > 0 ? (shape[axis - 1] ?? refuse('bad size')) : size));
  const known = sizes.slice(1).filter((size) => size !== -1);
  const rest = sizes.slice(1).map((size) => (size === -1 ? sizeOf(shape) / sizeOf(known) : size));
  if (sizes.length < 2 || sizes[0]! > 1 || sizeOf(rest) !== sizeOf(shape)) refuse('reshapes the batch');
  readPlain(reader, node, 'reshape', rest);
}

function readConcat(reader: NetworkReader, node: NodeProto): void {
  const shapes = node.input.map((name) => reader.mapShape(name));
  const axis = attribute(node, 'axis')?.i ?? 1;
  if (axis !== 1 && axis !== -3) refuse('does not join channels');
  const channels = shapes.reduce((total, shape) => total + shape[0], 0);
  readPlain(reader, node, 'concat', [channels, ...shapes[0]!.slice(1)]);
}

function readIdentity(reader: NetworkReader, node: NodeProto): void {
  reader.alias(node.output[0]!, node.input[0]!);
}

function readPlain(reader: NetworkReader, node: NodeProto, kind: PlainLayer['kind'], shape: readonly number[]): void {
  const inputs = ['reshape', 'globalAveragePool'].includes(kind) ? node.input.slice(0, 1) : node.input;
  reader.add({ kind, name: nameOf(node), inputs, output: node.output[0]! }, shape);
}
