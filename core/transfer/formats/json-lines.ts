import { readEntry, type Entry } from './entry.ts';
import { isObject, type JsonObject } from './fields.ts';
import type { ByteSource, TransferItem, TransferRecord } from './item.ts';
import { readLines } from './lines.ts';

/** One entry for each line that is not blank; `read` makes the item of the object on it. */
export async function* readJsonLines(
  source: ByteSource,
  read: (object: JsonObject, entry: Entry) => TransferItem,
): AsyncGenerator<TransferRecord, void> {
  for await (const line of readLines(source)) {
    if (line.problem) yield { problem: line.problem };
    else if (line.text.trim() !== '')
      yield* readEntry({ line: line.number }, (entry) => ({
        ...read(parseObject(line.text, entry), entry),
        line: line.number,
      }));
  }
}

function parseObject(text: string, entry: Entry): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return entry.spoil('INVALID_JSON', 'The line is not JSON.');
  }
  return isObject(value) ? value : entry.spoil('INVALID_ENTRY', 'The line is JSON, but no object.');
}

/** A line of JSON. */
export const jsonLine = (value: unknown): string => `${JSON.stringify(value)}\n`;
