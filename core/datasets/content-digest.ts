import { createHash } from 'node:crypto';
import type { SplitName } from './split-plan.ts';

/** One image of a dataset version, as far as it is content. */
export interface DatasetEntry {
  /** Hexadecimal. */
  readonly sha256: string;
  /** In class order. */
  readonly labelIds: readonly string[];
  readonly split: SplitName;
}

/**
 * Identity of the content of a dataset version: SHA-256 over one line for each image, `digest TAB labelIds TAB split LF`, sorted; several
 * labels with commas between them. Two versions with equal digests hold the same pictures with the same labels on the same sides.
 */
export function contentDigest(entries: Iterable<DatasetEntry>): Buffer {
  const lines = Array.from(
    entries,
    ({ sha256, labelIds, split }) => `${sha256}\t${labelIds.join()}\t${split}\n`,
  ).sort();
  const hash = createHash('sha256');
  for (const line of lines) hash.update(line);
  return hash.digest();
}
