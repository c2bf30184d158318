import type { ClassForgetting, ModelClass } from '#core/models/evaluation-facts.ts';
import { evaluateClassification, forgettingReport } from '#engine/index.ts';

/** What a version answered for one validation image. */
export interface Answer {
  readonly imageId: string;
  readonly actualClassIndex: number;
  readonly probabilities: readonly number[];
}

export interface AnsweredVersion {
  readonly classes: readonly ModelClass[];
  readonly answers: readonly Answer[];
}

/**
 * Recall of each class of the base version before and after, on those of its own validation images that are still validation images with
 * the same label: sides are sticky, so most are. Most forgotten first.
 */
export function compareWithBase(base: AnsweredVersion, version: AnsweredVersion): ClassForgetting[] {
  const later = new Map(version.answers.map((answer) => [answer.imageId, answer]));
  const labelOf = ({ classes }: AnsweredVersion, answer: Answer) => classes[answer.actualClassIndex]!.labelId;
  const pairs = base.answers.flatMap((before) => {
    const after = later.get(before.imageId);
    return after && labelOf(base, before) === labelOf(version, after) ? [{ before, after }] : [];
  });
  const evaluate = ({ classes }: AnsweredVersion, answers: readonly Answer[]) => ({
    classIds: classes.map(({ labelId }) => labelId),
    evaluation: evaluateClassification(
      Int32Array.from(answers, (answer) => answer.actualClassIndex),
      Float32Array.from(answers.flatMap((answer) => [...answer.probabilities])),
      classes.length,
    ),
  });
  const report = forgettingReport(
    evaluate(
      base,
      pairs.map(({ before }) => before),
    ),
    evaluate(
      version,
      pairs.map(({ after }) => after),
    ),
  );
  const nameOf = new Map(version.classes.map(({ labelId, name }) => [labelId, name]));
  return report.classes.map(({ classId, support, recallBefore, recallAfter }) => ({
    labelId: classId,
    labelName: nameOf.get(classId)!,
    support,
    recallBefore,
    recallAfter,
  }));
}
