import {
  attributeType,
  type AttributeProto,
  type GraphProto,
  type ModelProto,
  type NodeProto,
} from './onnx-messages.ts';
import { OnnxFormatError } from './onnx-format-error.ts';
import { floatTensor, int64Tensor } from './tensors.ts';

/** The set in whose forms the engine writes operators beside those of a base model. */
export const workingOpset = 13;
const oldestOpset = 7;

/**
 * The same model in the forms of operator set 13, where it is in older ones: attributes that became inputs (axes, ratio, bounds, pads), and
 * softmax over the last axis. Files of set 7 and later are understood, which is what exporters of the last eight years wrote.
 * @throws {OnnxFormatError} for an older set, and for an operator whose old form has no new one that is written here, by name.
 */
export function upgradeOpset(model: ModelProto): ModelProto {
  const set = model.opsetImport.find(({ domain }) => !domain || domain === 'ai.onnx');
  if (!set || set.version >= workingOpset) return model;
  if (set.version < oldestOpset)
    throw new OnnxFormatError(`The model uses operator set ${set.version}; ${oldestOpset} or later is needed.`);
  const graph: GraphProto = { ...model.graph, node: [], initializer: [...model.graph.initializer] };
  const writer = new Upgrade(graph, set.version);
  for (const node of model.graph.node) graph.node.push(writer.node(node));
  const others = model.opsetImport.filter((each) => each !== set);
  // Weights that are inputs too, as before IR version 4, could not be folded.
  const weights = new Set(graph.initializer.map(({ name }) => name));
  graph.input = graph.input.filter(({ name }) => !weights.has(name));
  return {
    ...model,
    irVersion: Math.max(model.irVersion, 7),
    opsetImport: [{ domain: '', version: workingOpset }, ...others],
    graph,
  };
}

class Upgrade {
  readonly #graph: GraphProto;
  readonly #from: number;
  #constants = 0;

  constructor(graph: GraphProto, from: number) {
    this.#graph = graph;
    this.#from = from;
  }

  node(node: NodeProto): NodeProto {
    if (node.domain && node.domain !== 'ai.onnx') return node;
    switch (node.opType) {
      case 'Squeeze':
      case 'Unsqueeze':
      case 'ReduceSum':
        return this.#intsToInput(node, 'axes', 1);
      case 'Split':
        return this.#intsToInput(node, 'split', 1);
      case 'Dropout':
        // Its ratio matters to training only, and its mask to nobody.
        return {
          ...node,
          opType: 'Identity',
          input: node.input.slice(0, 1),
          output: node.output.slice(0, 1),
          attribute: [],
        };
      case 'Clip':
        return this.#from < 11 ? this.#clip(node) : node;
      case 'Pad':
        return this.#from < 11 ? this.#pad(node) : node;
      case 'Slice':
        return this.#from < 10 ? this.#slice(node) : node;
      case 'BatchNormalization':
        return {
          ...node,
          output: node.output.slice(0, 1),
          attribute: node.attribute.filter(({ name }) => name !== 'spatial'),
        };
      case 'Softmax':
      case 'LogSoftmax':
        return this.#softmax(node);
      case 'Resize':
      case 'Upsample':
        if (this.#from < 11)
          throw new OnnxFormatError(`${node.opType} of operator set ${this.#from} is not understood.`);
        return node;
      default:
        return node;
    }
  }

  #intsToInput(node: NodeProto, name: string, place: number): NodeProto {
    const given = take(node, name);
    return given ? withInput(given.rest, place, this.#ints(given.attribute.ints)) : node;
  }

  #clip(node: NodeProto): NodeProto {
    const low = take(node, 'min');
    const high = take(low?.rest ?? node, 'max');
    const rest = high?.rest ?? low?.rest ?? node;
    return {
      ...rest,
      input: [
        node.input[0]!,
        low ? this.#float(low.attribute.f ?? 0) : '',
        high ? this.#float(high.attribute.f ?? 0) : '',
      ],
    };
  }

  #pad(node: NodeProto): NodeProto {
    const pads = take(node, 'pads');
    const value = take(pads?.rest ?? node, 'value');
    const rest = value?.rest ?? pads?.rest ?? node;
    return {
      ...rest,
      input: [node.input[0]!, this.#ints(pads?.attribute.ints ?? []), this.#float(value?.attribute.f ?? 0)],
    };
  }

  #slice(node: NodeProto): NodeProto {
    const starts = take(node, 'starts');
    const ends = take(starts?.rest ?? node, 'ends');
    const axes = take(ends?.rest ?? node, 'axes');
    const first = starts?.attribute.ints ?? [];
    return {
      ...(axes?.rest ?? ends?.rest ?? node),
      input: [
        node.input[0]!,
        this.#ints(first),
        this.#ints(ends?.attribute.ints ?? []),
        this.#ints(axes?.attribute.ints ?? first.map((_, axis) => axis)),
      ],
    };
  }

  /** Before 13 everything from the axis on was one, and the axis was 1 by itself: the same for the vectors of a classifier. */
  #softmax(node: NodeProto): NodeProto {
    if (node.attribute.some(({ name }) => name === 'axis')) return node;
    return { ...node, attribute: [{ ...emptyAttribute, name: 'axis', type: attributeType.int, i: 1 }] };
  }

  #ints(values: readonly number[]): string {
    const name = this.#fresh();
    this.#graph.initializer.push(int64Tensor(name, values, [values.length]));
    return name;
  }

  #float(value: number): string {
    const name = this.#fresh();
    this.#graph.initializer.push(floatTensor(name, [value], []));
    return name;
  }

  #fresh(): string {
    this.#constants += 1;
    return `upgraded/constant_${this.#constants}`;
  }
}

const emptyAttribute = { floats: [], ints: [], strings: [], tensors: [], graphs: [] };

function take(node: NodeProto, name: string): { attribute: AttributeProto; rest: NodeProto } | undefined {
  const attribute = node.attribute.find((each) => each.name === name);
  return attribute && { attribute, rest: { ...node, attribute: node.attribute.filter((each) => each !== attribute) } };
}

function withInput(node: NodeProto, place: number, name: string): NodeProto {
  const input = [...node.input];
  input[place] = name;
  return { ...node, input };
}
