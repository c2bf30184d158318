import { describe, expect, test } from 'vitest';
import { expectedStarts, type RunningEstimate } from './expected-starts.ts';

const running = (changes: Partial<RunningEstimate> = {}): RunningEstimate => ({
  secondsLeft: 3600,
  secondsSoFar: 0,
  etaSeconds: null,
  ...changes,
});
const waiting = (count: number, maxDurationSeconds = 3600) =>
  Array.from({ length: count }, () => ({ maxDurationSeconds }));

describe('when waiting trainings start', () => {
  test('is not known where no worker is busy', () => {
    expect(expectedStarts([], waiting(2), 60)).toBeUndefined();
  });

  test('is one after another on one worker, each taking the mean', () => {
    expect(expectedStarts([running({ secondsSoFar: 40 })], waiting(3), 100)).toEqual([60, 160, 260]);
  });

  test('is at the worker that is free first', () => {
    const two = [running({ secondsSoFar: 90 }), running({ secondsSoFar: 50 })];
    expect(expectedStarts(two, waiting(4), 100)).toEqual([10, 50, 110, 150]);
  });

  test.each([
    ['the mean, where it has the time', running({ secondsSoFar: 30 }), 100, 70],
    ['at once, where others would have ended', running({ secondsSoFar: 130 }), 100, 0],
    ['not before the phase ends', running({ secondsSoFar: 130, etaSeconds: 25 }), 100, 25],
    ['not after the deadline', running({ secondsSoFar: 30, secondsLeft: 20, etaSeconds: 50 }), 100, 20],
    ['at the end of the phase, where nothing else is known', running({ etaSeconds: 25 }), undefined, 25],
    ['at the deadline, where nothing at all is known', running({ secondsLeft: 500 }), undefined, 500],
    ['at once, past the deadline', running({ secondsLeft: -5 }), undefined, 0],
  ])('%s', (_, busy, mean, seconds) => {
    expect(expectedStarts([busy], waiting(1), mean)).toEqual([seconds]);
  });

  test('is at once while a worker is idle', () => {
    expect(expectedStarts([], waiting(3), 100, 1)).toEqual([0, 100, 200]);
    expect(expectedStarts([running({ secondsSoFar: 40 })], waiting(3), 100, 1)).toEqual([0, 60, 100]);
    expect(expectedStarts([], waiting(2), 100, 1e9)).toEqual([0, 0]);
    expect(expectedStarts([running({ secondsSoFar: 40 })], waiting(1), 100, -1)).toEqual([60]);
  });

  test('no training takes longer than it may', () => {
    expect(expectedStarts([running({ secondsSoFar: 100 })], waiting(3, 30), 100)).toEqual([0, 30, 60]);
    expect(expectedStarts([running({ etaSeconds: 5 })], waiting(3, 30), undefined)).toEqual([5, 35, 65]);
  });
});
