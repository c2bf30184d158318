import type { Evaluation } from './evaluation.ts';

/** What a model says to pictures, with the class of each index. */
export interface ClassEvaluation {
  readonly classIds: readonly string[];
  readonly evaluation: Evaluation;
}

export interface ClassForgetting {
  readonly classId: string;
  readonly support: number;
  /** 0..1. */
  readonly recallBefore: number;
  readonly recallAfter: number;
  /** recallBefore - recallAfter: above 0 where pictures are no longer recognised. */
  readonly forgotten: number;
}

export interface ForgettingReport {
  /** Classes that both models know and that have pictures, most forgotten first. */
  readonly classes: readonly ClassForgetting[];
  /** Mean of `forgotten`; 0 without classes. */
  readonly meanForgotten: number;
}

/**
 * What an incremental training cost of what was known before: forgetting of a class is how much of its recall is gone (after Chaudhry et
 * al., "Riemannian walk for incremental learning", 2018, section 3, with one earlier model and with gains counted as negative).
 * @throws {RangeError} when the two were not evaluated on the same pictures, told by the numbers of pictures of each class.
 */
export function forgettingReport(before: ClassEvaluation, after: ClassEvaluation): ForgettingReport {
  const classes = before.classIds.flatMap((classId, index): ClassForgetting[] => {
    const later = after.evaluation.classStatistics[after.classIds.indexOf(classId)];
    const earlier = before.evaluation.classStatistics[index]!;
    if (later && later.support !== earlier.support)
      throw new RangeError(
        `class ${classId} has ${earlier.support} pictures before and ${later.support} after: not the same pictures`,
      );
    if (!later || later.support === 0) return [];
    const forgotten = earlier.recall - later.recall;
    return [{ classId, support: later.support, recallBefore: earlier.recall, recallAfter: later.recall, forgotten }];
  });
  const total = classes.reduce((sum, { forgotten }) => sum + forgotten, 0);
  return {
    classes: classes.sort((a, b) => b.forgotten - a.forgotten),
    meanForgotten: classes.length === 0 ? 0 : total / classes.length,
  };
}
