import { beforeAll, describe, expect, it } from 'vitest';
import { drain, drawnSource, sourceOf } from '#test/picture-source.ts';
import { UnreadablePicturesError } from '../features/unreadable-pictures-error.ts';
import type { PictureSource } from '../features/picture-source.ts';
import { evaluate as evaluateProbabilities } from '../metrics/evaluate.ts';
import { readModel } from '../onnx/read-model.ts';
import { floatValues } from '../onnx/tensors.ts';
import { writeModel } from '../onnx/write-model.ts';
import { random } from '../random/random.ts';
import { tinyBaseModel } from '../testing/tiny-base-model.ts';
import { trainedNetwork } from '../testing/trained-network.ts';
import { evaluateExport } from './evaluate-export.ts';
import { exportClassifier } from './export-classifier.ts';
import { ParityError } from './parity-error.ts';

const classCount = 3;
const draws = random(1);
const weights = Float32Array.from({ length: classCount * 128 }, () => draws.uniform() - 0.5);
const tiny = tinyBaseModel();
const file = exportClassifier(
  tiny,
  ['a', 'b', 'c'].map((id) => ({ id, name: id })),
  await trainedNetwork(tiny, { weights, bias: Float32Array.of(0.1, -0.1, 0.2) }),
);

/** The exported file with other numbers in one of its tensors. */
function tampered(tensor: string, change: (value: number) => number): Uint8Array {
  const model = readModel(file);
  const found = model.graph.initializer.find(({ name }) => name === tensor)!;
  found.rawData = new Uint8Array(floatValues(found).map(change).buffer);
  return writeModel(model);
}

describe('evaluateExport', () => {
  let validation: PictureSource;
  let expected: Float32Array;
  const never = new AbortController().signal;
  const evaluate = (
    model: Uint8Array,
    options: { expected?: Float32Array; validation?: PictureSource; cancelSignal?: AbortSignal } = {},
  ) => {
    const { cancelSignal = never } = options;
    return drain(
      evaluateExport(model, {
        validation: options.validation ?? validation,
        expected: options.expected,
        threads: 1,
        cancelSignal,
      }),
    );
  };
  beforeAll(async () => {
    validation = await drawnSource(classCount, 7);
    ({ probabilities: expected } = (await evaluate(file)).result);
  });

  it('says how the file does on the validation pictures', async () => {
    const { events, result } = await evaluate(file, { expected });
    expect(result.probabilities).toHaveLength(21 * classCount);
    expect(result.evaluation).toEqual(evaluateProbabilities(validation.labels, result.probabilities, classCount));
    expect(result.parity).toBe(0);
    expect(events.at(0)).toMatchObject({ type: 'progress', phase: 'EVALUATING', done: 0, total: 21 });
    expect(events.at(-1)).toMatchObject({ done: 21, total: 21 });
  });

  it('measures the largest difference to what is expected, and allows what rounding explains', async () => {
    const close = expected.with(5, expected[5]! + 5e-5);
    expect((await evaluate(file, { expected: close })).result.parity).toBeCloseTo(5e-5, 6);
    expect((await evaluate(file)).result.parity).toBe(0);
  });

  it.each([
    ['weights of the head', 'trained/head/weights', (value: number) => value * 1.01],
    ['the bias', 'trained/head/bias', (value: number) => value * 2],
    ['the base model', 'base/conv2.weight', (value: number) => value * 1.01],
    ['the preprocessing', 'preprocessing/mean', (value: number) => value + 2],
    ['a number that is none', 'trained/head/weights', () => NaN],
  ])('refuses a file whose answers changed: %s', async (_, tensor, change) => {
    const error = await evaluate(tampered(tensor, change), { expected }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ParityError);
    expect((error as ParityError).difference <= 1e-4).toBe(false);
    expect((error as Error).message).toContain('at most 0.0001 is allowed');
  });

  it('names all pictures that cannot be read', async () => {
    const pictures = await Promise.all(Array.from({ length: 21 }, (_, index) => validation.load(index)));
    const broken = sourceOf(
      pictures.map((picture, index) => (index % 10 === 0 ? picture.subarray(0, 100) : picture)),
      [...validation.labels],
    );
    const error = await evaluate(file, { validation: broken, expected }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UnreadablePicturesError);
    expect((error as UnreadablePicturesError).indices).toEqual({ train: [], validation: [0, 10, 20] });
  });

  it('judges test pictures after the validation pictures, in one count of progress', async () => {
    const test = await drawnSource(classCount, 3, 500);
    const options = { validation, test, expected, threads: 1, cancelSignal: never };
    const { events, result } = await drain(evaluateExport(file, options));
    expect(result.evaluation).toEqual((await evaluate(file, { expected })).result.evaluation);
    expect(result.test!.evaluation).toEqual(evaluateProbabilities(test.labels, result.test!.probabilities, classCount));
    expect(result.test!.evaluation.count).toBe(9);
    expect(events.at(0)).toMatchObject({ done: 0, total: 30 });
    expect(events.at(-1)).toMatchObject({ done: 30, total: 30 });
  });

  it('keeps the model and says so where test pictures cannot be read', async () => {
    const broken = sourceOf([await validation.load(0), new Error('gone')], [0, 1]);
    const options = { validation, test: broken, expected, threads: 1, cancelSignal: never };
    const { events, result } = await drain(evaluateExport(file, options));
    expect(result.test).toBeUndefined();
    expect(result.evaluation.count).toBe(21);
    const message = '1 of 2 test pictures cannot be read: the model is not evaluated on the test part.';
    expect(events).toContainEqual({ type: 'log', level: 'WARN', message });
  });

  it('ends with an AbortError when it is cancelled', async () => {
    await expect(evaluate(file, { cancelSignal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
  });
});
