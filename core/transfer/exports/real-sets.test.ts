import { createHash } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { describe, expect, it } from 'vitest';
import { ArchiveFolder } from '#test/archives.ts';
import { writeZip } from '../archives/write-zip.ts';
import { LossTally } from '../formats/losses.ts';
import { pictureName } from '../formats/picture-path.ts';
import { readFolders } from '../formats/read-folders.ts';
import { collect } from '../formats/testing/collect.ts';
import { allItems, exportParts, type ExportItem } from './export-items.ts';
import { exportMembers } from './export-members.ts';
import { exportFormats } from './export-plan.ts';
import { itemsOf, listOf } from './testing/items-of.ts';
import { readExport } from '#test/read-export.ts';

const sets = join(import.meta.dirname, '../../../../shared/datasets');
const digestOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** A set of class folders, with a part made up for every picture. */
async function readSet(name: string): Promise<{ items: ExportItem[]; pictures: Map<string, Buffer> }> {
  const root = join(sets, name);
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
  const { items, problems } = await collect(readFolders(paths));
  expect(problems).toEqual([]);
  const pictures = new Map<string, Buffer>();
  const read = await Promise.all(
    items.map(async (item, index): Promise<ExportItem> => {
      const bytes = await readFile(join(root, item.source));
      const sha256 = digestOf(bytes);
      pictures.set(sha256, bytes);
      return { ...item, source: pictureName(item.source), sha256, split: exportParts[index % exportParts.length]! };
    }),
  );
  return { items: read, pictures };
}

describe.skipIf(!existsSync(sets))('real sets', () => {
  it.each(['ants_bees', 'trash6', 'magnetic_tile6', 'sign_digits10'])(
    '%s comes back in every format as it went',
    async (name) => {
      const { items, pictures } = await readSet(name);
      const written = itemsOf(items);
      const expected = (await listOf(allItems(written))).map(({ labels, split, sha256 }) => ({
        label: labels[0]!.name,
        split,
        sha256,
      }));
      await using folder = await ArchiveFolder.create();
      for (const format of exportFormats) {
        const losses = new LossTally();
        const plan = { format, includeImages: true, sourcePrefix: '', name, classes: [], writtenAt: new Date(0) };
        const path = join(folder.path, `${format}.zip`);
        const members = exportMembers(written, plan, losses, async ({ sha256 }) => pictures.get(sha256));
        await pipeline(writeZip(members), createWriteStream(path));
        const read = await readExport(path);
        const bytesOf = (source: string) =>
          read.pictures.get(source.replace('s3://exemplar/', '')) ??
          [...read.pictures].find(([picture]) => picture.endsWith(`/${source}`))![1];
        const found = read.items.map(({ source, labels, split }) => ({
          label: labels[0]!.name,
          split,
          sha256: digestOf(bytesOf(source)),
        }));
        expect(found).toEqual(expected);
        // Labels, parts and bytes are all there: what else is lost, nobody had known.
        const kinds = losses.list().map(({ kind }) => kind);
        expect(kinds.filter((kind) => ['SPLIT', 'FURTHER_LABELS', 'PICTURE'].includes(kind))).toEqual([]);
      }
    },
  );
});
