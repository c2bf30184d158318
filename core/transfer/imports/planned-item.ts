import { maximumLabelsOfImage } from '../../images/apply-label-changes.ts';
import { labelNameSchema } from '../../labels/labels.ts';
import type { TransferItem, TransferSplit } from '../formats/item.ts';
import type { ItemCode } from './import-facts.ts';

/** What went wrong with an item, or with a detail of it. */
export interface ItemProblem {
  readonly code: ItemCode;
  readonly message: string;
}

export interface PlannedLabel {
  /** Place in {@link LabelNames}. */
  readonly label: number;
  readonly confidence?: number;
  readonly createdAt?: Date;
}

/** What documents or folders say of one picture. */
export interface PlannedItem {
  labels: readonly PlannedLabel[];
  split: TransferSplit | null;
  problem?: ItemProblem;
}

/** Names of labels as the project can have them, each once. */
export class LabelNames {
  readonly names: string[] = [];
  readonly #places = new Map<string, number | ItemProblem>();
  readonly #schema: ReturnType<typeof labelNameSchema>;

  constructor(maximumLength: number) {
    this.#schema = labelNameSchema(maximumLength);
  }

  /** Trimmed and in NFC. */
  placeOf(name: string): number | ItemProblem {
    let place = this.#places.get(name);
    if (place === undefined) {
      const parsed = this.#schema.safeParse(name);
      if (!parsed.success)
        place = itemProblem(
          'INVALID_LABEL_NAME',
          `The label ${shownLabel(name)} ${parsed.error.issues[0]!.message}; left out.`,
        );
      else if (parsed.data === name) place = this.names.push(name) - 1;
      else place = this.placeOf(parsed.data);
      this.#places.set(name, place);
    }
    return place;
  }
}

export const itemProblem = (code: ItemCode, message: string): ItemProblem => ({ code, message });

const shownLabel = (name: string): string => JSON.stringify(name.length > 40 ? `${name.slice(0, 40)}…` : name);

/** Adds what an item says of the picture to what was said before: labels add up, the first part counts. */
export function joinItem(before: PlannedItem | undefined, item: TransferItem, names: LabelNames): PlannedItem {
  const planned: PlannedItem = before ?? { labels: [], split: null };
  for (const { name, confidence, createdAt } of item.labels) {
    const place = names.placeOf(name);
    if (typeof place !== 'number') planned.problem ??= place;
    else if (planned.labels.length > maximumLabelsOfImage)
      planned.problem = itemProblem(
        'TOO_MANY_LABELS',
        `It has more than ${maximumLabelsOfImage} labels; none is taken.`,
      );
    else if (!planned.labels.some(({ label }) => label === place))
      planned.labels = [
        ...planned.labels,
        { label: place, ...(confidence !== undefined && { confidence }), ...(createdAt && { createdAt }) },
      ];
  }
  if (planned.split && item.split && planned.split !== item.split)
    planned.problem ??= {
      code: 'CONFLICTING_SPLIT',
      message: `It is said to be in ${planned.split} and in ${item.split}; the first counts.`,
    };
  planned.split ??= item.split;
  return planned;
}
