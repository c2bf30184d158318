import { transferSplits, type TransferItem, type TransferSplit } from '../formats/item.ts';

/** One picture of an export: what formats say of it, and which bytes it has. */
export interface ExportItem extends TransferItem {
  /** Name of the file; ends as pictures do. */
  readonly source: string;
  /** Of the uploaded bytes, hexadecimal: the picture's identity in its project. */
  readonly sha256: string;
}

/** null = no part is known. */
export type ExportPart = TransferSplit | null;

/** In the order in which exports have them. */
export const exportParts: readonly ExportPart[] = [...transferSplits, null];

/** The pictures of an export, to be read as often as wanted, every time in the same order. */
export interface ExportItems {
  readonly count: number;
  /** Those that have pictures, in the order of `exportParts`. */
  readonly parts: readonly ExportPart[];
  of(part: ExportPart): AsyncIterable<ExportItem>;
}

/** All of them, part after part. */
export async function* allItems(items: ExportItems): AsyncGenerator<ExportItem, void> {
  for (const part of items.parts) yield* items.of(part);
}
