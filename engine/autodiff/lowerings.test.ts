import { beforeAll, describe, expect, test } from 'vitest';
import type { ModelProto } from '../onnx/onnx-messages.ts';
import { blockedConvolution } from './blocked-convolution.ts';
import { blockSize } from './block-size.ts';
import { chooseLowering, tryLowering } from './choose-lowering.ts';
import type { ConvolutionLowering } from './convolution-lowering.ts';
import { portableConvolution } from './portable-convolution.ts';
import { readNetwork } from './read-network.ts';
import { gaussians, graphGradients, randomBatch, relativeErrors } from './testing/gradients.ts';
import { NetworkWriter } from './testing/network-writer.ts';
import { layerNetworks, mobileNetwork, residualNetwork } from './testing/small-networks.ts';
import { trainable } from './trainable.ts';

const classCount = 3;
let block: number;

beforeAll(async () => {
  block = await blockSize();
});

async function expectEqualGradients(model: ModelProto): Promise<void> {
  const network = await readNetwork(model, 'input', 'output');
  const trained = trainable({ network, cut: 'input', classCount });
  const start = gaussians(trained.parameterCount, 3, 0.2);
  const batch = randomBatch(trained, 3, 5);
  const portable = await graphGradients(trained, portableConvolution, start, batch);
  const blocked = await graphGradients(trained, blockedConvolution(block), start, batch);
  expect(Math.abs(blocked.loss - portable.loss)).toBeLessThan(1e-5 * Math.abs(portable.loss));
  for (const [name, error] of Object.entries(relativeErrors(trained, blocked.gradient, portable.gradient)))
    expect(error, name).toBeLessThan(1e-5);
}

type Write = (net: NetworkWriter) => string;

/** Channels 32 and 48 fill whole blocks of 8 and of 16; 20, 24 and 40 do not. With the number of values they give. */
const wide: Record<string, readonly [Write, values: number]> = {
  dense: [(net) => net.conv(net.node('Relu', [net.conv('input', [3, 32], { stride: 2 })]), [32, 48]), 48 * 4 * 4],
  'dense, broken blocks': [
    (net) => net.conv(net.node('Relu', [net.conv('input', [3, 40])]), [40, 20], { kernel: 5 }),
    20 * 8 * 8,
  ],
  pointwise: [
    (net) => net.conv(net.conv(net.conv('input', [3, 40]), [40, 24], { kernel: 1 }), [24, 32], { kernel: 1 }),
    32 * 8 * 8,
  ],
  'strided, even': [
    (net) => net.conv(net.node('Relu', [net.conv('input', [3, 32])]), [32, 48], { stride: 2 }),
    48 * 4 * 4,
  ],
  'strided, odd': [
    (net) => net.conv(net.conv('input', [3, 32], { kernel: 2, pads: 0 }), [32, 16], { stride: 2 }),
    16 * 4 * 4,
  ],
  'strided 1x1': [(net) => net.conv(net.conv('input', [3, 40]), [40, 32], { kernel: 1, stride: 2 }), 32 * 4 * 4],
  'strided 5x5': [(net) => net.conv(net.conv('input', [3, 32]), [32, 24], { kernel: 5, stride: 2 }), 24 * 4 * 4],
  depthwise: [(net) => net.conv(net.conv('input', [3, 40], { kernel: 1 }), [40, 40], { group: 40 }), 40 * 8 * 8],
  'depthwise strided': [
    (net) => net.conv(net.conv('input', [3, 48], { kernel: 1 }), [48, 48], { group: 48, kernel: 5, stride: 2 }),
    48 * 4 * 4,
  ],
  'ReLU6 and Concat': [
    (net) => {
      const x = net.conv('input', [3, 32]);
      const six = net.node('Clip', [net.conv(x, [32, 16]), net.builder.float(0), net.builder.float(6)]);
      return net.node('Concat', [six, net.conv(x, [32, 32], { kernel: 1 })], { axis: 1 });
    },
    48 * 8 * 8,
  ],
};

describe('the blocked lowering computes what the portable one does', () => {
  test('the block size is known', () => {
    expect([8, 16]).toContain(block);
  });

  test.each(Object.entries({ ...layerNetworks, residualNetwork, mobileNetwork }))('%s', (_, model) =>
    expectEqualGradients(model()),
  );

  test.each(Object.entries(wide))('%s of many channels', async (_, [write, values]) => {
    const net = new NetworkWriter([3, 8, 8], 13);
    await expectEqualGradients(net.model(net.node('Flatten', [write(net)], { axis: 1 }), values));
  });

  test('pointwise convolutions of large maps, where dW is a product per picture', async () => {
    const net = new NetworkWriter([3, 16, 16], 14);
    const wide = net.node('Relu', [net.conv('input', [3, 40], { kernel: 1 })]);
    const narrow = net.conv(wide, [40, 24], { kernel: 1 });
    await expectEqualGradients(net.model(net.pooled(net.node('Sigmoid', [narrow])), 24));
  });
});

describe('a lowering is chosen', () => {
  test('once and for all', async () => {
    const { lowering, reason } = await chooseLowering();
    expect(['blocked', 'portable']).toContain(lowering.name);
    expect(reason).toMatch(/^(Operators on blocks of (8|16) channels|Portable operators: )/);
    expect((await chooseLowering()).lowering).toBe(lowering);
  });

  test('only when its gradients are right', async () => {
    const wrong: ConvolutionLowering = {
      ...portableConvolution,
      parameterGradients: (builder, x, dy, geometry) => {
        const { weights, bias } = portableConvolution.parameterGradients(builder, x, dy, geometry);
        return { weights: builder.node('Mul', [weights, builder.float(1.001)]), bias };
      },
    };
    const { lowering, reason } = await tryLowering(wrong);
    expect(lowering).toBe(portableConvolution);
    expect(reason).toMatch(/differ by \d/);
  });

  test('only when it runs', async () => {
    const missing: ConvolutionLowering = {
      ...portableConvolution,
      inputGradient: (builder, dy) => dy.like('nchw', builder.node('com.microsoft.nchwc.Missing', [dy.as('nchw')])),
    };
    const { lowering, reason } = await tryLowering(missing);
    expect(lowering).toBe(portableConvolution);
    expect(reason).toMatch(/fail/);
  });
});
