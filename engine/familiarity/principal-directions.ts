import { setImmediate } from 'node:timers/promises';
import { random } from '../random/random.ts';

/** Enough for directions of clearly different variance; those of about equal variance may stay mixed, which changes no distance. */
const iterations = 12;
/** Share of all variance, and of a vector's length, below which what is left may be rounding. */
const leastShare = 1e-6;

export interface PrincipalDirections {
  /** Orthonormal, each [dimension]; by falling variance, about. */
  readonly directions: readonly Float64Array[];
  /** Mean square of the rows along each direction. */
  readonly variances: readonly number[];
  /** Mean squared length of the rows: the sum of all variances, also along what no direction covers. */
  readonly totalVariance: number;
  /** Sum of the squared variances along all directions. */
  readonly squaredVariances: number;
}

/**
 * Along what rows vary most: orthogonal iteration (Golub and Van Loan, "Matrix computations", 8.2.4) on the products of the rows with each other, which are
 * fewer than those of the columns where there are fewer rows than columns. Begins at fixed random vectors: the same rows, the same bits.
 * @param rows centred, each [dimension]. @param most directions to look for.
 */
export async function principalDirections(rows: readonly Float64Array[], most: number): Promise<PrincipalDirections> {
  const count = rows.length;
  const products = rows.map((row, at) => {
    const line = new Float64Array(count);
    for (let other = 0; other <= at; other++) line[other] = dot(row, rows[other]!) / count;
    return line;
  });
  for (const [at, line] of products.entries())
    for (let other = at + 1; other < count; other++) line[other] = products[other]![at]!;
  const totalVariance = products.reduce((sum, line, at) => sum + line[at]!, 0);
  const draw = random(count, most);
  let basis: readonly Float64Array[] = Array.from({ length: Math.min(most, count) }, () =>
    Float64Array.from({ length: count }, () => draw.uniform() - 0.5),
  );
  for (let round = 0; round < iterations; round++) {
    // About a twentieth of a second for 512 rows: between rounds others have their turn.
    await setImmediate();
    basis = orthonormal(basis.map((vector) => Float64Array.from(products, (line) => dot(line, vector))));
  }
  const spanned = basis.map((vector) => {
    const direction = new Float64Array(rows[0]!.length);
    rows.forEach((row, at) => addScaled(direction, row, vector[at]!));
    return direction;
  });
  const found = orthonormal(spanned)
    .map((direction) => ({
      direction,
      variance: rows.reduce((sum, row) => sum + dot(row, direction) ** 2, 0) / count,
    }))
    .filter(({ variance }) => variance > leastShare * totalVariance);
  return {
    directions: found.map(({ direction }) => direction),
    variances: found.map(({ variance }) => variance),
    totalVariance,
    squaredVariances: products.reduce((sum, line) => sum + dot(line, line), 0),
  };
}

/** By Gram and Schmidt, twice for accuracy, in place; vectors that depend on earlier ones are left out. */
function orthonormal(vectors: readonly Float64Array[]): Float64Array[] {
  const basis: Float64Array[] = [];
  for (const vector of vectors) {
    const length = Math.sqrt(dot(vector, vector));
    for (let pass = 0; pass < 2; pass++) for (const each of basis) addScaled(vector, each, -dot(vector, each));
    const left = Math.sqrt(dot(vector, vector));
    if (left > leastShare * length) basis.push(vector.map((value) => value / left));
  }
  return basis;
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let total = 0;
  for (let at = 0; at < a.length; at++) total += a[at]! * b[at]!;
  return total;
}

export function addScaled(target: Float64Array, values: Float64Array, factor: number): void {
  for (let at = 0; at < target.length; at++) target[at]! += factor * values[at]!;
}
