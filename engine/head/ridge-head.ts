import { carries, type Labels } from '../labels/labels.ts';
import type { LinearHead } from './linear-head.ts';

/** Penalty on the weights, as a multiple of the number of pictures (for features standardised per dimension). */
const penaltyPerPicture = 0.1;
/** The system has one row a picture and is solved on this thread: 512 pictures take about a quarter of a second. */
export const mostRidgePictures = 512;

/**
 * Least squares on targets +1 (classes that are carried) and -1 (others) with a penalty on the weights: the closed-form start of training. With few
 * pictures it is as good as training gets, and better than class means. Solved in its dual form, (K + penalty I) a = t - mean t with
 * K = X Xt (Saunders, Gammerman and Vovk, "Ridge regression learning algorithm in dual variables", 1998).
 * @param features [rows, dimension], standardised. @param labels by row. @param rows at most {@link mostRidgePictures}.
 * @returns a class without rows gets weights 0 and bias -1.
 */
export function ridgeHead(
  features: Float32Array,
  dimension: number,
  labels: Labels,
  rows: Int32Array,
  classCount: number,
): LinearHead {
  const samples = Array.from(rows, (row) => features.subarray(row * dimension, (row + 1) * dimension));
  const factor = choleskyFactor(kernelMatrix(samples));
  const weights = new Float32Array(classCount * dimension);
  const bias = new Float32Array(classCount);
  for (let index = 0; index < classCount; index++) {
    const targets = Float64Array.from(rows, (row) => (carries(labels, classCount, row, index) ? 1 : -1));
    const mean = targets.reduce((total, target) => total + target, 0) / targets.length;
    const duals = solve(
      factor,
      targets.map((target) => target - mean),
    );
    const row = weights.subarray(index * dimension, (index + 1) * dimension);
    samples.forEach((sample, at) => {
      for (let column = 0; column < dimension; column++) row[column]! += duals[at]! * sample[column]!;
    });
    bias[index] = mean;
  }
  return { weights, bias };
}

/** Rows of the lower triangle of X Xt + penalty I. */
function kernelMatrix(samples: readonly Float32Array[]): Float64Array[] {
  return samples.map((sample, i) => {
    const row = Float64Array.from({ length: i + 1 }, (_, j) => dot(sample, samples[j]!, sample.length));
    row[i]! += penaltyPerPicture * samples.length;
    return row;
  });
}

/** Lower triangular L with L Lt = matrix, in place. */
function choleskyFactor(matrix: Float64Array[]): Float64Array[] {
  matrix.forEach((row, i) => {
    for (let j = 0; j < i; j++) row[j] = (row[j]! - dot(row, matrix[j]!, j)) / matrix[j]![j]!;
    row[i] = Math.sqrt(row[i]! - dot(row, row, i));
  });
  return matrix;
}

/** x with L Lt x = right. */
function solve(factor: readonly Float64Array[], right: Float64Array): Float64Array {
  const x = right.slice();
  factor.forEach((row, i) => {
    x[i] = (x[i]! - dot(row, x, i)) / row[i]!;
  });
  for (let i = x.length - 1; i >= 0; i--) {
    const row = factor[i]!;
    x[i]! /= row[i]!;
    for (let j = 0; j < i; j++) x[j]! -= row[j]! * x[i]!;
  }
  return x;
}

function dot(a: Float32Array | Float64Array, b: Float32Array | Float64Array, length: number): number {
  let total = 0;
  for (let index = 0; index < length; index++) total += a[index]! * b[index]!;
  return total;
}
