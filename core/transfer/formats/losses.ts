import type { TransferItem, TransferSplit } from './item.ts';

/** What of an item another tool, or an import of what was written, will not find as it was. */
export type LossKind =
  | 'SOURCE'
  | 'FILE_NAME'
  /** The bytes of the picture are others than those that were uploaded, or missing. */
  | 'PICTURE'
  | 'FURTHER_LABELS'
  | 'SPLIT'
  | 'HARD'
  | 'ANNOTATED_BY'
  | 'CONFIDENCE'
  | 'CREATED_AT'
  /** Nothing is lost, but the tool that the format belongs to may refuse it. */
  | 'TARGET_RULES';

export interface TransferLoss {
  readonly kind: LossKind;
  readonly message: string;
  /** Items it happened to. */
  readonly count: number;
  /** The first of them. */
  readonly firstSource: string;
}

/** Kept by a writer while it writes; complete when the writer has ended. Does not grow with the number of items. */
export class LossTally {
  readonly #losses = new Map<string, TransferLoss>();

  note(kind: LossKind, item: TransferItem, message: string): void {
    const key = `${kind} ${message}`;
    const known = this.#losses.get(key);
    this.#losses.set(key, {
      kind,
      message,
      count: (known?.count ?? 0) + 1,
      firstSource: known?.firstSource ?? item.source,
    });
  }

  list(): TransferLoss[] {
    return [...this.#losses.values()];
  }
}

/** Fields for which a format has no place at all. */
export type UnheldField = 'FURTHER_LABELS' | 'SPLIT' | 'HARD' | 'ANNOTATED_BY' | 'CONFIDENCE' | 'CREATED_AT';

const unheld: Record<UnheldField, { has: (item: TransferItem) => boolean; message: string }> = {
  FURTHER_LABELS: { has: ({ labels }) => labels.length > 1, message: 'Only the first of several labels is kept.' },
  SPLIT: { has: ({ split }) => split !== null, message: 'The part (train, validation, test) is not kept.' },
  HARD: { has: ({ hard }) => hard !== undefined, message: 'The mark of hard examples is not kept.' },
  ANNOTATED_BY: {
    has: ({ labels }) => labels.some(({ annotatedBy }) => annotatedBy !== undefined),
    message: 'Who labelled is not kept.',
  },
  CONFIDENCE: {
    has: ({ labels }) => labels.some(({ confidence }) => confidence !== undefined),
    message: 'Confidences are not kept.',
  },
  CREATED_AT: {
    has: ({ labels }) => labels.some(({ createdAt }) => createdAt !== undefined),
    message: 'Times of labelling are not kept.',
  },
};

/** Notes those of `fields` that the item has. */
export function noteUnheld(losses: LossTally, item: TransferItem, fields: readonly UnheldField[]): void {
  for (const field of fields) if (unheld[field].has(item)) losses.note(field, item, unheld[field].message);
}

/** For formats that say the part of all their pictures at once, or not at all. */
export function noteSplit(losses: LossTally, item: TransferItem, splitOfAll: TransferSplit | undefined): void {
  if (item.split !== (splitOfAll ?? null)) losses.note('SPLIT', item, unheld.SPLIT.message);
}
