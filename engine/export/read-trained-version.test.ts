import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  cutsOf,
  initialParameters,
  portableConvolution,
  readNetwork,
  trainable,
  type Network,
} from '../autodiff/index.ts';
import { NetworkWriter } from '../autodiff/testing/network-writer.ts';
import { mobileNetwork, residualNetwork } from '../autodiff/testing/small-networks.ts';
import type { BaseModel } from '../base-model.ts';
import { openFrozenPrefix } from '../features/frozen-prefix.ts';
import { openClassifier } from '../inference/open-classifier.ts';
import { softmax } from '../metrics/index.ts';
import type { GraphProto, ModelProto, NodeProto } from '../onnx/onnx-messages.ts';
import { readModel } from '../onnx/read-model.ts';
import { floatValues } from '../onnx/tensors.ts';
import { writeModel } from '../onnx/write-model.ts';
import { random } from '../random/random.ts';
import { openSuffixForward } from '../step/index.ts';
import { baseModelCard, tinyBaseModel } from '../testing/tiny-base-model.ts';
import { drawnHead, trainedNetwork } from '../testing/trained-network.ts';
import type { TrainedNetwork } from './compose-classifier.ts';
import { exportClassifier } from './export-classifier.ts';
import { readTrainedVersion } from './read-trained-version.ts';

const classes = ['a', 'b', 'c'].map((id) => ({ id, name: `class ${id}` }));

/** Everything whose reading or writing is not one operator for one layer. */
function manyForms(): ModelProto {
  const net = new NetworkWriter([3, 8, 8], 5);
  const bounds = () => [net.builder.float(0), net.builder.float(6)];
  const normalise = (x: string, channels: number) =>
    net.node('BatchNormalization', [
      x,
      net.positive(channels),
      net.weights([channels], 0.3),
      net.weights([channels], 0.3),
      net.positive(channels),
    ]);
  const stem = net.node('Clip', [net.conv('input', [3, 8]), ...bounds()]);
  const scaled = net.node('Mul', [normalise(stem, 8), net.weights([8, 1, 1])]);
  const turned = net.node('Sub', [net.builder.float(0.5), scaled]);
  const gate = net.node('Sigmoid', [net.conv(net.node('GlobalAveragePool', [turned]), [8, 8], { kernel: 1 })]);
  const gated = net.node('Mul', [gate, normalise(net.node('Relu', [turned]), 8)]);
  const joined = net.node('Concat', [net.conv(gated, [8, 8], { group: 8 }), gated], { axis: 1 });
  const deep = net.node('Clip', [net.conv(joined, [16, 16], { stride: 2 }), ...bounds()]);
  const hidden = net.node('HardSwish', [
    net.node(
      'Gemm',
      [net.node('ReduceMean', [deep], { axes: [2, 3], keepdims: 0 }), net.weights([12, 16]), net.weights([12], 0.1)],
      { transB: 1 },
    ),
  ]);
  return net.model(hidden, 12);
}

/** The engine does not know its second operator: what comes before it stays as it is. */
function partlyUnknown(): ModelProto {
  const net = new NetworkWriter([3, 8, 8], 6);
  const bent = net.node('Tanh', [net.conv('input', [3, 8])]);
  const middle = net.node('Relu', [net.conv(bent, [8, 8], { stride: 2 })]);
  return net.model(net.pooled(net.node('Relu', [net.conv(middle, [8, 12])])), 12);
}

function baseModelOf(model: ModelProto, dimension: number): BaseModel {
  const sizes = { size: 8, dimension, parameters: 1, multiplyAdds: 100_000 };
  return { model, card: baseModelCard('small', writeModel(model), { output: 'output', ...sizes }) };
}

const networks: Record<string, () => BaseModel> = {
  tiny: tinyBaseModel,
  residual: () => baseModelOf(residualNetwork(), 16),
  mobile: () => baseModelOf(mobileNetwork(), 32),
  'many forms': () => baseModelOf(manyForms(), 12),
  'partly unknown': () => baseModelOf(partlyUnknown(), 12),
};

const noise = (count: number, size: number) => {
  const draw = random(9);
  return Array.from({ length: count }, () => Uint8Array.from({ length: size * size * 3 }, () => draw.integer(256)));
};

/** As the graph says that training judges by. */
async function asTrained(
  baseModel: BaseModel,
  trained: TrainedNetwork & { readonly temperature: number },
  views: readonly Uint8Array[],
) {
  const { input } = baseModel.card;
  const { network, cut, classCount } = trained.trainable;
  const settings = {
    trainable: trained.trainable,
    lowering: portableConvolution,
    batchSize: 4,
    output: 'logits',
  } as const;
  const fromPixels = cut === network.input;
  const forward = await openSuffixForward({
    ...settings,
    ...(fromPixels && { examples: { kind: 'pixels', ...input } }),
  });
  let examples: Float32Array | Uint8Array = Buffer.concat(views);
  if (!fromPixels) {
    const prefix = await openFrozenPrefix(baseModel, cut, network.shapes.get(cut)!, { threads: 1 });
    examples = await prefix.run(views);
    await prefix.close();
  }
  const logits = await forward.run(trained.parameters, examples);
  await forward.close();
  return softmax(logits, classCount, trained.temperature);
}

async function asExported(file: Uint8Array, views: readonly Uint8Array[]) {
  const classifier = await openClassifier(file);
  const { probabilities } = await classifier.classify(Buffer.concat(views), views.length);
  await classifier.close();
  return probabilities;
}

function expectAlike(actual: Float32Array, expected: Float32Array, tolerance = 1e-4): void {
  expect(actual).toHaveLength(expected.length);
  expect(new Set(expected).size).toBeGreaterThan(3);
  actual.forEach((value, at) => expect(Math.abs(value - expected[at]!)).toBeLessThanOrEqual(tolerance));
}

const nodesOf = (graph: GraphProto): NodeProto[] =>
  graph.node.flatMap((node) => [node, ...node.attribute.flatMap(({ g }) => (g ? nodesOf(g) : []))]);
const namesOf = ({ graph }: ModelProto) => [
  ...graph.node.flatMap((node) => node.output),
  ...graph.initializer.map(({ name }) => name!),
];

async function cutValues({ card, model }: BaseModel): Promise<string[]> {
  const network = await readNetwork(model, card.input.name, card.output.name, card.input.size);
  return [...cutsOf(network).map(({ value }) => value), network.output];
}

describe.each(Object.entries(networks))('a fine-tuned network: %s', (_, base) => {
  test('answers as the training graph does, from any cut, in standard operators, and says its temperature', async () => {
    const baseModel = base();
    const views = noise(5, baseModel.card.input.size);
    const head = drawnHead(baseModel.card.output.dimension, 3, 2);
    for (const cut of await cutValues(baseModel)) {
      const trained = await trainedNetwork(baseModel, head, { cut, temperature: 1.7 });
      const file = exportClassifier(baseModel, classes, trained);
      expectAlike(await asExported(file, views), await asTrained(baseModel, trained, views));
      const model = readModel(file);
      for (const node of nodesOf(model.graph)) expect(['', 'ai.onnx']).toContain(node.domain ?? '');
      expect(model.opsetImport.map(({ domain }) => domain ?? '')).toEqual(['']);
      const temperature = model.graph.initializer.find(({ name }) => name === 'temperature')!;
      expect(floatValues(temperature)[0]).toBeCloseTo(1.7, 6);
    }
  });

  test('is taken apart into a network and a head that make the same file answers, over generations', async () => {
    const first = base();
    const views = noise(5, first.card.input.size);
    const head = drawnHead(first.card.output.dimension, 3, 2);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { minLength: 3, maxLength: 3 }), async (choices) => {
        let baseModel = first;
        let nextHead = head;
        for (const [generation, choice] of choices.entries()) {
          const cuts = await cutValues(baseModel);
          const cut = cuts[choice % cuts.length]!;
          const trained = await trainedNetwork(baseModel, nextHead, { cut, seed: generation + 1 });
          const file = exportClassifier(baseModel, classes, trained);
          const answers = await asExported(file, views);
          expectAlike(answers, await asTrained(baseModel, trained, views));

          const version = readTrainedVersion(file);
          expect(version.head.classIds).toEqual(['a', 'b', 'c']);
          const again = await trainedNetwork(version.baseModel, version.head);
          expectAlike(await asExported(exportClassifier(version.baseModel, classes, again), views), answers, 1e-6);
          const { model, card } = version.baseModel;
          expect(card.input).toEqual({ ...first.card.input, name: 'input' });
          expect(card.name).toBe(first.card.name);
          expect(card.multiplyAdds).toBe(first.card.multiplyAdds);
          const names = namesOf(model);
          expect(new Set(names).size).toBe(names.length);
          for (const name of names) expect(name).toMatch(/^(v\d+|features)$/);
          baseModel = version.baseModel;
          nextHead = version.head;
        }
      }),
      { numRuns: 6, seed: 1 },
    );
  });

  test('can be trained further from every cut it had, and grows no more once all of it was written', async () => {
    const first = base();
    const whole = async (baseModel: BaseModel, head = drawnHead(first.card.output.dimension, 3, 2)) => {
      const [cut] = await cutValues(baseModel);
      const trained = await trainedNetwork(baseModel, head, { cut: cut! });
      return { trained, version: readTrainedVersion(exportClassifier(baseModel, classes, trained)) };
    };
    let { trained, version } = await whole(first);
    const sizes = (model: ModelProto) => [model.graph.node.length, model.graph.initializer.length, namesOf(model)];
    const firstSizes = sizes(version.baseModel.model);
    for (let generation = 2; generation <= 4; generation++) {
      const { model, card } = version.baseModel;
      const network = await readNetwork(model, card.input.name, card.output.name, card.input.size);
      const cuts = (of: Network) => cutsOf(of).map((cut) => ({ ...cut, value: undefined }));
      expect(cuts(network)).toEqual(cuts(trained.trainable.network));
      const again = trainable({ network, cut: cutsOf(network)[0]!.value, classCount: 3 });
      // Layer by layer in the same order.
      const start = initialParameters(again, version.head);
      expect(start).toHaveLength(trained.parameters.length);
      start.forEach((value, at) => expect(value).toBeCloseTo(trained.parameters[at]!, 5));
      ({ trained, version } = await whole(version.baseModel, version.head));
      expect(sizes(version.baseModel.model)).toEqual(firstSizes);
    }
  });
});
