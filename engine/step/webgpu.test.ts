import { describe, expect, test } from 'vitest';
import { portableConvolution, randomParameters, shapeOf, trainable } from '../autodiff/index.ts';
import { selfTestNetwork } from '../autodiff/self-test-network.ts';
import { InferenceSession, Tensor } from '../onnx/onnx-runtime.ts';
import { writeModel } from '../onnx/write-model.ts';
import { openStepper } from './index.ts';
import { stepGraph } from './step-graph.ts';

/*
 * The portable step on the WebGPU execution provider. Needs an adapter, so that it runs on demand only. Without a GPU, Debian's chromium brings
 * one in software:
 *   EXEMPLAR_TRY_WEBGPU=1 VK_ICD_FILENAMES=/usr/lib/chromium/vk_swiftshader_icd.json npm test -- engine/step/webgpu.test.ts
 */
describe.skipIf(process.env['EXEMPLAR_TRY_WEBGPU'] !== '1')('training steps on WebGPU', () => {
  test('have the losses and gradient norms of the CPU', async () => {
    const trained = trainable({ network: selfTestNetwork(), cut: 'input', classCount: 4 });
    const [steps, batchSize] = [2, 4];
    const shape = shapeOf(trained.network, trained.cut);
    const rowLength = shape.reduce((product, size) => product * size, 1);
    const parameters = randomParameters(trained, 1);
    const examples = Float32Array.from({ length: steps * batchSize * rowLength }, (_, at) => Math.sin(at * 0.37));
    const targets = Float32Array.from({ length: steps * batchSize * 4 }, (_, at) => (at % 4 === (at >> 2) % 4 ? 1 : 0));
    const settings = { trainable: trained, lowering: portableConvolution, batchSize, largestGradientNorm: 1 };
    const stepper = await openStepper(settings, parameters);
    const expected = await stepper.run({ examples, targets, learningRates: [1e-3, 1e-3] });
    await stepper.close();

    const graph = stepGraph({
      ...settings,
      loss: 'softmaxCrossEntropy',
      examples: { kind: 'activations' },
      dropout: false,
    });
    const session = await InferenceSession.create(writeModel(graph), {
      executionProviders: ['webgpu'],
      graphOptimizationLevel: 'disabled',
      logSeverityLevel: 4,
    });
    const flat = (value: number) => new Float32Array(trained.parameterCount).fill(value);
    const vector = (values: Float32Array) => new Tensor('float32', values, [values.length]);
    const outputs = await session.run({
      examples: new Tensor('float32', examples, [steps * batchSize, ...shape]),
      batches: new Tensor(
        'int32',
        Int32Array.from({ length: steps * batchSize }, (_, at) => at),
        [steps, batchSize],
      ),
      targets: new Tensor('float32', targets, [steps, batchSize, 4]),
      sampleWeights: new Tensor('float32', new Float32Array(steps * batchSize).fill(1), [steps, batchSize]),
      learningRates: vector(Float32Array.of(1e-3, 1e-3)),
      corrections1: vector(Float32Array.of(1 / (1 - 0.9), 1 / (1 - 0.9 ** 2))),
      corrections2: vector(Float32Array.of(1 / (1 - 0.999), 1 / (1 - 0.999 ** 2))),
      averageDecays: vector(Float32Array.of(0.1, 2 / 11)),
      weightDecays: vector(flat(0)),
      parameters: vector(parameters),
      means: vector(flat(0)),
      variances: vector(flat(0)),
      averages: vector(parameters),
    });
    const compare = (name: 'losses' | 'gradientNorms') =>
      (outputs[name]!.data as Float32Array).forEach((value, step) =>
        expect(Math.abs(value / expected[name][step]! - 1)).toBeLessThan(1e-3),
      );
    compare('losses');
    compare('gradientNorms');
    await session.release();
  });
});
