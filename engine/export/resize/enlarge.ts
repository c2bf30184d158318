import { foldEdges, positionsAround, toFixedPoint, weightedSums, type Operators } from './operators.ts';
import { firstOf, totalOf, type Side } from './reduce.ts';

/** Catmull-Rom reaches two samples to either side, and the first position may be half a sample outside. */
const margin = 4;

/**
 * Makes a side larger, as libvips does (affine.c and bicubic.cpp of 8.18, by their arithmetic): Catmull-Rom at positions rounded to 64ths,
 * which all stand half a sample further back than in the middle of their places. A side that is not to become larger is moved by that half all
 * the same. Where the result is longer than `size`, its middle is taken.
 * @param value float32 [..., length, after].
 * @returns [..., size, after], whole numbers that may stand out of 0..255.
 */
export function enlargeSide(operators: Operators, value: string, side: Side): string {
  const { op, number, column, whole } = operators;
  const first = firstOf(operators, totalOf(operators, side), side.size);
  const indexes = Array.from({ length: side.size }, (_, index) => index);
  const places = op('Add', column(indexes), first);
  const exact = op('Sub', op('Mul', places, side.shrink), number(0.5));
  const centres = op('Mul', op('Floor', op('Add', op('Mul', exact, number(64)), number(0.5))), number(1 / 64));
  const positions = positionsAround(operators, side.length, margin);
  const weights = catmullRom(operators, op('Abs', op('Sub', positions, centres)));
  const folded = foldEdges(operators, toFixedPoint(operators, weights), whole(side.length), margin);
  return weightedSums(operators, folded, value);
}

/** Mitchell and Netravali's cubic with B = 0, C = 1/2, of distances >= 0. */
function catmullRom({ op, number }: Operators, distance: string): string {
  const polynomial = ([first, ...rest]: readonly number[], x: string) =>
    rest.reduce((sum, coefficient) => op('Add', op('Mul', sum, x), number(coefficient)), number(first!));
  const x = op('Min', distance, number(2));
  return op(
    'Where',
    op('LessOrEqual', x, number(1)),
    polynomial([1.5, -2.5, 0, 1], x),
    polynomial([-0.5, 2.5, -4, 2], x),
  );
}
