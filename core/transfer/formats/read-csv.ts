import { restoreFormula } from './csv-cells.ts';
import { csvLayoutOf, looksLikePicture, type CsvLayout } from './csv-layout.ts';
import { readCsvRecords, type CsvRecord } from './csv-records.ts';
import { readEntry, type Entry } from './entry.ts';
import { makeLabel, readFlag, readLabelName, readSource, readSplit, shown, uniqueLabels } from './fields.ts';
import {
  transferProblem,
  type ByteSource,
  type TransferItem,
  type TransferLabel,
  type TransferRecord,
  type TransferSplit,
} from './item.ts';
import { splitOfWord } from './split-name.ts';

export interface ReadCsvOptions {
  /** Between several labels in one cell, such as `|`. Left out = a cell is one label; several labels are several rows. */
  readonly labelSeparator?: string | undefined;
  /** The part of rows for which the document has no place to say one (`splitOfDocument`). */
  readonly split?: TransferSplit | undefined;
}

/**
 * CSV of pictures and labels in one of three layouts (`csvLayoutOf`), found out from the first row. Rows of the same file that follow each
 * other are one item. Apostrophes before formula signs, which exports add, are taken away.
 */
export async function* readCsv(source: ByteSource, options: ReadCsvOptions = {}): AsyncGenerator<TransferRecord, void> {
  let layout: CsvLayout | undefined;
  let pending: TransferItem | undefined;
  for await (const record of readCsvRecords(source)) {
    if (record.problem) {
      yield { problem: record.problem };
      if (record.problem.spoils === 'REST') break;
      continue;
    }
    if (!layout) {
      const found = csvLayoutOf(record.cells);
      if (found.kind === 'UNKNOWN') {
        yield { problem: transferProblem('INVALID_DOCUMENT', `Not a CSV of labels: ${found.reason}.`) };
        return;
      }
      layout = found;
      if (found.hasHeader) continue;
    }
    for (const row of readEntry({ line: record.line }, (entry) => readRow(record, layout!, options, entry))) {
      if (row.problem) yield row;
      else if (pending?.source === row.item.source) {
        if (pending.split && row.item.split && pending.split !== row.item.split)
          yield { problem: conflictingSplit(pending, row.item) };
        pending = merge(pending, row.item);
      } else {
        if (pending) yield { item: pending };
        pending = row.item;
      }
    }
  }
  if (pending) yield { item: pending };
}

function readRow({ cells, line }: CsvRecord, layout: CsvLayout, options: ReadCsvOptions, entry: Entry): TransferItem {
  const row = readCells(cells, layout, options, entry);
  return {
    source: readSource(entry, row.file, 'The file'),
    labels: uniqueLabels(row.labels.map((name) => makeLabel(readLabelName(entry, name, 'The label')))),
    split: row.split,
    line,
  };
}

interface Row {
  readonly file: string | undefined;
  readonly labels: readonly string[];
  readonly split: TransferSplit | null;
}

function readCells(cells: readonly string[], layout: CsvLayout, options: ReadCsvOptions, entry: Entry): Row {
  if (layout.kind === 'POSITIONAL') {
    // The first cell is the part or, where it was left out, the file.
    const isFile = splitOfWord(cells[0]!) === undefined && (looksLikePicture(cells[0]) || !looksLikePicture(cells[1]));
    const start = isFile ? 0 : 1;
    return {
      file: cells[start],
      labels: cells.slice(start + 1).filter((label) => label !== ''),
      split: start === 1 ? readSplit(entry, cells[0], 'ML_USE') : (options.split ?? null),
    };
  }
  const split = layout.usage === null ? (options.split ?? null) : readSplit(entry, cells[layout.usage], 'The usage');
  if (layout.kind === 'ONE_HOT') {
    const labels = layout.classes
      .filter(({ column, name }) => isOn(entry, cells[column], name))
      .map(({ name }) => name);
    return { file: cells[layout.file], labels, split };
  }
  const cell = layout.label === null ? '' : restoreFormula(cells[layout.label] ?? '');
  const labels = options.labelSeparator ? cell.split(options.labelSeparator).map((name) => name.trim()) : [cell];
  return { file: restoreFormula(cells[layout.file] ?? ''), labels: labels.filter((name) => name !== ''), split };
}

function isOn(entry: Entry, cell: string | undefined, name: string): boolean {
  const number = cell?.trim() ?? '';
  if (Number(number) === 1) return true;
  if (Number(number) === 0) return false;
  return (
    readFlag(entry, number, name) ??
    entry.spoil('INVALID_ENTRY', `Column ${shown(name)} holds ${shown(number)}, neither 1 nor 0.`)
  );
}

function conflictingSplit(first: TransferItem, second: TransferItem) {
  const message = `${shown(first.source)} was in ${first.split} and is in ${second.split} here; the first is kept.`;
  return transferProblem('CONFLICTING_SPLIT', message, { line: second.line! });
}

function merge(first: TransferItem, second: TransferItem): TransferItem {
  const labels: TransferLabel[] = uniqueLabels([...first.labels, ...second.labels]);
  return { ...first, labels, split: first.split ?? second.split };
}
