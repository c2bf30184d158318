/** Parts of a dataset, as the tables of `datasets` name them. */
export const transferSplits = ['TRAIN', 'VALIDATION', 'TEST'] as const;
export type TransferSplit = (typeof transferSplits)[number];

export interface TransferLabel {
  /** As written: neither trimmed nor normalised, but never blank and free of NUL and of halves of surrogate pairs. */
  readonly name: string;
  /** `human` or `human/<who>` for a person, anything else names the machine, as ModelArts does. */
  readonly annotatedBy?: string;
  /** 0 to 1. */
  readonly confidence?: number;
  readonly createdAt?: Date;
}

/** What a format says of one picture. Several items may speak of one source: their labels add up. */
export interface TransferItem {
  /** Path inside the archive, relative path or URI, exactly as written; names a picture and is never a path to open as it is. */
  readonly source: string;
  /** Each name once; empty = unlabelled. */
  readonly labels: readonly TransferLabel[];
  /** null = the format does not say. */
  readonly split: TransferSplit | null;
  readonly hard?: boolean;
  /** Pixels, upright. Only writers look at it (COCO has a place for it); readers leave it out. */
  readonly size?: { readonly width: number; readonly height: number };
  /** Of the first line that speaks of it, from 1; only in formats of lines. */
  readonly line?: number;
}

/** What a problem takes away: nothing (the item is there, a detail of it is not), its own item, or the rest of the document. */
export type Spoils = 'NOTHING' | 'ITEM' | 'REST';

const spoilsOf = {
  /** Longer than the bound of a line or record. */
  LINE_TOO_LONG: 'ITEM',
  INVALID_ENCODING: 'ITEM',
  INVALID_JSON: 'ITEM',
  /** A quotation mark in a CSV record is not closed, or text follows the closing one. */
  INVALID_QUOTES: 'ITEM',
  /** The entry has not the form that the format prescribes. */
  INVALID_ENTRY: 'ITEM',
  /** The entry names no picture. */
  MISSING_SOURCE: 'ITEM',
  INVALID_SOURCE: 'ITEM',
  INVALID_LABEL: 'ITEM',
  /** A file that is no picture of the layout, and no leftover of an operating system either. */
  UNEXPECTED_FILE: 'ITEM',
  UNKNOWN_SPLIT: 'NOTHING',
  CONFLICTING_SPLIT: 'NOTHING',
  /** Confidence, date, hard flag or property that cannot be read. */
  INVALID_DETAIL: 'NOTHING',
  /** An annotation of another task (boxes, text), which was left out. */
  UNSUPPORTED_ANNOTATION: 'NOTHING',
  /** Several people labelled the picture differently; the message tells whose answer was taken. */
  CONFLICTING_ANNOTATIONS: 'NOTHING',
  /** The layout can be read in two ways; the message tells how it was read. */
  AMBIGUOUS_LAYOUT: 'NOTHING',
  /** UTF-16 and the like. */
  UNSUPPORTED_ENCODING: 'REST',
  DOCUMENT_TOO_LARGE: 'REST',
  INVALID_DOCUMENT: 'REST',
  /** Boxes or masks where classes are expected; reading them as classes must be asked for. */
  DETECTION_NOT_ASKED: 'REST',
} as const satisfies Record<string, Spoils>;

export type TransferProblemCode = keyof typeof spoilsOf;

/** Where in the document: a line from 1, or the path of a file or of an element. */
export interface TransferPlace {
  readonly line?: number;
  readonly path?: string;
}

export interface TransferProblem extends TransferPlace {
  readonly code: TransferProblemCode;
  readonly spoils: Spoils;
  readonly message: string;
}

/** What readers yield: exactly one of the two. */
export type TransferRecord =
  | { readonly item: TransferItem; readonly problem?: undefined }
  | { readonly problem: TransferProblem; readonly item?: undefined };

export function transferProblem(
  code: TransferProblemCode,
  message: string,
  place: TransferPlace = {},
): TransferProblem {
  return { code, spoils: spoilsOf[code], message, ...place };
}

/** Bytes of a file in pieces of any size; strings are encoded as UTF-8. */
export type ByteSource = AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>;

export type ItemSource<Item extends TransferItem = TransferItem> = AsyncIterable<Item> | Iterable<Item>;
