import { describe, expect, it } from 'vitest';
import {
  describeClasses,
  describeConfidence,
  describeConfusion,
  describeIssues,
  describePrediction,
  describeSkipped,
} from './report.ts';
import { textWidth } from '../../clients/admin/text/text-width.ts';
import type { TrainedModel } from './trained-model.ts';

/** A model of so many classes that takes the first class for the second once. */
function modelOf(names: readonly string[]): TrainedModel {
  return {
    id: 'model',
    name: 'V001',
    phases: [],
    modelBytes: 1,
    evaluation: {
      imageCount: names.length * 10,
      accuracy: 0.9,
      confidence: null,
      macro: { precision: 0.9, recall: 0.9, f1: 0.9 },
      classStatistics: names.map((labelName) => ({
        labelName,
        support: 10,
        precision: 1,
        recall: 0.9,
        f1: 0.95,
        oneVsRestAccuracy: 0.99,
      })),
      confusionMatrix: names.map((_, actual) =>
        names.map((_, predicted) => (actual === predicted ? 10 : actual === 0 && predicted === 1 ? 1 : 0)),
      ),
    },
  };
}

describe('the report', () => {
  it('should show a small confusion matrix whole', () => {
    expect(describeConfusion(modelOf(['ants', 'bees']), 78)).toEqual([
      'actual \\ predicted   1   2',
      '1 ants              10   1',
      '2 bees               .  10',
    ]);
  });

  it('should tell the most frequent mistakes where the matrix does not fit', () => {
    const names = Array.from({ length: 100 }, (_, index) => `class ${index}`);
    const lines = describeConfusion(modelOf(names), 78);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain('class 0 taken for class 1');
  });

  it.each([2, 10, 15, 100])('should keep table and matrix of %i classes inside 78 columns', (count) => {
    const model = modelOf(Array.from({ length: count }, (_, index) => `${index} ${'long name '.repeat(12)}`));
    for (const line of [...describeClasses(model, 78), ...describeConfusion(model, 78)])
      expect(textWidth(line)).toBeLessThanOrEqual(78);
  });

  it('should put skipped files of one reason into one line', () => {
    const skipped = Array.from({ length: 7 }, (_, index) => ({
      file: `${index}.txt`,
      reason: 'no picture by its name',
    }));
    expect(describeSkipped(skipped)).toEqual([
      'skipped 7 (no picture by its name): 0.txt, 1.txt, 2.txt, 3.txt, 4.txt and 2 more',
    ]);
  });

  it('should put issues of one kind into one line', () => {
    const issues = ['a', 'b', 'c'].map((name) => ({ code: 'FEW_IMAGES', message: `Label ${name} has few.` }));
    expect(describeIssues(issues)).toEqual(['Label a has few. (and 2 more labels like it)']);
  });

  it('should say whether a prediction is right', () => {
    const prediction = {
      file: 'cats/1.png',
      expected: 'cats',
      predictedLabel: 'dogs',
      scores: [
        { label: 'dogs', probability: 0.6 },
        { label: 'cats', probability: 0.4 },
      ],
    };
    expect(describePrediction(prediction)).toBe('cats/1.png: dogs (wrong, it is cats)   dogs 60.0 %, cats 40.0 %');
    expect(describePrediction({ ...prediction, predictedLabel: 'cats' })).toContain('cats (right)');
  });
});

it('the confidence in few pictures comes with a second opinion', () => {
  const accuracy = { lower: 0.342, upper: 1 };
  expect(describeConfidence({ accuracy, crossValidated: null })).toEqual([
    'of all pictures of this kind, with 95 % confidence: accuracy between 34.2 % and 100.0 %',
  ]);
  const [, second] = describeConfidence({ accuracy, crossValidated: { imageCount: 11, accuracy: 0.636 } });
  expect(second).toBe('these are few; simple classifiers reach 63.6 % by cross-validation over all 11 pictures');
});
