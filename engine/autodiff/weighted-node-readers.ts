import type { NodeProto } from '../onnx/onnx-messages.ts';
import { attribute, nameOf, refuse, type NetworkReader } from './network-reader.ts';
import { readWindow } from './read-window.ts';
import { windowOutputSize } from './window-size.ts';

export function readConv(reader: NetworkReader, node: NodeProto): void {
  const [input, weightsName, biasName] = node.input;
  const [inChannels, height, width] = reader.mapShape(input!);
  const { dims = [] } = reader.constant(weightsName) ?? {};
  const window = readWindow(node, dims.slice(2), [height, width]);
  const outChannels = dims[0]!;
  const group = attribute(node, 'group')?.i ?? 1;
  if (dims[1]! * group !== inChannels) refuse('its weights do not fit');
  const weights = transposeLast(reader.floats(weightsName), outChannels, dims[1]!, dims[2]! * dims[3]!);
  const bias = biasName ? reader.floats(biasName) : new Float32Array(outChannels);
  reader.add(
    {
      kind: 'conv',
      name: nameOf(node),
      inputs: [input!],
      output: node.output[0]!,
      geometry: { ...window, inChannels, outChannels, group },
      weights,
      bias,
    },
    [outChannels, ...windowOutputSize(window, [height, width])],
  );
}

export function readGemm(reader: NetworkReader, node: NodeProto): void {
  const number = (name: string) => attribute(node, name)?.f ?? 1;
  if (number('alpha') !== 1 || number('beta') !== 1 || attribute(node, 'transA')?.i) refuse('scaled or transposed');
  const bias = node.input[2] ? reader.floats(node.input[2]) : undefined;
  readLinear(reader, node, attribute(node, 'transB')?.i === 1, bias);
}

export function readMatMul(reader: NetworkReader, node: NodeProto): void {
  readLinear(reader, node, false, undefined);
}

/** @param outFirst the weights are [out, in], not [in, out]. */
function readLinear(reader: NetworkReader, node: NodeProto, outFirst: boolean, bias: Float32Array | undefined): void {
  const [input, weightsName] = node.input;
  const shape = reader.shape(input!);
  const { dims = [] } = reader.constant(weightsName) ?? {};
  const [inSize, outSize] = outFirst ? [dims[1]!, dims[0]!] : [dims[0]!, dims[1]!];
  if (dims.length !== 2 || shape.length !== 1 || shape[0] !== inSize) refuse('not a vector times a constant matrix');
  const values = reader.floats(weightsName);
  reader.add(
    {
      kind: 'linear',
      name: nameOf(node),
      inputs: [input!],
      output: node.output[0]!,
      weights: outFirst ? values : transposeLast(values, 1, inSize, outSize),
      bias: bias?.length === outSize ? bias : new Float32Array(outSize).fill(bias?.[0] ?? 0),
    },
    [outSize],
  );
}

/** [outer, rows, columns] to [outer, columns, rows]. */
function transposeLast(values: Float32Array, outer: number, rows: number, columns: number): Float32Array {
  const size = rows * columns;
  return values
    .map((_, to) => {
      const within = to % size;
      return values[to - within + (within % rows) * columns + Math.floor(within / rows)]!;
    })
    .subarray(0, outer * size);
}
