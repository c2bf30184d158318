import { expect, test } from 'vitest';
import { compareWithBase, type AnsweredVersion } from './forgetting.ts';

const answer = (imageId: string, actual: number | number[], predicted: number | number[]) => ({
  imageId,
  actualClasses: [actual].flat(),
  predictedClasses: [predicted].flat(),
});

test('recall before and after counts the images that both versions were evaluated on with the same label', () => {
  const base: AnsweredVersion = {
    classes: ['cat', 'dog', 'old'].map((name) => ({ labelId: `id-${name}`, name })),
    answers: [
      answer('a', 0, 0),
      answer('b', 0, 0),
      answer('c', 1, 0),
      answer('d', 1, 1),
      answer('relabelled', 0, 0),
      answer('removed class', 2, 2),
      answer('deleted', 1, 1),
    ],
  };
  // Class order changed, dog was renamed, old is gone, bird is new.
  const version: AnsweredVersion = {
    classes: [
      { labelId: 'id-dog', name: 'hound' },
      { labelId: 'id-cat', name: 'cat' },
      { labelId: 'id-bird', name: 'bird' },
    ],
    answers: [
      answer('a', 1, 1),
      answer('b', 1, 2),
      answer('c', 0, 0),
      answer('d', 0, 0),
      answer('relabelled', 2, 2),
      answer('new', 2, 2),
    ],
  };
  expect(compareWithBase(base, version)).toEqual([
    { labelId: 'id-cat', labelName: 'cat', support: 2, recallBefore: 1, recallAfter: 0.5 },
    { labelId: 'id-dog', labelName: 'hound', support: 2, recallBefore: 0.5, recallAfter: 1 },
  ]);
  expect(compareWithBase({ ...base, answers: [] }, version)).toEqual([]);
});

test('of images with several labels each label counts that the image still carries', () => {
  const classes = ['cat', 'dog'].map((name) => ({ labelId: `id-${name}`, name, threshold: 0.5 }));
  const base = { classes, answers: [answer('a', [0, 1], [0, 1]), answer('b', [0], []), answer('c', [1], [0])] };
  const version = { classes, answers: [answer('a', [0], [1]), answer('b', [0, 1], [0]), answer('c', [1], [0, 1])] };
  expect(compareWithBase(base, version)).toEqual([
    { labelId: 'id-cat', labelName: 'cat', support: 2, recallBefore: 0.5, recallAfter: 0.5 },
    { labelId: 'id-dog', labelName: 'dog', support: 1, recallBefore: 0, recallAfter: 1 },
  ]);
});
