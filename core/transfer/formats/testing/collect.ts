import type { TransferItem, TransferProblem, TransferRecord } from '../item.ts';

export interface Collected {
  readonly items: TransferItem[];
  readonly problems: TransferProblem[];
}

/** All that a reader gives. */
export async function collect(records: AsyncIterable<TransferRecord> | Iterable<TransferRecord>): Promise<Collected> {
  const collected: Collected = { items: [], problems: [] };
  for await (const { item, problem } of records)
    if (item) collected.items.push(item);
    else collected.problems.push(problem);
  return collected;
}

/** All that a writer writes. */
export async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

/** Bytes in pieces of `size`, cut through characters and line ends. */
export function* inPieces(text: string | Buffer, size: number): Generator<Uint8Array> {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

/** `code@line` or `code@path` of each problem. */
export const codesOf = ({ problems }: Collected): string[] =>
  problems.map(({ code, line, path }) => [code, line ?? path].filter((part) => part !== undefined).join('@'));
