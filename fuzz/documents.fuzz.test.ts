import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { detectFormat } from '#core/transfer/formats/detect-format.ts';
import { readFolderLabels } from '#core/transfer/formats/folder-labels.ts';
import type { ByteSource, TransferItem, TransferRecord } from '#core/transfer/formats/item.ts';
import { LossTally } from '#core/transfer/formats/losses.ts';
import { readCocoLabels } from '#core/transfer/formats/read-coco-labels.ts';
import { readCsv } from '#core/transfer/formats/read-csv.ts';
import { readFolders } from '#core/transfer/formats/read-folders.ts';
import { readImageText } from '#core/transfer/formats/read-image-text.ts';
import { readLabelStudio } from '#core/transfer/formats/read-label-studio.ts';
import { readModelArtsManifest } from '#core/transfer/formats/read-modelarts-manifest.ts';
import { readSageMakerManifest } from '#core/transfer/formats/read-sagemaker-manifest.ts';
import { readVertexJsonl } from '#core/transfer/formats/read-vertex-jsonl.ts';
import { arbitraryItems } from '#core/transfer/formats/testing/arbitrary-items.ts';
import { collect, inPieces, textOf } from '#core/transfer/formats/testing/collect.ts';
import { writeCocoLabels } from '#core/transfer/formats/write-coco-labels.ts';
import { writeCsv } from '#core/transfer/formats/write-csv.ts';
import { writeLabelStudio } from '#core/transfer/formats/write-label-studio.ts';
import { writeModelArtsManifest } from '#core/transfer/formats/write-modelarts-manifest.ts';
import { writeSageMakerManifest } from '#core/transfer/formats/write-sagemaker-manifest.ts';
import type { Draw } from './draw.ts';
import { ending, Findings } from './findings.ts';
import { fuzzCases, fuzzMilliseconds } from './fuzz-cases.ts';
import { mutateBytes } from './mutate-bytes.ts';
import { mutateJson } from './mutate-json.ts';
import { wildText } from './wild-text.ts';

const readers: Record<string, (source: ByteSource) => AsyncIterable<TransferRecord>> = {
  'a.manifest': readModelArtsManifest,
  'a.csv': (source) => readCsv(source),
  'coco.json': (source) => readCocoLabels(source, {}),
  'b.manifest': (source) => readSageMakerManifest(source),
  'tasks.json': (source) => readLabelStudio(source),
  'a.jsonl': (source) => readVertexJsonl(source),
};

/** Real documents, one list of them for each reader. */
const documents: Record<string, string[]> = {};
beforeAll(async () => {
  const losses = new LossTally();
  const writtenAt = new Date('2024-05-06T07:08:09.123Z');
  const samples = fc.sample(arbitraryItems, { numRuns: 30, seed: 1 });
  for (const items of samples) {
    const written = {
      'a.manifest': writeModelArtsManifest(items, losses, { prefix: 's3://bucket/' }),
      'a.csv': writeCsv(items, losses),
      'coco.json': writeCocoLabels(items, losses, { split: 'TEST' }),
      'b.manifest': writeSageMakerManifest(items, losses, { writtenAt }),
      'tasks.json': writeLabelStudio(items, losses),
    };
    for (const [path, pieces] of Object.entries(written)) (documents[path] ??= []).push(await textOf(pieces));
  }
  documents['a.jsonl'] = [
    `{"imageGcsUri":"gs://b/a.jpg","classificationAnnotation":{"displayName":"cat"},"dataItemResourceLabels":{"aiplatform.googleapis.com/ml_use":"test"}}\n{"imageGcsUri":"gs://b/b.jpg","classificationAnnotations":[{"displayName":"a"},{"displayName":"b"}]}\n`,
  ];
});

/** What every item promises (formats/item.ts). */
function brokenPromise({ source, labels, split }: TransferItem): string | undefined {
  const names = labels.map(({ name }) => name);
  if (source === '' || source.includes('\0') || !source.isWellFormed()) return `source ${JSON.stringify(source)}`;
  if (names.some((name) => name.trim() === '' || name.includes('\0') || !name.isWellFormed()))
    return 'a label is no text';
  if (new Set(names).size !== names.length) return 'a label stands twice';
  if (![null, 'TRAIN', 'VALIDATION', 'TEST'].includes(split)) return `split ${split}`;
  for (const { confidence, createdAt, annotatedBy } of labels) {
    if (confidence !== undefined && !(confidence >= 0 && confidence <= 1)) return `confidence ${confidence}`;
    if (createdAt !== undefined && Number.isNaN(createdAt.getTime())) return 'a date is none';
    if (annotatedBy !== undefined && (annotatedBy.includes('\0') || !annotatedBy.isWellFormed())) return 'annotatedBy';
  }
  return undefined;
}

function mutateDocument(text: string, draw: Draw, other: string): Buffer {
  if (draw.chance(0.4)) return mutateBytes(Buffer.from(text), draw, Buffer.from(other));
  // Line by line where there are several documents in one, else as a whole; what is no JSON stays for the bytes.
  const lines = text.startsWith('[') || text.startsWith('{\n') ? [text] : text.split('\n');
  const at = draw.integer(lines.length);
  const mutated = mutateJson(lines[at]!, draw);
  if (mutated === undefined) return mutateBytes(Buffer.from(text), draw, Buffer.from(other));
  return Buffer.from(lines.with(at, mutated).join('\n'));
}

test(
  'a document of labels, however it was changed, gives items and problems only',
  { timeout: fuzzMilliseconds },
  async () => {
    const findings = new Findings();
    const tally = { cases: 0, items: 0, problems: 0 };
    for (const { index, draw } of fuzzCases(2, 4000)) {
      const path = draw.pick(Object.keys(readers));
      const bytes = mutateDocument(
        draw.pick(documents[path]!),
        draw,
        draw.pick(documents[draw.pick(Object.keys(readers))]!),
      );
      tally.cases++;
      try {
        const pieces = draw.chance(0.5) ? [bytes] : inPieces(bytes, 1 + draw.integer(50));
        const { items, problems } = await ending(collect(readers[path]!(pieces)));
        tally.items += items.length;
        tally.problems += problems.length;
        for (const item of items) {
          const broken = brokenPromise(item);
          if (broken) findings.add(index, `${path}: ${broken}`, item, bytes.toString());
        }
        for (const { message, path: place } of problems)
          if (!message || !(place ?? '').isWellFormed())
            findings.add(index, `${path}: a problem without words`, bytes.toString());
        // What it is taken for, and class folders told by a document.
        await ending(detectFormat([path, 'cat/a.jpg'], async () => bytes.subarray(0, 64 * 1024)));
        await ending(readFolderLabels([bytes]));
      } catch (error) {
        findings.add(index, `${path}: thrown`, (error as Error).stack, bytes.toString());
      }
    }
    console.log(`documents: ${JSON.stringify(tally)}`);
    expect(findings.shown).toEqual([]);
    if (tally.cases > 100) expect(Math.min(tally.items, tally.problems)).toBeGreaterThan(tally.cases / 4);
  },
);

test('paths, however wild, give items and problems only', { timeout: fuzzMilliseconds }, async () => {
  const findings = new Findings();
  for (const { index, draw } of fuzzCases(3, 1500)) {
    const segment = () => (draw.chance(0.5) ? draw.pick(['cat', 'train', 'val', '..', '.', '', 'a']) : wildText(draw));
    const paths = draw.some(12, () =>
      [...draw.some(5, segment), `${draw.integer(4)}${draw.pick(['.jpg', '.txt', '.csv', '', '/'])}`].join('/'),
    );
    try {
      const folders = await collect(readFolders(paths));
      const texts = await collect(readImageText(paths, () => [wildText(draw)]));
      for (const item of [...folders.items, ...texts.items]) {
        const broken = brokenPromise(item);
        if (broken) findings.add(index, broken, item);
      }
      await detectFormat(paths, async () => Buffer.from(wildText(draw)));
    } catch (error) {
      findings.add(index, 'thrown', (error as Error).stack, paths);
    }
  }
  expect(findings.shown).toEqual([]);
});
