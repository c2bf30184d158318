import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SourceMatcher } from './match-sources.ts';

const find = (paths: string[], source: string) => new SourceMatcher(paths).find(source)?.path;

test('the file that shares the most segments from the end on is meant', () => {
  const paths = ['train/cat/1.jpg', 'train/dog/1.jpg', 'train/dog/2.jpg', '1.jpg'];
  expect(find(paths, 's3://bucket/data/train/cat/1.jpg')).toBe('train/cat/1.jpg');
  expect(find(paths, 'obs://bucket/dog/1.jpg')).toBe('train/dog/1.jpg');
  expect(find(paths, 'gs://other/2.jpg')).toBe('train/dog/2.jpg');
  expect(find(paths, 'C/1.jpg')).toBe('1.jpg');
  expect(find(paths, '3.jpg')).toBeUndefined();
  expect(new SourceMatcher(['a/1.jpg', 'b/1.jpg']).find('c/1.jpg')).toEqual({ path: undefined, segments: 1 });
});

test('spellings of tools are understood, but the one that stands there goes first', () => {
  expect(find(['a b.jpg'], 'gs://x/a%20b.jpg')).toBe('a b.jpg');
  expect(find(['a b.jpg', 'a%20b.jpg'], 'gs://x/a%20b.jpg')).toBe('a%20b.jpg');
  expect(find(['x/a.jpg'], '/data/local-files/?d=x%2Fa.jpg')).toBe('x/a.jpg');
  expect(find(['a.jpg'], '/data/upload/7/0a1b2c3d-a.jpg')).toBe('a.jpg');
  expect(find(['a.jpg'], '%E0%A4%A')).toBeUndefined();
});

test('finds what looking at every file would find', () => {
  const path = fc
    .array(fc.constantFrom('a', 'b', 'ab'), { minLength: 1, maxLength: 4 })
    .map((parts) => parts.join('/'));
  fc.assert(
    fc.property(fc.uniqueArray(path, { minLength: 1, maxLength: 12 }), path, (paths, source) => {
      const wanted = source.split('/').reverse();
      const shared = (other: string) => {
        const segments = other.split('/').reverse();
        const end = wanted.findIndex((segment, index) => segments[index] !== segment);
        return end < 0 ? wanted.length : end;
      };
      const most = Math.max(...paths.map(shared));
      const best = paths.filter((each) => shared(each) === most);
      const whole = best.find((each) => each.split('/').length === most);
      const expected = most === 0 ? undefined : { path: best.length === 1 ? best[0] : whole, segments: most };
      expect(new SourceMatcher(paths).find(source)).toEqual(expected);
    }),
  );
});
