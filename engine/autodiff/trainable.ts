import { random } from '../random/random.ts';
import { layersAfter } from './cuts-of.ts';
import { layerParameters, type LayerParameter } from './layer-parameters.ts';
import { shapeOf, type Layer, type Network } from './network.ts';
import { NotDifferentiableError } from './not-differentiable-error.ts';

export interface TrainableSettings {
  readonly network: Network;
  /** Value from which on the network is trained: its input, or one of {@link cutsOf}. Its output: only the head is. */
  readonly cut: string;
  readonly classCount: number;
  /** Keep convolution weights standardised: for training from scratch. @default false */
  readonly weightStandardisation?: boolean;
}

/** Where a parameter lies in the flat vector. */
export interface ParameterSlot {
  /** `<layer>.weights`, `<layer>.bias`, ..., and {@link headWeights} and {@link headBias}, which come last. */
  readonly name: string;
  readonly offset: number;
  /** Convolution weights are [out, kernel height, kernel width, in / group], linear ones [out, in]. */
  readonly shape: readonly number[];
  readonly size: number;
  /** Whether weight decay applies: not to biases. */
  readonly decays: boolean;
  /** Of a convolution whose weights are used standardised. */
  readonly standardised: boolean;
}

/** What a training trains: the layers after the cut and a linear head, with all parameters in one flat float32 vector. */
export interface Trainable {
  readonly network: Network;
  readonly cut: string;
  readonly layers: readonly Layer[];
  readonly classCount: number;
  /** Of the features that the head reads. */
  readonly dimension: number;
  readonly slots: readonly ParameterSlot[];
  /** Length of the flat vector. */
  readonly parameterCount: number;
}

export const headWeights = 'head/weights';
export const headBias = 'head/bias';

/** @throws {NotDifferentiableError} @throws {RangeError} for a cut that is none. */
export function trainable(settings: TrainableSettings): Trainable {
  const { network, cut, classCount, weightStandardisation = false } = settings;
  shapeOf(network, cut);
  const layers = layersAfter(network, cut);
  const opaque = layers.filter((layer) => layer.kind === 'opaque');
  if (opaque.length > 0) throw new NotDifferentiableError(opaque);
  const known = new Set([cut, ...layers.map(({ output }) => output)]);
  const missing = layers.flatMap(({ inputs }) => inputs).find((name) => !known.has(name));
  if (missing || !known.has(network.output))
    throw new RangeError(`"${cut}" is no cut: what comes after it also needs "${missing ?? network.output}".`);
  const dimension = shapeOf(network, network.output)[0]!;
  let offset = 0;
  const slot = (name: string, shape: readonly number[], decays: boolean, standardised: boolean): ParameterSlot => {
    const size = shape.reduce((product, length) => product * length, 1);
    offset += size;
    return { name, offset: offset - size, shape, size, decays, standardised };
  };
  const slots = layers.flatMap((layer) =>
    layerParameters(layer).map(({ name, shape, decays }) =>
      slot(name, shape, decays, weightStandardisation && layer.kind === 'conv' && decays),
    ),
  );
  slots.push(slot(headWeights, [classCount, dimension], true, false), slot(headBias, [classCount], false, false));
  return { network, cut, layers, classCount, dimension, slots, parameterCount: offset };
}

/** @throws {RangeError} for a name that no parameter has. */
export function slotOf({ slots }: Trainable, name: string): ParameterSlot {
  const slot = slots.find((each) => each.name === name);
  if (!slot) throw new RangeError(`There is no parameter "${name}".`);
  return slot;
}

/** Values of one parameter, a view of the vector. */
export function parameterValues(trainable: Trainable, parameters: Float32Array, name: string): Float32Array {
  const { offset, size } = slotOf(trainable, name);
  return parameters.subarray(offset, offset + size);
}

/**
 * The vector to start from: the network's own weights and the given head.
 * @param head.weights [classes, dimension], on the network's features. @param head.bias [classes].
 */
export function initialParameters(
  trainable: Trainable,
  head: { readonly weights: Float32Array; readonly bias: Float32Array },
): Float32Array {
  return filled(trainable, (parameter) => parameter.values, head);
}

/** The vector to start from scratch: weights of He et al. ("Delving Deep into Rectifiers", 2015), other parameters as in the network. */
export function randomParameters(trainable: Trainable, seed: number): Float32Array {
  const draw = random(seed);
  const gaussian = () => Math.sqrt(-2 * Math.log(1 - draw.uniform())) * Math.cos(2 * Math.PI * draw.uniform());
  const { classCount, dimension } = trainable;
  const heInitialised = ({ values, shape, decays }: LayerParameter) =>
    decays ? values.map(() => gaussian() * Math.sqrt((2 * shape[0]!) / values.length)) : values;
  return filled(trainable, heInitialised, {
    weights: new Float32Array(classCount * dimension),
    bias: new Float32Array(classCount),
  });
}

function filled(
  trainable: Trainable,
  valuesOf: (parameter: LayerParameter) => Float32Array,
  head: { readonly weights: Float32Array; readonly bias: Float32Array },
): Float32Array {
  const vector = new Float32Array(trainable.parameterCount);
  const place = (name: string, values: Float32Array) => {
    const { offset, size } = slotOf(trainable, name);
    if (values.length !== size) throw new RangeError(`${name}: ${values.length} values instead of ${size}`);
    vector.set(values, offset);
  };
  for (const parameter of trainable.layers.flatMap(layerParameters)) place(parameter.name, valuesOf(parameter));
  place(headWeights, head.weights);
  place(headBias, head.bias);
  return vector;
}
