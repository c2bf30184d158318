import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  carries,
  classCounts,
  joinLabels,
  pickLabels,
  pictureCount,
  strataOf,
  targetsOf,
  type Labels,
} from './labels.ts';

const classCount = 4;
/** Labels of both kinds that say the same. */
const single = fc.array(fc.nat(classCount - 1), { maxLength: 30 }).map((list) => Int32Array.from(list));
const oneHot = (labels: Int32Array) =>
  Uint8Array.from({ length: labels.length * classCount }, (_, at) =>
    labels[Math.floor(at / classCount)] === at % classCount ? 1 : 0,
  );
const several = fc
  .array(fc.array(fc.nat(1), { minLength: classCount, maxLength: classCount }), { maxLength: 30 })
  .map((rows) => Uint8Array.from(rows.flat()));
const table = (labels: Labels) =>
  Array.from({ length: pictureCount(labels, classCount) }, (_, picture) =>
    Array.from({ length: classCount }, (__, index) => carries(labels, classCount, picture, index)),
  );

describe('labels', () => {
  it('of one class a picture are the same as one among any number', () => {
    fc.assert(
      fc.property(single, (labels) => {
        const other = oneHot(labels);
        expect(table(other)).toEqual(table(labels));
        expect(classCounts(other, classCount)).toEqual(classCounts(labels, classCount));
        expect(strataOf(other, classCount)).toEqual(labels);
      }),
    );
  });

  it.each([
    ['one class', single],
    ['several', several],
  ] as const)('are picked and joined picture by picture: %s', (_, kind) => {
    fc.assert(
      fc.property(kind as fc.Arbitrary<Labels>, fc.array(fc.nat()), (labels, draws) => {
        const rows = table(labels);
        const pictures = Int32Array.from(rows.length === 0 ? [] : draws.map((draw) => draw % rows.length));
        const picked = pickLabels(labels, classCount, pictures);
        expect(table(picked)).toEqual([...pictures].map((picture) => rows[picture]));
        expect(table(joinLabels(labels, picked))).toEqual([...rows, ...table(picked)]);
      }),
    );
  });

  it('have the rarest label carried as stratum, and one of their own where none is', () => {
    fc.assert(
      fc.property(several, (labels) => {
        const counts = classCounts(labels, classCount);
        strataOf(labels, classCount).forEach((stratum, picture) => {
          const carried = [0, 1, 2, 3].filter((index) => carries(labels, classCount, picture, index));
          if (carried.length === 0) expect(stratum).toBe(classCount);
          else {
            expect(carried).toContain(stratum);
            expect(counts[stratum]).toBe(Math.min(...carried.map((index) => counts[index]!)));
          }
        });
      }),
    );
  });

  it('become targets that lie by the smoothing away from 0 and 1', () => {
    expect(targetsOf(Int32Array.of(2), 4, 0.1)).toEqual(Float32Array.of(0.025, 0.025, 0.925, 0.025));
    expect(targetsOf(Uint8Array.of(0, 1, 1, 0), 4, 0.1)).toEqual(Float32Array.of(0.05, 0.95, 0.95, 0.05));
    expect(targetsOf(Uint8Array.of(0, 1, 1, 0), 4, 0)).toEqual(Float32Array.of(0, 1, 1, 0));
  });
});
