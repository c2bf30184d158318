/**
 * In the order of exposure: what a model was ever trained on can never be evaluated on honestly, and what chose its best epoch is no
 * untouched test. Where pictures that belong together stood on several sides, the first of these takes all.
 */
export const splitNames = ['TRAIN', 'VALIDATION', 'TEST'] as const;
export type SplitName = (typeof splitNames)[number];
export type SplitCounts = Readonly<Record<SplitName, number>>;

export interface SplitCandidate {
  /** Hexadecimal digest of the picture: its identity. */
  readonly sha256: string;
  /** At least one. */
  readonly labelIds: readonly string[];
  /** Where it stood in earlier versions; undefined = not assigned yet. */
  readonly assigned: SplitName | undefined;
  /** Where a person has put it. */
  readonly override: SplitName | undefined;
  /** Pictures of one group stand on one side. */
  readonly group: string | undefined;
  /** Of what it shows; near-duplicates stand on one side. Undefined = like nothing else. */
  readonly perceptualHash: Buffer | undefined;
}

export interface SplitOptions {
  /** Share of the pictures beside the test part that is trained on, over (0,1). */
  readonly trainRatio: number;
  /** Share of all pictures that is held out of training and validation, 0 to 0.5. */
  readonly testRatio: number;
  readonly seed: number;
}

export interface SplitPlan {
  /** One for each candidate, in its order. */
  readonly splits: readonly SplitName[];
  /** Pictures that had to leave the side they stood on, since a class would have been missing on the other. */
  readonly movedCount: number;
  /** Pictures that had to leave the side they stood on to be with their group, their near-duplicates or an override among these. */
  readonly joinedCount: number;
  /** Indices of overridden candidates that belong together and were put on different sides, one list for each such unit. */
  readonly contradictions: readonly (readonly number[])[];
  /** Pictures that look alike but were dealt one by one, since they are most of a class: it could not be split otherwise. */
  readonly lookAlikeCount: number;
}

/** How many of `count` pictures of one class are wanted on each side: rounded, but never an empty side where there are enough. */
export function wantedCounts(count: number, { trainRatio, testRatio }: Omit<SplitOptions, 'seed'>): SplitCounts {
  const test = testRatio > 0 && count > 2 ? between(1, Math.round(count * testRatio), count - 2) : 0;
  const rest = count - test;
  const validation = rest < 2 ? 0 : between(1, Math.round(rest * (1 - trainRatio)), rest - 1);
  return { TRAIN: rest - validation, VALIDATION: validation, TEST: test };
}

const between = (least: number, value: number, most: number) => Math.min(most, Math.max(least, value));
