import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interleaveClasses } from './interleave-classes.ts';

const labels = fc.array(fc.integer({ min: 0, max: 8 }), { maxLength: 80 }).map((list) => Int32Array.from(list));

describe('interleaveClasses', () => {
  it('names every picture once', () => {
    fc.assert(
      fc.property(labels, (list) => {
        expect([...interleaveClasses(list).order].sort((a, b) => a - b)).toEqual([...list.keys()]);
      }),
    );
  });

  it('covers all classes alike wherever it is cut off', () => {
    fc.assert(
      fc.property(labels, fc.nat({ max: 80 }), (list, cut) => {
        const { order } = interleaveClasses(list);
        const counts = new Map<number, number>();
        for (const picture of order.subarray(0, cut)) counts.set(list[picture]!, (counts.get(list[picture]!) ?? 0) + 1);
        const most = Math.max(0, ...counts.values());
        for (const label of new Set(list)) {
          const all = list.filter((each) => each === label).length;
          expect(counts.get(label) ?? 0).toBeGreaterThanOrEqual(Math.min(all, most - 1));
        }
      }),
    );
  });

  it('has each class once in its first round', () => {
    fc.assert(
      fc.property(labels, (list) => {
        const { order, firstRound } = interleaveClasses(list);
        const first = [...order.subarray(0, firstRound)].map((picture) => list[picture]!);
        expect(first).toEqual([...new Set(list)].sort((a, b) => a - b));
      }),
    );
  });

  it('keeps the order of the pictures of a class', () => {
    const { order } = interleaveClasses(Int32Array.of(1, 1, 0, 1, 0));
    expect([...order]).toEqual([2, 0, 4, 1, 3]);
  });
});
