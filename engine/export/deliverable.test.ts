import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import sharp from 'sharp';
import { drawnSource, sourceOf } from '#test/picture-source.ts';
import { drawPicture } from '#test/pictures.ts';
import { loadBaseModel } from '../base-model.ts';
import { openClassifier } from '../inference/open-classifier.ts';
import { openDeliverable } from '../inference/open-deliverable.ts';
import { getMetadata, setMetadata } from '../onnx/metadata.ts';
import { OnnxFormatError } from '../onnx/onnx-format-error.ts';
import { createSession } from '../onnx/create-session.ts';
import { GraphBuilder } from '../onnx/graph-builder.ts';
import { Tensor } from '../onnx/onnx-runtime.ts';
import { readModel } from '../onnx/read-model.ts';
import { floatTensor, floatValues } from '../onnx/tensors.ts';
import { writeModel } from '../onnx/write-model.ts';
import { decodePicture } from '../pictures/decode-picture.ts';
import { tinyBaseModel } from '../testing/tiny-base-model.ts';
import { drawnHead, trainedNetwork } from '../testing/trained-network.ts';
import { composeDeliverable } from './compose-deliverable.ts';
import { exportClassifier } from './export-classifier.ts';
import { ParityError } from './parity-error.ts';
import { proveDeliverable } from './prove-deliverable.ts';
import { quantiseWeights } from './quantise-weights.ts';
import { readTrainedVersion } from './read-trained-version.ts';

const classes = ['cat', 'dog', 'owl'].map((name) => ({ id: `id-${name}`, name }));
const tiny = tinyBaseModel();
const stored = exportClassifier(tiny, classes, await trainedNetwork(tiny, drawnHead(128, 3, 1)));
const deliverable = composeDeliverable(stored, { lineage: '{}' });
const int8 = quantiseWeights(deliverable);
const files = { stored, deliverable, int8 };

const prove = async (changes: Partial<typeof files> = {}, pictures = drawnSource(3, 4)) =>
  proveDeliverable(
    { ...files, ...changes },
    { pictures: await pictures, mostPictures: 100, signal: new AbortController().signal, onProgress: () => undefined },
  );

/** A file with other numbers in one of its tensors. */
function tampered(file: Uint8Array, tensor: string, change: (value: number) => number): Uint8Array {
  const model = readModel(file);
  const found = model.graph.initializer.find(({ name }) => name === tensor)!;
  found.rawData = new Uint8Array(floatValues(found).map(change).buffer);
  return writeModel(model);
}

describe('the file that is taken away', () => {
  it('takes pictures of any size and says so', () => {
    const model = readModel(deliverable);
    expect(model.graph.input).toMatchObject([
      {
        name: 'pixels',
        type: {
          tensorType: {
            elemType: 2,
            shape: { dim: [{ dimParam: 'N' }, { dimParam: 'H' }, { dimParam: 'W' }, { dimValue: 3 }] },
          },
        },
      },
    ]);
    expect(model.graph.output.map(({ name }) => name)).toEqual(['probabilities']);
    expect(model.opsetImport).toEqual(tiny.model.opsetImport);
    for (const [key, value] of [
      ['names', '["cat","dog","owl"]'],
      ['Image.BitmapPixelFormat', 'Rgb8'],
      ['Image.ColorSpaceGamma', 'SRGB'],
      ['Image.NominalPixelRange', 'NominalRange_0_255'],
      ['lineage', '{}'],
    ] as const)
      expect(getMetadata(model, key)).toBe(value);
    expect(getMetadata(model, 'input_contract')).toContain('uint8 [N, H, W, 3]');
  });

  it('answers to a whole picture as the server does to its JPEG', async () => {
    const [server, taken] = [await openClassifier(stored), await openDeliverable(deliverable)];
    for (const [width, height] of [
      [500, 300],
      [33, 80],
      [20, 20],
      [32, 32],
    ] as const) {
      const jpeg = await sharp(await drawPicture(1, width))
        .resize(width, height, { fit: 'fill' })
        .jpeg()
        .toBuffer();
      const expected = await server.classifyPicture(jpeg);
      const answer = await taken.classify(await decodePicture(jpeg));
      answer.probabilities.forEach((value, index) =>
        expect(Math.abs(value - expected.probabilities[index]!)).toBeLessThanOrEqual(1e-6),
      );
      expect(answer.unfamiliarity).toBe(expected.unfamiliarity);
    }
    await Promise.all([server.close(), taken.close()]);
  });

  it('can serve itself, and a training can go on from it', async () => {
    const [server, taken] = [await openClassifier(stored), await openClassifier(deliverable)];
    const pixels = Uint8Array.from({ length: 2 * 32 * 32 * 3 }, (_, index) => (index * 37) % 256);
    expect(await taken.classify(pixels, 2)).toEqual(await server.classify(pixels, 2));
    await Promise.all([server.close(), taken.close()]);
    expect(readTrainedVersion(deliverable).head.weights).toEqual(readTrainedVersion(stored).head.weights);
  });

  it('is the same file each time', () => {
    expect(Buffer.compare(composeDeliverable(stored, { lineage: '{}' }), deliverable)).toBe(0);
    expect(Buffer.compare(quantiseWeights(deliverable), int8)).toBe(0);
  });

  it('is made of nothing but files of ours', () => {
    expect(() => composeDeliverable(tiny.bytes, {})).toThrow(OnnxFormatError);
  });
});

describe('its 8-bit variant', () => {
  it('takes about a quarter of the bytes and answers nearly alike', async () => {
    const shipped = await loadBaseModel(join(import.meta.dirname, '../base-models/exemplar-res-s'));
    const own = exportClassifier(
      shipped,
      classes,
      await trainedNetwork(shipped, drawnHead(shipped.card.output.dimension, 3, 1)),
    );
    const [large, small] = [composeDeliverable(own, {}), quantiseWeights(composeDeliverable(own, {}))];
    expect(small.length / large.length).toBeLessThan(0.3);
    const opened = await Promise.all([openDeliverable(large), openDeliverable(small)]);
    const picture = await decodePicture(await drawPicture(2, 7));
    const answers = await Promise.all(opened.map((each) => each.classify(picture)));
    const [exact, near] = answers.map(({ probabilities }) => probabilities);
    const largest = exact!.reduce((most, value, index) => Math.max(most, Math.abs(value - near![index]!)), 0);
    expect(largest).toBeGreaterThan(0);
    expect(largest).toBeLessThan(0.1);
    await Promise.all(opened.map((each) => each.close()));
  });

  it('has the weights of matrix products in 8 bits too, but not stacks of matrices', async () => {
    const builder = new GraphBuilder('products');
    const values = Float32Array.from({ length: 64 * 32 }, (_, index) => Math.sin(index) * (1 + (index % 32)));
    const input = builder.input('x', 'float', ['N', 64]);
    const product = builder.node('MatMul', [input, builder.initializer(floatTensor('weights', values, [64, 32]))]);
    const stack = builder.initializer(floatTensor('stack', values, [1, 32, 64]));
    builder.node('MatMul', [product, stack], {}, 'y');
    builder.output('y', 'float', [1, 'N', 64]);
    const file = writeModel(builder.model(13));
    const quantised = quantiseWeights(file);
    const { initializer } = readModel(quantised).graph;
    expect(initializer.map(({ name }) => name).sort()).toEqual(['stack', 'weights/int8', 'weights/scale']);
    expect(initializer.find(({ name }) => name === 'weights/scale')!.dims).toEqual([32]);
    const x = new Tensor(
      'float32',
      Float32Array.from({ length: 64 }, (_, index) => Math.cos(index)),
      [1, 64],
    );
    const [exact, near] = await Promise.all(
      [file, quantised].map(async (each) => {
        const session = await createSession(each, 'frozen');
        const { y } = await session.run({ x });
        await session.release();
        return y!.data as Float32Array;
      }),
    );
    const size = Math.hypot(...exact!);
    expect(Math.hypot(...exact!.map((value, index) => value - near![index]!)) / size).toBeLessThan(0.02);
    expect(near).not.toEqual(exact);
  });

  it('rounds each channel by a scale of its own, by less than a step, so that its sum stays', () => {
    const before = readModel(deliverable).graph.initializer.find(({ name }) => name === 'trained/head/weights')!;
    const graph = readModel(
      quantiseWeights(tampered(deliverable, 'trained/head/weights', (value) => value * 50)),
    ).graph;
    // The head of three classes is too small to gain anything.
    expect(graph.initializer.find(({ name }) => name === 'trained/head/weights')!.dims).toEqual(before.dims);
    const node = graph.node.find(({ opType }) => opType === 'DequantizeLinear')!;
    const tensorOf = (name: string) => graph.initializer.find((each) => each.name === name)!;
    const original = floatValues(readModel(deliverable).graph.initializer.find(({ name }) => name === node.output[0])!);
    const [weights, scales] = [tensorOf(node.input[0]!), floatValues(tensorOf(node.input[1]!))];
    const levels = new Int8Array(Uint8Array.from(weights.rawData!).buffer);
    const inner = levels.length / weights.dims[0]!;
    scales.forEach((scale, channel) => {
      const errors = [...levels.subarray(channel * inner, (channel + 1) * inner)].map(
        (level, at) => level - original[channel * inner + at]! / scale,
      );
      expect(Math.max(...errors.map(Math.abs))).toBeLessThanOrEqual(1);
      expect(errors.filter((error) => Math.abs(error) > 0.5001).length).toBeLessThan(inner / 4);
      expect(Math.abs(errors.reduce((sum, error) => sum + error, 0))).toBeLessThanOrEqual(0.51);
    });
  });
});

describe('the proof', () => {
  it('finds that the file answers as the server, with golden examples of each class', async () => {
    const proof = await prove();
    expect(proof.imageCount).toBe(12);
    expect(proof.parity).toBeLessThanOrEqual(1e-6);
    expect(proof.wholeParity).toBeLessThanOrEqual(1e-6);
    expect(proof.accuracy.deliverable).toBe(proof.accuracy.server);
    expect(proof.golden.map(({ form }) => form).sort()).toEqual(['RESIZED', 'RESIZED', 'RESIZED', 'WHOLE', 'WHOLE']);
    for (const { picture, form } of proof.golden) {
      expect(picture.data).toHaveLength(picture.width * picture.height * 3);
      if (form === 'RESIZED') expect(picture.width).toBe(32);
    }
  });

  it.each([
    ['other weights', () => tampered(deliverable, 'trained/head/weights', (value) => value * 1.05)],
    ['numbers that are none', () => tampered(deliverable, 'trained/head/weights', () => NaN)],
  ])('refuses a file with %s', async (_, file) => {
    await expect(prove({ deliverable: file() })).rejects.toThrow(ParityError);
  });

  it('holds versions of before, which learned from halved pictures, to the pixels that they saw alone', async () => {
    const model = readModel(stored);
    setMetadata(model, 'decoding', 'halved');
    const old = writeModel(model);
    const large = await Promise.all(
      [0, 1, 2].map(async (label) =>
        sharp(await drawPicture(label, 1))
          .resize(300, 300)
          .jpeg()
          .toBuffer(),
      ),
    );
    const proof = await prove(
      { stored: old, deliverable: composeDeliverable(old, {}) },
      Promise.resolve(sourceOf(large, [0, 1, 2])),
    );
    expect(proof.parity).toBeLessThanOrEqual(1e-6);
    expect(proof.wholeParity).toBeGreaterThan(1e-6);
    expect(proof.golden.every(({ form }) => form === 'RESIZED')).toBe(true);
  });

  it('counts pictures that cannot be read', async () => {
    const pictures = [await drawPicture(0, 1), Buffer.from('gone'), await drawPicture(2, 1)];
    const proof = await prove({}, Promise.resolve(sourceOf(pictures, [0, 1, 2])));
    expect(proof).toMatchObject({ imageCount: 2, unreadable: [1] });
  });
});
