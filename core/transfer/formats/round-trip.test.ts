import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFolderLabels } from './folder-labels.ts';
import type { ByteSource, ItemSource, TransferItem, TransferRecord } from './item.ts';
import { LossTally, type LossKind } from './losses.ts';
import { readCocoLabels } from './read-coco-labels.ts';
import { readCsv } from './read-csv.ts';
import { readFolders } from './read-folders.ts';
import { readImageText } from './read-image-text.ts';
import { readLabelStudio } from './read-label-studio.ts';
import { readModelArtsManifest } from './read-modelarts-manifest.ts';
import { readSageMakerManifest } from './read-sagemaker-manifest.ts';
import { readVertexJsonl } from './read-vertex-jsonl.ts';
import { arbitraryItems, wildText } from './testing/arbitrary-items.ts';
import { collect, inPieces, textOf } from './testing/collect.ts';
import { expectKept } from './testing/expect-kept.ts';
import { writeCocoLabels } from './write-coco-labels.ts';
import { writeCsv } from './write-csv.ts';
import { writeFolders } from './write-folders.ts';
import { writeLabelStudio } from './write-label-studio.ts';
import { writeModelArtsManifest } from './write-modelarts-manifest.ts';
import { writeSageMakerManifest } from './write-sagemaker-manifest.ts';

const kindsOf = (losses: LossTally): LossKind[] => losses.list().map(({ kind }) => kind);

interface Format {
  readonly write: (items: ItemSource, losses: LossTally) => AsyncIterable<string>;
  readonly read: (source: ByteSource) => AsyncIterable<TransferRecord>;
  readonly mayLose: readonly LossKind[];
}
const writtenAt = new Date('2024-05-06T07:08:09.123Z');
const formats: Record<string, Format> = {
  'ModelArts manifest': {
    write: (items, losses) => writeModelArtsManifest(items, losses, { prefix: 's3://bucket/dataset/' }),
    read: readModelArtsManifest,
    mayLose: ['SOURCE', 'CREATED_AT', 'TARGET_RULES'],
  },
  CSV: {
    write: writeCsv,
    read: (source) => readCsv(source),
    mayLose: ['HARD', 'ANNOTATED_BY', 'CONFIDENCE', 'CREATED_AT'],
  },
  'COCO labels': {
    write: (items, losses) => writeCocoLabels(items, losses, { split: 'TEST' }),
    read: (source) => readCocoLabels(source, { split: 'TEST' }),
    mayLose: ['SPLIT', 'HARD', 'ANNOTATED_BY', 'CREATED_AT'],
  },
  'SageMaker manifest': {
    write: (items, losses) => writeSageMakerManifest(items, losses, { writtenAt }),
    read: (source) => readSageMakerManifest(source),
    mayLose: ['SPLIT', 'HARD', 'ANNOTATED_BY', 'CONFIDENCE', 'CREATED_AT', 'TARGET_RULES'],
  },
  'Label Studio': {
    write: writeLabelStudio,
    read: (source) => readLabelStudio(source),
    mayLose: ['HARD', 'ANNOTATED_BY', 'CONFIDENCE', 'CREATED_AT'],
  },
};

describe.each(Object.entries(formats))('%s', (_, { write, read, mayLose }) => {
  it('reads what it wrote, up to the losses it named', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryItems, fc.integer({ min: 1, max: 200 }), async (items, size) => {
        const losses = new LossTally();
        const text = await textOf(write(items, losses));
        const { items: found, problems } = await collect(read(inPieces(text, size)));
        expect(problems).toEqual([]);
        expectKept(items, found, kindsOf(losses));
        for (const { kind, count } of losses.list()) {
          expect(mayLose).toContain(kind);
          expect(count).toBeLessThanOrEqual(items.length);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('reads back a dataset of nothing', async () => {
    const losses = new LossTally();
    const text = await textOf(write([], losses));
    expect(await collect(read([text]))).toEqual({ items: [], problems: [] });
    expect(losses.list()).toEqual([]);
  });

  it('writes item by item', async () => {
    let asked = 0;
    const endless = function* (): Generator<TransferItem> {
      for (;;) yield { source: `s3://b/${asked++}.jpg`, labels: [{ name: 'cat' }], split: null };
    };
    let pieces = 0;
    for await (const piece of write(endless(), new LossTally())) if (piece !== '' && ++pieces === 5) break;
    expect(asked).toBeLessThanOrEqual(5);
  });
});

describe('class folders', () => {
  it('give first label and part back from the paths, whatever the labels and files are called', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryItems, async (items) => {
        const losses = new LossTally();
        const paths: string[] = [];
        const written: TransferItem[] = [];
        let folderLabels: Map<string, string> | undefined;
        for await (const { path, item, text } of writeFolders(items, losses)) {
          if (item) {
            paths.push(path);
            written.push({ ...item, source: path });
          } else folderLabels = (await readFolderLabels([text]))!.folderLabels;
        }
        expect(written.map(({ labels }) => labels)).toEqual(items.map(({ labels }) => labels));
        const { items: found } = await collect(readFolders(paths, { folderLabels }));
        const kinds = kindsOf(losses).filter((kind) => kind !== 'FILE_NAME');
        expectKept(written, found, kinds);
        expectSafe(paths);
        // Without the file that explains them the folders must be their labels.
        if (!folderLabels) expect(items.every(({ labels, split }) => labels.length > 0 || split === null)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

function expectSafe(paths: readonly string[]): void {
  const everywhere = new Set(paths.map((path) => path.normalize('NFC').toLowerCase()));
  expect(everywhere.size).toBe(paths.length);
  // No file may stand where a folder has to be.
  for (const path of paths)
    for (const [index, segment] of path.split('/').entries()) {
      expect(segment).not.toMatch(/^\.|^\s|[\s.]$|[\p{Cc}<>:"\\|?*]|^(?:con|nul)(?:\.|$)/iu);
      expect(Buffer.byteLength(segment)).toBeLessThanOrEqual(255);
      const folder = path.split('/').slice(0, index).join('/');
      expect(everywhere.has(folder.normalize('NFC').toLowerCase())).toBe(false);
    }
}

/* Formats that are read only: written here as their tools do. */
const readOnlyItems = arbitraryItems.map((items) =>
  items.map(({ source, labels, split }) => ({ source, labels: labels.map(({ name }) => ({ name })), split })),
);
const words = { TRAIN: 'training', VALIDATION: 'validation', TEST: 'test' } as const;

it('Vertex JSONL gives sources, labels and parts', async () => {
  await fc.assert(
    fc.asyncProperty(readOnlyItems, fc.integer({ min: 1, max: 200 }), async (items, size) => {
      const lines = items.map(({ source, labels, split }) => {
        const annotations = labels.map(({ name }) => ({ displayName: name }));
        return JSON.stringify({
          imageGcsUri: source,
          ...(labels.length === 1
            ? { classificationAnnotation: annotations[0] }
            : { classificationAnnotations: annotations }),
          dataItemResourceLabels: split ? { 'aiplatform.googleapis.com/ml_use': words[split] } : {},
        });
      });
      const { items: found, problems } = await collect(readVertexJsonl(inPieces(lines.join('\r\n'), size)));
      expect(problems).toEqual([]);
      expectKept(items, found, []);
    }),
  );
});

it('pictures with texts give labels of one line', async () => {
  const line = wildText
    .map((text) => text.replaceAll(/[\r\n]/g, ' ').trim())
    .filter((text) => !text.startsWith('\ufeff'));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uniqueArray(line, { maxLength: 4 }), { maxLength: 6 }), async (labels) => {
      const texts = new Map(labels.map((names, index) => [`d/${index}.txt`, names.join('\n')]));
      const paths = labels.flatMap((_, index) => [`d/${index}.txt`, `d/${index}.jpg`]);
      const { items, problems } = await collect(readImageText(paths, (path) => [texts.get(path)!]));
      expect(problems).toEqual([]);
      expect(items.map((item) => item.labels.map(({ name }) => name))).toEqual(labels);
    }),
  );
});
