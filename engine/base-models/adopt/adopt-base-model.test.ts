import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BaseModelError } from '../../base-model.ts';
import { NetworkWriter } from '../../autodiff/testing/network-writer.ts';
import { openFrozenPrefix } from '../../features/frozen-prefix.ts';
import { OnnxFormatError } from '../../onnx/onnx-format-error.ts';
import type { ModelProto } from '../../onnx/onnx-messages.ts';
import { readModel } from '../../onnx/read-model.ts';
import { int64Tensor } from '../../onnx/tensors.ts';
import { writeModel } from '../../onnx/write-model.ts';
import { adoptBaseModel } from './adopt-base-model.ts';
import type { AdoptionOptions } from './adoption-options.ts';

const adopt = (model: ModelProto, options: Partial<AdoptionOptions> = {}) =>
  adoptBaseModel(writeModel(model), { name: 'theirs', ...options });
const size = 16;

/** A body of two convolutions with 12 channels, and what a test puts behind it. */
function network(
  end: (net: NetworkWriter, map: string) => [output: string, dimension: number],
  shape = [3, size, size],
) {
  const net = new NetworkWriter(shape, 5);
  const map = net.node('Relu', [net.conv(net.node('Relu', [net.conv('input', [3, 8], { stride: 2 })]), [8, 12])]);
  return net.model(...end(net, map));
}
const embedder = () => network((net, map) => [net.pooled(map), 12]);
const classifier = () =>
  network((net, map) => [
    net.node('Gemm', [net.pooled(map), net.weights([7, 12]), net.weights([7])], { transB: 1 }),
    7,
  ]);
const changed = (model: ModelProto, change: (model: ModelProto) => void) => {
  change(model);
  return model;
};
const setDims = (model: ModelProto, dims: (number | undefined)[]) =>
  changed(model, ({ graph }) => {
    graph.input[0]!.type!.tensorType!.shape!.dim = dims.map((each) => (each === undefined ? {} : { dimValue: each }));
  });

describe('adopting a model', () => {
  it('takes the output of an embedder, and knows from where on it can be trained', async () => {
    const { card, cuts, frozenOperators, remarks, bytes, millisecondsPerPicture } = await adopt(embedder());
    expect(card).toMatchObject({
      name: 'theirs',
      input: { name: 'input', size },
      output: { name: 'features', dimension: 12 },
    });
    expect(card.input.mean).toEqual([0.485, 0.456, 0.406]);
    expect(card.multiplyAdds).toBe(8 * 8 * 8 * 27 + 8 * 8 * 12 * 72);
    expect(cuts[0]!.value).toBe('input');
    expect(frozenOperators).toEqual([]);
    expect(remarks.join(' ')).toMatch(/"output" is taken.*ImageNet/);
    expect(card.bytes).toBe(bytes.byteLength);
    expect(millisecondsPerPicture).toBeGreaterThan(0);
    expect(() => readModel(bytes)).not.toThrow();
  });

  it('takes what goes into the last layer of a classifier, with and without a softmax', async () => {
    const softmax = classifier();
    softmax.graph.node.at(-1)!.opType = 'Softmax';
    for (const model of [classifier(), softmax]) {
      const { card, remarks } = await adopt(model);
      expect(card.output.dimension).toBe(12);
      expect(remarks[0]).toContain('names 7 classes');
    }
  });

  it('takes what goes into the last convolution, averaged, where that names classes', async () => {
    const squeeze = (classes: number) =>
      network((net, map) => [net.pooled(net.node('Relu', [net.conv(map, [12, classes], { kernel: 1 })])), classes]);
    const { card, model } = await adopt(squeeze(1000));
    expect(card.output.dimension).toBe(12);
    expect(model.graph.node.at(-2)!.opType).toBe('GlobalAveragePool');
    // An embedder ends the same way, in another width.
    expect((await adopt(squeeze(40))).card.output.dimension).toBe(40);
  });

  it('takes the first of the tokens of a transformer', async () => {
    // 64 places as tokens of 12 numbers each.
    const model = network((net, map) => {
      const rows = net.builder.initializer(int64Tensor('rows', [0, 12, -1], [3]));
      return [net.node('Transpose', [net.node('Reshape', [map, rows])], { perm: [0, 2, 1] }), 12];
    });
    model.graph.output[0]!.type!.tensorType!.shape!.dim = [{ dimParam: 'N' }, { dimValue: 64 }, { dimValue: 12 }];
    const { card, remarks } = await adopt(model);
    expect(card.output.dimension).toBe(12);
    expect(remarks).toContain('Of the 64 tokens of "output" the first is taken.');
  });

  it('takes what it is told', async () => {
    const options = { output: 'relu2', mean: [0, 0, 0], std: [1, 1, 1], resize: 'fill', licence: 'MIT' } as const;
    const { card, remarks } = await adopt(embedder(), options);
    expect(card).toMatchObject({
      output: { dimension: 8 },
      licence: 'MIT',
      input: { mean: [0, 0, 0], resize: 'fill' },
    });
    expect(remarks).toEqual(['"relu2" is taken for the features, as you said.']);
    await expect(adopt(embedder(), { output: 'nothing' })).rejects.toThrow('no output "nothing"');
  });

  it('answers as the file does, also where channels come last or one picture a run was meant', async () => {
    const pictures = [1, 2, 3].map((seed) =>
      Uint8Array.from({ length: size * size * 3 }, (_, at) => (at * seed * 37) % 256),
    );
    const featuresOf = async (model: ModelProto) => {
      const adopted = await adopt(model);
      const prefix = await openFrozenPrefix(adopted, adopted.card.output.name, [12], { threads: 1 });
      const values = [...(await prefix.run(pictures))];
      await prefix.close();
      return values;
    };
    const reference = await featuresOf(embedder());
    const channelsLast = (() => {
      const net = new NetworkWriter([size, size, 3], 5);
      const first = net.node('Transpose', ['input'], { perm: [0, 3, 1, 2] });
      const map = net.node('Relu', [net.conv(net.node('Relu', [net.conv(first, [3, 8], { stride: 2 })]), [8, 12])]);
      return net.model(net.pooled(map), 12);
    })();
    const onePicture = setDims(
      network((net, map) => {
        const shape = net.builder.initializer(int64Tensor('shape', [1, -1], [2]));
        return [net.node('Reshape', [net.node('GlobalAveragePool', [map]), shape]), 12];
      }),
      [1, 3, size, size],
    );
    for (const model of [channelsLast, onePicture])
      (await featuresOf(model)).forEach((value, at) => expect(value).toBeCloseTo(reference[at]!, 5));
  });

  it('brings an old file into newer forms', async () => {
    const net = new NetworkWriter([3, size, size], 5);
    const clipped = net.node('Clip', [net.conv('input', [3, 12])], { min: { float: 0 }, max: { float: 6 } });
    const mean = net.node('Squeeze', [net.node('GlobalAveragePool', [clipped])], { axes: [2, 3] });
    const model = net.model(net.node('Dropout', [mean], { ratio: { float: 0.2 } }), 12);
    const old = { ...model, irVersion: 3, opsetImport: [{ domain: '', version: 9 }] };
    for (const { name } of old.graph.initializer)
      old.graph.input.push({ name: name!, type: { tensorType: { elemType: 1 } } });
    const { card, cuts } = await adopt(old);
    expect(card.output.dimension).toBe(12);
    expect(cuts[0]!.value).toBe('input');
  });

  it('keeps frozen what it cannot differentiate, and says what that is', async () => {
    const bent = network((net, map) => [
      net.pooled(net.node('Relu', [net.conv(net.node('Tanh', [map]), [12, 10])])),
      10,
    ]);
    const { cuts, frozenOperators } = await adopt(bent);
    expect(frozenOperators).toEqual(['Tanh']);
    expect(cuts.length).toBeGreaterThan(0);
    expect(cuts[0]!.value).not.toBe('input');
    const closed = network((net, map) => [net.node('Tanh', [net.pooled(map)]), 12]);
    expect(await adopt(closed)).toMatchObject({ cuts: [], frozenOperators: ['Tanh'] });
  });

  it('asks for a size where the file leaves it open, and assumes the usual one', async () => {
    const open = () => setDims(embedder(), [undefined, 3, undefined, undefined]);
    const { card, remarks } = await adopt(open());
    expect(card.input.size).toBe(224);
    expect(remarks[0]).toContain('224 pixels a side are assumed');
    expect((await adopt(open(), { size: 32 })).card.input.size).toBe(32);
    await expect(adopt(embedder(), { size: 32 })).rejects.toThrow('takes pictures of 16 pixels a side, not 32');
  });

  it('warns where nothing can be learned from the features', async () => {
    const silent = network((net, map) => [net.pooled(net.node('Mul', [map, net.builder.float(0)])), 12]);
    expect((await adopt(silent)).remarks.at(-1)).toContain('WARNING: its features are the same');
  });

  const refusals: [string, () => ModelProto, string][] = [
    [
      'two inputs',
      () => changed(embedder(), ({ graph }) => graph.input.push({ ...graph.input[0]!, name: 'b' })),
      '2 inputs (input, b)',
    ],
    ['grey pictures', () => setDims(embedder(), [1, 1, size, size]), '1 channels'],
    ['pictures that are not square', () => setDims(embedder(), [1, 3, 16, 24]), '24 x 16'],
    ['vectors', () => setDims(embedder(), [1, 3]), '2 dimensions'],
    [
      'integers',
      () =>
        changed(embedder(), ({ graph }) => {
          graph.input[0]!.type!.tensorType!.elemType = 7;
        }),
      'not float32',
    ],
    [
      'a foreign operator',
      () =>
        changed(embedder(), ({ graph }) => {
          graph.node[0]!.domain = 'acme';
        }),
      'acme.Conv',
    ],
    ['a set from the future', () => ({ ...embedder(), opsetImport: [{ domain: '', version: 999 }] }), 'set 999'],
    ['a set from the past', () => ({ ...embedder(), opsetImport: [{ domain: '', version: 5 }] }), 'set 5'],
    [
      'numbers that are none',
      () => network((net, map) => [net.pooled(net.node('Log', [net.node('Neg', [map])])), 12]),
      'no number',
    ],
    [
      'pictures that look at each other',
      () =>
        network((net, map) => [
          net.pooled(net.node('Sub', [map, net.node('ReduceMean', [map], { axes: [0], keepdims: 1 })])),
          12,
        ]),
      'otherwise when others are there',
    ],
    [
      'a graph that is no graph',
      () =>
        changed(embedder(), ({ graph }) => {
          graph.node[0]!.input[0] = 'relu4';
        }),
      '',
    ],
  ];
  it.each(refusals)('refuses %s', async (_, model, message) => {
    const error = await adopt(model()).catch((reason: unknown) => reason);
    expect(error instanceof BaseModelError || error instanceof OnnxFormatError).toBe(true);
    expect((error as Error).message).toContain(message);
  });
});

const shared = join(import.meta.dirname, '../../../../shared');

describe.skipIf(!existsSync(join(shared, 'hostile/hostile.tar.gz')))('the collection of broken models', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'exemplar-hostile-'));
    execFileSync('tar', ['xzf', join(shared, 'hostile/hostile.tar.gz'), '-C', folder, '--wildcards', '*models/*']);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is refused with typed errors, but for the good one and the one that only deserves a warning', async () => {
    const accepted: string[] = [];
    for (const file of readdirSync(join(folder, 'models'))) {
      const bytes = readFileSync(join(folder, 'models', file));
      const error = await adoptBaseModel(bytes, { name: 'theirs' }).then(
        () => accepted.push(file),
        (reason: unknown) => reason,
      );
      if (!accepted.includes(file))
        expect(error instanceof BaseModelError || error instanceof OnnxFormatError).toBe(true);
    }
    expect(accepted.sort()).toEqual(['constant_output.onnx', 'good_tiny.onnx']);
  });
});

describe.skipIf(!existsSync(join(shared, 'models')))('public models', () => {
  it.each([
    ['mobilenetv2-1.0.onnx', 1280],
    ['squeezenet1.1.onnx', 512],
  ])('can be trained from end to end: %s', async (file, dimension) => {
    const { card, cuts } = await adoptBaseModel(readFileSync(join(shared, 'models', file)), { name: 'public' });
    expect(card).toMatchObject({ output: { dimension }, input: { size: 224 } });
    expect(cuts[0]!.value).toBe('input');
  });
});
