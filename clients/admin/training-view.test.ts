import { describe, expect, test } from 'vitest';
import type { TrainingEvent } from '../typescript/index.ts';
import { textWidth } from './text/text-width.ts';
import { describeEvent, describePhase, openView, renderTraining, withEvent } from './training-view.ts';

const base = { sequence: 1, occurredAt: '2026-11-26T00:00:00.000Z', trainingId: 'Training_x' };
const average = { precision: 0.5, recall: 0.5, f1: 0.5 };

function epoch(number: number, f1s: Readonly<Record<string, number>>): TrainingEvent {
  const classStatistics = Object.entries(f1s).map(([labelName, f1], classIndex) => ({
    classIndex,
    labelId: `Label_${labelName}`,
    labelName,
    support: 10,
    predictedCount: 10,
    truePositives: 5,
    precision: f1,
    recall: f1,
    f1,
    oneVsRestAccuracy: f1,
    threshold: null,
  }));
  const metrics = {
    imageCount: 20,
    accuracy: 0.9,
    macro: average,
    micro: average,
    weighted: average,
    confusionMatrix: null,
  };
  return {
    __typename: 'TrainingEpochCompleted',
    ...base,
    stage: 'HEAD',
    epoch: number,
    epochs: 30,
    loss: 0.368,
    metrics: { ...metrics, classStatistics },
  };
}

const progressed: TrainingEvent = {
  __typename: 'TrainingProgressed',
  ...base,
  phase: 'TRAINING',
  currentEpoch: 3,
  done: 50,
  total: 200,
  imagesPerSecond: 100,
  etaSeconds: 90,
};

const size = { columns: 79, rows: 23 };
const viewOf = (events: readonly TrainingEvent[]) =>
  events.reduce((view, event) => withEvent(view, event, 0), openView({ versionName: 'V001', state: 'QUEUED' }));

describe('what is shown of a training', () => {
  test('is one line before anything is known', () => {
    expect(renderTraining(viewOf([]), size, 0)).toEqual(['V001  QUEUED']);
  });

  test('is state, bar with the time left running down, and what became of each class', () => {
    const view = viewOf([
      { __typename: 'TrainingStateChanged', ...base, state: 'RUNNING', stopReason: null, failure: null },
      epoch(1, { cat: 0.5, dog: 0.8 }),
      epoch(2, { cat: 0.75, dog: 0.7 }),
      progressed,
    ]);
    expect(renderTraining(view, size, 30_000)).toEqual([
      'V001  RUNNING  epoch  2/30  loss 0.368  accuracy 90.0 %  macro F1 50.0 %',
      expect.stringMatching(/^learning +█+░+ +50\/200 steps +1 min 0 s left$/),
      'class  pictures  precision  recall      F1',
      'cat          10     75.0 %  75.0 %  75.0 %  ▲ 25.0',
      'dog          10     70.0 %  70.0 %  70.0 %  ▼ 10.0',
    ]);
  });

  test('fits into any terminal, and says what was left out', () => {
    const many = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [`${index} ein langer Name 猫猫猫猫猫`, 0.5]),
    );
    for (const rows of [5, 10, 23])
      for (const columns of [30, 50, 79]) {
        const lines = renderTraining(viewOf([epoch(1, many), progressed]), { columns, rows }, 0);
        expect(lines.length).toBeLessThanOrEqual(rows);
        expect(lines.at(-1)).toMatch(/^and \d+ more classes$/);
        for (const line of lines.slice(2)) expect(textWidth(line)).toBeLessThanOrEqual(Math.max(columns, 46));
      }
  });

  test('skips kinds of events that only a newer server has', () => {
    const view = viewOf([progressed]);
    const novelty = { __typename: 'TrainingNovelty', ...base } as unknown as TrainingEvent;
    expect(withEvent(view, novelty, 0)).toBe(view);
    expect(describeEvent(novelty)).toBeUndefined();
  });
});

describe('lines where nothing is redrawn', () => {
  test('tell each phase once, not every step', () => {
    expect(describePhase(progressed, undefined)).toBe('learning: 50/200 steps, 1 min 30 s left');
    expect(describePhase({ ...progressed, done: 60 }, progressed)).toBeUndefined();
    expect(describePhase(epoch(1, {}), progressed)).toBeUndefined();
  });

  test('tell what happened to a training', () => {
    const lines = (
      [
        { __typename: 'TrainingStateChanged', ...base, state: 'COMPLETED', stopReason: 'CONVERGED', failure: null },
        { __typename: 'TrainingInterrupted', ...base, reason: 'WORKER_LOST', attempt: 1, message: 'not heard of' },
        { __typename: 'TrainingResumed', ...base, attempt: 2 },
        { __typename: 'TrainingStopRequested', ...base, request: 'STOP_AND_KEEP' },
        { __typename: 'TrainingLogLine', ...base, level: 'WARN', message: 'few pictures' },
      ] as const
    ).map((event) => describeEvent(event));
    expect(lines).toEqual([
      'COMPLETED (CONVERGED)',
      'attempt 1 ended: not heard of',
      'attempt 2 goes on',
      'it is to stop and keep its best model',
      'warning: few pictures',
    ]);
  });
});
