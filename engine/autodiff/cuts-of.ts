import { layerParameterCount } from './layer-parameters.ts';
import { shapeOf, sizeOf, type Layer, type Network } from './network.ts';

/** A value through which everything after it depends on what was before: the place to freeze a network and to cache what it says. */
export interface Cut {
  /** Name of the value, in the network and in its file. */
  readonly value: string;
  /** Without the batch. */
  readonly shape: readonly number[];
  /** Of the value for one picture, as float32. */
  readonly bytes: number;
  /** Of everything after it, for one picture forward. */
  readonly multiplyAdds: number;
  /** Trainable numbers after it. */
  readonly parameters: number;
}

/**
 * All cuts that leave something to train, the earliest first. Where nodes cannot be differentiated, only those after the last of
 * them. Of cuts that differ only by an activation the later is given: less is left to compute.
 */
export function cutsOf(network: Network): Cut[] {
  const { layers } = network;
  const lastUse = new Map<string, number>([[network.output, layers.length]]);
  layers.forEach((layer, index) => layer.inputs.forEach((name) => lastUse.set(name, index)));
  lastUse.set(network.output, layers.length);
  const firstTrainable = layers.findLastIndex(({ kind }) => kind === 'opaque') + 1;
  const cuts: Cut[] = [];
  let live = new Set([network.input]);
  for (let index = 0; index < layers.length; index++) {
    if (live.size === 1 && index >= firstTrainable) cuts.push(cutBefore(network, [...live][0]!, index));
    live.add(layers[index]!.output);
    live = new Set([...live].filter((name) => (lastUse.get(name) ?? -1) > index));
  }
  return cuts.filter(({ parameters, bytes }, at) => {
    const next = cuts[at + 1];
    return parameters > 0 && !(next && next.parameters === parameters && next.bytes <= bytes);
  });
}

/** The layers that compute the output from `cut`. */
export function layersAfter(network: Network, cut: string): readonly Layer[] {
  const known = new Set([cut]);
  const needed = new Set([network.output]);
  for (const layer of network.layers.toReversed())
    if (needed.has(layer.output) && !known.has(layer.output)) layer.inputs.forEach((name) => needed.add(name));
  return network.layers.filter((layer) => {
    const after = needed.has(layer.output) && layer.inputs.some((name) => known.has(name));
    if (after) known.add(layer.output);
    return after;
  });
}

function cutBefore(network: Network, value: string, index: number): Cut {
  const rest = network.layers.slice(index);
  const shape = shapeOf(network, value);
  return {
    value,
    shape,
    bytes: sizeOf(shape) * Float32Array.BYTES_PER_ELEMENT,
    multiplyAdds: rest.reduce((total, layer) => total + multiplyAdds(network, layer), 0),
    parameters: rest.reduce((total, layer) => total + layerParameterCount(layer), 0),
  };
}

/** Of all layers that are understood, for one picture forward. */
export function multiplyAddsOf(network: Network): number {
  return network.layers.reduce((total, layer) => total + multiplyAdds(network, layer), 0);
}

function multiplyAdds(network: Network, layer: Layer): number {
  if (layer.kind !== 'conv' && layer.kind !== 'linear') return 0;
  return (layer.weights.length * sizeOf(shapeOf(network, layer.output))) / layer.bias.length;
}
