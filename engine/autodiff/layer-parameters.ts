import type { Layer } from './network.ts';

/** What training changes in a layer. */
export interface LayerParameter {
  /** `<layer>.weights`, `.bias`, `.scale` or `.shift`. */
  readonly name: string;
  /** Convolution weights are [outChannels, kernel height, kernel width, inChannels / group], linear ones [out, in]. */
  readonly shape: readonly number[];
  readonly values: Float32Array;
  /** Weights shrink, biases and normalisation do not. */
  readonly decays: boolean;
}

export function layerParameters(layer: Layer): LayerParameter[] {
  if (layer.kind === 'conv' || layer.kind === 'linear') {
    const out = layer.bias.length;
    const shape =
      layer.kind === 'conv'
        ? [out, ...layer.geometry.kernel, layer.geometry.inChannels / layer.geometry.group]
        : [out, layer.weights.length / out];
    return [
      { name: `${layer.name}.weights`, shape, values: layer.weights, decays: true },
      { name: `${layer.name}.bias`, shape: [out], values: layer.bias, decays: false },
    ];
  }
  if (layer.kind !== 'affine' || !layer.trainable) return [];
  return [
    { name: `${layer.name}.scale`, shape: [layer.scale.length], values: layer.scale, decays: false },
    { name: `${layer.name}.shift`, shape: [layer.shift.length], values: layer.shift, decays: false },
  ];
}

export function layerParameterCount(layer: Layer): number {
  return layerParameters(layer).reduce((total, { values }) => total + values.length, 0);
}
