import { stat } from 'node:fs/promises';
import type { Archive } from '../archives/archive.ts';
import { archivePath, isNoise, shownName } from '../archives/archive-path.ts';
import { entryBytes } from '../archives/entry-bytes.ts';

export interface NamedFile {
  readonly path: string;
  /** What it is called in the import. */
  readonly name: string;
  /** No plain file: it is passed over. */
  readonly isLink?: boolean;
}

/** Files of this machine as the entries of an archive, in the order given. */
export function filesAsEntries(
  files: readonly NamedFile[],
  read: (path: string, size: number) => AsyncGenerator<Uint8Array, void, undefined>,
): Pick<Archive, 'entries' | 'close'> {
  return {
    entries: async function* () {
      for (const [index, { path, name, isLink }] of files.entries()) {
        const position = { index, progress: (index + 1) / files.length };
        if (isNoise(name)) continue;
        const checked = archivePath(name);
        if (isLink || 'reason' in checked)
          yield { ...position, path: shownName(name), reason: 'reason' in checked ? checked.reason : 'LINK' };
        else {
          const { size } = await stat(path);
          yield {
            ...position,
            path: checked.path,
            size,
            differsOnlyByCase: false,
            ...entryBytes(checked.path, size, () => read(path, size)),
          };
        }
      }
    },
    close: async () => {},
  };
}
