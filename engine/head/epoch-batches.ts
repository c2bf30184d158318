import { finishedRows, type FeatureTable } from '../features/feature-table.ts';
import { random } from '../random/random.ts';
import { shuffledBatches } from '../random/shuffle.ts';

/**
 * Minibatches of one epoch: all pictures that have features, shuffled, each in one of its views drawn at random; begins anew where
 * the pictures run out.
 * @returns row indices into the table, `steps` x `batchSize`.
 */
export function epochBatches(
  table: FeatureTable,
  options: { readonly seed: number; readonly epoch: number; readonly steps: number; readonly batchSize: number },
): Int32Array[] {
  const draw = random(options.seed, options.epoch);
  const pictures = finishedRows({ ...table, views: 1 });
  return shuffledBatches(pictures.length, options, draw).map((batch) =>
    batch.map((position) => {
      const picture = pictures[position]!;
      return draw.integer(table.finishedViews[picture]!) * table.count + picture;
    }),
  );
}
