import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DocumentFormat } from '../formats/detect-document.ts';
import type { TransferRecord } from '../formats/item.ts';
import { readDocument } from '../formats/read-document.ts';
import { readDocumentApart } from './read-document-apart.ts';
import { readPlan } from './read-plan.ts';

/** Two images in a hundred have something wrong. */
const cocoOf = (images: number): string =>
  JSON.stringify({
    categories: [
      { id: 1, name: 'cat' },
      { id: 2, name: 'dog' },
    ],
    images: Array.from({ length: images }, (_, id) => ({ id, file_name: id % 100 === 7 ? 5 : `folder/${id}.jpg` })),
    annotations: Array.from({ length: images }, (_, id) => ({
      id,
      image_id: id,
      category_id: id % 100 === 3 ? 9 : 1 + (id % 2),
      ...(id % 5 === 0 && { score: 0.5 }),
    })),
  });
const tasksOf = (tasks: number): string =>
  JSON.stringify(
    Array.from({ length: tasks }, (_, id) => ({
      id,
      data: { image: `/data/upload/${id}.jpg` },
      annotations: [
        {
          created_at: '2024-01-02T03:04:05Z',
          result: [{ type: 'choices', from_name: 'choice', value: { choices: [`class ${id % 3}`] } }],
        },
      ],
    })),
  );

describe('a document that is read in a process of its own', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'exemplar-apart-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const { signal } = new AbortController();
  const saved = async (name: string, text: string) => {
    const file = join(folder, name);
    await writeFile(file, text);
    return file;
  };
  const collect = async (records: AsyncIterable<TransferRecord>) => {
    const all: TransferRecord[] = [];
    for await (const record of records) all.push(record);
    return all;
  };

  test.each<[DocumentFormat, string, string]>([
    ['COCO_LABELS', 'instances_train.json', cocoOf(3210)],
    ['LABEL_STUDIO', 'tasks.json', tasksOf(3210)],
    ['COCO_LABELS', 'none.json', '{"images":[]}'],
    ['LABEL_STUDIO', 'broken.json', '[{"id":1'],
    ['CSV', 'labels.csv', 'image,label\n1.jpg,cat\n2.jpg,"dog\n'],
  ])('says the same, whether %s or %s', async (format, name, text) => {
    const file = await saved(name, text);
    const source = createReadStream(file) as AsyncIterable<Buffer>;
    const expected = await collect(readDocument(format, source, name, {}));
    const found = await collect(readDocumentApart({ file, format, path: name, options: {} }, signal));
    expect(found).toEqual(expected);
  });

  test('lets everything else have its turn after every batch', async () => {
    const file = await saved('many.json', cocoOf(30_000));
    let sinceTurn = 0;
    let most = 0;
    let isDone = false;
    const turn = () => {
      sinceTurn = 0;
      if (!isDone) setImmediate(turn);
    };
    turn();
    const document = { file, format: 'COCO_LABELS', path: 'many.json', options: {} } as const;
    let records = 0;
    for await (const _record of readDocumentApart(document, signal)) {
      records++;
      most = Math.max(most, ++sinceTurn);
    }
    isDone = true;
    expect(records).toBe(30_000);
    expect(most).toBe(500);
  });

  test('ends with its reader and with its signal', async () => {
    const file = await saved('left.json', cocoOf(30_000));
    const document = { file, format: 'COCO_LABELS', path: 'left.json', options: {} } as const;
    let records = 0;
    for await (const _record of readDocumentApart(document, signal)) if (++records === 10) break;
    expect(records).toBe(10);
    const stop = new AbortController();
    const reading = (async () => {
      for await (const _record of readDocumentApart(document, stop.signal)) stop.abort();
    })();
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('is refused when it takes more memory than it may, and takes nothing else along', async () => {
    const file = await saved('bomb.json', `[${'{},'.repeat(4_000_000)}{}]`);
    const document = { file, format: 'LABEL_STUDIO', path: 'bomb.json', options: {} } as const;
    expect(await collect(readDocumentApart(document, signal, 64))).toEqual([
      {
        problem: {
          code: 'DOCUMENT_TOO_LARGE',
          spoils: 'REST',
          message: 'Reading the document takes more than 64 MiB of memory; split it.',
        },
      },
    ]);
  });

  test('gives the plan of an import', async () => {
    const text = cocoOf(20_000);
    expect(text.length).toBeGreaterThan(1024 * 1024);
    const listing = {
      paths: ['coco.json', 'folder/1.jpg'],
      copies: new Map([['coco.json', await saved('coco.json', text)]]),
      isComplete: true,
    };
    const plan = await readPlan(listing, { labelLength: 64, signal });
    expect(plan).toMatchObject({ format: 'COCO_LABELS', labels: ['cat', 'dog'], problemCount: 400 });
    expect([...plan.pictures.keys()]).toEqual(['folder/1.jpg']);
    expect(plan.others.size).toBe(20_000 - 400 - 1);
  });
});
