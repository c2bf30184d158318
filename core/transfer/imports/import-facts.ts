import type { PictureRefusal } from '../../platform/errors.ts';
import type { SkipReason } from '../archives/archive.ts';
import { transferFormats, type TransferFormat } from '../formats/detect-format.ts';
import type { TransferProblemCode } from '../formats/item.ts';

export const itemOutcomes = ['CREATED', 'DUPLICATE', 'LABELLED', 'SKIPPED', 'REFUSED'] as const;
/**
 * CREATED a new image, DUPLICATE one that the project had by content, LABELLED one that it had by name, SKIPPED nothing to import,
 * REFUSED something that should have become an image or a label and did not.
 */
export type ItemOutcome = (typeof itemOutcomes)[number];

export type OutcomeCounts = Readonly<Record<ItemOutcome, number>>;
export const noCounts: OutcomeCounts = { CREATED: 0, DUPLICATE: 0, LABELLED: 0, SKIPPED: 0, REFUSED: 0 };

/** What an image that has labels already does with those of the import. */
export const existingLabelPolicies = ['ADD', 'REPLACE', 'KEEP'] as const;
export type ExistingLabelPolicy = (typeof existingLabelPolicies)[number];

/** Codes of what only the import itself can find out. */
export const importProblemCodes = [
  'INVALID_LABEL_NAME',
  'SEVERAL_LABELS',
  'TOO_MANY_LABELS',
  'CONFLICTING_LABEL',
  'PICTURE_MISSING',
  'AMBIGUOUS_SOURCE',
  'ENTRY_DAMAGED',
  'QUOTA_EXCEEDED',
] as const;

/** Every code that an item can have. */
export type ItemCode =
  | (typeof importProblemCodes)[number]
  | TransferProblemCode
  | PictureRefusal
  | Exclude<SkipReason, 'NOISE'>;

/** How to read what is imported; left out = found out, or as {@link TransferFormat} readers do by themselves. */
export interface ImportOptions {
  readonly format?: TransferFormat | undefined;
  /** Between several labels in one cell of a CSV. */
  readonly labelSeparator?: string | undefined;
  /** Are folders called `train`, `val` and the like parts? */
  readonly splitFolders?: boolean | undefined;
  /** Read boxes of COCO as labels. */
  readonly detection?: boolean | undefined;
}

/** What an import reads from. */
export interface ImportSource {
  readonly uploadIds: readonly string[];
  /** Below the import root. */
  readonly serverFolder?: string | undefined;
  /** Of a bucket of the object store, such as s3://bucket/folder/, below one of the import prefixes. */
  readonly storePrefix?: string | undefined;
}

/** `transfer.input` of an import. */
export interface ImportInput extends ImportSource, ImportOptions {
  readonly existingLabels: ExistingLabelPolicy;
}

/** `transfer.checkpoint` of an import, and in the end its result. */
export interface ImportState {
  readonly format: TransferFormat;
  /** Units of work that are done: items of the import, and what was passed over without a word. */
  readonly done: number;
  /** Items that are written: the index of the next one. */
  readonly items: number;
  readonly counts: OutcomeCounts;
  readonly labelsCreated: number;
  /** Of the report, once there is one. */
  readonly reportKey?: string;
}

export { transferFormats, type TransferFormat };
