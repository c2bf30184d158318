import { describe, expect, test } from 'vitest';
import { decide, sureness, uncertainty } from './decide.ts';

const single = ['cat', 'dog', 'owl'].map((name) => ({ labelId: name, name }));
const ofSingle = { classes: single, acceptFrom: 0.9, unfamiliarityThreshold: null };
const several = [
  { labelId: 'cat', name: 'cat', threshold: 0.5 },
  { labelId: 'dog', name: 'dog', threshold: 0.2 },
];

describe('decide', () => {
  test.each([
    [[0.95, 0.03, 0.02], 'ACCEPT'],
    [[0.9, 0.05, 0.05], 'ACCEPT'],
    [[0.89, 0.06, 0.05], 'REVIEW'],
  ] as const)('takes the most probable class of %j from 0.9 on: %s', (probabilities, decision) => {
    expect(decide(ofSingle, probabilities)).toBe(decision);
  });

  test.each([
    [[0.95, 0.99], 'ACCEPT'],
    [[0.05, 0.02], 'ACCEPT'],
    // Says dog, at little over its threshold.
    [[0.95, 0.25], 'REVIEW'],
    [[0.4, 0.01], 'REVIEW'],
  ] as const)('is as sure as of the least sure label of %j: %s', (probabilities, decision) => {
    expect(decide({ ...ofSingle, classes: several }, probabilities)).toBe(decision);
  });

  test('says UNKNOWN of what is too unlike all that is known, however sure the model is', () => {
    const rule = { ...ofSingle, unfamiliarityThreshold: 2 };
    expect(decide(rule, [1, 0, 0], 2.1)).toBe('UNKNOWN');
    expect(decide(rule, [1, 0, 0], 2)).toBe('ACCEPT');
    expect(decide(rule, [1, 0, 0])).toBe('ACCEPT');
    expect(decide(ofSingle, [1, 0, 0], 9)).toBe('ACCEPT');
  });
});

describe('sureness and uncertainty', () => {
  test('of one class a picture', () => {
    expect(sureness(single, [0.2, 0.7, 0.1])).toBeCloseTo(0.7);
    expect(uncertainty(single, [1, 0, 0])).toBe(0);
    expect(uncertainty(single, [0.4, 0.4, 0.2])).toBeCloseTo(1);
    expect(uncertainty(single, [0.2, 0.7, 0.1])).toBeCloseTo(0.5);
  });

  test('of several labels a picture', () => {
    expect(uncertainty(several, [0.5, 1])).toBeCloseTo(1);
    expect(uncertainty(several, [0, 0.6])).toBeCloseTo(0.5);
    expect(uncertainty(several, [0, 1])).toBe(0);
    expect(uncertainty(several, [0, 0.1])).toBeCloseTo(0.5);
  });
});
