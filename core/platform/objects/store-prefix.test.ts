import { describe, expect, test } from 'vitest';
import { holdsOwnObjects, isBelowAny, readStorePrefix, writeStorePrefix } from './store-prefix.ts';

const read = (text: string) => readStorePrefix(text)!;

describe('a prefix of a store', () => {
  test.each([
    ['s3://data', 's3://data/'],
    ['s3://data/', 's3://data/'],
    ['s3://data/cats', 's3://data/cats/'],
    ['obs://data/a/b c/ä/', 's3://data/a/b c/ä/'],
    ['s3://data/..hidden/...', 's3://data/..hidden/.../'],
  ])('is read from %j', (text, written) => expect(writeStorePrefix(read(text))).toBe(written));

  test.each([
    '',
    'data/cats',
    'https://data/cats',
    'file:///etc',
    's3://',
    's3:///cats',
    's3://UPPER/cats',
    's3://../cats',
    's3://data/..',
    's3://data/../other',
    's3://data/cats/../../other/',
    's3://data/./cats',
    's3://data//cats',
    's3://data/cats//',
    's3://data/cats\n/x',
    's3://data/a\\..\\b',
    's3://data/\0',
    's3://data/\ud800',
    `s3://data/${'x'.repeat(1025)}`,
  ])('is not read from %j', (text) => expect(readStorePrefix(text)).toBeUndefined());

  test('is below what is allowed by whole segments, in its bucket', () => {
    const allowed = [read('s3://data/cats/'), read('s3://open')];
    for (const text of ['s3://data/cats', 's3://data/cats/2024/', 's3://open/any', 's3://open'])
      expect(isBelowAny(read(text), allowed), text).toBe(true);
    for (const text of ['s3://data', 's3://data/cats2/', 's3://data/dogs/', 's3://other/cats/', 's3://opens/'])
      expect(isBelowAny(read(text), allowed), text).toBe(false);
    expect(isBelowAny(read('s3://data/cats/'), [])).toBe(false);
  });

  test.each([
    ['s3://own', true],
    ['s3://own/projects', true],
    ['s3://own/projects/1/images', true],
    ['s3://own/base-models', true],
    ['s3://own/incoming', false],
    ['s3://own/projects-to-come', false],
  ])('%s of our bucket: holds objects of ours is %s', (text, holds) => expect(holdsOwnObjects(read(text))).toBe(holds));
});
