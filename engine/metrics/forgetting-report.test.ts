import { describe, expect, it } from 'vitest';
import { evaluateClassification } from './evaluate-classification.ts';
import { forgettingReport } from './forgetting-report.ts';

function said(classIds: string[], actual: number[], answers: number[]) {
  const scores = Float32Array.from(answers.flatMap((answer) => classIds.map((_, index) => (index === answer ? 1 : 0))));
  return { classIds, evaluation: evaluateClassification(Int32Array.from(actual), scores, classIds.length) };
}

describe('forgettingReport', () => {
  it('compares classes by what they are, not by where they stand', () => {
    const before = said(['cat', 'dog', 'emu'], [0, 0, 0, 0, 1, 1], [0, 0, 0, 1, 0, 1]);
    // The same pictures; gnu is new, emu has none of them, and the order is another one.
    const after = said(['gnu', 'dog', 'cat', 'emu'], [2, 2, 2, 2, 1, 1], [2, 0, 0, 2, 1, 1]);
    expect(forgettingReport(before, after)).toEqual({
      classes: [
        { classId: 'cat', support: 4, recallBefore: 0.75, recallAfter: 0.5, forgotten: 0.25 },
        { classId: 'dog', support: 2, recallBefore: 0.5, recallAfter: 1, forgotten: -0.5 },
      ],
      meanForgotten: -0.125,
    });
  });

  it('leaves out classes that the later model does not have', () => {
    const before = said(['cat', 'dog'], [0, 1], [0, 1]);
    const after = said(['cat', 'fox'], [0], [0]);
    expect(forgettingReport(before, after).classes.map(({ classId }) => classId)).toEqual(['cat']);
    expect(forgettingReport(said(['cat'], [0], [0]), said(['fox'], [0], [0]))).toEqual({
      classes: [],
      meanForgotten: 0,
    });
  });

  it('refuses other pictures', () => {
    expect(() => forgettingReport(said(['cat', 'dog'], [0], [0]), said(['cat', 'dog'], [0, 0], [0, 0]))).toThrow(
      'class cat has 1 pictures before and 2 after',
    );
  });
});
