import type { Mixing } from './mixing.ts';

/** What softmax cross entropy learns from: loss = mean over the batch of weight x -sum(target ln p). */
export interface SoftTargets {
  /** [batch, classes], row-major; each row sums to 1. */
  readonly targets: Float32Array;
  /** [batch]. */
  readonly weights: Float32Array;
}

/**
 * Targets of a batch. A mixed picture costs share x loss of its class + (1 - share) x loss of its partner's, each with the weight of its
 * class; written as one target and one weight that is the same.
 * @param labels [batch], class indices.
 * @param options.smoothing share of each target spread over all classes, 0..1 (Szegedy et al., "Rethinking the Inception architecture",
 * 2016). @param options.classWeights [classes]; 1 for each otherwise.
 */
export function softTargets(
  labels: Int32Array,
  classCount: number,
  options: { readonly smoothing?: number; readonly classWeights?: Float32Array; readonly mixing?: Mixing } = {},
): SoftTargets {
  const { smoothing = 0, classWeights, mixing } = options;
  const targets = new Float32Array(labels.length * classCount).fill(smoothing / classCount);
  const weights = new Float32Array(labels.length);
  labels.forEach((label, index) => {
    const other = mixing ? labels[mixing.partners[index]!]! : label;
    const share = mixing?.shares[index] ?? 1;
    const own = share * (classWeights?.[label] ?? 1);
    const others = (1 - share) * (classWeights?.[other] ?? 1);
    const weight = own + others;
    weights[index] = weight;
    const row = index * classCount;
    const ownShare = weight === 0 ? share : own / weight;
    targets[row + label]! += (1 - smoothing) * ownShare;
    targets[row + other]! += (1 - smoothing) * (1 - ownShare);
  });
  return { targets, weights };
}
