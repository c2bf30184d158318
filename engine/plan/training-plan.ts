export const preferences = ['PERFORMANCE_FIRST', 'BALANCE', 'ACCURACY_FIRST'] as const;
/** What the person wants more of: a quick answer or the last point of accuracy. */
export type Preference = (typeof preferences)[number];

/** How much work a training does, when no clock cuts it short. */
export interface TrainingPlan {
  /** Times each training picture is seen by the base model; view 0 as in prediction, the others randomly cropped and mirrored. */
  readonly views: number;
  /** Passes over all training pictures, each picture in one of its views. */
  readonly epochs: number;
  /** Epochs without a better validation result after which training has converged. */
  readonly patience: number;
  /** Optimiser steps of an epoch. */
  readonly stepsPerEpoch: number;
  /** Pictures of a step. */
  readonly batchSize: number;
}

const largestBatch = 64;
/** A handful of pictures makes one batch; an epoch of one step would be over before anything is learned. */
const fewestStepsPerEpoch = 5;
/** Steps after which a linear head on frozen features has long converged, however many pictures there are. */
const mostSteps = 40_000;

/**
 * Views of all pictures together: each costs a pass of the base model and a row of features in memory (4 bytes x dimension). Large sets vary
 * enough by themselves.
 */
const mostViewsInAll = 20_000;

const effort = {
  PERFORMANCE_FIRST: { views: 1, epochs: 30 },
  BALANCE: { views: 4, epochs: 60 },
  ACCURACY_FIRST: { views: 8, epochs: 120 },
} as const;

/** @param trainCount training pictures. */
export function trainingPlan(preference: Preference, trainCount: number): TrainingPlan {
  const { views: wantedViews, epochs: wanted } = effort[preference];
  const views = Math.max(1, Math.min(wantedViews, Math.floor(mostViewsInAll / trainCount)));
  const batchSize = Math.min(largestBatch, trainCount);
  const stepsPerEpoch = Math.max(fewestStepsPerEpoch, Math.ceil(trainCount / batchSize));
  const epochs = Math.max(10, Math.min(wanted, Math.floor(mostSteps / stepsPerEpoch)));
  return { views, epochs, patience: Math.ceil(epochs / 2), stepsPerEpoch, batchSize };
}
