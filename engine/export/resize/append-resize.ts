import { GraphBuilder } from '../../onnx/graph-builder.ts';
import { dataType } from '../../onnx/onnx-messages.ts';
import type { ResizeMode } from '../../pictures/picture-to-pixels.ts';
import { enlargeSide } from './enlarge.ts';
import { clipped, operatorsOf, type Operators } from './operators.ts';
import { firstOf, reduceSide, totalOf, type Side } from './reduce.ts';

/** libvips makes pictures in strips of so many rows. */
const rowsOfAStrip = 16;

/**
 * Writes the resize of the product into a graph: `input` uint8 [N, H, W, 3] of any size to `output` uint8 [N, size, size, 3], RGB. To the
 * bit what libvips 8.18 does for sharp's `resize(size, size, { fit })` with decoded pixels: sides that are too long become smaller, first
 * the columns, then the rows; then what is too short becomes larger. A picture of `size` x `size` stays as it is. Operator set 13.
 */
export function appendResize(
  builder: GraphBuilder,
  options: { readonly input: string; readonly output: string; readonly size: number; readonly resize: ResizeMode },
): void {
  const { input, output, size, resize } = options;
  const operators = operatorsOf(builder);
  const { op, number, toNumber, toSample, whole, concat } = operators;
  const dims = op('Shape', input);
  const [count, height, width] = [0, 1, 2].map((index) => builder.node('Gather', [dims, builder.ints(index)])) as [
    string,
    string,
    string,
  ];
  const lengths = [toNumber(height), toNumber(width)] as const;
  const ratios = lengths.map((length) => op('Div', length, number(size))) as [string, string];
  const least = op('Min', ...ratios);
  const shrinks = resize === 'cover' ? ([least, least] as const) : ratios;
  const sides = [0, 1].map((axis) => ({ length: lengths[axis]!, shrink: shrinks[axis]!, size })) as [Side, Side];
  const reduces = sides.map(({ shrink }) => op('Greater', shrink, number(1))) as [string, string];

  const fewerLines = when(operators, 'lines', reduces[0], toSample(input), (inner, value) => {
    const { builder: own } = inner;
    const flat = inner.op('Reshape', value, inner.concat(count, height, own.ints(-1)));
    const reduced = clipped(
      inner,
      reduceSide(inner, flat, { ...sides[0], samplesInARow: rowsOfAStrip }, { before: [count], after: own.ints(-1) }),
    );
    return inner.op('Reshape', reduced, inner.concat(count, own.ints(size), width, own.ints(3)));
  });
  const lines = op('Where', reduces[0], builder.ints(size), height);
  const fewerColumns = when(operators, 'columns', reduces[1], fewerLines, (inner, value) =>
    clipped(inner, reduceSide(inner, value, sides[1], { before: [count, lines], after: inner.builder.ints(3) })),
  );
  const columns = op('Where', reduces[1], builder.ints(size), width);
  const enlarged = when(operators, 'larger', op('Less', least, number(1)), fewerColumns, (inner, value) => {
    const atMostOne = sides.map(({ shrink }) => inner.op('Min', shrink, inner.number(1))) as [string, string];
    const across = enlargeSide(inner, value, { length: inner.toNumber(columns), shrink: atMostOne[1], size });
    const flat = inner.op('Reshape', across, inner.concat(count, lines, inner.builder.ints(-1)));
    const down = enlargeSide(inner, flat, { length: inner.toNumber(lines), shrink: atMostOne[0], size });
    return clipped(inner, inner.op('Reshape', down, inner.concat(count, inner.builder.ints(size, size, 3))));
  });

  // Where a side fits exactly nothing has been cut off the other yet.
  const fits = op('Equal', least, number(1));
  const starts = sides.map((side) => {
    const first = whole(firstOf(operators, totalOf(operators, side), size));
    return op('Where', fits, first, builder.ints(0));
  });
  const start = concat(...starts);
  const end = op('Add', start, builder.ints(size));
  const cropped = op('Slice', enlarged, start, end, builder.ints(1, 2));
  const fixed = op('Reshape', cropped, builder.ints(-1, size, size, 3));
  builder.node('Cast', [fixed], { to: dataType.uint8 }, output);
}

/** `value` after `change` where the condition holds, else as it is. */
function when(
  { builder }: Operators,
  name: string,
  condition: string,
  value: string,
  change: (inner: Operators, value: string) => string,
): string {
  const branch = (suffix: string, write: (inner: Operators) => string) => {
    const own = new GraphBuilder(`resize/${name}${suffix}`);
    const result = write(operatorsOf(own));
    own.output(result, 'float', ['N', `${name}H${suffix}`, `${name}W${suffix}`, 3]);
    return own.graph();
  };
  return builder.node('If', [condition], {
    then_branch: branch('', (inner) => change(inner, value)),
    else_branch: branch('/same', (inner) => inner.op('Identity', value)),
  });
}
