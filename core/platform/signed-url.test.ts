import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signGrant, verifyGrant, type Grant } from './signed-url.ts';

const secret = randomBytes(32);
const verb = fc.constantFrom('PUT' as const, 'GET' as const);
const subject = fc.oneof(
  fc.uuid(),
  fc.string({ minLength: 1, unit: 'grapheme' }),
  fc.constantFrom('a\n1', 'GET\na\n1'),
);
const expires = fc.integer({ min: 1, max: 4_000_000_000 });
const grant: fc.Arbitrary<Grant> = fc.record({ verb, subject, expires });

const verify = (given: Grant, query: string, now = given.expires * 1000, key = secret) =>
  verifyGrant(key, given.verb, given.subject, new URLSearchParams(query), now);

describe('a signed address', () => {
  it('is good until it expires, to the second', () => {
    fc.assert(
      fc.property(grant, fc.nat(), (given, early) => {
        const query = signGrant(secret, given);
        expect(verify(given, query, given.expires * 1000 - early)).toBe(true);
        expect(verify(given, query, given.expires * 1000)).toBe(true);
        expect(verify(given, query, given.expires * 1000 + 1 + early)).toBe(false);
      }),
    );
  });

  it('is good for its verb, its thing and its secret alone', () => {
    fc.assert(
      fc.property(grant, grant, (given, other) => {
        const query = signGrant(secret, given);
        expect(verify({ ...given, verb: given.verb === 'PUT' ? 'GET' : 'PUT' }, query)).toBe(false);
        fc.pre(other.subject !== given.subject);
        expect(verify({ ...given, subject: other.subject }, query)).toBe(false);
        expect(verify(given, query, undefined, randomBytes(32))).toBe(false);
      }),
    );
  });

  it('is good with its own time alone', () => {
    fc.assert(
      fc.property(grant, expires, (given, later) => {
        fc.pre(later !== given.expires);
        const forged = signGrant(secret, given).replace(String(given.expires), String(later));
        expect(verify(given, forged, 0)).toBe(false);
      }),
    );
  });

  it('is worthless after the change of any character of its query', () => {
    const character = fc.constantFrom(...'0123456789abcxyzABCXYZ-_=&+% \0.');
    fc.assert(
      fc.property(grant, fc.nat(), character, fc.constantFrom(0, 1), (given, at, replacement, removed) => {
        const query = signGrant(secret, given);
        const start = at % query.length;
        const changed = query.slice(0, start) + replacement + query.slice(start + removed);
        const same = (name: string) => new URLSearchParams(changed).get(name) === new URLSearchParams(query).get(name);
        fc.pre(!same('expires') || !same('signature'));
        expect(verify(given, changed, 0)).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  it.each(['', 'expires=', 'signature=', 'expires=NaN&signature=x', 'expires=1e3&signature=', 'expires=-1'])(
    'refuses the query "%s" without an error',
    (query) => expect(verify({ verb: 'GET', subject: 'a', expires: 1 }, query, 0)).toBe(false),
  );

  it('knows one spelling of a time', () => {
    const given: Grant = { verb: 'GET', subject: 'a', expires: 1000 };
    for (const spelling of ['01000', '1e3', '1000.0', '%201000', '0x3e8'])
      expect(verify(given, signGrant(secret, given).replace('1000', spelling)), spelling).toBe(false);
  });
});
