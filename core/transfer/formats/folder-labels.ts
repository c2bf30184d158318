import { csvRecord, restoreFormula } from './csv-cells.ts';
import { readCsvRecords } from './csv-records.ts';
import { transferProblem, type ByteSource, type TransferProblem } from './item.ts';

/** `folder,label`: which label each class folder stands for, where no folder can bear the label's name. */
export function writeFolderLabels(folderLabels: Iterable<readonly [folder: string, label: string]>): string {
  return [['folder', 'label'] as const, ...folderLabels].map(csvRecord).join('');
}

/** Whether the first record of a `labels.csv` says that it is one of ours. */
export function isFolderLabelsHeader(cells: readonly string[]): boolean {
  return cells.length === 2 && cells[0] === 'folder' && cells[1] === 'label';
}

/** The inverse of `writeFolderLabels`; undefined = another kind of CSV. */
export async function readFolderLabels(
  source: ByteSource,
): Promise<{ folderLabels: Map<string, string>; problems: TransferProblem[] } | undefined> {
  const folderLabels = new Map<string, string>();
  const problems: TransferProblem[] = [];
  let hasHeader = false;
  for await (const record of readCsvRecords(source)) {
    if (record.problem) problems.push(record.problem);
    else if (!hasHeader) {
      if (!isFolderLabelsHeader(record.cells)) return undefined;
      hasHeader = true;
    } else {
      const [folder = '', label = ''] = record.cells.map(restoreFormula);
      if (folder !== '' && label.trim() !== '') folderLabels.set(folder, label);
      else problems.push(transferProblem('INVALID_ENTRY', 'A folder or its label is missing.', { line: record.line }));
    }
  }
  return hasHeader ? { folderLabels, problems } : undefined;
}
