import type { ClassForgetting, ModelClass } from '#core/models/evaluation-facts.ts';
import { forgettingReport } from '#engine/index.ts';
import { toLabels } from './to-labels.ts';

/** What a version answered for one validation image. */
export interface Answer {
  readonly imageId: string;
  /** Indexes of the classes that the image carries, and that the version says. */
  readonly actualClasses: readonly number[];
  readonly predictedClasses: readonly number[];
}

export interface AnsweredVersion {
  readonly classes: readonly ModelClass[];
  readonly answers: readonly Answer[];
}

/**
 * Recall of each class of the base version before and after, on those of its own validation images that are still validation images and
 * still carry the label: sides are sticky, so most are. Most forgotten first.
 */
export function compareWithBase(base: AnsweredVersion, version: AnsweredVersion): ClassForgetting[] {
  const later = new Map(version.answers.map((answer) => [answer.imageId, answer]));
  const pairs = base.answers.flatMap((before) => {
    const after = later.get(before.imageId);
    return after ? [{ before, after }] : [];
  });
  const nameOf = new Map(version.classes.map(({ labelId, name }) => [labelId, name]));
  const shared = base.classes.map(({ labelId }) => labelId).filter((labelId) => nameOf.has(labelId));
  /** Indexes among the shared classes. */
  const places = ({ classes }: AnsweredVersion, indexes: readonly number[]) =>
    indexes.map((index) => shared.indexOf(classes[index]!.labelId)).filter((place) => place !== -1);
  const table = (placesOf: (pair: (typeof pairs)[number]) => readonly number[]) =>
    toLabels('MULTI_LABEL', shared.length, pairs.map(placesOf)) as Uint8Array;
  const report = forgettingReport(
    shared,
    table(({ before, after }) => {
      const still = new Set(places(version, after.actualClasses));
      return places(base, before.actualClasses).filter((place) => still.has(place));
    }),
    table(({ before }) => places(base, before.predictedClasses)),
    table(({ after }) => places(version, after.predictedClasses)),
  );
  return report.classes.map(({ classId, support, recallBefore, recallAfter }) => ({
    labelId: classId,
    labelName: nameOf.get(classId)!,
    support,
    recallBefore,
    recallAfter,
  }));
}
