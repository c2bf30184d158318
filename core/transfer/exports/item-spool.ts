import { createReadStream } from 'node:fs';
import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { readLines } from '../formats/lines.ts';
import { exportParts, type ExportItem, type ExportItems, type ExportPart } from './export-items.ts';

const bufferedCharacters = 64 * 1024;
/** A picture with ten thousand labels of the longest kind has less. */
const mostLineBytes = 64 * 1024 * 1024;

/**
 * Writes items down in `folder`, a file for each part, and gives them back from there: what was read in one short transaction can
 * take hours to be exported, and more than once, and does not fit into memory.
 */
export async function spoolItems(folder: string, source: AsyncIterable<ExportItem>): Promise<ExportItems> {
  await mkdir(folder, { recursive: true });
  const pathOf = (part: ExportPart) => join(folder, `${part ?? 'NONE'}.jsonl`);
  const files = new Map<ExportPart, { readonly file: FileHandle; text: string }>();
  let count = 0;
  try {
    for await (const item of source) {
      count++;
      const spool = files.get(item.split) ?? { file: await open(pathOf(item.split), 'w'), text: '' };
      files.set(item.split, spool);
      spool.text += `${JSON.stringify(item)}\n`;
      if (spool.text.length < bufferedCharacters) continue;
      await spool.file.writeFile(spool.text);
      spool.text = '';
    }
    for (const { file, text } of files.values()) await file.writeFile(text);
  } finally {
    for (const { file } of files.values()) await file.close();
  }
  const parts = exportParts.filter((part) => files.has(part));
  return { count, parts, of: (part) => (files.has(part) ? readSpool(pathOf(part)) : nothing()) };
}

async function* readSpool(path: string): AsyncGenerator<ExportItem, void> {
  for await (const line of readLines(createReadStream(path), mostLineBytes)) {
    if (line.problem) throw new Error(line.problem.message);
    if (line.text !== '') yield JSON.parse(line.text, revive) as ExportItem;
  }
}

// oxlint-disable-next-line require-yield -- an empty list
async function* nothing(): AsyncGenerator<ExportItem, void> {}

function revive(key: string, value: unknown): unknown {
  return key === 'createdAt' ? new Date(value as string) : value;
}
