import type { Standardisation } from './standardisation.ts';

/** logits = x weightsT + bias. */
export interface LinearHead {
  /** [classes, dimension], row-major. */
  readonly weights: Float32Array;
  /** [classes]. */
  readonly bias: Float32Array;
}

/** The head on raw features that answers as `head` does on standardised ones: W' = W scale, b' = b - W' mean. */
export function foldStandardisation({ weights, bias }: LinearHead, { mean, scale }: Standardisation): LinearHead {
  const dimension = mean.length;
  const folded = weights.map((weight, index) => weight * scale[index % dimension]!);
  return { weights: folded, bias: bias.map((value, row) => value - dot(folded, row * dimension, mean)) };
}

/** The inverse of {@link foldStandardisation}; a dimension of scale 0 gets weight 0. */
export function unfoldStandardisation({ weights, bias }: LinearHead, { mean, scale }: Standardisation): LinearHead {
  const dimension = mean.length;
  return {
    weights: weights.map((weight, index) => (scale[index % dimension] === 0 ? 0 : weight / scale[index % dimension]!)),
    bias: bias.map((value, row) => value + dot(weights, row * dimension, mean)),
  };
}

function dot(weights: Float32Array, offset: number, values: Float32Array): number {
  let total = 0;
  for (let column = 0; column < values.length; column++) total += weights[offset + column]! * values[column]!;
  return total;
}
