import { beforeAll, describe, expect, it } from 'vitest';
import { drain, drawnSource, noStop, sourceOf } from '#test/picture-source.ts';
import { tinyClasses as classes } from '#test/tiny-training.ts';
import type { EngineEvent } from './engine-event.ts';
import { readTrainedVersion } from './export/read-trained-version.ts';
import { UnreadablePicturesError } from './features/unreadable-pictures-error.ts';
import type { PictureSource } from './features/picture-source.ts';
import { openClassifier } from './inference/open-classifier.ts';
import { evaluateClassification } from './metrics/evaluate-classification.ts';
import { OnnxFormatError } from './onnx/onnx-format-error.ts';
import { tinyBaseModel } from './testing/tiny-base-model.ts';
import { trainClassifier, type TrainOptions, type TrainingResult } from './train.ts';

const baseModel = tinyBaseModel();
let train: PictureSource;
let validation: PictureSource;
beforeAll(async () => {
  train = await drawnSource(3, 14);
  validation = await drawnSource(3, 5, 100);
});

const options = (changes: Partial<TrainOptions> = {}): TrainOptions => ({
  ...noStop,
  baseModel,
  classes,
  train,
  validation,
  preference: 'PERFORMANCE_FIRST',
  seed: 1,
  threads: 1,
  ...changes,
});
const run = (changes: Partial<TrainOptions> = {}) => drain(trainClassifier(options(changes)));

/** Runs a training and raises a signal at the first event that a moment is. */
async function raiseAt(signal: 'keepSignal' | 'cancelSignal', moment: Moment) {
  const controller = new AbortController();
  const training = trainClassifier(options({ preference: 'BALANCE', [signal]: controller.signal }));
  const events: EngineEvent[] = [];
  if (moment === 'start') controller.abort();
  for (;;) {
    const next = await training.next();
    if (next.done) return { events, result: next.value };
    events.push(next.value);
    if (isMoment(next.value, moment)) controller.abort();
  }
}

const moments = ['start', 'FEATURES', 'TRAINING', 'epoch', 'EXPORTING', 'EVALUATING'] as const;
type Moment = (typeof moments)[number];
const isMoment = (event: EngineEvent, moment: Moment) =>
  event.type === moment || (event.type === 'progress' && event.phase === moment);

/** What a model that is worth keeping must do: load, know all classes, and answer as its training says. */
async function expectWholeModel(result: TrainingResult) {
  const classifier = await openClassifier(result.model);
  expect(classifier.classes).toEqual(classes);
  const answer = await classifier.classifyPicture(await validation.load(4));
  answer.forEach((value, index) => expect(value).toBeCloseTo(result.predictions[4 * 3 + index]!, 5));
  await classifier.close();
  expect(result.evaluation).toEqual(evaluateClassification(validation.labels, result.predictions, 3));
  expect(result.parity).toBeLessThanOrEqual(1e-4);
  const { head } = readTrainedVersion(result.model);
  expect(head.classIds).toEqual(classes.map(({ id }) => id));
  expect(head.weights).toHaveLength(3 * 128);
  for (const value of [...head.weights, ...head.bias]) expect(Number.isFinite(value)).toBe(true);
}

describe('trainClassifier', () => {
  it('learns to tell the classes apart, and tells how', async () => {
    const { events, result } = await run({ preference: 'BALANCE' });
    await expectWholeModel(result);
    expect(result.evaluation.accuracy).toBeGreaterThan(0.9);
    expect(result.stopReason).toBe('CONVERGED');
    expect(result.bestEpoch).toBeLessThanOrEqual(result.epochs);
    const progress = events.filter((event) => event.type === 'progress');
    const begun = progress.filter(({ phase }, at) => phase !== progress[at - 1]?.phase).map(({ phase }) => phase);
    // The head, the suffix, and the end.
    expect(begun).toEqual(['FEATURES', 'TRAINING', 'FEATURES', 'TRAINING', 'EXPORTING', 'EVALUATING']);
    progress.forEach((event, at) => {
      const before = progress[at - 1];
      if (event.phase !== before?.phase) expect(event.done).toBe(0);
      else expect(event).toMatchObject({ total: before.total, unit: before.unit });
      if (event.phase === before?.phase) expect(event.done).toBeGreaterThanOrEqual(before.done);
    });
    expect(Object.keys(result.secondsByPhase)).toEqual(['FEATURES', 'TRAINING', 'EXPORTING', 'EVALUATING']);
    for (const seconds of Object.values(result.secondsByPhase)) expect(seconds).toBeGreaterThanOrEqual(0);
    const epochs = events.filter((event) => event.type === 'epoch');
    expect(epochs.map(({ epoch }) => epoch)).toEqual(Array.from({ length: result.epochs }, (_, index) => index + 1));
    expect([...new Set(epochs.map(({ stage }) => stage))]).toEqual(['HEAD', 'SUFFIX']);
    for (const { loss, evaluation } of epochs) {
      expect(loss).toBeGreaterThan(0);
      expect(evaluation.count).toBe(15);
      expect(evaluation.macro.f1).toBeLessThanOrEqual(result.evaluation.macro.f1);
    }
    expect(events.at(-1)).toEqual({ type: 'evaluation', evaluation: result.evaluation });
    expect(structuredClone(events)).toEqual(events);
  });

  it('gives the same bytes for the same seed, and others for another', async () => {
    const [first, second, other] = [
      await run({ preference: 'BALANCE', seed: 7 }),
      await run({ preference: 'BALANCE', seed: 7 }),
      await run({ preference: 'BALANCE', seed: 8 }),
    ];
    expect(Buffer.compare(first.result.model, second.result.model)).toBe(0);
    expect(first.result.predictions).toEqual(second.result.predictions);
    const losses = ({ events }: { events: EngineEvent[] }) =>
      events.flatMap((event) => (event.type === 'epoch' ? [event.loss] : []));
    expect(losses(second)).toEqual(losses(first));
    expect(losses(other)).not.toEqual(losses(first));
  });

  it.each(moments)('leaves a model when it is to stop and keep what it has: %s', async (moment) => {
    const { events, result } = await raiseAt('keepSignal', moment);
    await expectWholeModel(result);
    const afterTraining = moment === 'EXPORTING' || moment === 'EVALUATING';
    expect(result.stopReason).toBe(afterTraining ? 'CONVERGED' : 'STOPPED_BY_USER');
    if (moment === 'start' || moment === 'FEATURES') expect(result).toMatchObject({ epochs: 0, bestEpoch: 0 });
    if (moment === 'epoch') expect(result.epochs).toBe(1);
    expect(events.at(-1)).toEqual({ type: 'evaluation', evaluation: result.evaluation });
  });

  it.each(moments)('throws an AbortError when it is cancelled: %s', async (moment) => {
    await expect(raiseAt('cancelSignal', moment)).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('prefers cancelling to keeping', async () => {
    const raised = AbortSignal.abort();
    await expect(run({ keepSignal: raised, cancelSignal: raised })).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('leaves a model of all classes when its deadline is past before it begins', async () => {
    const { result } = await run({ deadline: Date.now() - 1000, preference: 'ACCURACY_FIRST' });
    await expectWholeModel(result);
    expect(result).toMatchObject({ stopReason: 'MAX_DURATION', epochs: 0, bestEpoch: 0 });
    // The closed-form start, from some of the pictures, is no guess.
    expect(result.evaluation.accuracy).toBeGreaterThan(0.6);
  });

  it('names the pictures that cannot be read', async () => {
    const pictures = await Promise.all([0, 14, 28].map((index) => train.load(index)));
    const broken = sourceOf([...pictures, new Error('gone')], [0, 1, 2, 1]);
    const error = await run({ train: broken }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UnreadablePicturesError);
    expect((error as UnreadablePicturesError).indices).toEqual({ train: [3], validation: [] });
  });

  it('works with one picture a class, and with a class that has none', async () => {
    const few = sourceOf(await Promise.all([0, 14].map((index) => train.load(index))), [0, 1]);
    const { result } = await run({ train: few });
    await expectWholeModel(result);
    expect(result.predictions.every((value) => value >= 0 && value <= 1)).toBe(true);
  });

  it('works where all pictures are the same', async () => {
    const picture = await train.load(0);
    const same = sourceOf([picture, picture, picture, picture], [0, 1, 2, 0]);
    const { result } = await run({ train: same });
    await expectWholeModel(result);
  });
});

describe('trainClassifier from an earlier version', () => {
  const past = { deadline: 0 };
  const warnings = (events: EngineEvent[]) =>
    events.flatMap((event) => (event.type === 'log' && event.level === 'WARN' ? [event.message] : []));

  it('goes on from its head', async () => {
    const { result: earlier } = await run();
    const reordered = classes.toReversed();
    const mirrored = (source: PictureSource) => ({ ...source, labels: source.labels.map((label) => 2 - label) });
    const { events, result } = await run({
      ...past,
      classes: reordered,
      train: mirrored(train),
      validation: mirrored(validation),
      initialVersion: earlier.model,
    });
    expect(warnings(events)).toEqual([]);
    expect(result.epochs).toBe(0);
    // Nothing was trained, so that it says what the earlier version said, of each class in its new place.
    for (let picture = 0; picture < 15; picture++)
      for (let label = 0; label < 3; label++)
        expect(result.predictions[picture * 3 + label]).toBeCloseTo(earlier.predictions[picture * 3 + 2 - label]!, 4);
  });

  it('takes new classes and forgets removed ones', async () => {
    const { result: earlier } = await run();
    const renamed = [classes[0]!, { id: 'id-new', name: 'new' }, classes[2]!];
    const { result } = await run({ ...past, classes: renamed, initialVersion: earlier.model });
    const [before, after] = [earlier, result].map(({ model }) => readTrainedVersion(model).head);
    const row = ({ weights }: { weights: Float32Array }, index: number) =>
      weights.subarray(index * 128, (index + 1) * 128);
    for (const index of [0, 2])
      row(after!, index).forEach((weight, column) => expect(weight).toBeCloseTo(row(before!, index)[column]!, 4));
    expect(row(after!, 1)).not.toEqual(row(before!, 1));
    expect(after!.classIds).toEqual(['id-cat', 'id-new', 'id-owl']);
  });

  it('refuses a file that no training of ours left', async () => {
    for (const initialVersion of [baseModel.bytes, Buffer.from('no model'), new Uint8Array()])
      await expect(run({ initialVersion })).rejects.toThrow(OnnxFormatError);
  });
});

describe('options of trainClassifier', () => {
  const labelled = (source: PictureSource, labels: readonly number[]) => ({
    ...source,
    labels: Int32Array.from(labels),
  });
  const none = sourceOf([], []);
  const cases: [string, () => Partial<TrainOptions>, string][] = [
    ['one class', () => ({ classes: classes.slice(1, 2) }), 'classes: at least two'],
    ['an id twice', () => ({ classes: [...classes, classes[0]!] }), 'classes: an id occurs twice'],
    ['a negative seed', () => ({ seed: -1 }), 'seed: -1'],
    ['a fractional seed', () => ({ seed: 0.5 }), 'seed: 0.5'],
    ['a seed of 33 bits', () => ({ seed: 2 ** 32 }), 'seed: 4294967296'],
    ['no training pictures', () => ({ train: none }), 'train: there are no pictures'],
    ['no validation pictures', () => ({ validation: none }), 'validation: there are no pictures'],
    ['labels that are missing', () => ({ train: labelled(train, [0, 1]) }), 'train: 2 labels for 42 pictures'],
    [
      'a label that is no class',
      () => ({ validation: labelled(validation, [...validation.labels].with(3, 3)) }),
      'validation: picture 3 has class 3 of 3',
    ],
    ['a negative label', () => ({ train: labelled(train, [...train.labels].with(0, -1)) }), 'train: picture 0'],
  ];
  it.each(cases)('are refused by name: %s', async (_, changes, message) => {
    const error = await run(changes()).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(RangeError);
    expect((error as Error).message).toContain(message);
  });
});
