import type { GraphBuilder } from '../../onnx/graph-builder.ts';
import { dataType } from '../../onnx/onnx-messages.ts';
import { doubleTensor } from '../../onnx/tensors.ts';

/**
 * Short hands for arithmetic in a graph. Samples are float32; positions and weights are float64, like those of libvips, since a weight is cut
 * off at a whole number and the last bit decides.
 */
export interface Operators {
  readonly builder: GraphBuilder;
  readonly op: (type: string, ...inputs: string[]) => string;
  /** A float32 constant. */
  readonly sample: (value: number) => string;
  /** A float64 constant. */
  readonly number: (value: number) => string;
  /** One below the other. */
  readonly column: (values: readonly number[]) => string;
  readonly toSample: (value: string) => string;
  readonly toNumber: (value: string) => string;
  /** int64. */
  readonly whole: (value: string) => string;
  readonly scalar: (value: string) => string;
  readonly concat: (...parts: readonly string[]) => string;
}

export function operatorsOf(builder: GraphBuilder): Operators {
  const op = (type: string, ...inputs: string[]) => builder.node(type, inputs);
  return {
    builder,
    op,
    sample: (value) => builder.float(value),
    number: (value) => builder.initializer(doubleTensor('', [value], [])),
    column: (values) => builder.initializer(doubleTensor('', values, [values.length, 1])),
    toSample: (value) => builder.node('Cast', [value], { to: dataType.float }),
    toNumber: (value) => builder.node('Cast', [value], { to: dataType.double }),
    whole: (value) => builder.node('Cast', [value], { to: dataType.int64 }),
    scalar: (value) => op('Squeeze', value),
    concat: (...parts) => builder.node('Concat', parts, { axis: 0 }),
  };
}

/**
 * Weighted sums of 8-bit samples with weights of whole 4096ths: whole numbers below 2^24, exact in float32 in any order of adding.
 * Rounded to whole samples.
 */
export function weightedSums({ op, sample, toSample }: Operators, weights: string, value: string): string {
  const sum = op('Add', op('MatMul', toSample(weights), value), sample(2048));
  return op('Floor', op('Mul', sum, sample(1 / 4096)));
}

export function clipped({ op, sample }: Operators, value: string): string {
  return op('Clip', value, sample(0), sample(255));
}

/** Positions of a picture's side and beyond: float64 [margin + length + margin], the first is -margin. */
export function positionsAround({ op, number, scalar }: Operators, length: string, margin: number): string {
  return op('Range', number(-margin), scalar(op('Add', length, number(margin))), number(1));
}

/** What lies outside counts for the sample at the edge: [rows, margin + length + margin] to [rows, length]. @param length int64 [1]. */
export function foldEdges(operators: Operators, weights: string, length: string, margin: number): string {
  const { builder, op, toNumber, scalar } = operators;
  const ints = (value: number) => builder.ints(value);
  const [start, end] = [ints(margin), op('Add', length, ints(margin))];
  const part = (from: string, to: string) => op('Slice', weights, from, to, ints(1));
  const sumOf = (from: string, to: string) => builder.node('ReduceSum', [part(from, to), ints(1)], { keepdims: 1 });
  const indexes = op('Range', scalar(ints(0)), scalar(length), scalar(ints(1)));
  const at = (index: string, sum: string) => op('Mul', sum, toNumber(op('Equal', indexes, index)));
  const first = at(ints(0), sumOf(ints(0), start));
  const last = at(op('Sub', length, ints(1)), sumOf(end, op('Add', end, start)));
  return op('Add', op('Add', part(start, end), first), last);
}

/** Weights that sum to 1, as whole 4096ths; what is over is dropped, as libvips does. */
export function toFixedPoint({ builder, op, number }: Operators, weights: string): string {
  const sums = builder.node('ReduceSum', [weights, builder.ints(1)], { keepdims: 1 });
  const scaled = op('Mul', op('Div', weights, sums), number(4096));
  return op('Mul', op('Sign', scaled), op('Floor', op('Abs', scaled)));
}
