import type { ClassifierHead } from './classifier-head.ts';
import { unfoldStandardisation, type LinearHead } from './linear-head.ts';
import type { Standardisation } from './standardisation.ts';

/**
 * Where training starts: rows of classes that an earlier version knew come from it, all others from the fresh head.
 * @param previous on raw features. @returns on standardised features.
 */
export function continueFrom(
  previous: ClassifierHead,
  classIds: readonly string[],
  fresh: LinearHead,
  standardisation: Standardisation,
): LinearHead {
  const dimension = standardisation.mean.length;
  const known = unfoldStandardisation(previous, standardisation);
  const head = { weights: fresh.weights.slice(), bias: fresh.bias.slice() };
  classIds.forEach((id, row) => {
    const from = previous.classIds.indexOf(id);
    if (from === -1) return;
    head.weights.set(known.weights.subarray(from * dimension, (from + 1) * dimension), row * dimension);
    head.bias[row] = known.bias[from]!;
  });
  return head;
}
