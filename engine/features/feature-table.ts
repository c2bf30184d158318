/** Features of pictures, each seen in up to `views` views. */
export interface FeatureTable {
  readonly count: number;
  readonly views: number;
  readonly dimension: number;
  /** [views, count, dimension]: row view x count + picture. Rows of unfinished views are zero. */
  readonly values: Float32Array;
  /** [count], views of each picture that are there: always the first ones. */
  readonly finishedViews: Uint8Array;
}

/** Memory is only touched where features are written, so that views which are never finished cost none. */
export function emptyFeatureTable(count: number, views: number, dimension: number): FeatureTable {
  return {
    count,
    views,
    dimension,
    values: new Float32Array(views * count * dimension),
    finishedViews: new Uint8Array(count),
  };
}

/** @param features [views, dimension] of consecutive views of one picture, from `firstView`. */
export function storeFeatures(table: FeatureTable, picture: number, firstView: number, features: Float32Array): void {
  const views = features.length / table.dimension;
  for (let view = 0; view < views; view++) {
    const row = (firstView + view) * table.count + picture;
    table.values.set(features.subarray(view * table.dimension, (view + 1) * table.dimension), row * table.dimension);
  }
  table.finishedViews[picture] = firstView + views;
}

/** Indices of the rows that hold features, ascending. */
export function finishedRows({ count, views, finishedViews }: FeatureTable): Int32Array {
  const rows: number[] = [];
  for (let view = 0; view < views; view++) {
    for (let picture = 0; picture < count; picture++)
      if (finishedViews[picture]! > view) rows.push(view * count + picture);
  }
  return Int32Array.from(rows);
}
