import { readEntry } from './entry.ts';
import { readLabelName, readSource } from './fields.ts';
import { transferProblem, type TransferItem, type TransferRecord, type TransferSplit } from './item.ts';
import { isIgnoredPath, isPicturePath, pathSegments } from './picture-path.ts';
import { decideSplitFolders, type SplitFolders } from './split-folders.ts';

/** Beside class folders when their names alone do not tell the labels: see `readFolderLabels`. */
export const folderLabelsFile = 'labels.csv';

export interface ReadFoldersOptions {
  /** Are folders called `train`, `val` and the like parts? Left out = decided by their neighbours, and told when it is doubtful. */
  readonly splitFolders?: boolean | undefined;
  /** From the `labels.csv` of the archive: the label of each folder that is in it. */
  readonly folderLabels?: ReadonlyMap<string, string> | undefined;
}

/**
 * Class folders, from the paths alone (`/` between the parts): the last directory is the label, whatever is above it; a directory
 * above it with the name of a part is the part, the nearest one if there are several. Pictures at the top are unlabelled. Leftovers of
 * operating systems are passed over, other files are told. Reads `paths` twice, keeps the directories.
 */
export function* readFolders(
  paths: Iterable<string>,
  options: ReadFoldersOptions = {},
): Generator<TransferRecord, void> {
  const folders = decideSplitFolders(picturePaths(paths), options);
  for (const problem of folders.problems) yield { problem };
  for (const path of paths) {
    if (isIgnoredPath(path)) continue;
    const segments = pathSegments(path);
    if (isPicturePath(path))
      yield* readEntry({ path }, (entry) => {
        readSource(entry, path, 'The path');
        if (path.startsWith('/') || segments.includes('..'))
          entry.spoil('INVALID_SOURCE', 'The path leads out of the archive.');
        const { split, folder } = placeOf(segments.slice(0, -1), folders);
        const name = folder === null ? null : (options.folderLabels?.get(folder) ?? folder);
        const labels = name === null ? [] : [{ name: readLabelName(entry, name, 'The name of the folder') }];
        return { source: path, labels, split } satisfies TransferItem;
      });
    else if (!(options.folderLabels && segments.at(-1) === folderLabelsFile))
      yield { problem: transferProblem('UNEXPECTED_FILE', 'Not named like a picture; passed over.', { path }) };
  }
}

function* picturePaths(paths: Iterable<string>): Generator<readonly string[]> {
  for (const path of paths) if (!isIgnoredPath(path) && isPicturePath(path)) yield pathSegments(path).slice(0, -1);
}

/** `folder`: the name of the directory that is the label, null = unlabelled. */
function placeOf(
  directories: readonly string[],
  folders: SplitFolders,
): { split: TransferSplit | null; folder: string | null } {
  let split: TransferSplit | undefined;
  let depth = directories.length;
  while (depth > 0 && split === undefined) split = folders.splitOf(directories.slice(0, depth--), directories.length);
  const isPartItself = split !== undefined && depth === directories.length - 1;
  return { split: split ?? null, folder: isPartItself ? null : (directories.at(-1) ?? null) };
}
