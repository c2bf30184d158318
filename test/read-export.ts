import { archiveContents } from './archives.ts';
import { detectFormat, headBytes, type FormatAnswer } from '#core/transfer/formats/detect-format.ts';
import { readFolderLabels } from '#core/transfer/formats/folder-labels.ts';
import type { TransferItem, TransferRecord } from '#core/transfer/formats/item.ts';
import { readCocoLabels } from '#core/transfer/formats/read-coco-labels.ts';
import { readCsv } from '#core/transfer/formats/read-csv.ts';
import { readFolders } from '#core/transfer/formats/read-folders.ts';
import { readLabelStudio } from '#core/transfer/formats/read-label-studio.ts';
import { readModelArtsManifest } from '#core/transfer/formats/read-modelarts-manifest.ts';
import { readSageMakerManifest } from '#core/transfer/formats/read-sagemaker-manifest.ts';
import { splitOfDocument } from '#core/transfer/formats/split-name.ts';
import { collect } from '#core/transfer/formats/testing/collect.ts';

export interface ReadExport {
  readonly format: Extract<FormatAnswer, { kind: 'FORMAT' }>['format'];
  readonly items: readonly TransferItem[];
  /** Of the pictures, by path. */
  readonly pictures: ReadonlyMap<string, Buffer>;
  /** In the order of the archive. */
  readonly paths: readonly string[];
}

/** What our readers find in the archive of an export: its format detected, every document of it read, no problem anywhere. */
export async function readExport(zipPath: string): Promise<ReadExport> {
  const { files, skipped, damaged } = await archiveContents(zipPath);
  if (skipped.length + damaged.length > 0) throw new Error(JSON.stringify({ skipped, damaged }));
  const paths = [...files.keys()];
  const answer = await detectFormat(paths, async (path) => files.get(path)!.subarray(0, headBytes));
  if (answer.kind !== 'FORMAT') throw new Error(answer.reason);
  const { format, documents, folderLabels } = answer;
  const read: TransferItem[] = [];
  const take = async (records: AsyncIterable<TransferRecord> | Iterable<TransferRecord>) => {
    const { items, problems } = await collect(records);
    const serious = problems.filter(({ code }) => code !== 'AMBIGUOUS_LAYOUT');
    if (serious.length > 0) throw new Error(JSON.stringify(serious));
    read.push(...items);
  };
  if (format === 'CLASS_FOLDERS') {
    const labels = folderLabels === undefined ? undefined : await readFolderLabels([files.get(folderLabels)!]);
    await take(readFolders(paths, { folderLabels: labels?.folderLabels }));
  }
  for (const path of documents) {
    const split = splitOfDocument(path);
    const source = [files.get(path)!];
    if (format === 'MODELARTS_MANIFEST') await take(readModelArtsManifest(source));
    else if (format === 'CSV') await take(readCsv(source));
    else if (format === 'COCO_LABELS') await take(readCocoLabels(source, { split }));
    else if (format === 'SAGEMAKER_MANIFEST') await take(readSageMakerManifest(source, { split }));
    else if (format === 'LABEL_STUDIO') await take(readLabelStudio(source));
    else if (format !== 'CLASS_FOLDERS') throw new Error(`exports are never ${format}`);
  }
  const known = new Set([...documents, folderLabels]);
  return { format, items: read, pictures: new Map([...files].filter(([path]) => !known.has(path))), paths };
}
