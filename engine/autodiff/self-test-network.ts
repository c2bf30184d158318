import type { Layer, Network } from './network.ts';
import { windowOutputSize } from './window-size.ts';

/** One of each kind of convolution, with channels that do and that do not fill whole blocks; its weights are 0. */
export function selfTestNetwork(): Network {
  const shapes = new Map<string, readonly number[]>([['input', [3, 32, 32]]]);
  const layers: Layer[] = [];
  const convolution = (
    input: string,
    outChannels: number,
    kernel: number,
    stride: number,
    depthwise = false,
  ): string => {
    const [inChannels, height, width] = shapes.get(input) as [number, number, number];
    const name = `conv${layers.length}`;
    const output = `${name}.relu`;
    const pad = (kernel - 1) / 2;
    const group = depthwise ? inChannels : 1;
    const window = { kernel: [kernel, kernel], strides: [stride, stride], pads: [pad, pad, pad, pad] } as const;
    const weights = new Float32Array((outChannels * kernel * kernel * inChannels) / group);
    const bias = new Float32Array(outChannels);
    const geometry = { ...window, inChannels, outChannels, group };
    layers.push(
      { kind: 'conv', name, inputs: [input], output: name, geometry, weights, bias },
      { kind: 'activation', name: output, inputs: [name], output, activation: { name: 'relu' } },
    );
    const shape = [outChannels, ...windowOutputSize(window, [height, width])];
    shapes.set(name, shape).set(output, shape);
    return output;
  };
  const stem = convolution('input', 32, 3, 2);
  const wide = convolution(stem, 72, 1, 1);
  const deep = convolution(wide, 72, 3, 2, true);
  const dense = convolution(deep, 48, 3, 1);
  const half = convolution(dense, 64, 3, 2);
  layers.push({ kind: 'globalAveragePool', name: 'pool', inputs: [half], output: 'pool' });
  shapes.set('pool', [64]);
  return { input: 'input', output: 'pool', layers, shapes };
}
