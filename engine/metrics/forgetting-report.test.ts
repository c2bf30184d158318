import { expect, it } from 'vitest';
import { forgettingReport } from './forgetting-report.ts';

const said = (...rows: number[][]) => Uint8Array.from(rows.flat());

it('compares recall class by class, most forgotten first, and leaves out classes without pictures', () => {
  const actual = said([1, 0, 0], [1, 0, 0], [1, 1, 0], [1, 0, 0], [0, 1, 0]);
  const before = said([1, 0, 0], [1, 0, 0], [1, 0, 0], [0, 1, 0], [0, 1, 1]);
  const after = said([1, 0, 0], [0, 1, 0], [0, 1, 0], [1, 0, 0], [0, 1, 0]);
  expect(forgettingReport(['cat', 'dog', 'emu'], actual, before, after)).toEqual({
    classes: [
      { classId: 'cat', support: 4, recallBefore: 0.75, recallAfter: 0.5, forgotten: 0.25 },
      { classId: 'dog', support: 2, recallBefore: 0.5, recallAfter: 1, forgotten: -0.5 },
    ],
    meanForgotten: -0.125,
  });
});

it('has nothing to say without pictures or classes', () => {
  const nothing = { classes: [], meanForgotten: 0 };
  expect(forgettingReport([], said(), said(), said())).toEqual(nothing);
  expect(forgettingReport(['cat'], said([0], [0]), said([1], [1]), said([0], [0]))).toEqual(nothing);
});
