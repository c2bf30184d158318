import type { GraphBuilder } from '../onnx/graph-builder.ts';
import { floatTensor } from '../onnx/tensors.ts';
import type { Familiarity } from './fit-familiarity.ts';

/** A feature vector of nothing but zeros stays one. */
const leastLength = 1e-12;

/**
 * {@link Familiarity} as ordinary operators of set 13 or later.
 * @param features name of [N, dimension]. @param output name of [N], 0 or more.
 */
export function appendUnfamiliarity(
  builder: GraphBuilder,
  features: string,
  { mean, directions, slopes, offsets, scale }: Familiarity,
  output: string,
): void {
  const dimension = mean.length;
  const constant = (name: string, values: ArrayLike<number>, dims: readonly number[]) =>
    builder.initializer(floatTensor(`${output}/${name}`, Float32Array.from(values), dims));
  const axis = builder.ints(1);
  const squaredLength = (value: string) =>
    builder.node('ReduceSum', [builder.node('Mul', [value, value]), axis], { keepdims: 1 });
  const length = builder.node('Max', [
    builder.node('Sqrt', [squaredLength(features)]),
    constant('least_length', [leastLength], []),
  ]);
  const centred = builder.node('Sub', [
    builder.node('Div', [features, length]),
    constant('mean', mean, [1, dimension]),
  ]);
  const isFlat = directions.length === 0;
  const along = (name: string, rows: Float32Array) => constant(name, rows, [rows.length / dimension, dimension]);
  const explained = isFlat
    ? undefined
    : squaredLength(builder.node('Gemm', [centred, along('directions', directions)], { transB: 1 }));
  const whole = squaredLength(centred);
  const left = explained ? builder.node('Sub', [whole, explained]) : whole;
  const toCentres = builder.node(
    'Gemm',
    [centred, along('slopes', slopes), constant('offsets', offsets, [offsets.length])],
    { transB: 1, alpha: { float: -2 } },
  );
  const [nearest, which] = [`${output}/nearest`, `${output}/which`];
  builder.nodes('TopK', [toCentres, builder.ints(1)], [nearest, which], { axis: 1, largest: 0 });
  const distance = builder.node('Mul', [builder.node('Add', [left, nearest]), constant('scale', [scale], [])]);
  // A picture in the middle of a class may come out a little below 0.
  builder.node('Relu', [builder.node('Reshape', [distance, builder.ints(-1)])], {}, output);
}
