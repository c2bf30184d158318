import { isMultiLabel, type Labels } from '../labels/labels.ts';
import { addScaled, dot, principalDirections } from './principal-directions.ts';

/** Directions whose variance is known one by one: more do not tell unknown pictures apart any better (docs/unknown-pictures.md). */
const mostDirections = 64;

/**
 * Where features of known pictures lie, by which others are told to be unlike them. Of a feature vector x of length 1 and z = x - mean:
 * unfamiliarity = scale (|z|^2 - |directions z|^2 + min over centres of (offset - 2 z slope)).
 */
export interface Familiarity {
  /** [dimension], of all features. */
  readonly mean: Float32Array;
  /** [directions, dimension]. */
  readonly directions: Float32Array;
  /** [centres, dimension] and [centres]. */
  readonly slopes: Float32Array;
  readonly offsets: Float32Array;
  readonly scale: number;
}

/**
 * Squared Mahalanobis distance to the nearest class, over the number of dimensions: about 1 for known pictures (Lee, Lee, Lee and Shin, "A
 * simple unified framework for detecting out-of-distribution samples and adversarial attacks", 2018), of features of length 1 (Mueller and Hein,
 * "Mahalanobis++", 2025). The covariance is that around the class means, shared by all classes and shrunk towards a multiple of the
 * identity (Chen, Wiesel, Eldar and Hero, "Shrinkage algorithms for MMSE covariance estimation", 2010: OAS); beyond its first 64 principal
 * directions variance counts as equal (Tipping and Bishop, "Probabilistic principal component analysis", 1999), so that files stay small.
 * Where a picture may carry several labels there is one class, of all pictures.
 * @param features [rows, dimension], row-major. @param labels of the rows.
 * @returns undefined where there is nothing to tell by: no rows, or all alike.
 */
export async function fitFamiliarity(
  features: Float32Array,
  dimension: number,
  labels: Labels,
): Promise<Familiarity | undefined> {
  const rows = Array.from({ length: features.length / dimension }, (_, row) =>
    unit(features.subarray(row * dimension, (row + 1) * dimension)),
  );
  const mean = meanOf(rows, dimension);
  for (const row of rows) addScaled(row, mean, -1);
  const classOf = (row: number) => (isMultiLabel(labels) ? 0 : labels[row]!);
  const classes = [...Map.groupBy(rows.keys(), classOf).values()];
  const centres = classes.map((members) =>
    meanOf(
      members.map((row) => rows[row]!),
      dimension,
    ),
  );
  classes.forEach((members, at) => members.forEach((row) => addScaled(rows[row]!, centres[at]!, -1)));
  const found = await principalDirections(rows, Math.min(mostDirections, dimension - 1));
  if (!(found.totalVariance > 0)) return undefined;
  const average = found.totalVariance / dimension;
  const shrinkage = oracleShrinkage(found.squaredVariances, average, rows.length, dimension);
  const covered = found.variances.reduce((sum, variance) => sum + variance, 0);
  const shrunk = (variance: number) => (1 - shrinkage) * variance + shrinkage * average;
  const rest = shrunk(Math.max(0, found.totalVariance - covered) / (dimension - found.directions.length));
  const directions = found.directions.map((direction, at) => {
    const weight = Math.sqrt(Math.max(0, 1 - rest / shrunk(found.variances[at]!)));
    return direction.map((value) => value * weight);
  });
  const slopes = centres.map((centre) => {
    const slope = centre.slice();
    for (const direction of directions) addScaled(slope, direction, -dot(direction, centre));
    return slope;
  });
  return {
    mean: Float32Array.from(mean),
    directions: flat(directions, dimension),
    slopes: flat(slopes, dimension),
    offsets: Float32Array.from(centres, (centre, at) => dot(centre, slopes[at]!)),
    scale: 1 / (rest * dimension),
  };
}

/** How much of the covariance to replace by the identity times its average variance, 0..1. */
function oracleShrinkage(squaredVariances: number, average: number, count: number, dimension: number): number {
  const meanSquare = squaredVariances / dimension ** 2;
  const noise = (count + 1) * (meanSquare - average ** 2 / dimension);
  return noise > 0 ? Math.min(1, (meanSquare + average ** 2) / noise) : 1;
}

function unit(row: Float32Array): Float64Array {
  const length = Math.sqrt(dot(row, row));
  return Float64Array.from(row, (value) => (length > 0 ? value / length : 0));
}

function meanOf(rows: readonly Float64Array[], dimension: number): Float64Array {
  const mean = new Float64Array(dimension);
  for (const row of rows) addScaled(mean, row, 1 / rows.length);
  return mean;
}

function flat(rows: readonly Float64Array[], dimension: number): Float32Array {
  const values = new Float32Array(rows.length * dimension);
  rows.forEach((row, at) => values.set(row, at * dimension));
  return values;
}
