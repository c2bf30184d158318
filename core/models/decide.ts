import type { ModelClass } from './evaluation-facts.ts';
import { isUnfamiliar } from './is-unfamiliar.ts';

export const decisions = ['ACCEPT', 'REVIEW', 'UNKNOWN'] as const;
/** What an application may do with an answer: take it, show it to a person, or take the picture for nothing that the model knows. */
export type Decision = (typeof decisions)[number];

/** Where the deployment says nothing else. Probabilities are calibrated: of answers at 0.9 about nine in ten are right. */
export const defaultAcceptFrom = 0.9;

/** What decisions rest on beside the probabilities. */
export interface DecisionRule {
  readonly classes: readonly ModelClass[];
  /** How sure an answer must be to be taken, 0..1. */
  readonly acceptFrom: number;
  /** Above which a picture is UNKNOWN; null for models that do not measure it. */
  readonly unfamiliarityThreshold: number | null;
}

/**
 * UNKNOWN when the picture is too unlike what the model was trained on; else ACCEPT when the model is sure enough of all it says; else REVIEW.
 * @param probabilities [classes].
 */
export function decide(
  rule: DecisionRule,
  probabilities: ArrayLike<number>,
  unfamiliarity: number | null = null,
): Decision {
  if (isUnfamiliar(rule, unfamiliarity)) return 'UNKNOWN';
  return sureness(rule.classes, probabilities) >= rule.acceptFrom ? 'ACCEPT' : 'REVIEW';
}

/**
 * How sure the answer is, 0..1: the probability of the most probable class, or, where each label is said or not, that of the least sure of
 * these statements.
 */
export function sureness(classes: readonly ModelClass[], probabilities: ArrayLike<number>): number {
  const values = Array.from(probabilities);
  if (classes.every(({ threshold }) => threshold === undefined)) return Math.max(...values);
  return Math.min(
    ...classes.map(({ threshold }, index) => {
      const probability = values[index]!;
      return threshold === undefined || probability >= threshold ? probability : 1 - probability;
    }),
  );
}

/**
 * How little the answer says, 0..1: one minus the distance between the two most probable classes, or, where each label is said or not, the
 * nearness to its threshold of the least sure one. People who label the most uncertain pictures first teach the model the most.
 */
export function uncertainty(classes: readonly ModelClass[], probabilities: ArrayLike<number>): number {
  const values = Array.from(probabilities);
  if (classes.every(({ threshold }) => threshold === undefined)) {
    const [first = 1, second = 0] = values.toSorted((one, other) => other - one);
    return 1 - (first - second);
  }
  return Math.max(
    ...classes.map(({ threshold = 0.5 }, index) => {
      const probability = values[index]!;
      const room = probability >= threshold ? 1 - threshold : threshold;
      return room === 0 ? 0 : 1 - Math.abs(probability - threshold) / room;
    }),
  );
}
