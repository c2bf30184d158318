import type { GraphBuilder } from '../onnx/graph-builder.ts';
import { blockedFilter } from './blocked-filter.ts';
import { roundUp } from './elementwise.ts';
import { blockedDomain, FeatureMap } from './feature-map.ts';
import { sizeOf, type ConvGeometry } from './network.ts';

/** How the rows (or columns) of dx that leave the same rest when divided by the stride come from those of dy. */
interface Phase {
  /** Taps of the kernel that meet them, in the order of a convolution. */
  readonly taps: readonly number[];
  readonly pads: readonly [before: number, after: number];
}

/**
 * dx of a strided convolution in blocked layout, without multiplying by zeros: rows and columns of dx fall into stride x stride phases,
 * each a stride-1 convolution of dy with its own part of the kernel; the results are woven together.
 * @returns undefined where a phase would need negative pads.
 */
export function stridedInputGradient(
  builder: GraphBuilder,
  dy: FeatureMap,
  geometry: ConvGeometry,
  weights: string,
  shape: FeatureMap['shape'],
  { form, block }: { readonly form: 'swapped' | 'depthwise'; readonly block: number },
): FeatureMap | undefined {
  const { strides, kernel, inChannels, outChannels, group } = geometry;
  const [rowPhases, columnPhases] = [phasesOf(geometry, dy, shape, 0), phasesOf(geometry, dy, shape, 1)];
  if ([...rowPhases, ...columnPhases].some(({ pads }) => pads[0] < 0 || pads[1] < 0)) return undefined;
  const [height, width] = [Math.ceil(shape[1] / strides[0]), Math.ceil(shape[2] / strides[1])];
  const padded = roundUp(inChannels, block);
  const rows = builder.node('Reshape', [weights, builder.ints(outChannels, sizeOf(kernel), inChannels / group)]);
  let zeros: string | undefined;
  const phase = (row: Phase, column: Phase): string => {
    const taps = row.taps.flatMap((tap) => column.taps.map((other) => tap * kernel[1] + other));
    if (taps.length === 0) {
      zeros ??= builder.node('Expand', [builder.float(0), builder.ints(dy.batch, padded, height, width)]);
      return zeros;
    }
    const part = builder.node('Gather', [rows, builder.ints(...taps)], { axis: 1 });
    const small = [row.taps.length, column.taps.length] as const;
    return builder.node(
      `${blockedDomain}.Conv`,
      [dy.as('blocked'), blockedFilter(builder, part, { form, block, geometry, kernel: small })],
      {
        kernel_shape: small,
        pads: [row.pads[0], column.pads[0], row.pads[1], column.pads[1]],
        group: form === 'depthwise' ? padded : 1,
      },
    );
  };
  const weave = (parts: readonly string[], run: number) =>
    parts.length === 1
      ? parts[0]!
      : builder.node(
          'Concat',
          parts.map((part) => builder.node('Reshape', [part, builder.ints(-1, run)])),
          { axis: 1 },
        );
  const wovenRows = rowPhases.map((row) =>
    weave(
      columnPhases.map((column) => phase(row, column)),
      block,
    ),
  );
  const all = weave(wovenRows, width * strides[1] * block);
  const planes = (dy.batch * padded) / block;
  const grid = builder.node('Reshape', [all, builder.ints(planes, height * strides[0], width * strides[1], block)]);
  const exact = shape[1] === height * strides[0] && shape[2] === width * strides[1];
  const cropped = exact
    ? grid
    : builder.node('Slice', [grid, builder.ints(0, 0), builder.ints(shape[1], shape[2]), builder.ints(1, 2)]);
  const dx = builder.node('Reshape', [cropped, builder.ints(dy.batch, padded, shape[1], shape[2])]);
  return new FeatureMap(builder, dy.batch, shape, 'blocked', dx);
}

/**
 * Row h = stride i + rest of dx is the sum over taps t = first + stride j of dy[i + ahead - j] W[t], where
 * first = (rest + pad) mod stride and ahead = (rest + pad - first) / stride.
 */
function phasesOf(geometry: ConvGeometry, dy: FeatureMap, shape: FeatureMap['shape'], axis: 0 | 1): Phase[] {
  const [stride, kernel, pad] = [geometry.strides[axis], geometry.kernel[axis], geometry.pads[axis]];
  const wanted = Math.ceil(shape[axis + 1]! / stride);
  return Array.from({ length: stride }, (_, rest) => {
    const first = (rest + pad) % stride;
    const count = Math.max(0, Math.ceil((kernel - first) / stride));
    if (count === 0) return { taps: [], pads: [0, 0] };
    const before = count - 1 - (rest + pad - first) / stride;
    const taps = Array.from({ length: count }, (_, at) => first + stride * (count - 1 - at));
    return { taps, pads: [before, wanted - dy.shape[axis + 1]! - before + count - 1] };
  });
}
