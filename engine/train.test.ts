import { beforeAll, describe, expect, it } from 'vitest';
import { drain, drawnSource, noStop, sourceOf } from '#test/picture-source.ts';
import { expectWholeModel, tinyClasses as classes } from '#test/tiny-training.ts';
import type { EngineEvent } from './engine-event.ts';
import { UnreadablePicturesError } from './features/unreadable-pictures-error.ts';
import type { PictureSource } from './features/picture-source.ts';
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

const expectWhole = (result: TrainingResult) => expectWholeModel(result, { classes, validation });

describe('trainClassifier', () => {
  it('learns to tell the classes apart, and tells how', async () => {
    const { events, result } = await run({ preference: 'BALANCE' });
    await expectWhole(result);
    expect(result.evaluation.accuracy).toBeGreaterThan(0.9);
    expect(result.stopReason).toBe('CONVERGED');
    expect(result.bestEpoch).toBeLessThanOrEqual(result.epochs);
    const progress = events.filter((event) => event.type === 'progress');
    const begun = progress.filter(({ phase }, at) => phase !== progress[at - 1]?.phase).map(({ phase }) => phase);
    // The head, the suffix, and the end.
    expect(begun).toEqual(['FEATURES', 'TRAINING', 'FEATURES', 'TRAINING', 'EXPORTING', 'EVALUATING']);
    const isLast = (at: number) => progress[at]?.phase !== progress[at + 1]?.phase;
    progress.forEach((event, at) => {
      const before = progress[at - 1];
      if (event.phase !== before?.phase) expect(event.done).toBe(0);
      // What ends early has no more to do than it has done.
      else expect(event).toMatchObject({ total: isLast(at) ? event.done : before.total, unit: before.unit });
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

  it.each(moments)('leaves a model when it is to stop and keep what it has: %s', async (moment) => {
    const { events, result } = await raiseAt('keepSignal', moment);
    await expectWhole(result);
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
    await expectWhole(result);
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
    await expectWhole(result);
    expect(result.predictions.every((value) => value >= 0 && value <= 1)).toBe(true);
  });

  it('works where all pictures are the same', async () => {
    const picture = await train.load(0);
    const same = sourceOf([picture, picture, picture, picture], [0, 1, 2, 0]);
    const { result } = await run({ train: same });
    await expectWhole(result);
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
