import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ValidationError } from './errors.ts';
import { isUuid, readPageRequest, toPage } from './page.ts';

function issuesOf(request: Parameters<typeof readPageRequest>[0]) {
  try {
    readPageRequest(request);
  } catch (error) {
    expect(error).toBeInstanceOf(ValidationError);
    return (error as ValidationError).issues.map(({ path }) => path.join('.'));
  }
  return [];
}

describe('readPageRequest', () => {
  it('asks for 20 from the start when nothing is said', () => {
    const fromStart = { limit: 20, after: undefined };
    expect(readPageRequest({})).toEqual(fromStart);
    expect(readPageRequest({ first: null, after: null })).toEqual(fromStart);
  });

  it('takes 1 to 100 after any id', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.uuid(), (first, after) => {
        expect(readPageRequest({ first, after })).toEqual({ limit: first, after });
      }),
    );
  });

  it.each([0, -1, 101, 1.5, NaN, Infinity])('refuses first: %d', (first) => {
    expect(issuesOf({ first })).toEqual(['first']);
  });

  it.each(['', 'abc', '00000000-0000-0000-0000-00000000000', `${randomUUID()}\n`, "'; drop table project; --"])(
    'refuses after: %j',
    (after) => {
      expect(isUuid(after)).toBe(false);
      expect(issuesOf({ after })).toEqual(['after']);
    },
  );

  it('names both mistakes at once', () => expect(issuesOf({ first: 0, after: 'x' })).toEqual(['first', 'after']));
});

describe('toPage', () => {
  it('shows up to the limit and whether there is more', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), fc.integer({ min: 1, max: 100 }), (list, limit) => {
        const page = toPage(list.slice(0, limit + 1), limit);
        expect(page.items).toEqual(list.slice(0, limit));
        expect(page.hasNextPage).toBe(list.length > limit);
      }),
    );
  });

  it('walks a whole list, each item once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 1, max: 100 }), (count, limit) => {
        const list = Array.from({ length: count }, (_, index) => index);
        const seen: number[] = [];
        for (let hasNext = true; hasNext;) {
          const page = toPage(list.slice(seen.length, seen.length + limit + 1), limit);
          seen.push(...page.items);
          hasNext = page.hasNextPage;
        }
        expect(seen).toEqual(list);
      }),
    );
  });
});
