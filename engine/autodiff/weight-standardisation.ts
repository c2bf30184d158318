import type { GraphBuilder } from '../onnx/graph-builder.ts';

/** Standardised weights of one output channel have this length: He initialisation for ReLU keeps it. */
const length = Math.SQRT2;
const epsilon = 1e-6;

/**
 * Weights with mean 0 and one length per output channel, so that a network without batch normalisation trains from scratch (Qiao et
 * al., "Weight Standardization", 2019; scaled as in Brock et al., "High-Performance Large-Scale Image Recognition Without
 * Normalization", 2021): sqrt(2) c / sqrt(sum of c^2 + epsilon) with c = weights - mean.
 */
export interface StandardisedWeights {
  /** Name of the tensor, of the shape of the weights. */
  readonly weights: string;
  /** @param gradient of the standardised weights. @returns that of the weights, [out, fan in]. */
  backward(gradient: string): string;
}

/** @param shape [out, ...]. */
export function standardiseWeights(
  builder: GraphBuilder,
  weights: string,
  shape: readonly number[],
): StandardisedWeights {
  const mean = (x: string) => builder.node('ReduceMean', [x], { axes: [1], keepdims: 1 });
  const sum = (x: string) => builder.node('ReduceSum', [x, builder.ints(1)], { keepdims: 1 });
  const node = (operator: string, ...inputs: string[]) => builder.node(operator, inputs);
  const rows = node('Reshape', weights, builder.ints(shape[0]!, -1));
  const centred = node('Sub', rows, mean(rows));
  const squares = node('Add', sum(node('Mul', centred, centred)), builder.float(epsilon));
  const scale = node('Div', builder.float(length), node('Sqrt', squares));
  return {
    weights: node('Reshape', node('Mul', centred, scale), builder.ints(...shape)),
    backward: (gradient) => {
      const g = node('Reshape', gradient, builder.ints(shape[0]!, -1));
      const along = node('Div', sum(node('Mul', g, centred)), squares);
      const across = node('Sub', node('Sub', g, mean(g)), node('Mul', centred, along));
      return node('Mul', across, scale);
    },
  };
}

/** The same in double precision on plain arrays, for export. */
export function standardisedValues(weights: Float32Array, outChannels: number): Float32Array {
  const fanIn = weights.length / outChannels;
  const result = new Float32Array(weights.length);
  for (let channel = 0; channel < outChannels; channel++) {
    const row = weights.subarray(channel * fanIn, (channel + 1) * fanIn);
    const mean = row.reduce((total, value) => total + value, 0) / fanIn;
    const squares = row.reduce((total, value) => total + (value - mean) ** 2, epsilon);
    for (let at = 0; at < fanIn; at++) result[channel * fanIn + at] = (length * (row[at]! - mean)) / Math.sqrt(squares);
  }
  return result;
}
