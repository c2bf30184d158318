import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crossEntropy } from './cross-entropy.ts';
import { evaluateClassification } from './evaluate-classification.ts';
import { mostProbable } from './most-probable.ts';

/** Scores whose largest says the class. */
function saying(answers: readonly number[], classCount: number): Float32Array {
  return Float32Array.from({ length: answers.length * classCount }, (_, at) =>
    answers[Math.floor(at / classCount)] === at % classCount ? 0.9 : 0.1 / (classCount - 1),
  );
}

/** Pictures of 1 to 6 classes with any scores, ties among them. */
const cases = fc.integer({ min: 1, max: 6 }).chain((classCount) =>
  fc
    .array(
      fc.record({
        label: fc.nat(classCount - 1),
        scores: fc.array(fc.nat(4), { minLength: classCount, maxLength: classCount }),
      }),
      { maxLength: 40 },
    )
    .map((pictures) => ({
      classCount,
      actual: Int32Array.from(pictures, ({ label }) => label),
      probabilities: Float32Array.from(pictures.flatMap(({ scores }) => scores.map((score) => score / 4))),
    })),
);

const total = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

describe('evaluateClassification', () => {
  it('agrees with the example in the documentation of scikit-learn', () => {
    // precision_recall_fscore_support([cat dog pig cat dog pig], [cat pig dog cat cat dog]): 0.22, 0.33, 0.26 macro and weighted.
    const evaluation = evaluateClassification(Int32Array.of(0, 1, 2, 0, 1, 2), saying([0, 2, 1, 0, 0, 1], 3), 3);
    expect(evaluation.confusionMatrix).toEqual([
      [2, 0, 0],
      [1, 0, 1],
      [0, 2, 0],
    ]);
    expect(evaluation).toMatchObject({ count: 6, accuracy: 2 / 6 });
    expect(evaluation.macro).toEqual({ precision: 2 / 9, recall: 1 / 3, f1: 0.8 / 3 });
    expect(evaluation.micro).toEqual({ precision: 2 / 6, recall: 2 / 6, f1: 2 / 6 });
    expect(evaluation.weighted.precision).toBeCloseTo(2 / 9, 12);
    expect(evaluation.classStatistics[0]).toEqual({
      support: 2,
      predictedCount: 3,
      truePositives: 2,
      precision: 2 / 3,
      recall: 1,
      f1: 0.8,
      oneVsRestAccuracy: 5 / 6,
      threshold: null,
    });
  });

  it('weighs classes by their pictures, or not', () => {
    // Three of class 0, all right; one of class 1, said to be 0.
    const { macro, weighted, accuracy } = evaluateClassification(Int32Array.of(0, 0, 0, 1), saying([0, 0, 0, 0], 2), 2);
    expect(accuracy).toBe(0.75);
    expect(macro).toEqual({ precision: 0.375, recall: 0.5, f1: 6 / 7 / 2 });
    expect(weighted).toEqual({ precision: 0.5625, recall: 0.75, f1: ((6 / 7) * 3) / 4 });
  });

  it('counts a class without pictures, and one that was never said, as 0 in the plain mean', () => {
    const evaluation = evaluateClassification(Int32Array.of(0, 0), saying([0, 0], 3), 3);
    expect(evaluation.macro).toEqual({ precision: 1 / 3, recall: 1 / 3, f1: 1 / 3 });
    expect(evaluation.weighted).toEqual({ precision: 1, recall: 1, f1: 1 });
    expect(evaluation.classStatistics[2]).toMatchObject({ support: 0, precision: 0, recall: 0, oneVsRestAccuracy: 1 });
  });

  it('is all zeros without pictures', () => {
    const evaluation = evaluateClassification(new Int32Array(0), new Float32Array(0), 2);
    expect(evaluation).toMatchObject({ count: 0, accuracy: 0, macro: { precision: 0, recall: 0, f1: 0 } });
    expect(evaluation.confusionMatrix).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  it('takes the first of equally probable classes', () => {
    const { confusionMatrix } = evaluateClassification(Int32Array.of(1), Float32Array.of(0.2, 0.4, 0.4), 3);
    expect(confusionMatrix![1]).toEqual([0, 1, 0]);
  });

  it('refuses what does not fit', () => {
    expect(() => evaluateClassification(Int32Array.of(0), Float32Array.of(1, 0, 0), 2)).toThrow(
      '3 probabilities do not fit 1 pictures of 2 classes',
    );
    for (const label of [2, -1])
      expect(() => evaluateClassification(Int32Array.of(0, label), new Float32Array(4), 2)).toThrow(
        `picture 1 has class ${label}, but there are 2 classes`,
      );
  });

  it('counts each picture once, in its row and in the column of the answer', () => {
    fc.assert(
      fc.property(cases, ({ actual, probabilities, classCount }) => {
        const { confusionMatrix, classStatistics, count } = evaluateClassification(actual, probabilities, classCount);
        expect(count).toBe(actual.length);
        const answers = Array.from(actual, (_, picture) =>
          mostProbable(probabilities, picture * classCount, classCount),
        );
        classStatistics.forEach(({ support, predictedCount, truePositives }, label) => {
          expect(support).toBe(actual.filter((each) => each === label).length);
          expect(total(confusionMatrix![label]!.map(Number))).toBe(support);
          expect(predictedCount).toBe(answers.filter((each) => each === label).length);
          expect(total(confusionMatrix!.map((row) => row[label]!))).toBe(predictedCount);
          expect(truePositives).toBe(
            answers.filter((each, picture) => each === label && actual[picture] === label).length,
          );
        });
      }),
    );
  });

  it('has micro averages and weighted recall equal to accuracy, and all figures within 0..1', () => {
    fc.assert(
      fc.property(cases, ({ actual, probabilities, classCount }) => {
        const { accuracy, micro, macro, weighted, classStatistics } = evaluateClassification(
          actual,
          probabilities,
          classCount,
        );
        expect(micro).toEqual({ precision: accuracy, recall: accuracy, f1: accuracy });
        expect(weighted.recall).toBeCloseTo(accuracy, 12);
        expect(macro.recall).toBeCloseTo(total(classStatistics.map(({ recall }) => recall)) / classCount, 12);
        for (const { precision, recall, f1, oneVsRestAccuracy } of classStatistics) {
          for (const figure of [precision, recall, f1, oneVsRestAccuracy]) {
            expect(figure).toBeGreaterThanOrEqual(0);
            expect(figure).toBeLessThanOrEqual(1);
          }
          expect(f1).toBeCloseTo(precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall), 12);
        }
      }),
    );
  });

  it('does not depend on the order of the pictures', () => {
    fc.assert(
      fc.property(cases, ({ actual, probabilities, classCount }) => {
        const rows = Array.from(actual, (_, picture) =>
          probabilities.slice(picture * classCount, (picture + 1) * classCount),
        ).reverse();
        const reversed = Float32Array.from(rows.flatMap((row) => Array.from(row)));
        expect(evaluateClassification(actual.slice().reverse(), reversed, classCount)).toEqual(
          evaluateClassification(actual, probabilities, classCount),
        );
      }),
    );
  });
});

describe('mostProbable', () => {
  it('is the first of the largest', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5), { minLength: 1 }), fc.nat(3), (scores, offset) => {
        const values = Float32Array.from([...Array<number>(offset).fill(9), ...scores, 9]);
        expect(mostProbable(values, offset, scores.length)).toBe(scores.indexOf(Math.max(...scores)));
      }),
    );
  });
});

describe('crossEntropy', () => {
  it('is the mean of -ln p of the actual class', () => {
    const probabilities = Float32Array.of(0.5, 0.5, 0.25, 0.75);
    expect(crossEntropy(Int32Array.of(0, 0), probabilities, 2)).toBeCloseTo((Math.log(2) + Math.log(4)) / 2, 6);
    expect(crossEntropy(Int32Array.of(0, 1), Float32Array.of(1, 0, 0, 1), 2)).toBe(0);
  });

  it('stays finite when the actual class was ruled out', () => {
    expect(crossEntropy(Int32Array.of(1), Float32Array.of(1, 0), 2)).toBeCloseTo(12 * Math.log(10), 6);
  });

  it('is 0 without pictures', () => {
    expect(crossEntropy(new Int32Array(0), new Float32Array(0), 2)).toBe(0);
  });

  it('is at its least, the entropy of the labels, when probabilities are their shares', () => {
    const share = fc.double({ min: 0.02, max: 0.98, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), share, (ones, other) => {
        const labels = Int32Array.from({ length: 10 }, (_, picture) => (picture < ones ? 1 : 0));
        const constant = (p: number) => Float32Array.from({ length: 20 }, (_, at) => (at % 2 === 1 ? p : 1 - p));
        const best = crossEntropy(labels, constant(ones / 10), 2);
        const entropy = -[ones / 10, 1 - ones / 10].reduce((sum, p) => sum + p * Math.log(p), 0);
        expect(best).toBeCloseTo(entropy, 5);
        expect(crossEntropy(labels, constant(other), 2)).toBeGreaterThanOrEqual(best - 1e-6);
      }),
    );
  });
});
