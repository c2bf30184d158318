/** Sizes of a sliding window; pads are [top, left, bottom, right]. */
export interface Window {
  readonly kernel: readonly [height: number, width: number];
  readonly strides: readonly [height: number, width: number];
  readonly pads: readonly [top: number, left: number, bottom: number, right: number];
}

export interface ConvGeometry extends Window {
  readonly inChannels: number;
  readonly outChannels: number;
  /** 1 = dense, `inChannels` = depthwise. */
  readonly group: number;
}

/** Functions of one value. `clip` with 0 and 6 is ReLU6; `hardSigmoid` is max(0, min(1, alpha x + beta)). */
export type Activation =
  | { readonly name: 'relu' | 'sigmoid' | 'hardSwish' }
  | { readonly name: 'clip'; readonly min: number; readonly max: number }
  | { readonly name: 'hardSigmoid'; readonly alpha: number; readonly beta: number };

interface LayerBase {
  /** Unique in the network; parameters are called `<name>.weights` and so on. */
  readonly name: string;
  readonly inputs: readonly string[];
  readonly output: string;
}

export interface ConvLayer extends LayerBase {
  readonly kind: 'conv';
  readonly geometry: ConvGeometry;
  /** [outChannels, kernel height, kernel width, inChannels / group]. */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

export interface LinearLayer extends LayerBase {
  readonly kind: 'linear';
  /** [out, in]. */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

/** x scale + shift per channel: a normalisation that no convolution before it could take in. */
export interface AffineLayer extends LayerBase {
  readonly kind: 'affine';
  readonly scale: Float32Array;
  readonly shift: Float32Array;
  /** Constants such as the 1/6 of a written-out HardSwish are not. */
  readonly trainable: boolean;
}

export interface ActivationLayer extends LayerBase {
  readonly kind: 'activation';
  readonly activation: Activation;
}

/** `add` and `multiply` take two inputs, one of which may be one value per channel. `reshape` keeps the order of values. */
export interface PlainLayer extends LayerBase {
  readonly kind: 'add' | 'multiply' | 'concat' | 'globalAveragePool' | 'reshape';
}

export interface PoolLayer extends LayerBase {
  readonly kind: 'maxPool' | 'averagePool';
  readonly window: Window;
  /** Of average pooling: padded places count in the mean. */
  readonly countPadding: boolean;
}

/** A node the engine cannot differentiate. What comes after it can still be trained. */
export interface OpaqueLayer extends LayerBase {
  readonly kind: 'opaque';
  readonly operator: string;
}

export type Layer = ConvLayer | LinearLayer | AffineLayer | ActivationLayer | PlainLayer | PoolLayer | OpaqueLayer;

/** A network as layers in the order of computation, constants folded. Values keep the names of the file they were read from. */
export interface Network {
  readonly input: string;
  /** A vector: [dimension]. */
  readonly output: string;
  readonly layers: readonly Layer[];
  /** Of every value, without the batch: [channels, height, width] or [dimension]. */
  readonly shapes: ReadonlyMap<string, readonly number[]>;
}

/** @throws {RangeError} for a name that is no value of the network. */
export function shapeOf(network: Network, value: string): readonly number[] {
  const shape = network.shapes.get(value);
  if (!shape) throw new RangeError(`The network has no value "${value}".`);
  return shape;
}

export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);
