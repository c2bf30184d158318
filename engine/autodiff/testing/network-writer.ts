import { GraphBuilder, type AttributeValue } from '../../onnx/graph-builder.ts';
import type { ModelProto } from '../../onnx/onnx-messages.ts';
import { floatTensor } from '../../onnx/tensors.ts';
import { gaussians } from './gradients.ts';

/** Writes small ONNX networks with random weights for tests; input `input` [N, ...shape], output `output`. */
export class NetworkWriter {
  readonly builder = new GraphBuilder('net');
  #seed: number;
  #count = 0;

  constructor(shape: readonly number[], seed = 1) {
    this.builder.input('input', 'float', ['N', ...shape]);
    this.#seed = seed;
  }

  weights(dims: readonly number[], deviation?: number): string {
    const size = dims.reduce((product, length) => product * length, 1);
    const fanIn = dims.length === 1 ? 1 : size / dims[0]!;
    this.#seed++;
    const values = gaussians(size, this.#seed, deviation ?? Math.sqrt(2 / fanIn));
    return this.builder.initializer(floatTensor(`weights${this.#seed}`, values, dims));
  }

  /** Variances, say. */
  positive(size: number): string {
    this.#seed++;
    const values = gaussians(size, this.#seed).map((value) => 0.5 + Math.abs(value));
    return this.builder.initializer(floatTensor(`weights${this.#seed}`, values, [size]));
  }

  conv(
    x: string,
    [inChannels, outChannels]: readonly [number, number],
    options: {
      readonly kernel?: number | readonly [number, number];
      readonly stride?: number | readonly [number, number];
      readonly pads?: number | readonly number[];
      readonly group?: number;
      readonly autoPad?: string;
      readonly bias?: boolean;
    } = {},
  ): string {
    const { group = 1, kernel = 3, stride = 1, bias = true } = options;
    const pair = (value: number | readonly number[]) => (typeof value === 'number' ? [value, value] : value);
    const pads = options.pads ?? (typeof kernel === 'number' ? Math.floor(kernel / 2) : 0);
    const inputs = [x, this.weights([outChannels, inChannels / group, ...pair(kernel)])];
    if (bias) inputs.push(this.weights([outChannels], 0.1));
    return this.node('Conv', inputs, {
      kernel_shape: pair(kernel),
      strides: pair(stride),
      ...(options.autoPad
        ? { auto_pad: options.autoPad }
        : { pads: typeof pads === 'number' ? [pads, pads, pads, pads] : pads }),
      group,
    });
  }

  node(operator: string, inputs: readonly string[], attributes: Record<string, AttributeValue> = {}): string {
    this.#count++;
    return this.builder.node(operator, inputs, attributes, `${operator.toLowerCase()}${this.#count}`);
  }

  /** Global average pooling and a vector out. */
  pooled(x: string): string {
    return this.node('Flatten', [this.node('GlobalAveragePool', [x])], { axis: 1 });
  }

  model(output: string, dimension: number): ModelProto {
    this.builder.node('Identity', [output], {}, 'output');
    this.builder.output('output', 'float', ['N', dimension]);
    return this.builder.model();
  }
}
