import type { AverageMetrics, EvaluationFacts, ModelClass } from './evaluation-facts.ts';
import type { StoredPrediction } from './model-versions.ts';

/** What is counted again: an evaluation without the names that only a reader needs. */
export type RecountedEvaluation = Pick<
  EvaluationFacts,
  'imageCount' | 'accuracy' | 'macro' | 'micro' | 'weighted' | 'confusionMatrix'
> & {
  readonly classStatistics: readonly (AverageMetrics & {
    readonly support: number;
    readonly predictedCount: number;
    readonly truePositives: number;
    readonly oneVsRestAccuracy: number;
  })[];
};

type Answer = Pick<StoredPrediction, 'imageId' | 'actualClasses' | 'predictedClasses' | 'probabilities'>;

/**
 * Counts an evaluation again from the answer to each image, by itself: with nothing of the engine that counted it first, so that a defect
 * there would show. Definitions as in `EvaluationFacts`; 0/0 = 0.
 */
export class EvaluationRecount {
  readonly #classes: readonly ModelClass[];
  readonly #matrix: number[][];
  readonly #support: number[];
  readonly #predicted: number[];
  readonly #right: number[];
  #images = 0;
  #whollyRight = 0;
  /** Images whose stored answer is not what their stored probabilities say. */
  readonly contradictions: string[] = [];

  constructor(classes: readonly ModelClass[]) {
    this.#classes = classes;
    const zeros = () => classes.map(() => 0);
    this.#matrix = classes.map(zeros);
    [this.#support, this.#predicted, this.#right] = [zeros(), zeros(), zeros()];
  }

  add(answer: Answer): void {
    const { actualClasses: actual, predictedClasses: predicted } = answer;
    this.#images += 1;
    for (const index of actual) this.#support[index]! += 1;
    for (const index of predicted) this.#predicted[index]! += 1;
    const right = predicted.filter((index) => actual.includes(index));
    for (const index of right) this.#right[index]! += 1;
    if (right.length === actual.length && right.length === predicted.length) this.#whollyRight += 1;
    if (!this.#isMultiLabel) this.#matrix[actual[0]!]![predicted[0]!]! += 1;
    if (!sameIndexes(predicted, this.#said(answer.probabilities))) this.contradictions.push(answer.imageId);
  }

  result(): RecountedEvaluation {
    const classStatistics = this.#classes.map((_, index) => {
      const [support, predictedCount, truePositives] = [
        this.#support[index]!,
        this.#predicted[index]!,
        this.#right[index]!,
      ];
      const wrong = support + predictedCount - 2 * truePositives;
      return {
        support,
        predictedCount,
        truePositives,
        ...averages(truePositives, predictedCount, support),
        oneVsRestAccuracy: ratio(this.#images - wrong, this.#images),
      };
    });
    const [support, predicted, right] = [sum(this.#support), sum(this.#predicted), sum(this.#right)];
    return {
      imageCount: this.#images,
      accuracy: ratio(this.#whollyRight, this.#images),
      macro: mean(classStatistics, () => 1),
      micro: averages(right, predicted, support),
      weighted: mean(classStatistics, (each) => each.support),
      confusionMatrix: this.#isMultiLabel ? null : this.#matrix,
      classStatistics,
    };
  }

  get #isMultiLabel(): boolean {
    return this.#classes[0]?.threshold !== undefined;
  }

  /** The most probable class, of equal ones the first; or each from its threshold on. */
  #said(probabilities: readonly number[]): number[] {
    if (!this.#isMultiLabel) return [probabilities.indexOf(Math.max(...probabilities))];
    // Both were float32 when they were compared; the database gives the shortest decimals that stand for the same.
    return [...this.#classes.keys()].filter(
      (index) => Math.fround(probabilities[index]!) >= Math.fround(this.#classes[index]!.threshold!),
    );
  }
}

const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const sameIndexes = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((index) => b.includes(index));

function averages(right: number, predicted: number, support: number): AverageMetrics {
  const [precision, recall] = [ratio(right, predicted), ratio(right, support)];
  return { precision, recall, f1: ratio(2 * precision * recall, precision + recall) };
}

function mean<T extends AverageMetrics>(items: readonly T[], weightOf: (item: T) => number): AverageMetrics {
  const weights = sum(items.map(weightOf));
  const of = (key: keyof AverageMetrics) => ratio(sum(items.map((item) => item[key] * weightOf(item))), weights);
  return { precision: of('precision'), recall: of('recall'), f1: of('f1') };
}
