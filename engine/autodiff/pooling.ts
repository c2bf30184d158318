import type { GraphBuilder } from '../onnx/graph-builder.ts';
import { floatTensor } from '../onnx/tensors.ts';
import { FeatureMap } from './feature-map.ts';
import { sizeOf, type PoolLayer, type Window } from './network.ts';
import { windowAttributes } from './portable-convolution.ts';
import { windowOutputSize } from './window-size.ts';

/** Lower than any value, and finite: minus infinity times 0 would be no number. */
const lowest = -3e38;
/** WebGPU binds few tensors to one operator. */
const mostConcatenated = 6;

export function pool(builder: GraphBuilder, x: FeatureMap, { kind, window, countPadding }: PoolLayer): FeatureMap {
  const [height, width] = windowOutputSize(window, [x.shape[1], x.shape[2]]);
  const average = kind === 'averagePool';
  const y = builder.node(average ? 'AveragePool' : 'MaxPool', [x.as('nchw')], {
    ...windowAttributes(window),
    ...(average ? { count_include_pad: countPadding ? 1 : 0 } : {}),
  });
  return new FeatureMap(builder, x.batch, [x.shape[0], height, width], 'nchw', y);
}

/** dx of pooling; the largest of a window is the first of equals, row by row. */
export function poolGradient(
  builder: GraphBuilder,
  layer: PoolLayer,
  x: FeatureMap,
  y: FeatureMap,
  dy: FeatureMap,
): FeatureMap {
  const { kernel } = layer.window;
  const gradient =
    layer.kind === 'maxPool'
      ? spreadTaps(builder, layer.window, x, y, chosenTaps(builder, layer.window, x, y, dy), sizeOf(kernel))
      : spreadTaps(builder, layer.window, x, y, sharedOut(builder, layer, x, y, dy), 1);
  return x.like('nchw', gradient);
}

/** dy / places of the window: [N, channels, height, width]. */
function sharedOut(
  builder: GraphBuilder,
  { window, countPadding }: PoolLayer,
  x: FeatureMap,
  y: FeatureMap,
  dy: FeatureMap,
) {
  const { kernel, strides, pads } = window;
  const inside = (place: number, axis: 0 | 1) => {
    const start = place * strides[axis] - pads[axis];
    return Math.min(start + kernel[axis], x.shape[axis + 1]!) - Math.max(start, 0);
  };
  const [, height, width] = y.shape;
  const shares = Array.from({ length: height * width }, (_, at) =>
    countPadding ? 1 / sizeOf(kernel) : 1 / (inside(Math.floor(at / width), 0) * inside(at % width, 1)),
  );
  return builder.node('Mul', [dy.as('nchw'), builder.initializer(floatTensor('', shares, [1, 1, height, width]))]);
}

/** [N channels, taps, height, width]: dy at the tap of each window that held its largest value, else 0. */
function chosenTaps(
  builder: GraphBuilder,
  { kernel, strides, pads }: Window,
  x: FeatureMap,
  y: FeatureMap,
  dy: FeatureMap,
) {
  const [channels, height, width] = y.shape;
  const places = builder.ints(x.batch * channels, 1, height, width);
  const borders = builder.ints(0, 0, pads[0], pads[1], 0, 0, pads[2], pads[3]);
  const padded = builder.node('Pad', [x.as('nchw'), borders, builder.float(lowest)]);
  const taps: string[] = [];
  let free: string | undefined;
  for (let row = 0; row < kernel[0]; row++)
    for (let column = 0; column < kernel[1]; column++) {
      const ends = [row + strides[0] * (height - 1) + 1, column + strides[1] * (width - 1) + 1];
      const tap = builder.node('Slice', [
        padded,
        builder.ints(row, column),
        builder.ints(...ends),
        builder.ints(2, 3),
        builder.ints(...strides),
      ]);
      const equal = builder.node('Cast', [builder.node('Equal', [tap, y.as('nchw')])], { to: 1 });
      const chosen: string = free ? builder.node('Mul', [equal, free]) : equal;
      free = builder.node('Sub', [free ?? builder.float(1), chosen]);
      taps.push(builder.node('Reshape', [builder.node('Mul', [chosen, dy.as('nchw')]), places]));
    }
  let parts = taps;
  while (parts.length > 1)
    parts = Array.from({ length: Math.ceil(parts.length / mostConcatenated) }, (_, at) =>
      builder.node('Concat', parts.slice(at * mostConcatenated, (at + 1) * mostConcatenated), { axis: 1 }),
    );
  return parts[0]!;
}

/** Adds what each tap of each window holds to the place it came from. One tap stands for all taps of its window. */
function spreadTaps(builder: GraphBuilder, window: Window, x: FeatureMap, y: FeatureMap, values: string, taps: number) {
  const { kernel, strides, pads } = window;
  const [channels, height, width] = x.shape;
  const size = sizeOf(kernel);
  const pictures = builder.node('Reshape', [values, builder.ints(x.batch * channels, taps, y.shape[1], y.shape[2])]);
  const ones = Array.from({ length: taps * size }, (_, at) =>
    taps === 1 || at % size === Math.floor(at / size) ? 1 : 0,
  );
  const left = (length: number, axis: 0 | 1) => (length + pads[axis] + pads[axis + 2]! - kernel[axis]) % strides[axis];
  const spread = builder.node(
    'ConvTranspose',
    [pictures, builder.initializer(floatTensor('', ones, [taps, 1, ...kernel]))],
    {
      ...windowAttributes(window),
      output_padding: [left(height, 0), left(width, 1)],
    },
  );
  return builder.node('Reshape', [spread, builder.ints(x.batch, channels, height, width)]);
}
