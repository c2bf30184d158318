/** Fewer of a label cannot be trained (ModelArts.4711). */
export const minimumImagesPerClass = 5;

export const blockerCodes = [
  'TOO_FEW_CLASSES',
  'TOO_FEW_IMAGES',
  'SPLIT_IMPOSSIBLE',
  'DATASET_VERSION_NAME_TAKEN',
  'BASE_VERSION_UNUSABLE',
  'BASE_MODEL_UNKNOWN',
] as const;
export type BlockerCode = (typeof blockerCodes)[number];
export const warningCodes = [
  'FEW_IMAGES',
  'IMBALANCED',
  'UNLABELLED_IGNORED',
  'SPLIT_MOVED',
  'SPLIT_JOINED',
  'RATIO_MISSED',
  'LABEL_ON_ONE_SIDE',
  'LABEL_NOT_TESTED',
  'OVERRIDES_DISAGREE',
  'LOOK_ALIKES_APART',
  'LOOKS_UNKNOWN',
  'LABEL_ON_ALL_IMAGES',
] as const;
export type WarningCode = (typeof warningCodes)[number];

export interface ReadinessIssue<Code> {
  readonly code: Code;
  readonly message: string;
  readonly labelId: string | null;
  /** Images concerned, at most 100; left out = none in particular. */
  readonly imageIds?: readonly string[];
}
