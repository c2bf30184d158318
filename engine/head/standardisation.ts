/** x -> (x - mean) * scale, per dimension. */
export interface Standardisation {
  readonly mean: Float32Array;
  readonly scale: Float32Array;
}

/** Smallest deviation that counts, as a share of the mean deviation of all dimensions. */
const deviationFloor = 0.1;

/**
 * Mean 0 and deviation 1 on the given rows. Dimensions that hardly vary are not blown up to 1: what is rare in a small training
 * set would otherwise decide alone where it occurs.
 * @param features [rows, dimension], row-major. @param rows indices of the rows to measure.
 */
export function fitStandardisation(features: Float32Array, dimension: number, rows: Int32Array): Standardisation {
  const sums = new Float64Array(dimension);
  for (const row of rows) {
    for (let column = 0; column < dimension; column++) sums[column]! += features[row * dimension + column]!;
  }
  const mean = Float32Array.from(sums, (sum) => sum / rows.length);
  const squares = new Float64Array(dimension);
  for (const row of rows) {
    for (let column = 0; column < dimension; column++)
      squares[column]! += (features[row * dimension + column]! - mean[column]!) ** 2;
  }
  const deviations = squares.map((square) => Math.sqrt(square / rows.length));
  const floor = deviationFloor * (deviations.reduce((total, deviation) => total + deviation, 0) / dimension);
  return {
    mean,
    scale: Float32Array.from(deviations, (deviation) => (floor === 0 ? 0 : 1 / Math.max(deviation, floor))),
  };
}

/** In place: at a hundred thousand rows a second copy would not fit. */
export function standardise(features: Float32Array, { mean, scale }: Standardisation): void {
  const dimension = mean.length;
  for (let start = 0; start < features.length; start += dimension) {
    for (let column = 0; column < dimension; column++)
      features[start + column] = (features[start + column]! - mean[column]!) * scale[column]!;
  }
}
