import { int64Tensor } from '../../onnx/tensors.ts';
import { foldEdges, positionsAround, toFixedPoint, weightedSums, type Operators } from './operators.ts';

/** Boxes leave less than four samples for one, and Lanczos 3 reaches three of those to either side. */
const margin = 16;

/** One side of a picture, as values of the graph. */
export interface Side {
  /** float64 [1]: samples that it has. */
  readonly length: string;
  /** float64 [1]: samples of it for one of the result; above 1 the picture becomes smaller. */
  readonly shrink: string;
  /** Samples that the result has; a constant. */
  readonly size: number;
  /** libvips adds up positions over so many samples before it starts anew. @default all */
  readonly samplesInARow?: number;
}

/**
 * Makes a side smaller, as libvips does (reducev.cpp, shrinkv.c and templates.h of 8.18, by their arithmetic): means of whole boxes until
 * less than four samples are left for one, then Lanczos 3 at positions rounded to 64ths. Where the result is longer than `size`, its
 * middle is taken.
 * @param value float32 [...before, length, after].
 * @returns [...before, size, after], whole numbers that may stand out of 0..255.
 */
export function reduceSide(
  operators: Operators,
  value: string,
  side: Side,
  around: { readonly before: readonly string[]; readonly after: string },
): string {
  const { op, number, whole } = operators;
  const total = totalOf(operators, side);
  const box = op('Max', number(1), op('Floor', op('Mul', op('Div', side.length, total), number(0.5))));
  const boxed = op('Ceil', op('Div', side.length, box));
  const means = meansOfBoxes(operators, value, {
    ...around,
    length: whole(side.length),
    box: whole(box),
    boxed: whole(boxed),
  });
  return weightedSums(operators, lanczosWeights(operators, side, { total, box, boxed }), means);
}

/** Samples of the whole result, before its middle is taken; float64 [1]. */
export function totalOf({ op, number }: Operators, { length, shrink }: Side): string {
  return op('Floor', op('Add', op('Div', length, shrink), number(0.5)));
}

/** Where the middle begins; float64 [1]. */
export function firstOf({ op, number }: Operators, total: string, size: number): string {
  return op('Floor', op('Mul', op('Sub', total, number(size - 1)), number(0.5)));
}

/** What is missing in the last box repeats the last sample. */
function meansOfBoxes(
  { builder, op, toSample, sample, concat }: Operators,
  value: string,
  {
    before,
    after,
    length,
    box,
    boxed,
  }: { before: readonly string[]; after: string; length: string; box: string; boxed: string },
): string {
  const zeros = (count: number) =>
    builder.initializer(
      int64Tensor(
        '',
        Array.from({ length: count }, () => 0),
        [count],
      ),
    );
  const lacking = op('Sub', op('Mul', boxed, box), length);
  const pads = concat(zeros(2 * before.length + 2), lacking, zeros(1));
  const filled = builder.node('Pad', [value, pads], { mode: 'edge' });
  const boxes = op('Reshape', filled, concat(...before, boxed, box, after));
  const sum = builder.node('ReduceSum', [boxes, builder.ints(before.length + 1)], { keepdims: 0 });
  const samples = toSample(box);
  const half = op('Floor', op('Mul', samples, sample(0.5)));
  // libvips multiplies by floor(2^24 / box) and drops 24 bits: where that is no whole quotient, exact means come out one lower.
  const isExact = op('Equal', op('Mod', builder.ints(2 ** 24), box), builder.ints(0));
  const less = op('Where', isExact, sample(0), sample(0.5));
  return op('Floor', op('Div', op('Sub', op('Add', sum, half), less), samples));
}

/** float64 [size, boxed], whole 4096ths. */
function lanczosWeights(
  operators: Operators,
  { length, shrink, size, samplesInARow }: Side,
  { total, box, boxed }: { readonly total: string; readonly box: string; readonly boxed: string },
): string {
  const { builder, op, number, column, whole, toNumber } = operators;
  const step = op('Div', shrink, box);
  // Where the last sample of the result would stand for less than a whole one, both ends lose alike.
  const beyond = op('Div', op('Sub', op('Mul', total, shrink), length), box);
  const offset = op('Sub', op('Mul', op('Add', number(1), beyond), number(0.5)), number(1));
  const run = samplesInARow ?? size;
  const runs = Math.ceil(size / run);
  const places = Array.from({ length: runs }, (_, index) => index * run + 0.5);
  const starts = op(
    'Sub',
    op('Sub', op('Mul', op('Add', column(places), firstOf(operators, total, size)), step), number(0.5)),
    offset,
  );
  // Added up one by one, as libvips does: where a position lies between two 64ths, its last bit decides.
  const steps = op('Expand', step, builder.ints(runs, run - 1));
  const sums = op('CumSum', builder.node('Concat', [starts, steps], { axis: 1 }), builder.ints(1));
  const exact = op(
    'Slice',
    op('Reshape', sums, builder.ints(-1, 1)),
    builder.ints(0),
    builder.ints(size),
    builder.ints(0),
  );
  const sixtyFourths = op(
    'Floor',
    op('Mul', op('Add', op('Floor', op('Mul', exact, number(128))), number(1)), number(0.5)),
  );
  const centres = op('Sub', op('Mul', sixtyFourths, number(1 / 64)), number(0.5));
  const positions = positionsAround(operators, boxed, margin);
  const middle = op('Floor', exact);
  const reach = op('Round', op('Mul', step, number(3)));
  const isNear = op('LessOrEqual', op('Abs', op('Sub', positions, middle)), reach);
  const distances = op('Div', op('Abs', op('Sub', positions, centres)), step);
  const weights = op('Mul', lanczos3(operators, distances), toNumber(isNear));
  return foldEdges(operators, toFixedPoint(operators, weights), whole(boxed), margin);
}

/** sinc(x) sinc(x/3) up to x = 3. */
function lanczos3({ op, number, toNumber }: Operators, distance: string): string {
  const sinc = (scale: number) => {
    // sin(x)/x is 1 in float64 well before 1e-9.
    const angle = op('Max', op('Mul', distance, number(Math.PI * scale)), number(1e-9));
    return op('Div', op('Sin', angle), angle);
  };
  return op('Mul', op('Mul', sinc(1), sinc(1 / 3)), toNumber(op('LessOrEqual', distance, number(3))));
}
