import {
  attributeType,
  dataType,
  type AttributeProto,
  type GraphProto,
  type ModelProto,
  type TensorProto,
  type ValueInfo,
} from './onnx-messages.ts';
import { floatTensor, int64Tensor } from './tensors.ts';

export type ElementType = keyof typeof dataType;
/** A number is a fixed size, a string names a size that is only known when the model runs. */
export type Shape = readonly (number | string)[];
/** Numbers become `int` attributes; say `{ float }` or `{ floats }` where the operator wants those. */
export type AttributeValue =
  | number
  | { readonly float: number }
  | { readonly floats: readonly number[] }
  | string
  | readonly number[]
  | GraphProto
  | TensorProto;

/**
 * Writes a graph node by node in the order of computation. Values are known by their names. Operators that are not ONNX's own are
 * written with their domain: `com.microsoft.FusedMatMul`.
 */
export class GraphBuilder {
  readonly #graph: GraphProto;
  readonly #counts = new Map<string, number>();

  /** @param name also starts the generated value names, so that a subgraph's do not shadow those of the graph around it. */
  constructor(name: string) {
    this.#graph = { name, node: [], initializer: [], input: [], output: [], valueInfo: [] };
  }

  input(name: string, type: ElementType, shape: Shape): string {
    this.#graph.input.push(valueInfo(name, type, shape));
    return name;
  }

  output(name: string, type: ElementType, shape: Shape): void {
    this.#graph.output.push(valueInfo(name, type, shape));
  }

  initializer(tensor: TensorProto & { name: string }): string;
  initializer(tensor: TensorProto): string;
  initializer(tensor: TensorProto): string {
    const name = tensor.name || this.#fresh('constant');
    this.#graph.initializer.push({ ...tensor, name });
    return name;
  }

  float(value: number): string {
    return this.initializer(floatTensor(this.#fresh('float'), [value], []));
  }

  ints(...values: readonly number[]): string {
    return this.initializer(int64Tensor(this.#fresh('ints'), values, [values.length]));
  }

  /** @returns the name of its only output, `output` or a generated one. */
  node(
    opType: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, AttributeValue>> = {},
    output?: string,
  ): string {
    const name = output ?? this.#fresh(opType);
    this.nodes(opType, inputs, [name], attributes);
    return name;
  }

  /** A node with any number of outputs, named by the caller. */
  nodes(
    opType: string,
    inputs: readonly string[],
    outputs: readonly string[],
    attributes: Readonly<Record<string, AttributeValue>> = {},
  ): void {
    const attribute = Object.entries(attributes).map(([name, value]) => attributeProto(name, value));
    const dot = opType.lastIndexOf('.');
    this.#graph.node.push({
      opType: opType.slice(dot + 1),
      ...(dot === -1 ? {} : { domain: opType.slice(0, dot) }),
      name: outputs[0]!,
      input: [...inputs],
      output: [...outputs],
      attribute,
    });
  }

  /** Nodes and initializers of another graph, whose names must not clash with those here. */
  append(graph: GraphProto): void {
    this.#graph.node.push(...graph.node);
    this.#graph.initializer.push(...graph.initializer);
  }

  graph(): GraphProto {
    return this.#graph;
  }

  /** A whole model with this as its main graph. */
  model(opsetVersion: number = defaultOpset, irVersion: number = defaultIrVersion): ModelProto {
    return {
      irVersion,
      opsetImport: [
        { domain: '', version: opsetVersion },
        ...[...domainsOf(this.#graph)].map((domain) => ({ domain, version: 1 })),
      ],
      producerName: 'exemplar',
      graph: this.#graph,
      metadataProps: [],
      functions: [],
    };
  }

  #fresh(kind: string): string {
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    return `${this.#graph.name}/${kind}_${count}`;
  }
}

/** Old enough for every runtime of the last years, new enough for all operators used here. */
const defaultOpset = 17;
const defaultIrVersion = 8;

function domainsOf(graph: GraphProto): Set<string> {
  const domains = new Set<string>();
  for (const node of graph.node) {
    if (node.domain) domains.add(node.domain);
    for (const { g } of node.attribute) if (g) for (const domain of domainsOf(g)) domains.add(domain);
  }
  return domains;
}

function valueInfo(name: string, type: ElementType, shape: Shape): ValueInfo {
  const dim = shape.map((size) => (typeof size === 'number' ? { dimValue: size } : { dimParam: size }));
  return { name, type: { tensorType: { elemType: dataType[type], shape: { dim } } } };
}

const emptyAttribute = { floats: [], ints: [], strings: [], tensors: [], graphs: [] };

function attributeProto(name: string, value: AttributeValue): AttributeProto {
  const base = { ...emptyAttribute, name };
  if (typeof value === 'number') return { ...base, type: attributeType.int, i: value };
  if (typeof value === 'string') return { ...base, type: attributeType.string, s: Buffer.from(value) };
  if (Array.isArray(value)) return { ...base, type: attributeType.ints, ints: value };
  if ('floats' in value) return { ...base, type: attributeType.floats, floats: [...value.floats] };
  if ('float' in value) return { ...base, type: attributeType.float, f: value.float };
  if ('node' in value) return { ...base, type: attributeType.graph, g: value };
  return { ...base, type: attributeType.tensor, t: value as TensorProto };
}
