import type { DifferentiableLayer, LayerWriter } from './differentiable-layer.ts';
import { add, expand, multiply, multiplyChannels, scale, spatialMean } from './elementwise.ts';
import { FeatureMap } from './feature-map.ts';

/** A sum of two values, one of which may be one number per channel. */
export function addition({ builder, lowering }: LayerWriter, [a, b]: readonly FeatureMap[]): DifferentiableLayer {
  const { block } = lowering;
  const shape = a!.size >= b!.size ? a!.shape : b!.shape;
  const whole = (map: FeatureMap) => (map.isVector ? expand(builder, map, shape, block) : map);
  return {
    output: add(builder, whole(a!), whole(b!)),
    backward: (dy) => ({
      inputs: [a!, b!].map((map) => (map.size === dy.size ? dy : spatialSum({ builder, lowering }, dy))),
      parameters: {},
    }),
  };
}

/** A product of two values, one of which may be one number per channel (squeeze and excite). */
export function multiplication(writer: LayerWriter, [a, b]: readonly FeatureMap[]): DifferentiableLayer {
  const { builder, lowering } = writer;
  const times = (map: FeatureMap, other: FeatureMap) =>
    map.size === other.size ? multiply(builder, map, other) : multiplyChannels(builder, map, other, lowering.block);
  const [larger, smaller] = a!.size >= b!.size ? [a!, b!] : [b!, a!];
  return {
    output: times(larger, smaller),
    backward: (dy, wanted) => {
      const gradient = (map: FeatureMap) => {
        if (map === larger) return times(dy, smaller);
        const product = multiply(builder, dy, larger);
        return map.size === dy.size ? product : spatialSum(writer, product);
      };
      return { inputs: [a!, b!].map((map, at) => (wanted[at] ? gradient(map) : undefined)), parameters: {} };
    },
  };
}

/** Channels of all inputs, one after the other. */
export function concatenation({ builder, lowering }: LayerWriter, inputs: readonly FeatureMap[]): DifferentiableLayer {
  const { block } = lowering;
  const wholeBlocks = block > 0 && inputs.every(({ shape }) => shape[0] % block === 0);
  const layoutOf = (maps: readonly FeatureMap[]) =>
    wholeBlocks && maps.every((map) => map.has('blocked')) ? 'blocked' : 'nchw';
  const layout = layoutOf(inputs);
  const [{ batch, shape }] = inputs as [FeatureMap];
  const channels = inputs.reduce((total, map) => total + map.shape[0], 0);
  const joined = builder.node(
    'Concat',
    inputs.map((map) => map.as(layout)),
    { axis: 1 },
  );
  return {
    output: new FeatureMap(builder, batch, [channels, shape[1], shape[2]], layout, joined),
    backward: (dy, wanted) => {
      const layout = layoutOf([dy]);
      let end = 0;
      const gradients = inputs.map((map, at) => {
        const start = end;
        end += map.shape[0];
        if (!wanted[at]) return undefined;
        const part = [builder.ints(start), builder.ints(end), builder.ints(1)];
        return map.like(layout, builder.node('Slice', [dy.as(layout), ...part]));
      });
      return { inputs: gradients, parameters: {} };
    },
  };
}

function spatialSum({ builder, lowering }: Pick<LayerWriter, 'builder' | 'lowering'>, map: FeatureMap): FeatureMap {
  return scale(builder, spatialMean(builder, map, lowering.block), map.shape[1] * map.shape[2]);
}
