import { openPictureFolder, type PictureSource } from '#engine/index.ts';
import type { Embedder } from './embedders.ts';
import { ridgeAccuracy, type LabelledRows } from './ridge-probe.ts';

/**
 * Accuracy of a linear probe on the features of an embedder, for each seed: of a few images a class half of the set is judged, of all images
 * (0) a fifth.
 * @param known features of pictures of this set by key; filled.
 */
export async function probeSet(
  embedder: Embedder,
  folder: string,
  options: { readonly perClass: number; readonly seeds: number; readonly known: Map<string, number[]> },
): Promise<number[]> {
  const { perClass, known } = options;
  const reached: number[] = [];
  for (let seed = 0; seed < options.seeds; seed++) {
    const few = perClass > 0;
    const pictures = await openPictureFolder(folder, {
      trainRatio: few ? 0.5 : 0.8,
      seed,
      ...(few && { perClass }),
    });
    const train = await embed(embedder, pictures.train, known);
    const judged = await embed(embedder, pictures.validation, known);
    reached.push(ridgeAccuracy(train, judged, pictures.classes.length));
  }
  return reached;
}

async function embed(embedder: Embedder, source: PictureSource, known: Map<string, number[]>): Promise<LabelledRows> {
  const rows: number[][] = [];
  for (let index = 0; index < source.count; index++) {
    const key = source.keyOf!(index)!;
    const row = known.get(key) ?? (await embedder.embed(await source.load(index)));
    known.set(key, row);
    rows.push(row);
  }
  return { rows, labels: [...source.labels] };
}

export function mean(all: readonly number[]): number {
  return all.reduce((sum, value) => sum + value, 0) / all.length;
}

export function deviation(all: readonly number[]): number {
  return Math.sqrt(mean(all.map((value) => (value - mean(all)) ** 2)));
}
