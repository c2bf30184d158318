import { describe, expect, it } from 'vitest';
import { drain, noStop } from '#test/picture-source.ts';
import { emptyFeatureTable, storeFeatures, type FeatureTable } from '../features/feature-table.ts';
import { evaluateClassification } from '../metrics/evaluate-classification.ts';
import type { TrainingPlan } from '../plan/training-plan.ts';
import { random } from '../random/random.ts';
import { openHeadEvaluator } from './head-probabilities.ts';
import { trainHead, type HeadTraining } from './train-head.ts';

const dimension = 8;
const plan: TrainingPlan = { views: 2, epochs: 6, patience: 4, stepsPerEpoch: 5, batchSize: 10 };

/** Noise around a point of its own for each class: [0, 3, 0, ...] for class 1. */
function table(labels: Int32Array, views: number, seed: number): FeatureTable {
  const draws = random(seed);
  const made = emptyFeatureTable(labels.length, views, dimension);
  labels.forEach((label, picture) => {
    const features = Float32Array.from(
      { length: views * dimension },
      (_, index) => draws.uniform() + (index % dimension === label ? 3 : 0) + 5,
    );
    storeFeatures(made, picture, 0, features);
  });
  return made;
}

const labels = (count: number) => Int32Array.from({ length: count }, (_, index) => index % 2);

function task(changes: Partial<HeadTraining> = {}): HeadTraining {
  return {
    ...noStop,
    train: table(labels(30), plan.views, 1),
    trainLabels: labels(30),
    validation: table(labels(10), 1, 2),
    validationLabels: labels(10),
    classIds: ['a', 'b'],
    plan,
    seed: 1,
    ...changes,
  };
}

/** A start that every epoch makes better: no knowledge at all. */
const blank = {
  classIds: ['a', 'b'],
  weights: new Float32Array(2 * dimension),
  bias: new Float32Array(2),
  baseModelSha256: 'x',
};

describe('trainHead', () => {
  it('returns the head that its probabilities come from, for raw features', async () => {
    const { result } = await drain(trainHead(task()));
    const evaluator = await openHeadEvaluator(dimension, 2);
    const again = await evaluator.probabilities(table(labels(10), 1, 2).values, result.head);
    await evaluator.close();
    again.forEach((value, index) => expect(value).toBeCloseTo(result.scored!.probabilities[index]!, 4));
    expect(evaluateClassification(labels(10), result.scored!.probabilities, 2).accuracy).toBe(1);
  });

  it('runs all planned epochs while it gets better', async () => {
    const { events, result } = await drain(trainHead(task({ previous: blank })));
    expect(result).toMatchObject({ epochs: 6, bestEpoch: 6, stopReason: 'CONVERGED' });
    const losses = events.flatMap((event) => (event.type === 'epoch' ? [event.loss] : []));
    expect(losses).toHaveLength(6);
    expect(losses.at(-1)).toBeLessThan(losses[0]!);
  });

  it('keeps the best epoch and ends when none was better for a while', async () => {
    const { result: good } = await drain(trainHead(task()));
    // From a good head, pictures with the labels mixed up make every epoch worse than the start.
    const wrong = labels(30).map((label) => 1 - label);
    const previous = { classIds: ['a', 'b'], baseModelSha256: 'x', ...good.head };
    const { result } = await drain(trainHead(task({ trainLabels: wrong, previous })));
    expect(result).toMatchObject({ bestEpoch: 0, epochs: plan.patience, stopReason: 'CONVERGED' });
    result.head.weights.forEach((weight, index) => expect(weight).toBeCloseTo(good.head.weights[index]!, 4));
    expect(evaluateClassification(labels(10), result.scored!.probabilities, 2).accuracy).toBe(1);
  });

  it('never looks at views that were not extracted', async () => {
    const train = table(labels(30), plan.views, 1);
    for (const picture of [3, 8, 20]) {
      const finished = picture === 8 ? 0 : 1;
      train.finishedViews[picture] = finished;
      for (let view: number = finished; view < plan.views; view++) {
        const row = view * train.count + picture;
        train.values.fill(NaN, row * dimension, (row + 1) * dimension);
      }
    }
    const { result } = await drain(trainHead(task({ train, previous: blank })));
    expect(result.bestEpoch).toBe(6);
    for (const value of [...result.head.weights, ...result.head.bias]) expect(Number.isFinite(value)).toBe(true);
  });

  it('gives the start without probabilities when there was no time to see the validation pictures', async () => {
    const validation = table(labels(10), 1, 2);
    validation.finishedViews[9] = 0;
    const { events, result } = await drain(trainHead(task({ validation, deadline: 0 })));
    expect(result).toMatchObject({ scored: undefined, epochs: 0, bestEpoch: 0, stopReason: 'MAX_DURATION' });
    expect(result.head.weights.some((weight) => weight !== 0)).toBe(true);
    expect(events.some((event) => event.type === 'epoch')).toBe(false);
  });
});
