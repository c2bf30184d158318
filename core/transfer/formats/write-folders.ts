import { writeFolderLabels } from './folder-labels.ts';
import type { ItemSource, TransferItem, TransferSplit } from './item.ts';
import { noteUnheld, type LossTally } from './losses.ts';
import { pictureName } from './picture-path.ts';
import { folderLabelsFile } from './read-folders.ts';
import { safeName, safePictureName, UniqueNames } from './safe-name.ts';
import { splitOfName } from './split-name.ts';

export interface WriteFoldersOptions {
  /** Names of the folders of the parts; each must be one that `splitOfName` knows. */
  readonly splitNames?: Readonly<Record<TransferSplit, string>> | undefined;
}

export type FolderEntry<Item extends TransferItem> =
  /** The picture of `item` belongs at `path`. */
  | { readonly path: string; readonly item: Item; readonly text?: undefined }
  /** A file of this text belongs there. */
  | { readonly path: string; readonly text: string; readonly item?: undefined };

const usualSplitNames = { TRAIN: 'train', VALIDATION: 'val', TEST: 'test' } as const;

/**
 * Class folders: `label/file`, `split/label/file` where the part is known, unlabelled pictures without the label's folder. Every path is
 * safe and different from the others, also where case does not count. If a label cannot be the name of a folder, or unlabelled pictures
 * have a part, a last entry `labels.csv` tells the label of each folder. A name that does not end like a picture's gets `.jpg`: give
 * sources the ending of the bytes that are exported. Keeps the names given out.
 */
export async function* writeFolders<Item extends TransferItem>(
  items: ItemSource<Item>,
  losses: LossTally,
  options: WriteFoldersOptions = {},
): AsyncGenerator<FolderEntry<Item>, void> {
  const splitNames = options.splitNames ?? usualSplitNames;
  const names = new UniqueNames([folderLabelsFile, ...Object.values(splitNames)]);
  const folders = new Map<string, string>();
  let needsLabels = false;
  for await (const item of items) {
    noteUnheld(losses, item, ['FURTHER_LABELS', 'HARD']);
    noteUnheld(losses, { ...item, labels: item.labels.slice(0, 1) }, ['ANNOTATED_BY', 'CONFIDENCE', 'CREATED_AT']);
    const label = item.labels[0]?.name;
    let folder: string | undefined;
    if (label !== undefined) {
      folder = folders.get(label) ?? names.take(safeFolder(label));
      folders.set(label, folder);
    }
    needsLabels ||= folder !== label || (label === undefined && item.split !== null);
    const original = pictureName(item.source);
    // Unlabelled pictures lie beside the folders and share their space of names.
    const space = folder === undefined ? '' : `${item.split ?? ''}/${folder}`;
    const file = names.take(safePictureName(original), space);
    if (file !== original)
      losses.note('FILE_NAME', item, 'File names are changed where they were unsafe or not unique.');
    const parts = [item.split && splitNames[item.split], folder, file];
    yield { path: parts.filter((part) => part != null).join('/'), item };
  }
  if (needsLabels)
    yield { path: folderLabelsFile, text: writeFolderLabels([...folders].map(([label, folder]) => [folder, label])) };
}

/** A folder of the name of a part would be read as the part. */
function safeFolder(label: string): string {
  const safe = safeName(label);
  return splitOfName(safe) === undefined ? safe : `_${safe}`;
}
