import { describe, expect, test } from 'vitest';
import { portableConvolution, randomParameters, readNetwork, shapeOf, trainable } from '../autodiff/index.ts';
import { sizeOf } from '../autodiff/network.ts';
import { layerNetworks, mobileNetwork, residualNetwork } from '../autodiff/testing/small-networks.ts';
import type { Device } from '../onnx/device.ts';
import { random } from '../random/random.ts';
import { noWebgpu, skippedReason } from '../testing/webgpu.ts';
import { openStepper } from './index.ts';
import { shareOfLargest } from './try-device.ts';

const [batchSize, classCount] = [4, 3];
const networks = { ...layerNetworks, 'residual network': residualNetwork, 'mobile network': mobileNetwork };

describe.skipIf(noWebgpu)(`gradients on WebGPU${skippedReason}`, { timeout: 120_000 }, () => {
  test.each([
    ...Object.entries(networks).map(([name, model]) => [name, model, 'softmaxCrossEntropy'] as const),
    ['several labels', residualNetwork, 'sigmoidCrossEntropy'] as const,
  ])('%s: are those of the CPU', async (_, model, loss) => {
    const network = await readNetwork(model(), 'input', 'output');
    const trained = trainable({ network, cut: 'input', classCount });
    const draw = random(3);
    const rows = batchSize * sizeOf(shapeOf(network, 'input'));
    const examples = Float32Array.from({ length: rows }, () => draw.uniform() - 0.5);
    const targets = Float32Array.from({ length: batchSize * classCount }, (_, at) => (at % classCount === 0 ? 1 : 0));
    const parameters = randomParameters(trained, 1).map((value) => value + 0.02 * (draw.uniform() - 0.5));
    const gradient = async (device: Device) => {
      const settings = { trainable: trained, lowering: portableConvolution, batchSize, loss, device };
      const stepper = await openStepper(settings, parameters);
      try {
        await stepper.run({ examples, targets, learningRates: [1e-3] });
      } finally {
        await stepper.close();
      }
      // After one step the first moment is the gradient, but for a factor.
      return stepper.state.means;
    };
    expect(shareOfLargest(await gradient('CPU'), await gradient('WEBGPU'))).toBeLessThan(1e-4);
  });
});
