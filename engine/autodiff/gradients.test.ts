import { describe, expect, test } from 'vitest';
import type { ModelProto } from '../onnx/onnx-messages.ts';
import type { LossName } from './losses.ts';
import { portableConvolution } from './portable-convolution.ts';
import { readNetwork } from './read-network.ts';
import { graphGradients, gaussians, numericalGradients, randomBatch, relativeErrors } from './testing/gradients.ts';
import { referenceLoss } from './testing/reference-loss.ts';
import { NetworkWriter } from './testing/network-writer.ts';
import { layerNetworks } from './testing/small-networks.ts';
import { trainable, type TrainableSettings } from './trainable.ts';

const classCount = 3;
const pictures = 2;

async function expectExactGradients(
  model: ModelProto,
  options: Partial<TrainableSettings> & { readonly loss?: LossName; readonly dropout?: boolean } = {},
) {
  const network = await readNetwork(model, 'input', 'output');
  const trained = trainable({ network, cut: 'input', classCount, ...options });
  const start = gaussians(trained.parameterCount, 3, 0.4);
  const batch = randomBatch(trained, pictures, 5, options.dropout);
  const loss = options.loss ?? 'softmaxCrossEntropy';
  const expected = numericalGradients(trained, start, batch, loss);
  const actual = await graphGradients(trained, portableConvolution, start, batch, loss);
  const reference = referenceLoss(trained, Float64Array.from(start), batch, loss);
  expect(actual.loss).toBeCloseTo(reference.loss, 5);
  for (const [name, error] of Object.entries(relativeErrors(trained, actual.gradient, expected)))
    expect(error, name).toBeLessThan(1e-4);
}

describe('gradients are those of central differences in double precision', () => {
  test.each(Object.entries(layerNetworks))('%s', async (_, model) => expectExactGradients(model()));

  test('sigmoid cross entropy of several labels', async () => {
    await expectExactGradients(layerNetworks['conv 3x3']!(), { loss: 'sigmoidCrossEntropy' });
  });

  test('features under a dropout mask', async () => {
    await expectExactGradients(layerNetworks['conv 3x3']!(), { dropout: true });
  });

  test('standardised weights', async () => {
    // Over two weights only, standardised ones are constants and their gradient is nothing but rounding.
    const net = new NetworkWriter([3, 4, 4], 11);
    const hidden = net.node('Relu', [net.conv('input', [3, 4])]);
    const model = net.model(net.node('Flatten', [net.conv(hidden, [4, 4], { group: 4 })], { axis: 1 }), 64);
    await expectExactGradients(model, { weightStandardisation: true });
  });

  test('the head alone', async () => {
    await expectExactGradients(layerNetworks['GlobalAveragePool']!(), { cut: 'flatten3' });
  });
});
