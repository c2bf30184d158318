import type { ModelProto } from '../../onnx/onnx-messages.ts';
import { NetworkWriter } from './network-writer.ts';

/** A convolution before and the whole map as features: the layer between gets a different gradient at each place and passes one on. */
function around(
  shape: readonly [number, number, number],
  layer: (net: NetworkWriter, x: string) => string,
  dimension: number,
): () => ModelProto {
  return () => {
    const net = new NetworkWriter(shape, 7);
    const x = net.conv('input', [shape[0], 4], { kernel: 1 });
    const y = layer(net, x);
    return net.model(net.node('Flatten', [y], { axis: 1 }), dimension);
  };
}

type ConvOptions = Parameters<NetworkWriter['conv']>[2];
const conv = (size: readonly [number, number], out: number, outSize: readonly [number, number], options: ConvOptions) =>
  around([2, ...size], (net, x) => net.conv(x, [4, out], options), out * outSize[0] * outSize[1]);
const elementwise = (operator: string, attributes = {}) =>
  around([2, 3, 4], (net, x) => net.node(operator, [x], attributes), 4 * 3 * 4);

/** Each layer and option on its own, small enough for differences in double precision. */
export const layerNetworks: Readonly<Record<string, () => ModelProto>> = {
  'conv 3x3': conv([5, 4], 5, [5, 4], {}),
  'conv 3x3 stride 2, odd': conv([5, 7], 4, [3, 4], { stride: 2 }),
  'conv 3x3 stride 2, even': conv([6, 4], 4, [3, 2], { stride: 2 }),
  'conv 3x3 stride 2 without pads': conv([6, 7], 4, [2, 3], { stride: 2, pads: 0 }),
  'conv 5x5 stride 2': conv([7, 6], 4, [4, 3], { kernel: 5, stride: 2 }),
  'conv 7x7 stride 2': conv([8, 7], 4, [4, 4], { kernel: 7, stride: 2 }),
  'conv 2x2': conv([4, 5], 4, [3, 4], { kernel: 2, pads: 0 }),
  'conv 2x2 stride 2, a row left over': conv([5, 5], 4, [2, 2], { kernel: 2, stride: 2, pads: 0 }),
  'conv 1x1': conv([3, 4], 8, [3, 4], { kernel: 1 }),
  'conv 1x1 stride 2, odd': conv([5, 5], 6, [3, 3], { kernel: 1, stride: 2 }),
  'conv 1x1 stride 2, even': conv([6, 4], 4, [3, 2], { kernel: 1, stride: 2 }),
  'conv 1x1 with pads': conv([3, 3], 4, [5, 5], { kernel: 1, pads: 1 }),
  'conv 3x1 stride 2x1': conv([5, 4], 4, [3, 4], { kernel: [3, 1], stride: [2, 1], pads: [1, 0, 1, 0] }),
  'conv 3x3 stride 3': conv([7, 8], 4, [3, 3], { stride: 3 }),
  'conv with unequal pads': conv([5, 5], 4, [5, 6], { pads: [0, 1, 2, 2] }),
  'conv with unequal pads, stride 2': conv([6, 6], 4, [3, 3], { stride: 2, pads: [0, 0, 1, 1] }),
  'conv SAME_UPPER stride 2': conv([6, 5], 4, [3, 3], { stride: 2, autoPad: 'SAME_UPPER' }),
  'conv without bias': conv([3, 3], 4, [3, 3], { bias: false }),
  'grouped conv': conv([4, 5], 6, [4, 5], { group: 2 }),
  'grouped conv stride 2': conv([5, 4], 6, [3, 2], { group: 2, stride: 2 }),
  'depthwise conv 3x3': conv([5, 4], 4, [5, 4], { group: 4 }),
  'depthwise conv 3x3 stride 2, even': conv([6, 4], 4, [3, 2], { group: 4, stride: 2 }),
  'depthwise conv 5x5 stride 2, odd': conv([7, 5], 4, [4, 3], { group: 4, kernel: 5, stride: 2 }),
  'depthwise conv with unequal pads': conv([6, 5], 4, [3, 3], { group: 4, stride: 2, autoPad: 'SAME_UPPER' }),
  'depthwise conv with multiplier': conv([4, 4], 8, [4, 4], { group: 4 }),
  Relu: elementwise('Relu'),
  Sigmoid: elementwise('Sigmoid'),
  HardSigmoid: elementwise('HardSigmoid', { alpha: { float: 1 / 3 }, beta: { float: 0.4 } }),
  HardSwish: elementwise('HardSwish'),
  ReLU6: around(
    [2, 3, 4],
    (net, x) =>
      net.node('Clip', [net.node('Mul', [x, net.builder.float(4)]), net.builder.float(0), net.builder.float(6)]),
    48,
  ),
  SiLU: around([2, 3, 4], (net, x) => net.node('Mul', [x, net.node('Sigmoid', [x])]), 48),
  'residual Add': around([2, 3, 4], (net, x) => net.node('Add', [x, net.node('Relu', [net.conv(x, [4, 4])])]), 48),
  'squeeze and excite': around(
    [2, 3, 4],
    (net, x) => {
      const squeezed = net.node('Relu', [net.conv(net.node('GlobalAveragePool', [x]), [4, 8], { kernel: 1 })]);
      const gate = net.node('HardSigmoid', [net.conv(squeezed, [8, 4], { kernel: 1 })], {
        alpha: { float: 1 / 6 },
        beta: { float: 0.5 },
      });
      return net.node('Mul', [gate, x]);
    },
    48,
  ),
  'Add of one number per channel': around(
    [2, 3, 4],
    (net, x) => net.node('Add', [x, net.node('GlobalAveragePool', [x])]),
    48,
  ),
  'MaxPool 3x3 stride 2': around(
    [2, 7, 6],
    (net, x) => net.node('MaxPool', [x], { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] }),
    48,
  ),
  'MaxPool 2x2, a row left over': around(
    [2, 5, 4],
    (net, x) => net.node('MaxPool', [x], { kernel_shape: [2, 2], strides: [2, 2] }),
    16,
  ),
  'AveragePool 3x3 stride 2': around(
    [2, 6, 5],
    (net, x) => net.node('AveragePool', [x], { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] }),
    36,
  ),
  'AveragePool that counts padding': around(
    [2, 5, 5],
    (net, x) =>
      net.node('AveragePool', [x], { kernel_shape: [2, 2], strides: [2, 2], pads: [0, 0, 1, 1], count_include_pad: 1 }),
    36,
  ),
  GlobalAveragePool: around([2, 3, 4], (net, x) => net.node('GlobalAveragePool', [x]), 4),
  ReduceMean: around([2, 3, 4], (net, x) => net.node('ReduceMean', [x], { axes: [-2, -1], keepdims: 0 }), 4),
  Concat: around(
    [2, 3, 4],
    (net, x) => net.node('Concat', [net.conv(x, [4, 4]), x, net.conv(x, [4, 8], { kernel: 1 })], { axis: 1 }),
    16 * 12,
  ),
  'BatchNormalization on its own': around(
    [2, 3, 4],
    (net, x) => {
      const statistics = [0.8, 0.3, 0.2].map((deviation) => net.weights([4], deviation));
      return net.node('BatchNormalization', [net.node('Relu', [x]), ...statistics, net.positive(4)]);
    },
    48,
  ),
  'Gemm and MatMul': () => {
    const net = new NetworkWriter([2, 3, 3], 9);
    const features = net.pooled(net.conv('input', [2, 4]));
    const hidden = net.node('Relu', [
      net.node('Gemm', [features, net.weights([6, 4]), net.weights([6], 0.1)], { transB: 1 }),
    ]);
    const product = net.node('MatMul', [hidden, net.weights([6, 5])]);
    return net.model(net.node('Add', [product, net.weights([5], 0.1)]), 5);
  },
};

/** A residual net of three convolutions on [3, 8, 8]: 16 features. */
export function residualNetwork(): ModelProto {
  const net = new NetworkWriter([3, 8, 8], 21);
  const stem = net.node('Relu', [net.conv('input', [3, 16])]);
  const first = net.node('Relu', [net.conv(stem, [16, 16], { stride: 2 })]);
  const sum = net.node('Add', [net.conv(first, [16, 16]), net.conv(stem, [16, 16], { kernel: 1, stride: 2 })]);
  return net.model(net.pooled(net.node('Relu', [sum])), 16);
}

/** An inverted residual with squeeze and excite and HardSwish on [3, 8, 8], the shape of MobileNetV3: 32 features. */
export function mobileNetwork(): ModelProto {
  const net = new NetworkWriter([3, 8, 8], 22);
  const stem = net.node('HardSwish', [net.conv('input', [3, 16], { stride: 2 })]);
  const wide = net.node('HardSwish', [net.conv(stem, [16, 48], { kernel: 1 })]);
  const deep = net.node('HardSwish', [net.conv(wide, [48, 48], { group: 48, kernel: 5 })]);
  const squeezed = net.node('Relu', [net.conv(net.node('GlobalAveragePool', [deep]), [48, 12], { kernel: 1 })]);
  const gate = net.node('HardSigmoid', [net.conv(squeezed, [12, 48], { kernel: 1 })], {
    alpha: { float: 1 / 6 },
    beta: { float: 0.5 },
  });
  const sum = net.node('Add', [stem, net.conv(net.node('Mul', [deep, gate]), [48, 16], { kernel: 1 })]);
  return net.model(net.pooled(net.node('HardSwish', [net.conv(sum, [16, 32], { kernel: 1 })])), 32);
}
