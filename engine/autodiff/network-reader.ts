import { dataType, type AttributeProto, type NodeProto, type TensorProto } from '../onnx/onnx-messages.ts';
import { floatValues, integerValues } from '../onnx/tensors.ts';
import { sizeOf, type Layer } from './network.ts';

/** Known before the network runs. Integers are shapes and indices, in which {@link batchSize} stands for the number of pictures. */
export interface Constant {
  readonly dims: readonly number[];
  readonly floats?: Float32Array;
  readonly integers?: readonly number[];
}

/** Stands for the number of pictures in constant shapes; the value with which Reshape asks to work out a size. */
export const batchSize = -1;

/** A node that is not one of the forms the engine knows; it becomes an opaque layer. */
export class UnknownForm extends Error {}

/** The state of reading a graph node by node. */
export class NetworkReader {
  readonly layers: Layer[] = [];
  readonly shapes = new Map<string, readonly number[]>();
  readonly #constants = new Map<string, Constant>();
  readonly #aliases = new Map<string, string>();
  readonly #uses = new Map<string, number>();

  constructor(nodes: readonly NodeProto[], initializers: readonly TensorProto[], output: string) {
    for (const name of [...nodes.flatMap((node) => node.input), output]) this.#uses.set(name, this.#usesOf(name) + 1);
    for (const tensor of initializers) this.setConstant(tensor.name!, constantOf(tensor));
  }

  setConstant(name: string, constant: Constant | undefined): void {
    if (constant) this.#constants.set(name, constant);
  }

  constant(name: string | undefined): Constant | undefined {
    return name ? this.#constants.get(this.resolve(name)) : undefined;
  }

  /** @throws {UnknownForm} */
  floats(name: string | undefined): Float32Array {
    return this.constant(name)?.floats ?? refuse(`${name} is no float constant`);
  }

  /** @throws {UnknownForm} */
  integers(name: string | undefined): readonly number[] {
    return this.constant(name)?.integers ?? refuse(`${name} is no integer constant`);
  }

  /** `name` is from now on another name of `of`. */
  alias(name: string, of: string): void {
    const value = this.resolve(of);
    this.#aliases.set(name, value);
    // Who read the alias reads the value.
    this.#uses.set(value, this.#usesOf(value) - 1 + this.#usesOf(name));
  }

  #usesOf(name: string): number {
    return this.#uses.get(name) ?? 0;
  }

  resolve(name: string): string {
    return this.#aliases.get(name) ?? name;
  }

  /** @throws {UnknownForm} */
  shape(name: string): readonly number[] {
    return this.shapes.get(this.resolve(name)) ?? refuse(`the shape of ${name} is unknown`);
  }

  /** Channels, height and width. @throws {UnknownForm} */
  mapShape(name: string): readonly [number, number, number] {
    const [channels, height, width, ...rest] = this.shape(name);
    if (!channels || !height || !width || rest.length > 0) refuse(`${name} is no feature map`);
    return [channels, height, width];
  }

  add(layer: Layer, shape: readonly number[]): void {
    this.layers.push({ ...layer, inputs: layer.inputs.map((name) => this.resolve(name)) });
    this.shapes.set(layer.output, shape);
  }

  /**
   * y = x scale + shift, per channel or with one number for all. Goes into the convolution or linear layer that computes x, where
   * nothing else reads x.
   */
  addAffine(
    node: NodeProto,
    input: string,
    scale: Float32Array | undefined,
    shift: Float32Array | undefined,
    trainable: boolean,
  ): void {
    const shape = this.shape(input);
    const channels = shape[0]!;
    const scales = perChannel(scale ?? Float32Array.of(1), channels);
    const shifts = perChannel(shift ?? Float32Array.of(0), channels);
    const [name, output] = [nameOf(node), node.output[0]!];
    const value = this.resolve(input);
    const at = this.layers.findLastIndex((layer) => layer.output === value);
    const before = this.layers[at];
    if ((before?.kind !== 'conv' && before?.kind !== 'linear') || this.#usesOf(value) !== 1) {
      this.add({ kind: 'affine', name, inputs: [input], output, scale: scales, shift: shifts, trainable }, shape);
      return;
    }
    const fanIn = before.weights.length / channels;
    const weights = before.weights.map((weight, index) => weight * scales[Math.floor(index / fanIn)]!);
    const bias = before.bias.map((value, channel) => value * scales[channel]! + shifts[channel]!);
    this.layers[at] = { ...before, weights, bias, output };
    this.shapes.delete(value);
    this.shapes.set(output, shape);
  }
}

/** @throws {UnknownForm} */
export function refuse(reason: string): never {
  throw new UnknownForm(reason);
}

/** Nodes need no name in ONNX; their first output has one. */
export const nameOf = (node: NodeProto): string => node.name || node.output[0]!;

/** Numbers that a file leaves out are 0: some writers, ours among them, omit what the format says is understood. */
export function attribute(node: NodeProto, name: string): AttributeProto | undefined {
  const found = node.attribute.find((each) => each.name === name);
  return found && { f: 0, i: 0, ...found };
}

/** One number per channel, from one number for all or from [.., channels, 1, 1]. */
function perChannel(values: Float32Array, channels: number): Float32Array {
  if (values.length === channels) return values;
  return values.length === 1 ? new Float32Array(channels).fill(values[0]!) : refuse('not one number per channel');
}

export function constantOf(tensor: TensorProto): Constant | undefined {
  const { dims } = tensor;
  const constant =
    tensor.dataType === dataType.float
      ? { dims, floats: floatValues(tensor) }
      : tensor.dataType === dataType.int64 || tensor.dataType === dataType.int32
        ? { dims, integers: integerValues(tensor) }
        : undefined;
  return constant && (constant.floats ?? constant.integers).length === sizeOf(dims) ? constant : undefined;
}
