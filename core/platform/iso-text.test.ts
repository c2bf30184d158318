import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isoText } from './iso-text.ts';

test('is what toISOString says, in any order of times', () => {
  const day = 24 * 3600 * 1000;
  const time = fc.oneof(
    fc.integer({ min: -8.64e15, max: 8.64e15 }),
    fc.integer({ min: -3 * day, max: 3 * day }),
    fc.constantFrom(0, -1, 1, day, -day, day - 1, 8.64e15, -8.64e15),
  );
  fc.assert(
    fc.property(fc.array(time), (times) => {
      for (const each of times) expect(isoText(new Date(each))).toBe(new Date(each).toISOString());
    }),
  );
});

test('fails for what is no time, as toISOString does', () => {
  expect(() => isoText(new Date(Number.NaN))).toThrow(RangeError);
});
