import type { GraphBuilder } from '../onnx/graph-builder.ts';
import { blockedDomain, FeatureMap, type MemoryLayout } from './feature-map.ts';

/** The layout in which an elementwise operator costs the fewest conversions. */
export function commonLayout(...maps: readonly FeatureMap[]): MemoryLayout {
  if (maps.every((map) => map.isVector && !map.has('nchw'))) return 'nc';
  const blockable = maps[0]!.shape[0] % 4 === 0;
  return blockable && maps.some((map) => map.has('blocked')) ? 'blocked' : 'nchw';
}

export function multiply(builder: GraphBuilder, a: FeatureMap, b: FeatureMap): FeatureMap {
  const layout = commonLayout(a, b);
  return a.like(layout, builder.node('Mul', [a.as(layout), b.as(layout)]));
}

export function add(builder: GraphBuilder, a: FeatureMap, b: FeatureMap): FeatureMap {
  const layout = commonLayout(a, b);
  return a.like(layout, builder.node('Add', [a.as(layout), b.as(layout)]));
}

/** `map` times one number per picture and channel. */
export function multiplyChannels(
  builder: GraphBuilder,
  map: FeatureMap,
  vector: FeatureMap,
  block: number,
): FeatureMap {
  if (!map.has('blocked')) return map.like('nchw', builder.node('Mul', [map.as('nchw'), vector.as('nchw')]));
  // A depthwise 1x1 convolution of all pictures as one: broadcasting over 8 or 16 numbers at a time would be slow.
  const [channels, height, width] = map.shape;
  const padded = roundUp(channels, block);
  const planes = map.batch * padded;
  const kernel = builder.node('Reshape', [padChannels(builder, vector, padded), builder.ints(planes, 1, 1, 1)]);
  const picture = builder.node('Reshape', [map.as('blocked'), builder.ints(1, planes, height, width)]);
  const product = builder.node(`${blockedDomain}.Conv`, [picture, kernel], { kernel_shape: [1, 1], group: planes });
  return map.like('blocked', builder.node('Reshape', [product, builder.ints(map.batch, padded, height, width)]));
}

/** Mean over height and width, a vector. */
export function spatialMean(builder: GraphBuilder, map: FeatureMap, block: number): FeatureMap {
  const [channels] = map.shape;
  const vector = (name: string) => new FeatureMap(builder, map.batch, [channels, 1, 1], 'nc', name);
  if (map.isVector) return map;
  if (!map.has('blocked') || map.has('nchw'))
    return vector(builder.node('ReduceMean', [map.as('nchw')], { axes: [2, 3], keepdims: 0 }));
  const padded = roundUp(channels, block);
  const means = builder.node(`${blockedDomain}.GlobalAveragePool`, [map.as('blocked')]);
  const flat = builder.node('Reshape', [means, builder.ints(map.batch, padded)]);
  return vector(
    padded === channels
      ? flat
      : builder.node('Slice', [flat, builder.ints(0), builder.ints(channels), builder.ints(1)]),
  );
}

/** `vector` at every place of a map of `shape`. */
export function expand(
  builder: GraphBuilder,
  vector: FeatureMap,
  shape: FeatureMap['shape'],
  block: number,
): FeatureMap {
  const [channels, height, width] = shape;
  const { batch } = vector;
  if (height * width === 1) return vector;
  if (block === 0 || channels % 4 !== 0) {
    const all = builder.node('Expand', [vector.as('nchw'), builder.ints(batch, channels, height, width)]);
    return new FeatureMap(builder, batch, shape, 'nchw', all);
  }
  const padded = roundUp(channels, block);
  const cells = builder.node('Reshape', [
    padChannels(builder, vector, padded),
    builder.ints(batch, padded / block, 1, block),
  ]);
  const all = builder.node('Expand', [cells, builder.ints(batch, padded / block, height * width, block)]);
  const blocked = builder.node('Reshape', [all, builder.ints(batch, padded, height, width)]);
  return new FeatureMap(builder, batch, shape, 'blocked', blocked);
}

export function scale(builder: GraphBuilder, map: FeatureMap, factor: number): FeatureMap {
  const layout = commonLayout(map);
  return map.like(layout, builder.node('Mul', [map.as(layout), builder.float(factor)]));
}

function padChannels(builder: GraphBuilder, vector: FeatureMap, padded: number): string {
  const missing = padded - vector.shape[0];
  return missing === 0 ? vector.as('nc') : builder.node('Pad', [vector.as('nc'), builder.ints(0, 0, 0, missing)]);
}

export const roundUp = (value: number, step: number): number => Math.ceil(value / step) * step;
