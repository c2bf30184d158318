import { BaseModelError } from '../../base-model.ts';
import {
  attributeType,
  dataType,
  type Dimension,
  type GraphProto,
  type ModelProto,
  type NodeProto,
} from '../../onnx/onnx-messages.ts';
import { int64Tensor, integerValues } from '../../onnx/tensors.ts';

const usualSize = 224;

export interface PictureInput {
  /** Takes any number of pictures [N, 3, size, size]. */
  readonly model: ModelProto;
  readonly name: string;
  readonly size: number;
  /** What was changed or assumed, a sentence each. */
  readonly remarks: readonly string[];
}

/**
 * The model with an input of pictures as the engine has them: float32 [N, 3, size, size], any number at once. Channels in the last place are
 * moved there by a node in front; a batch of one that the file was exported with is opened.
 * @param size where the file leaves it open. @throws {BaseModelError} that says what the input is instead.
 */
export function withPictureInput(model: ModelProto, size?: number): PictureInput {
  const weights = new Set(model.graph.initializer.map(({ name }) => name));
  const inputs = model.graph.input.filter(({ name }) => !weights.has(name));
  const [input, ...others] = inputs;
  if (!input) throw new BaseModelError('The model has no input.');
  if (others.length > 0)
    throw new BaseModelError(
      `The model has ${inputs.length} inputs (${inputs.map(({ name }) => name).join(', ')}); one, of pictures, is needed.`,
    );
  const { elemType, shape } = input.type?.tensorType ?? { elemType: undefined, shape: undefined };
  if (elemType !== dataType.float)
    throw new BaseModelError(
      `The input "${input.name}" is not float32: export the model with a float32 input of pictures.`,
    );
  const dims = shape?.dim ?? [];
  if (dims.length !== 4)
    throw new BaseModelError(
      `The input "${input.name}" has ${dims.length} dimensions; pictures have 4: [N, 3, height, width].`,
    );
  const channelsLast = dims[3]!.dimValue === 3 && dims[1]!.dimValue !== 3;
  const [height, width] = channelsLast ? [dims[1]!, dims[2]!] : [dims[2]!, dims[3]!];
  const channels = (channelsLast ? dims[3]! : dims[1]!).dimValue || 3;
  if (channels !== 3)
    throw new BaseModelError(`The input "${input.name}" has ${channels} channels; colour pictures have 3.`);
  const remarks: string[] = [];
  const side = sideOf(input.name, height, width, size, remarks);
  const graph = opened(model.graph, dims[0]!, remarks);
  const name = channelsLast ? `${input.name}/channels_first` : input.name;
  const dim = [{ dimParam: 'N' }, { dimValue: 3 }, { dimValue: side }, { dimValue: side }];
  if (channelsLast) remarks.push('Channels come last in its input: they are moved there by a node in front.');
  return {
    model: {
      ...model,
      graph: {
        ...graph,
        node: channelsLast ? [toChannelsLast(name, input.name), ...graph.node] : graph.node,
        input: [{ name, type: { tensorType: { elemType: dataType.float, shape: { dim } } } }],
        valueInfo: [],
      },
    },
    name,
    size: side,
    remarks,
  };
}

function sideOf(
  name: string,
  height: Dimension,
  width: Dimension,
  given: number | undefined,
  remarks: string[],
): number {
  const [h, w] = [height.dimValue || undefined, width.dimValue || undefined];
  if (h !== undefined && w !== undefined && h !== w)
    throw new BaseModelError(`The input "${name}" takes pictures of ${w} x ${h} pixels; square ones are needed.`);
  const fixed = h ?? w;
  if (fixed !== undefined && given !== undefined && fixed !== given)
    throw new BaseModelError(`The input "${name}" takes pictures of ${fixed} pixels a side, not ${given}.`);
  if (fixed === undefined && given === undefined)
    remarks.push(`Its size is open: ${usualSize} pixels a side are assumed.`);
  return fixed ?? given ?? usualSize;
}

/** A file that was exported with one picture a run may say so in its reshapes too. */
function opened(graph: GraphProto, batch: Dimension, remarks: string[]): GraphProto {
  if (batch.dimValue !== 1) return graph;
  const constants = new Map(graph.initializer.map((tensor) => [tensor.name, tensor]));
  for (const { opType, output, attribute } of graph.node) {
    const value = attribute.find(({ name }) => name === 'value')?.t;
    if (opType === 'Constant' && value) constants.set(output[0], value);
  }
  const added: GraphProto['initializer'] = [];
  const node = graph.node.map((each): NodeProto => {
    const target = each.opType === 'Reshape' ? constants.get(each.input[1]) : undefined;
    const dims = target && integerValues(target);
    if (dims?.[0] !== 1 || each.attribute.some(({ name, i }) => name === 'allowzero' && i === 1)) return each;
    const name = `opened/${each.output[0]}`;
    // 0 keeps the size that the input of the reshape has there.
    added.push(int64Tensor(name, [0, ...dims.slice(1)], [dims.length]));
    return { ...each, input: [each.input[0]!, name] };
  });
  remarks.push('It was exported for one picture a run: it is opened for any number.');
  return { ...graph, node, initializer: [...graph.initializer, ...added] };
}

function toChannelsLast(from: string, to: string): NodeProto {
  const perm = {
    name: 'perm',
    type: attributeType.ints,
    floats: [],
    ints: [0, 2, 3, 1],
    strings: [],
    tensors: [],
    graphs: [],
  };
  return { opType: 'Transpose', name: `${to}/channels_last`, input: [from], output: [to], attribute: [perm] };
}
