import { random } from '../random/random.ts';
import { shuffledIndices } from '../random/shuffle.ts';

/**
 * Deals pictures out to folds so that each class, and the set as a whole, is spread over them as evenly as its number allows.
 * @param labels class index of each picture. @param seed unsigned 32-bit.
 * @returns [count], fold of each picture in 0..folds-1.
 */
export function stratifiedFolds(labels: Int32Array, folds: number, seed: number): Int32Array {
  const foldOf = new Int32Array(labels.length);
  const order = shuffledIndices(labels.length, random(seed)).sort((a, b) => labels[a]! - labels[b]!);
  // One deal through all classes: the next class begins at the fold after the last one, so that small classes do not all fill the first.
  order.forEach((picture, at) => {
    foldOf[picture] = at % folds;
  });
  return foldOf;
}
