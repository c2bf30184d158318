import type { Random } from '../random/random.ts';

/**
 * Inverted dropout (Srivastava et al., "Dropout", 2014): each value 0 with probability `rate`, else 1 / (1 - rate), so that nothing
 * has to be scaled when the network is used. @param rate 0..1, less than 1.
 */
export function dropoutMasks(random: Random, length: number, rate: number): Float32Array {
  return Float32Array.from({ length }, () => (random.uniform() < rate ? 0 : 1 / (1 - rate)));
}
