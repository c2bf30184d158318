import { beforeAll, describe, expect, it } from 'vitest';
import { drain, sceneSource } from '#test/picture-source.ts';
import { tinyTraining } from '#test/tiny-training.ts';
import { type CheckpointStore } from './checkpoint/checkpoint-store.ts';
import type { EngineEvent } from './engine-event.ts';
import type { PictureSource } from './features/picture-source.ts';
import { openClassifier } from './inference/open-classifier.ts';
import { evaluateMultiLabel } from './metrics/index.ts';
import { preferences } from './plan/training-plan.ts';
import { trainClassifier, type TrainOptions } from './train.ts';

const classes = ['disc', 'square', 'bar'].map((name) => ({ id: `id-${name}`, name }));
let train: PictureSource;
let validation: PictureSource;
beforeAll(async () => {
  train = await sceneSource(48);
  validation = await sceneSource(24, 1000);
});

const options = async (changes: Partial<TrainOptions> = {}) => tinyTraining({ classes, train, validation, ...changes });
const run = async (changes: Partial<TrainOptions> = {}) => drain(trainClassifier(await options(changes)));
const epochsOf = (events: readonly EngineEvent[]) => events.filter((event) => event.type === 'epoch');

describe('a training on pictures with any number of labels', () => {
  it.each(preferences)('learns to tell each label on its own: %s', async (preference) => {
    const { events, result } = await run({ preference });
    const { evaluation, thresholds } = result;
    expect(evaluation.macro.f1).toBeGreaterThan(0.85);
    expect(evaluation.confusionMatrix).toBeNull();
    expect(evaluation).toEqual(evaluateMultiLabel(validation.labels as Uint8Array, result.predictions, thresholds!));
    expect(evaluation.classStatistics.map(({ support }) => support)).toEqual([12, 12, 12]);
    expect(events.at(-1)).toEqual({ type: 'evaluation', evaluation });
    for (const each of epochsOf(events)) expect(each.evaluation.classStatistics).toHaveLength(3);
    expect(result.parity).toBeLessThanOrEqual(1e-4);
    // Pictures carry none to three labels: probabilities of one do not take from another's.
    const sums = Array.from({ length: 24 }, (_, at) =>
      result.predictions.subarray(at * 3, at * 3 + 3).reduce((a, b) => a + b),
    );
    expect(Math.max(...sums)).toBeGreaterThan(1.5);
    expect(Math.min(...sums)).toBeLessThan(0.8);
  });

  it('leaves a file that knows its thresholds and answers as the training says', async () => {
    const { result } = await run({ preference: 'PERFORMANCE_FIRST' });
    const classifier = await openClassifier(result.model);
    expect(classifier.classes).toEqual(classes);
    expect(classifier.thresholds).toEqual(result.thresholds);
    const answer = await classifier.classifyPicture(await validation.load(7));
    await classifier.close();
    answer.probabilities.forEach((value, index) => expect(value).toBeCloseTo(result.predictions[21 + index]!, 5));
  });

  it('goes on from a version with a label more', async () => {
    const two = (source: PictureSource): PictureSource => ({
      ...source,
      labels: source.labels.filter((_, at) => at % 3 < 2),
    });
    const earlier = await run({ classes: classes.slice(0, 2), train: two(train), validation: two(validation) });
    const { result } = await run({ initialVersion: earlier.result.model, preference: 'PERFORMANCE_FIRST' });
    expect(result.predictions).toHaveLength(24 * 3);
    for (const { f1 } of result.evaluation.classStatistics) expect(f1).toBeGreaterThan(0.7);
  });

  it('goes on from a checkpoint to the same bits', async () => {
    const saved: Buffer[] = [];
    const keep: CheckpointStore = { save: async (bytes) => void saved.push(bytes), load: async () => undefined };
    const whole = await run({ checkpoints: keep });
    const from = saved[Math.floor(saved.length / 2)];
    const rest = await run({ checkpoints: { save: async () => undefined, load: async () => from } });
    expect(Buffer.compare(rest.result.model, whole.result.model)).toBe(0);
    expect(rest.result.evaluation).toEqual(whole.result.evaluation);
  });

  it('leaves a model when its deadline is past before it begins', async () => {
    const { result } = await run({ deadline: 0 });
    expect(result).toMatchObject({ stopReason: 'MAX_DURATION', epochs: 0 });
    expect(result.evaluation.count).toBe(24);
    for (const threshold of result.thresholds!) expect(Math.abs(threshold - 0.5)).toBeLessThan(0.5);
  });

  it.each([
    [
      'one side of another kind',
      () => ({ validation: { ...validation, labels: new Int32Array(24) } }),
      'validation: one source',
    ],
    ['labels that are missing', () => ({ train: { ...train, labels: new Uint8Array(48) } }), 'train: 48 labels'],
    [
      'a label that is neither 0 nor 1',
      () => ({ train: { ...train, labels: new Uint8Array(144).fill(2) } }),
      '2 among the labels',
    ],
  ] as [string, () => Partial<TrainOptions>, string][])('refuses %s', async (_, changes, message) => {
    await expect(run(changes())).rejects.toThrow(message);
  });
});
