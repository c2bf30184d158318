import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createSession } from '../onnx/create-session.ts';
import { extractPrefix } from '../onnx/extract-prefix.ts';
import { GraphBuilder } from '../onnx/graph-builder.ts';
import type { ModelProto } from '../onnx/onnx-messages.ts';
import { Tensor } from '../onnx/onnx-runtime.ts';
import { readModel } from '../onnx/read-model.ts';
import { floatTensor, int64Tensor } from '../onnx/tensors.ts';
import { openSuffixForward } from '../step/open-suffix-forward.ts';
import { chooseLowering } from './choose-lowering.ts';
import { cutsOf } from './cuts-of.ts';
import { findFeatureOutput } from '../base-models/adopt/feature-output.ts';
import { shapeOf, sizeOf, type Network } from './network.ts';
import { NotDifferentiableError } from './not-differentiable-error.ts';
import { portableConvolution } from './portable-convolution.ts';
import { readNetwork } from './read-network.ts';
import { gaussians } from './testing/gradients.ts';
import { NetworkWriter } from './testing/network-writer.ts';
import { mobileNetwork, residualNetwork } from './testing/small-networks.ts';
import { initialParameters, randomParameters, trainable, type Trainable } from './trainable.ts';
import { writeTrainedSuffix } from './write-trained-suffix.ts';

async function runModel(model: ModelProto, input: string, output: string, values: Float32Array, shape: number[]) {
  const session = await createSession(model, 'frozen');
  const results = await session.run({ [input]: new Tensor('float32', values, shape) });
  await session.release();
  return results[output]!.data as Float32Array;
}

/** A head that gives the features themselves. */
async function features(network: Network, examples: Float32Array): Promise<Float32Array> {
  const dimension = shapeOf(network, network.output)[0]!;
  const identity = Float32Array.from({ length: dimension ** 2 }, (_, at) => (at % (dimension + 1) === 0 ? 1 : 0));
  const trained = trainable({ network, cut: network.input, classCount: dimension });
  const settings = { trainable: trained, lowering: portableConvolution, batchSize: 2, output: 'logits' } as const;
  const forward = await openSuffixForward(settings);
  const head = { weights: identity, bias: new Float32Array(dimension) };
  const values = await forward.run(initialParameters(trained, head), examples);
  await forward.close();
  return values;
}

function expectClose(actual: Float32Array, expected: Float32Array, tolerance: number): void {
  expect(actual).toHaveLength(expected.length);
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  actual.forEach((value, at) => expect(Math.abs(value - expected[at]!) / largest).toBeLessThan(tolerance));
}

async function expectSameAsOriginal(model: ModelProto, input: string, output: string): Promise<void> {
  const network = await readNetwork(model, input, output);
  const shape = shapeOf(network, input);
  const pictures = gaussians(2 * sizeOf(shape), 4);
  expectClose(await features(network, pictures), await runModel(model, input, output, pictures, [2, ...shape]), 1e-5);
}

describe('a network that was read', () => {
  test('computes what ONNX Runtime makes of the file', async () => {
    await expectSameAsOriginal(residualNetwork(), 'input', 'output');
    await expectSameAsOriginal(mobileNetwork(), 'input', 'output');
  });

  test('has its batch normalisation in the convolutions', async () => {
    const net = new NetworkWriter([3, 6, 6]);
    const normalised = (x: string, channels: number) => {
      const [gamma, beta, mean] = [net.positive(channels), net.weights([channels], 0.3), net.weights([channels], 0.3)];
      return net.node('BatchNormalization', [x, gamma, beta, mean, net.positive(channels)], {
        epsilon: { float: 1e-3 },
      });
    };
    const stem = net.node('Relu', [normalised(net.conv('input', [3, 8], { bias: false }), 8)]);
    const deep = normalised(net.conv(stem, [8, 8], { group: 8 }), 8);
    // What two read cannot be changed for one of them, and what follows an activation has nowhere to go.
    const twice = net.node('Add', [deep, normalised(deep, 8)]);
    const model = net.model(net.pooled(normalised(net.node('Relu', [twice]), 8)), 8);
    const { layers } = await readNetwork(model, 'input', 'output');
    expect(layers.map(({ kind }) => kind)).toEqual([
      'conv',
      'activation',
      'conv',
      'affine',
      'add',
      'activation',
      'affine',
      'globalAveragePool',
      'reshape',
    ]);
    await expectSameAsOriginal(model, 'input', 'output');
  });

  test('has no dropout, no closing softmax and no arithmetic on shapes', async () => {
    const net = new NetworkWriter([3, 6, 6]);
    const { builder } = net;
    const map = net.node('Dropout', [net.node('Relu', [net.conv('input', [3, 4], { stride: 2 })])]);
    const first = net.node('Gather', [net.node('Shape', [map]), builder.initializer(int64Tensor('zero', [0], []))]);
    const rows = net.node('Unsqueeze', [first, builder.ints(0)]);
    const flat = net.node('Reshape', [map, net.node('Concat', [rows, builder.ints(-1)], { axis: 0 })]);
    const logits = net.node('Gemm', [flat, net.weights([5, 36])], { transB: 1 });
    builder.node('Softmax', [logits], { axis: 1 }, 'probabilities');
    builder.output('probabilities', 'float', ['N', 5]);
    const network = await readNetwork(builder.model(), 'input', 'probabilities');
    expect(network.layers.map(({ kind }) => kind)).toEqual(['conv', 'activation', 'reshape', 'linear']);
    expect(network.output).toBe(logits);
    expect(await findFeatureOutput(builder.model(), 'input', 6)).toMatchObject({ value: flat });
  });

  test('keeps apart what has two readers, be it by another name', async () => {
    const net = new NetworkWriter([3, 4, 4]);
    const x = net.conv('input', [3, 4]);
    const normalised = net.node('Mul', [net.node('Identity', [x]), net.weights([4, 1, 1])]);
    await expectSameAsOriginal(net.model(net.pooled(net.node('Add', [normalised, x])), 4), 'input', 'output');
    const other = new NetworkWriter([3, 4, 4]);
    const [left, right] = [other.conv('input', [3, 4]), other.conv('input', [3, 4])];
    const scaled = other.node('Mul', [other.node('Identity', [left]), other.weights([4, 1, 1])]);
    const model = other.model(other.pooled(other.node('Add', [scaled, right])), 4);
    expect((await readNetwork(model, 'input', 'output')).layers.map(({ kind }) => kind)).not.toContain('affine');
    await expectSameAsOriginal(model, 'input', 'output');
  });

  test('averages a feature map that is asked for as output', async () => {
    const net = new NetworkWriter([3, 4, 4]);
    const map = net.node('Relu', [net.conv('input', [3, 8])]);
    const model = net.model(net.pooled(map), 8);
    const network = await readNetwork(model, 'input', map);
    expect(shapeOf(network, network.output)).toEqual([8]);
    const pictures = gaussians(2 * 48, 4);
    expectClose(
      await features(network, pictures),
      await runModel(model, 'input', 'output', pictures, [2, 3, 4, 4]),
      1e-5,
    );
  });

  test('takes constants around a value as scale and shift', async () => {
    const net = new NetworkWriter([3, 4, 4]);
    const { builder } = net;
    const centred = net.node('Sub', ['input', net.weights([3, 1, 1])]);
    const scaled = net.node('Div', [centred, builder.float(0.3)]);
    const turned = net.node('Sub', [builder.float(1), net.node('Mul', [net.conv(scaled, [3, 4]), builder.float(2)])]);
    await expectSameAsOriginal(net.model(net.pooled(turned), 4), 'input', 'output');
  });

  test('has constants that the file computes from constants', async () => {
    const net = new NetworkWriter([3, 4, 4]);
    const turned = net.node('Transpose', [net.weights([3, 8, 1, 1])], { perm: [1, 0, 2, 3] });
    const scaled = net.node('Mul', [turned, net.node('Constant', [], { value: floatTensor('', [0.5], []) })]);
    const x = net.node('Conv', ['input', scaled], { kernel_shape: [1, 1] });
    const model = net.model(net.pooled(x), 8);
    expect((await readNetwork(model, 'input', 'output')).layers[0]!.kind).toBe('conv');
    await expectSameAsOriginal(model, 'input', 'output');
  });

  test('needs a size where the file leaves it open', async () => {
    const net = new NetworkWriter([3, 'height' as unknown as number, 'width' as unknown as number]);
    const model = net.model(net.pooled(net.conv('input', [3, 4])), 4);
    await expect(readNetwork(model, 'input', 'output')).rejects.toThrow('no fixed size');
    expect(shapeOf(await readNetwork(model, 'input', 'output', 10), 'input')).toEqual([3, 10, 10]);
  });
});

describe('cuts', () => {
  test('lie where one value carries everything', async () => {
    const network = await readNetwork(residualNetwork(), 'input', 'output');
    const cuts = cutsOf(network);
    expect(cuts.map(({ shape }) => shape)).toEqual([
      [3, 8, 8],
      [16, 8, 8],
    ]);
    expect(cuts[0]).toMatchObject({ value: 'input', bytes: 3 * 64 * 4, parameters: 448 + 2 * 2320 + 272 });
    expect(cuts[0]!.multiplyAdds).toBe(64 * 27 * 16 + 2 * 16 * 144 * 16 + 16 * 16 * 16);
    expect(() => trainable({ network, cut: 'conv3', classCount: 2 })).toThrow('is no cut');
  });

  test('come after the last node that cannot be differentiated, which is named', async () => {
    const net = new NetworkWriter([3, 6, 6]);
    const first = net.conv('input', [3, 4]);
    const erf = net.node('Erf', [first]);
    const shuffled = net.node('Transpose', [erf], { perm: [0, 1, 3, 2] });
    const network = await readNetwork(net.model(net.pooled(net.conv(shuffled, [4, 8])), 8), 'input', 'output');
    expect(cutsOf(network).map(({ value }) => value)).toEqual([shuffled]);
    expect(trainable({ network, cut: shuffled, classCount: 2 }).layers[0]!.kind).toBe('conv');
    const refused = () => trainable({ network, cut: 'input', classCount: 2 });
    expect(refused).toThrow(NotDifferentiableError);
    expect(refused).toThrow(`Erf "${erf}", Transpose "${shuffled}"`);
  });
});

async function expectSameAsForward(trained: Trainable, parameters: Float32Array): Promise<void> {
  const shape = shapeOf(trained.network, trained.cut);
  const examples = gaussians(3 * sizeOf(shape), 8);
  const { lowering } = await chooseLowering();
  const forward = await openSuffixForward({ trainable: trained, lowering, batchSize: 3, output: 'logits' });
  const expected = await forward.run(parameters, examples);
  await forward.close();
  const builder = new GraphBuilder('export');
  builder.input('cut', 'float', ['N', ...shape]);
  const names = { input: 'cut', features: 'features', logits: 'logits', prefix: 'suffix/' };
  const suffix = writeTrainedSuffix(trained, parameters, names);
  expect(suffix.node.every(({ domain }) => !domain)).toBe(true);
  builder.append(suffix);
  builder.output('logits', 'float', ['N', trained.classCount]);
  expectClose(await runModel(builder.model(13), 'cut', 'logits', examples, [3, ...shape]), expected, 1e-5);
}

describe('a trained suffix as ordinary operators', () => {
  test.each(Object.entries({ residualNetwork, mobileNetwork }))('%s says what training saw', async (_, model) => {
    const network = await readNetwork(model(), 'input', 'output');
    for (const { value } of cutsOf(network))
      for (const weightStandardisation of [false, true]) {
        const trained = trainable({ network, cut: value, classCount: 3, weightStandardisation });
        const parameters = randomParameters(trained, 1).map((value, at) => value + 0.1 * Math.sin(at));
        await expectSameAsForward(trained, parameters);
      }
  });

  test('of the head alone', async () => {
    const network = await readNetwork(residualNetwork(), 'input', 'output');
    const trained = trainable({ network, cut: network.output, classCount: 3 });
    expect(trained.slots.map(({ name }) => name)).toEqual(['head/weights', 'head/bias']);
    const builder = new GraphBuilder('head');
    builder.input('vector', 'float', ['N', 16]);
    const parameters = gaussians(trained.parameterCount, 2);
    const names = { input: 'vector', features: 'vector', logits: 'logits', prefix: 'suffix/' };
    builder.append(writeTrainedSuffix(trained, parameters, names));
    builder.output('logits', 'float', ['N', 3]);
    const logits = await runModel(builder.model(), 'vector', 'logits', new Float32Array(16), [1, 16]);
    expect(logits).toEqual(parameters.slice(-3));
  });
});

/** More models to try, where there are any: a folder of ONNX files. */
const trialModels = process.env['EXEMPLAR_TRIAL_MODELS'];
const shipped = join(import.meta.dirname, '..', 'base-models', 'exemplar-res-s', 'model.onnx');
const others = trialModels
  ? readdirSync(trialModels)
      .filter((file) => file.endsWith('.onnx'))
      .map((file) => join(trialModels, file))
  : [];

describe('models as they come', () => {
  test.each([shipped, ...others])('%s', async (path) => {
    const model = readModel(await readFile(path));
    const input = 'input';
    const { value: output } = await findFeatureOutput(model, input, 224);
    const network = await readNetwork(model, input, output);
    const dimension = shapeOf(network, network.output)[0]!;
    const cut = cutsOf(network).at(-1)!;
    expect(cut.parameters).toBeGreaterThan(1e5);
    // The frozen part before the cut, run as it is, and the suffix in the engine's own operators.
    const prefix = new GraphBuilder('prefix');
    const shape = shapeOf(network, input);
    prefix.input('pictures', 'float', ['N', ...shape]);
    const rename = { input: 'pictures', output: 'activations' };
    prefix.append(extractPrefix(model.graph, input, cut.value, 'base/', rename));
    prefix.output('activations', 'float', ['N', ...cut.shape]);
    const pictures = gaussians(2 * sizeOf(shape), 3);
    const frozen = { ...prefix.model(), opsetImport: model.opsetImport };
    const activations = await runModel(frozen, 'pictures', 'activations', pictures, [2, ...shape]);
    const trained = trainable({ network, cut: cut.value, classCount: dimension });
    const weights = new Float32Array(dimension ** 2).map((_, at) => (at % (dimension + 1) === 0 ? 1 : 0));
    const parameters = initialParameters(trained, { weights, bias: new Float32Array(dimension) });
    const { lowering } = await chooseLowering();
    const forward = await openSuffixForward({ trainable: trained, lowering, batchSize: 2, output: 'logits' });
    const values = await forward.run(parameters, activations);
    await forward.close();
    const whole = { ...model, graph: { ...model.graph, output: [{ name: output }] } };
    expectClose(values, await runModel(whole, input, output, pictures, [2, ...shape]), 1e-5);
  });
});
