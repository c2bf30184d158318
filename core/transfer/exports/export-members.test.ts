import { buffer, text } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ArchiveFolder } from '#test/archives.ts';
import { writeZip } from '../archives/write-zip.ts';
import type { TransferItem } from '../formats/item.ts';
import { LossTally } from '../formats/losses.ts';
import { pictureName } from '../formats/picture-path.ts';
import { arbitraryItems } from '../formats/testing/arbitrary-items.ts';
import { expectKept } from '../formats/testing/expect-kept.ts';
import { allItems, type ExportItem } from './export-items.ts';
import { exportMembers } from './export-members.ts';
import { exportFormats, type ExportPlan } from './export-plan.ts';
import { itemsOf, listOf } from './testing/items-of.ts';
import { readExport, type ReadExport } from '#test/read-export.ts';

const bytesOf = ({ sha256 }: ExportItem): Buffer => Buffer.from(`picture ${sha256}`);
const planOf = (plan: Partial<ExportPlan> & Pick<ExportPlan, 'format'>): ExportPlan => ({
  includeImages: true,
  sourcePrefix: '',
  name: 'V001',
  classes: [],
  writtenAt: new Date('2024-05-06T07:08:09.123Z'),
  ...plan,
});

/** The bytes of the archive, and what was lost. */
async function write(items: readonly ExportItem[], plan: ExportPlan, read = bytesOf) {
  const losses = new LossTally();
  const members = exportMembers(itemsOf(items), plan, losses, async (item) => read(item));
  return { zip: await buffer(writeZip(members)), losses: losses.list() };
}

async function readZip(zip: Buffer): Promise<ReadExport> {
  await using folder = await ArchiveFolder.create();
  return await readExport(await folder.file(zip));
}

/** The bytes that belong to what a document calls `source`. */
function pictureOf({ pictures }: ReadExport, source: string): Buffer | undefined {
  const path = source.replace('s3://exemplar/', '');
  return pictures.get(path) ?? [...pictures].find(([name]) => name.endsWith(`/${path}`))?.[1];
}

/** Some of them with the same name, all with a picture of their own. */
const arbitraryExport = fc
  .tuple(arbitraryItems, fc.boolean())
  .filter(([items]) => items.length > 0)
  .map(([items, isSameName]) =>
    items.map((item, index): ExportItem => ({
      ...item,
      source: isSameName ? items[0]!.source : item.source,
      sha256: index.toString(16).padStart(64, '0'),
    })),
  );

describe.each(exportFormats)('an archive as %s', (format) => {
  it('gives back labels, parts and pictures, up to the losses it names', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryExport, async (items) => {
        const { zip, losses } = await write(items, planOf({ format }));
        const read = await readZip(zip);
        const written = await listOf(allItems(itemsOf(items)));
        // Folders are read in the order of their paths, which is that of the items.
        expect(read.items).toHaveLength(items.length);
        expect(read.pictures.size).toBe(items.length);
        const kinds = losses.map(({ kind }) => kind).filter((kind) => !['FILE_NAME', 'SOURCE'].includes(kind));
        const unnamed = (list: readonly TransferItem[]) => list.map((item) => ({ ...item, source: '' }));
        const known = written.map(({ sha256: _sha256, ...transferred }) => transferred);
        expectKept(unnamed(known), unnamed(read.items), kinds);
        let renamed = 0;
        for (const [index, item] of written.entries()) {
          const { source } = read.items[index]!;
          expect(pictureOf(read, source)).toEqual(bytesOf(item));
          if (pictureName(source) !== pictureName(item.source)) renamed++;
        }
        expect(losses.find(({ kind }) => kind === 'FILE_NAME')?.count ?? 0).toBe(renamed);
      }),
      { numRuns: 60 },
    );
  });

  it('is the same, byte for byte, when it is imported and exported again', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryExport, async (items) => {
        const plan = planOf({ format });
        const { zip } = await write(items, plan);
        const read = await readZip(zip);
        const pictures = new Map<string, Buffer>();
        const again = read.items.map((item, index): ExportItem => {
          const sha256 = String(index);
          pictures.set(sha256, pictureOf(read, item.source)!);
          return { ...item, source: pictureName(item.source), sha256 };
        });
        const second = await write(again, plan, ({ sha256 }) => pictures.get(sha256)!);
        expect((await readZip(second.zip)).paths).toEqual(read.paths);
        expect(Buffer.compare(second.zip, zip)).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it('of nothing is an archive too', async () => {
    const { zip, losses } = await write([], planOf({ format }));
    expect(zip.readUInt32LE(zip.length - 22)).toBe(0x06054b50);
    expect(losses).toEqual([]);
  });
});

const item = (source: string, more: Partial<ExportItem> = {}): ExportItem => ({
  source,
  labels: [{ name: 'cat' }],
  split: 'TRAIN',
  sha256: source,
  ...more,
});

describe('what is where', () => {
  const items = [
    item('b.jpg', { split: null, labels: [] }),
    item('a.jpg', { split: 'TEST', labels: [{ name: 'dog' }] }),
    item('a.jpg', { sha256: 'other' }),
    item('A.JPG', { sha256: 'third' }),
  ];
  it.each([
    ['FOLDERS', ['train/cat/a.jpg', 'train/cat/A-2.JPG', 'test/dog/a.jpg', 'b.jpg']],
    ['MODELARTS_MANIFEST', ['V001.manifest', 'images/a.jpg', 'images/A-2.JPG', 'images/a-3.jpg', 'images/b.jpg']],
    ['CSV', ['labels.csv', 'images/a.jpg', 'images/A-2.JPG', 'images/a-3.jpg', 'images/b.jpg']],
    ['LABEL_STUDIO', ['tasks.json', 'images/a.jpg', 'images/A-2.JPG', 'images/a-3.jpg', 'images/b.jpg']],
    [
      'SAGEMAKER',
      [
        'train.manifest',
        'test.manifest',
        'unassigned.manifest',
        'images/a.jpg',
        'images/A-2.JPG',
        'images/a-3.jpg',
        'images/b.jpg',
      ],
    ],
    [
      'COCO',
      [
        'annotations/labels_train.json',
        'annotations/labels_test.json',
        'annotations/labels_default.json',
        'images/train/a.jpg',
        'images/train/A-2.JPG',
        'images/test/a-3.jpg',
        'images/default/b.jpg',
      ],
    ],
  ] as const)('%s', async (format, paths) => {
    const { zip } = await write(items, planOf({ format }));
    expect((await readZip(zip)).paths).toEqual(paths);
  });

  it('documents alone name the files alone, behind the prefix that was asked for', async () => {
    const sources = async (plan: Partial<ExportPlan> & Pick<ExportPlan, 'format'>) => {
      const { zip, losses } = await write(items, planOf(plan));
      const read = await readZip(zip);
      if (plan.includeImages === false) expect(read.pictures.size).toBe(0);
      expect(losses.some(({ kind }) => kind === 'SOURCE' || kind === 'TARGET_RULES')).toBe(false);
      return read.items.map(({ source }) => source);
    };
    expect(await sources({ format: 'CSV', includeImages: false })).toEqual(['a.jpg', 'A-2.JPG', 'a-3.jpg', 'b.jpg']);
    const sourcePrefix = 's3://bucket/flowers/';
    for (const format of ['MODELARTS_MANIFEST', 'SAGEMAKER', 'LABEL_STUDIO'] as const)
      expect((await sources({ format, sourcePrefix }))[0]).toBe('s3://bucket/flowers/images/a.jpg');
    expect((await sources({ format: 'SAGEMAKER', sourcePrefix, includeImages: false }))[0]).toBe(
      's3://bucket/flowers/a.jpg',
    );
  });

  it('classes have one number in all documents', async () => {
    const members = async (format: 'COCO' | 'SAGEMAKER') => {
      const plan = planOf({ format, classes: ['dog', 'cat', 'bird'] });
      const list = exportMembers(itemsOf(items), plan, new LossTally(), async () => undefined);
      const contents: string[] = [];
      for await (const { content } of list) contents.push(await text(content as AsyncIterable<Uint8Array>));
      return contents;
    };
    const [train, test] = await members('COCO');
    for (const document of [train!, test!])
      expect(JSON.parse(document).categories.map(({ name }: { name: string }) => name)).toEqual(['dog', 'cat', 'bird']);
    const [trainLines, testLines] = await members('SAGEMAKER');
    expect([JSON.parse(trainLines!.split('\n')[0]!).label, JSON.parse(testLines!).label]).toEqual([1, 0]);
  });

  it('goes without a picture whose bytes are gone', async () => {
    const plan = planOf({ format: 'CSV' });
    const members = exportMembers(itemsOf(items), plan, new LossTally(), async ({ sha256 }) =>
      sha256 === 'other' ? undefined : Buffer.from('x'),
    );
    const zip = await buffer(writeZip(members));
    const read = await readZip(zip);
    expect(read.items).toHaveLength(4);
    expect([...read.pictures.keys()]).toEqual(['images/A-2.JPG', 'images/a-3.jpg', 'images/b.jpg']);
  });
});
