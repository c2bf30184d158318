import { transferProblem, type ByteSource, type TransferProblem } from './item.ts';
import { maximumLineBytes, readLines } from './lines.ts';

/** A quoted cell may run over this many lines. Beyond, its quotation mark is taken for a stray one. */
export const maximumRecordLines = 32;

export type CsvDelimiter = ',' | ';' | '\t';

export interface CsvRecord {
  readonly cells: readonly string[];
  /** Of its first line. */
  readonly line: number;
  readonly problem?: undefined;
}
export type CsvRecordOrProblem = CsvRecord | { readonly problem: TransferProblem };

interface HeldLine {
  readonly text: string;
  readonly end: string;
  readonly number: number;
}

/**
 * RFC 4180 with what spreadsheets make of it: the delimiter is found out from the first line (`sep=;` is obeyed), cells without
 * quotation marks are trimmed, blank lines are passed over. A record with broken quotes spoils its first line only: reading goes on
 * with the line after it.
 */
export async function* readCsvRecords(source: ByteSource): AsyncGenerator<CsvRecordOrProblem, void> {
  let delimiter: CsvDelimiter | undefined;
  let held: HeldLine[] = [];
  /** Reads the held lines from their start; what has no end yet stays held, unless nothing more may come. */
  const take = (isLast: boolean): CsvRecordOrProblem[] => {
    const taken: CsvRecordOrProblem[] = [];
    while (held.length > 0) {
      const { used, record } = takeRecord(held, delimiter!, isLast);
      if (used === 0) break;
      held = held.slice(used);
      if (record) taken.push(record);
    }
    return taken;
  };
  for await (const line of readLines(source)) {
    if (line.problem) {
      yield* take(true);
      yield { problem: line.problem };
      continue;
    }
    if (delimiter === undefined) {
      const said = /^sep=([,;\t])$/.exec(line.text)?.[1];
      delimiter = (said as CsvDelimiter | undefined) ?? delimiterOf(line.text);
      if (said) continue;
    }
    held.push(line);
    // An open cell stays open over a line without a quotation mark.
    if (held.length === 1 || held.length >= maximumRecordLines || line.text.includes('"')) yield* take(false);
  }
  yield* take(true);
}

function takeRecord(
  held: readonly HeldLine[],
  delimiter: CsvDelimiter,
  isLast: boolean,
): { used: number; record?: CsvRecordOrProblem } {
  const line = held[0]!.number;
  if (held[0]!.text.trim() === '') return { used: 1 };
  let open: OpenRecord | undefined;
  let length = 0;
  for (const [index, { text, end }] of held.entries()) {
    length += text.length;
    const parsed: string[] | OpenRecord | 'BROKEN' = parseRecord(text, delimiter, open);
    if (parsed === 'BROKEN' || length > maximumLineBytes) break;
    if (Array.isArray(parsed)) return { used: index + 1, record: { cells: parsed, line } };
    if (index === held.length - 1 && !isLast && held.length < maximumRecordLines) return { used: 0 };
    open = { cells: parsed.cells, cell: parsed.cell + end };
  }
  const message = 'A quotation mark is not closed, or text follows the closing one.';
  return { used: 1, record: { problem: transferProblem('INVALID_QUOTES', message, { line }) } };
}

/** The delimiter of which the line has most outside quotation marks. */
export function delimiterOf(line: string): CsvDelimiter {
  const bare = line.replaceAll(/"[^"]*"/g, '');
  const counts = ([',', ';', '\t'] as const).map((mark) => ({ mark, count: bare.split(mark).length }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).mark;
}

/** A record whose last cell goes on in the next line. */
interface OpenRecord {
  readonly cells: string[];
  readonly cell: string;
}

/** The cells of one record, of which `open` was read in the lines before. */
export function parseRecord(
  text: string,
  delimiter: CsvDelimiter,
  open?: OpenRecord,
): string[] | OpenRecord | 'BROKEN' {
  const cells = open?.cells ?? [];
  let quoted = open?.cell;
  for (let position = 0; ; position++) {
    if (quoted === undefined) {
      while (text[position] === ' ') position++;
      if (text[position] === '"') {
        quoted = '';
        position++;
      }
    }
    if (quoted === undefined) {
      const next = text.indexOf(delimiter, position);
      const end = next < 0 ? text.length : next;
      cells.push(text.slice(position, end).trim());
      position = end;
    } else {
      for (;;) {
        const close = text.indexOf('"', position);
        if (close < 0) return { cells, cell: quoted + text.slice(position) };
        quoted += text.slice(position, close);
        position = close + 1;
        if (text[position] !== '"') break;
        quoted += '"';
        position++;
      }
      while (text[position] === ' ' || text[position] === '\r') position++;
      if (position < text.length && text[position] !== delimiter) return 'BROKEN';
      cells.push(quoted);
      quoted = undefined;
    }
    if (position >= text.length) return cells;
  }
}
