import { nodesBehind } from '../onnx/extract-prefix.ts';
import { OnnxFormatError } from '../onnx/onnx-format-error.ts';
import { dataType, type ModelProto, type NodeProto } from '../onnx/onnx-messages.ts';
import { NetworkReader, UnknownForm, attribute, constantOf, nameOf } from './network-reader.ts';
import { sizeOf, type Network } from './network.ts';
import { nodeReaders } from './node-readers.ts';
import { constantValue, shapesForEmptyPicture } from './run-part.ts';
import { shapeArithmetic } from './shape-arithmetic.ts';

/**
 * The part of a classifier or embedder that computes `output` from `input`, as layers: constants folded, batch normalisation taken
 * into the convolution before it, dropout and a closing softmax left out. A feature map as output is averaged over its places. Nodes of
 * unknown operators become `opaque` layers; their shapes are found by running the model once on an empty picture.
 * @param size pixels of a side of the square input; needed where the file leaves height and width open.
 * @throws {OnnxFormatError} when input or output do not exist or are not what a classifier has.
 */
export async function readNetwork(model: ModelProto, input: string, output: string, size?: number): Promise<Network> {
  const nodes = withoutSoftmax(nodesBehind(model.graph, output), output);
  const reader = new NetworkReader(nodes, model.graph.initializer, nodes.at(-1)!.output[0]!);
  reader.shapes.set(input, inputShape(model, input, size));
  let shapes: ReadonlyMap<string, readonly number[]> | undefined;
  for (const node of nodes) {
    try {
      if (await readConstant(reader, model, node)) continue;
      const read = node.domain && node.domain !== 'ai.onnx' ? undefined : nodeReaders[node.opType];
      if (!read) throw new UnknownForm(node.opType);
      read(reader, node);
    } catch (error) {
      if (!(error instanceof UnknownForm)) throw error;
      shapes ??= await shapesForEmptyPicture(model, valuesOf(nodes), input, reader.shape(input));
      readOpaque(reader, node, shapes);
    }
  }
  const last = reader.resolve(nodes.at(-1)!.output[0]!);
  const [channels, ...extent] = reader.shapes.get(last) ?? [];
  if (!channels || (extent.length !== 0 && extent.length !== 2))
    throw new OnnxFormatError(`The output "${output}" is neither a vector nor a feature map of each picture.`);
  if (sizeOf(extent) === 1) return { input, output: last, layers: reader.layers, shapes: reader.shapes };
  const pooled = `${last}.mean`;
  reader.add({ kind: 'globalAveragePool', name: pooled, inputs: [last], output: pooled }, [channels]);
  return { input, output: pooled, layers: reader.layers, shapes: reader.shapes };
}

/** A softmax that closes a classifier changes no ranking and spoils the gradient: the loss brings its own. */
function withoutSoftmax(nodes: readonly NodeProto[], output: string): readonly NodeProto[] {
  const last = nodes.at(-1)!;
  const closing = ['Softmax', 'LogSoftmax'].includes(last.opType) && last.output[0] === output;
  return closing ? nodes.slice(0, -1) : nodes;
}

function inputShape({ graph }: ModelProto, name: string, size: number | undefined): readonly number[] {
  const value = graph.input.find((each) => each.name === name);
  const dims = value?.type?.tensorType?.shape?.dim;
  if (value?.type?.tensorType?.elemType !== dataType.float || dims?.length !== 4)
    throw new OnnxFormatError(`The model has no input "${name}" of float32 pictures [N, channels, height, width].`);
  const [channels, height, width] = dims.slice(1).map((dim, axis) => dim.dimValue || (axis === 0 ? 3 : size));
  if (!height || !width) throw new OnnxFormatError(`The input "${name}" has no fixed size: say which to use.`);
  return [channels!, height, width];
}

/** Whether the node computes something that is known before the network runs. */
async function readConstant(reader: NetworkReader, model: ModelProto, node: NodeProto): Promise<boolean> {
  const integers = shapeArithmetic(reader, node);
  const name = node.output[0]!;
  const tensor = node.opType === 'Constant' ? attribute(node, 'value')?.t : undefined;
  if (tensor) reader.setConstant(name, constantOf(tensor));
  else if (integers) reader.setConstant(name, { dims: [integers.length], integers });
  else if (node.input.every((each) => each === '' || reader.constant(each)))
    reader.setConstant(name, await constantValue(model, name));
  return reader.constant(name) !== undefined;
}

const valuesOf = (nodes: readonly NodeProto[]) => nodes.flatMap(({ output }) => output.filter((name) => name !== ''));

function readOpaque(reader: NetworkReader, node: NodeProto, shapes: ReadonlyMap<string, readonly number[]>): void {
  const inputs = node.input.filter((name) => name !== '' && !reader.constant(name));
  for (const output of valuesOf([node])) {
    const layer = { kind: 'opaque', operator: node.opType, name: nameOf(node), inputs, output } as const;
    reader.add(layer, shapes.get(output)!);
  }
}
