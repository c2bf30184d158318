export type SplitName = 'TRAIN' | 'VALIDATION';

export interface SplitCandidate {
  /** Hexadecimal digest of the picture: its identity. */
  readonly sha256: string;
  /** At least one. */
  readonly labelIds: readonly string[];
  /** Where it stood in earlier versions; undefined = not assigned yet. */
  readonly assigned: SplitName | 'TEST' | undefined;
}

export interface SplitPlan {
  /** One for each candidate, in its order. */
  readonly splits: readonly SplitName[];
  /** Pictures that had to leave the side they stood on, since their class would have been missing on the other. */
  readonly movedCount: number;
}

/** Validation pictures out of `count` of one class: rounded, but never an empty side when there are two or more. */
export function validationCount(count: number, trainRatio: number): number {
  if (count < 2) return 0;
  return Math.min(count - 1, Math.max(1, Math.round(count * (1 - trainRatio))));
}
