import { beforeAll, describe, expect, test } from 'vitest';
import type { ModelProto } from '../onnx/onnx-messages.ts';
import { blockedConvolution } from './blocked-convolution.ts';
import { blockSize } from './block-size.ts';
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

/** Channels 32 and 48 fill whole blocks of 8 and of 16; 20 and 40 do not. */
const wide: Record<string, (net: NetworkWriter) => string> = {
  dense: (net) => net.conv(net.node('Relu', [net.conv('input', [3, 32], { stride: 2 })]), [32, 48]),
  'dense, broken blocks': (net) => net.conv(net.node('Relu', [net.conv('input', [3, 40])]), [40, 20], { kernel: 5 }),
  'strided, even': (net) => net.conv(net.node('Relu', [net.conv('input', [3, 32])]), [32, 48], { stride: 2 }),
  'strided, odd': (net) => net.conv(net.conv('input', [3, 32], { kernel: 2, pads: 0 }), [32, 16], { stride: 2 }),
  'strided 1x1': (net) => net.conv(net.conv('input', [3, 40]), [40, 32], { kernel: 1, stride: 2 }),
  'strided 5x5': (net) => net.conv(net.conv('input', [3, 32]), [32, 24], { kernel: 5, stride: 2 }),
  depthwise: (net) => net.conv(net.conv('input', [3, 40], { kernel: 1 }), [40, 40], { group: 40 }),
  'depthwise strided': (net) =>
    net.conv(net.conv('input', [3, 48], { kernel: 1 }), [48, 48], { group: 48, kernel: 5, stride: 2 }),
  'ReLU6 and Concat': (net) => {
    const x = net.conv('input', [3, 32]);
    const six = net.node('Clip', [net.conv(x, [32, 16]), net.builder.float(0), net.builder.float(6)]);
    return net.node('Concat', [six, net.conv(x, [32, 32], { kernel: 1 })], { axis: 1 });
  },
};
const channelsOut: Record<string, number> = {
  dense: 48 * 4 * 4,
  'dense, broken blocks': 20 * 64,
  'strided, even': 48 * 16,
  'strided, odd': 16 * 16,
  'strided 1x1': 32 * 16,
  'strided 5x5': 24 * 16,
  depthwise: 40 * 64,
  'depthwise strided': 48 * 16,
  'ReLU6 and Concat': 48 * 64,
};

describe('the blocked lowering computes what the portable one does', () => {
  test('the block size is known', () => {
    expect([8, 16]).toContain(block);
  });

  test.each(Object.entries({ ...layerNetworks, residualNetwork, mobileNetwork }))('%s', (_, model) =>
    expectEqualGradients(model()),
  );

  test.each(Object.entries(wide))('%s of many channels', async (name, write) => {
    const net = new NetworkWriter([3, 8, 8], 13);
    const features = net.node('Flatten', [write(net)], { axis: 1 });
    await expectEqualGradients(net.model(features, channelsOut[name]!));
  });
});
