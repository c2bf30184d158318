import type { BaseModel } from '#engine/base-model.ts';
import { openFrozenPrefix } from '#engine/features/frozen-prefix.ts';
import type { PictureSource } from '#engine/features/picture-source.ts';
import type { PictureFolder } from '#engine/folder/open-picture-folder.ts';
import { pictureToPixels } from '#engine/pictures/picture-to-pixels.ts';

const penalty = 0.1;

/** Accuracy of {@link ridgeAccuracy} on the frozen features of a base model. */
export async function ridgeProbe(baseModel: BaseModel, { classes, train, validation }: PictureFolder): Promise<number> {
  const { output } = baseModel.card;
  const prefix = await openFrozenPrefix(baseModel, output.name, [output.dimension], { threads: 1 });
  try {
    const featuresOf = async (source: PictureSource) => {
      const rows: number[][] = [];
      for (let index = 0; index < source.count; index++)
        rows.push([...(await prefix.run([await pictureToPixels(await source.load(index), prefix)]))]);
      return rows;
    };
    const [trained, judged] = [await featuresOf(train), await featuresOf(validation)];
    return ridgeAccuracy(
      { rows: trained, labels: [...train.labels] },
      { rows: judged, labels: [...validation.labels] },
      classes.length,
    );
  } finally {
    await prefix.close();
  }
}

export interface LabelledRows {
  readonly rows: readonly (readonly number[])[];
  /** Class index of each row. */
  readonly labels: readonly number[];
}

/**
 * Accuracy of ridge regression, solved by Gaussian elimination in double precision: written apart from the engine's own head, so that the
 * engine is not judged by itself. Features are standardised, targets are +1 and -1.
 */
export function ridgeAccuracy(train: LabelledRows, judged: LabelledRows, classCount: number): number {
  const columns = Array.from({ length: train.rows[0]!.length }, (_, column) => train.rows.map((row) => row[column]!));
  const means = columns.map(average);
  const deviations = columns.map((column, at) => Math.sqrt(average(column.map((value) => (value - means[at]!) ** 2))));
  const floor = 0.1 * average(deviations);
  const standardise = (row: readonly number[]) =>
    row.map((value, at) => (value - means[at]!) / Math.max(floor, deviations[at]!));
  const x = train.rows.map(standardise);
  const kernel = x.map((a, i) => x.map((b, j) => dot(a, b) + (i === j ? penalty * x.length : 0)));
  const classes = Array.from({ length: classCount }, (_, at) => at);
  const targets = train.labels.map((label) => classes.map((at) => (at === label ? 1 : -1)));
  const offsets = classes.map((at) => average(targets.map((row) => row[at]!)));
  const duals = solve(
    kernel,
    targets.map((row) => row.map((value, at) => value - offsets[at]!)),
  );
  const right = judged.rows.map(standardise).filter((row, index) => {
    const similarities = x.map((sample) => dot(sample, row));
    const scores = offsets.map(
      (offset, at) => offset + similarities.reduce((sum, k, i) => sum + k * duals[i]![at]!, 0),
    );
    return scores.indexOf(Math.max(...scores)) === judged.labels[index];
  });
  return right.length / judged.rows.length;
}

/** Gaussian elimination with partial pivoting. */
function solve(matrix: number[][], right: number[][]): number[][] {
  const a = matrix.map((row, index) => [...row, ...right[index]!]);
  const n = a.length;
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let row = column + 1; row < n; row++)
      if (Math.abs(a[row]![column]!) > Math.abs(a[pivot]![column]!)) pivot = row;
    [a[column], a[pivot]] = [a[pivot]!, a[column]!];
    for (let row = column + 1; row < n; row++) {
      const factor = a[row]![column]! / a[column]![column]!;
      if (factor !== 0) for (let at = column; at < a[row]!.length; at++) a[row]![at]! -= factor * a[column]![at]!;
    }
  }
  for (let column = n - 1; column >= 0; column--) {
    for (let at = n; at < a[column]!.length; at++) {
      for (let next = column + 1; next < n; next++) a[column]![at]! -= a[column]![next]! * a[next]![at]!;
      a[column]![at]! /= a[column]![column]!;
    }
  }
  return a.map((row) => row.slice(n));
}

const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, at) => sum + value * b[at]!, 0);
