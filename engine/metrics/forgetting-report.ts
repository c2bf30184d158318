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
  /** Classes that have pictures, most forgotten first. */
  readonly classes: readonly ClassForgetting[];
  /** Mean of `forgotten`; 0 without classes. */
  readonly meanForgotten: number;
}

/**
 * What an incremental training cost of what was known before: forgetting of a class is how much of its recall is gone (after Chaudhry et
 * al., "Riemannian walk for incremental learning", 2018, section 3, with one earlier model and with gains counted as negative).
 * @param classIds that both models know. @param actual [pictures, classes] of 0 and 1: what the pictures show.
 * @param before of the same shape: what the earlier model says of them. @param after what the later one says.
 */
export function forgettingReport(
  classIds: readonly string[],
  actual: Uint8Array,
  before: Uint8Array,
  after: Uint8Array,
): ForgettingReport {
  const classCount = classIds.length;
  const classes = classIds.flatMap((classId, index): ClassForgetting[] => {
    let [support, knownBefore, knownAfter] = [0, 0, 0];
    for (let at = index; at < actual.length; at += classCount) {
      support += actual[at]!;
      knownBefore += actual[at]! & before[at]!;
      knownAfter += actual[at]! & after[at]!;
    }
    if (support === 0) return [];
    const [recallBefore, recallAfter] = [knownBefore / support, knownAfter / support];
    return [{ classId, support, recallBefore, recallAfter, forgotten: recallBefore - recallAfter }];
  });
  const total = classes.reduce((sum, { forgotten }) => sum + forgotten, 0);
  return {
    classes: classes.sort((a, b) => b.forgotten - a.forgotten),
    meanForgotten: classes.length === 0 ? 0 : total / classes.length,
  };
}
