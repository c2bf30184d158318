import type { DatasetEntry } from './content-digest.ts';

/** What became of one picture between two dataset versions. */
export interface EntryChange {
  /** Hexadecimal. */
  readonly sha256: string;
  /** Null where it was added. */
  readonly before: Omit<DatasetEntry, 'sha256'> | null;
  /** Null where it was removed. */
  readonly after: Omit<DatasetEntry, 'sha256'> | null;
}

/**
 * What a diff means: the entries of the one version with all changes of the diff made to them are those of the other, and have its content
 * digest. One picture may be in several lists of a diff (relabelled and moved); each tells all of it, so the order does not matter.
 */
export function applyDatasetChanges(entries: Iterable<DatasetEntry>, changes: Iterable<EntryChange>): DatasetEntry[] {
  const held = new Map(Array.from(entries, (entry) => [entry.sha256, entry]));
  for (const { sha256, after } of changes)
    if (after) held.set(sha256, { sha256, ...after });
    else held.delete(sha256);
  return [...held.values()];
}
