import { expect, it } from 'vitest';
import { splitOfDocument } from './split-name.ts';

it.each([
  ['annotations/labels_train.json', 'TRAIN'],
  ['labels_val.json', 'VALIDATION'],
  ['instances_val2017.json', 'VALIDATION'],
  ['test.manifest', 'TEST'],
  ['train/_classes.csv', 'TRAIN'],
  ['set/valid/_annotations.coco.json', 'VALIDATION'],
  ['train/labels_test.json', 'TEST'],
  ['latest.json', undefined],
  ['V001.manifest', undefined],
  ['', undefined],
])('%j is about %s', (path, split) => expect(splitOfDocument(path)).toBe(split));
