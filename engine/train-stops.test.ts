import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drain } from '#test/picture-source.ts';
import { expectWholeModel, tinyTraining } from '#test/tiny-training.ts';
import type { EngineEvent, TrainingStage } from './engine-event.ts';
import { preferences } from './plan/training-plan.ts';
import { random } from './random/random.ts';
import { trainClassifier, type TrainOptions, type TrainingResult } from './train.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'exemplar-cache-'));
});
afterAll(() => rm(directory, { recursive: true }));

const losses = (events: EngineEvent[]) => events.flatMap((event) => (event.type === 'epoch' ? [event.loss] : []));

describe('the same seed', () => {
  it.each(preferences)('gives the same bytes, another others, with a cache or without: %s', async (preference) => {
    const run = async (changes: Partial<TrainOptions>) =>
      drain(trainClassifier(await tinyTraining({ preference, ...changes })));
    const first = await run({ seed: 7 });
    const second = await run({ seed: 7, cache: { directory, budgetBytes: 1e8 } });
    expect(Buffer.compare(first.result.model, second.result.model)).toBe(0);
    expect(first.result.predictions).toEqual(second.result.predictions);
    expect(losses(second.events)).toEqual(losses(first.events));
    for await (const event of trainClassifier(await tinyTraining({ preference, seed: 8 }))) {
      if (event.type !== 'epoch') continue;
      expect(event.loss).not.toBe(losses(first.events)[0]);
      break;
    }
    await expectWholeModel(first.result, await tinyTraining());
    expect(first.result.evaluation.accuracy).toBeGreaterThan(0.9);
  });
});

/** When something is to happen: the second epoch of a stage, or the n-th time that a phase of it begins. */
const moments: Record<string, (events: readonly EngineEvent[]) => boolean> = {
  'in the suffix epochs': (events) => epochsOf(events, 'SUFFIX') === 2,
  'in the epochs of the whole': (events) => epochsOf(events, 'FULL') === 2,
  'while the suffix is planned': (events) => logged(events, 'Operators'),
  'as the plan is there': (events) => logged(events, 'Planned'),
  'while activations are computed': (events) => phasesBegun(events, 'FEATURES') === 2,
  'before the suffix is trained': (events) => phasesBegun(events, 'TRAINING') === 2,
};
const epochsOf = (events: readonly EngineEvent[], stage: TrainingStage) =>
  events.filter((event) => event.type === 'epoch' && event.stage === stage).length;
const logged = (events: readonly EngineEvent[], start: string) => {
  const event = events.at(-1);
  return event?.type === 'log' && /^(Operators|Portable)/.test(event.message)
    ? start === 'Operators'
    : event?.type === 'log' && event.message.startsWith(start);
};
const phasesBegun = (events: readonly EngineEvent[], phase: string) =>
  events.filter((event) => event.type === 'progress' && event.phase === phase && event.done === 0).length;

async function raiseAt(signal: 'keepSignal' | 'cancelSignal', isMoment: (events: readonly EngineEvent[]) => boolean) {
  const controller = new AbortController();
  const training = trainClassifier(await tinyTraining({ preference: 'ACCURACY_FIRST', [signal]: controller.signal }));
  const events: EngineEvent[] = [];
  const after: EngineEvent[] = [];
  for (;;) {
    const next = await training.next().catch((error: unknown) => ({ done: true, value: error }) as const);
    if (next.done) return { events, after, end: next.value };
    events.push(next.value);
    if (controller.signal.aborted) after.push(next.value);
    else if (isMoment(events)) controller.abort();
  }
}

describe.each(Object.entries(moments))('a training that is stopped %s', (_, isMoment) => {
  it('leaves a model of what it had', async () => {
    const { after, end } = await raiseAt('keepSignal', isMoment);
    const result = end as TrainingResult;
    await expectWholeModel(result, await tinyTraining());
    expect(result.stopReason).toBe('STOPPED_BY_USER');
    expect(result.bestEpoch).toBeLessThanOrEqual(result.epochs);
    expect(epochsOf(after, 'SUFFIX') + epochsOf(after, 'FULL')).toBeLessThanOrEqual(1);
  });

  it('throws at once where it is cancelled', async () => {
    const { after, end } = await raiseAt('cancelSignal', isMoment);
    expect(end).toMatchObject({ name: 'AbortError' });
    expect(after.length).toBeLessThanOrEqual(2);
  });
});

describe('the deadline', () => {
  const draw = random(3);
  const moments = Array.from({ length: 10 }, () => Math.round(200 + 2200 * draw.uniform()));

  it.each(moments)('is kept, and a model is there: %d ms', async (milliseconds) => {
    const options = await tinyTraining({ preference: 'ACCURACY_FIRST', deadline: Date.now() + milliseconds });
    const { result } = await drain(trainClassifier(options));
    // A promise to the user, of a clock that other processes share: two seconds are generous.
    expect(Date.now()).toBeLessThan(options.deadline + 2000);
    await expectWholeModel(result, options);
    expect(result.epochs === 0 || result.bestEpoch <= result.epochs).toBe(true);
    expect(['CONVERGED', 'MAX_DURATION']).toContain(result.stopReason);
  });
});

describe('two trainings at once on one cache folder', () => {
  it('end as each of them alone', async () => {
    const alone = [5, 6].map((seed) => tinyTraining({ seed }));
    const together = [5, 6].map((seed) => tinyTraining({ seed, cache: { directory, budgetBytes: 1e8 } }));
    const expected: TrainingResult[] = [];
    for (const options of alone) expected.push((await drain(trainClassifier(await options))).result);
    const actual = await Promise.all(
      together.map(async (options) => (await drain(trainClassifier(await options))).result),
    );
    actual.forEach(({ model, predictions }, index) => {
      expect(Buffer.compare(model, expected[index]!.model)).toBe(0);
      expect(predictions).toEqual(expected[index]!.predictions);
    });
  });
});
