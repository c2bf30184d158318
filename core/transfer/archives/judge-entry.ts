import type { SkipReason } from './archive.ts';
import type { ArchiveLimits } from './archive-limits.ts';
import { archivePath, isNestedArchive, isNoise, shownName } from './archive-path.ts';
import type { SeenPaths } from './seen-paths.ts';

/** What a format says of an entry, before any of it is believed. */
export interface ListedEntry {
  readonly name: string;
  readonly size: number;
  readonly kind: 'FILE' | 'FOLDER' | 'LINK' | 'SPECIAL_FILE';
  /** Why the format cannot give its bytes. */
  readonly unreadable?: SkipReason;
}

/** Whether an entry is read or skipped; `undefined` for a folder. */
export function judgeEntry(
  entry: ListedEntry,
  seen: SeenPaths,
  limits: ArchiveLimits,
):
  | { readonly path: string; readonly reason: SkipReason }
  | { readonly path: string; readonly differsOnlyByCase: boolean }
  | undefined {
  const { name, kind } = entry;
  const skip = (reason: SkipReason) => ({ path: shownName(name), reason });
  if (kind === 'FOLDER') return undefined;
  if (isNoise(name)) return skip('NOISE');
  if (kind !== 'FILE') return skip(kind);
  const checked = archivePath(name);
  if ('reason' in checked) return skip(checked.reason);
  if (entry.unreadable) return skip(entry.unreadable);
  if (isNestedArchive(checked.path)) return skip('NESTED_ARCHIVE');
  if (entry.size > limits.entryBytes) return skip('TOO_MANY_BYTES');
  const seenAs = seen.add(checked.path);
  if (seenAs === 'SEEN') return skip('DUPLICATE_PATH');
  return { path: checked.path, differsOnlyByCase: seenAs === 'DIFFERS_BY_CASE' };
}
