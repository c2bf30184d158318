import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawPicture } from '#test/pictures.ts';
import { loadBaseModel, type BaseModel } from '../base-model.ts';
import { openFrozenPrefix } from '../features/frozen-prefix.ts';
import { openHeadEvaluator } from '../head/head-probabilities.ts';
import { openClassifier } from '../inference/open-classifier.ts';
import { getMetadata } from '../onnx/metadata.ts';
import { readModel } from '../onnx/read-model.ts';
import { pictureToPixels } from '../pictures/picture-to-pixels.ts';
import { random } from '../random/random.ts';
import { tinyBaseModel } from '../testing/tiny-base-model.ts';
import { drawnHead, trainedNetwork } from '../testing/trained-network.ts';
import { readClassifierMetadata } from './classifier-metadata.ts';
import { exportClassifier } from './export-classifier.ts';

const classes = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `id-${index}`, name: `n ${index}` }));

const noise = (count: number, size: number, seed: number) => {
  const draws = random(seed);
  return Array.from({ length: count }, () => Uint8Array.from({ length: size * size * 3 }, () => draws.integer(256)));
};

/** Largest difference of a probability between the file and the graphs that training uses, on random pictures. */
async function largestDifference(baseModel: BaseModel, classCount: number, pictures: number, seed: number) {
  const { size } = baseModel.card.input;
  const { dimension } = baseModel.card.output;
  const views = noise(pictures, size, seed);
  const head = drawnHead(dimension, classCount, seed);
  const file = exportClassifier(baseModel, classes(classCount), await trainedNetwork(baseModel, head));
  await using resources = new AsyncDisposableStack();
  const closing = <T extends { close(): Promise<void> }>(each: T) => resources.adopt(each, (one) => one.close());
  const prefix = closing(await openFrozenPrefix(baseModel, baseModel.card.output.name, [dimension], { threads: 1 }));
  const evaluator = closing(await openHeadEvaluator(dimension, classCount));
  const classifier = closing(await openClassifier(file));
  const trained = await evaluator.probabilities(await prefix.run(views), head);
  const { probabilities: exported, unfamiliarity } = await classifier.classify(Buffer.concat(views), pictures);
  expect(unfamiliarity).toBeUndefined();
  expect(exported).toHaveLength(trained.length);
  expect(new Set(exported).size).toBeGreaterThan(pictures);
  return trained.reduce((most, value, index) => Math.max(most, Math.abs(value - exported[index]!)), 0);
}

describe('an exported classifier', () => {
  it('answers as the graphs it was trained with, for any base model, head and pictures', async () => {
    const counts = fc.integer({ min: 2, max: 40 });
    await fc.assert(
      fc.asyncProperty(fc.nat(), counts, fc.integer({ min: 1, max: 9 }), async (seed, classCount, pictures) => {
        expect(await largestDifference(tinyBaseModel(seed), classCount, pictures, seed)).toBeLessThanOrEqual(1e-4);
      }),
      { numRuns: 12 },
    );
  });

  it('answers so on the base model that ships too', async () => {
    const shipped = await loadBaseModel(join(import.meta.dirname, '../base-models/exemplar-res-s'));
    expect(await largestDifference(shipped, 5, 2, 1)).toBeLessThanOrEqual(1e-4);
  });

  const baseModel = tinyBaseModel();
  const { dimension } = baseModel.card.output;
  const fileOf = async (count: number, seed = 1) =>
    exportClassifier(baseModel, classes(count), await trainedNetwork(baseModel, drawnHead(dimension, count, seed)));

  it('is the same file for the same head', async () => {
    expect(Buffer.compare(await fileOf(3), await fileOf(3))).toBe(0);
    expect(Buffer.compare(await fileOf(3), await fileOf(3, 2))).not.toBe(0);
  });

  it('says what its graph really is', async () => {
    const model = readModel(await fileOf(3));
    const pixels = model.graph.input.find(({ name }) => name === 'pixels')!.type!.tensorType!;
    const inputSize = Number(getMetadata(model, 'input_size'));
    // Rgb8 and 0..255: unsigned bytes, three channels last.
    expect(pixels.elemType).toBe(2);
    expect(pixels.shape!.dim).toMatchObject([
      { dimParam: 'N' },
      { dimValue: inputSize },
      { dimValue: inputSize },
      { dimValue: 3 },
    ]);
    expect(model.graph.input).toHaveLength(1);
    expect(model.graph.output).toMatchObject([
      {
        name: 'probabilities',
        type: { tensorType: { elemType: 1, shape: { dim: [{ dimParam: 'N' }, { dimValue: 3 }] } } },
      },
    ]);
    expect(model.opsetImport).toEqual(baseModel.model.opsetImport);
    for (const node of model.graph.node) expect(node.domain ?? '').toBe('');
  });

  it('carries the standard keys and our own', async () => {
    const model = readModel(await fileOf(2));
    const expected = {
      task: 'classify',
      names: '["n 0","n 1"]',
      class_ids: '["id-0","id-1"]',
      'Image.BitmapPixelFormat': 'Rgb8',
      'Image.ColorSpaceGamma': 'SRGB',
      'Image.NominalPixelRange': 'NominalRange_0_255',
      input_size: '32',
      resize: 'cover',
      decoding: 'whole',
      base_model: 'tiny 1',
      base_model_sha256: baseModel.card.sha256,
      input_mean: '[0.5,0.5,0.5]',
      input_std: '[0.25,0.25,0.25]',
      multiply_adds: '555008',
      producer: 'Exemplar',
    };
    expect(Object.fromEntries(model.metadataProps.map(({ key, value }) => [key, value]))).toEqual(expected);
  });

  it('reads red, green and blue in this order', async () => {
    const classifier = await openClassifier(await fileOf(3));
    const fill = (...colour: number[]) => Uint8Array.from({ length: 32 * 32 * 3 }, (_, index) => colour[index % 3]!);
    const prefix = await openFrozenPrefix(baseModel, 'features', [dimension], { threads: 1 });
    const [red, blue] = [fill(255, 0, 0), fill(0, 0, 255)];
    const features = await prefix.run([red, blue]);
    expect(features.subarray(0, dimension)).not.toEqual(features.subarray(dimension));
    expect(await classifier.classify(red, 1)).not.toEqual(await classifier.classify(blue, 1));
    await Promise.all([classifier.close(), prefix.close()]);
  });

  it('keeps names and ids of any text, in order', async () => {
    const text = fc.string({ unit: 'binary', minLength: 1 }).filter((each) => each.isWellFormed());
    const list = fc.array(fc.record({ id: fc.uuid(), name: text }), { minLength: 2, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(list, async (given) => {
        const trained = await trainedNetwork(baseModel, drawnHead(dimension, given.length, 1));
        const file = exportClassifier(baseModel, given, trained);
        expect(readClassifierMetadata(readModel(file))).toEqual({
          classes: given,
          inputSize: 32,
          resize: 'cover',
          decoding: 'whole',
        });
      }),
      { numRuns: 30 },
    );
  });

  it('classifies a picture as its pixels', async () => {
    const classifier = await openClassifier(await fileOf(4), { threads: 2 });
    const jpeg = await drawPicture(1, 1);
    const pixels = await pictureToPixels(jpeg, { size: classifier.inputSize, resize: classifier.resize });
    const answer = await classifier.classifyPicture(jpeg);
    expect(answer.probabilities).toEqual((await classifier.classify(pixels, 1)).probabilities);
    expect(answer.probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
    expect(classifier.classes).toEqual(classes(4));
    await classifier.close();
  });
});
