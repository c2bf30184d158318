import { describe, expect, it } from 'vitest';
import { detectFormat, headBytes } from './detect-format.ts';
import { LossTally } from './losses.ts';
import { textOf } from './testing/collect.ts';
import { writeCocoLabels } from './write-coco-labels.ts';
import { writeCsv } from './write-csv.ts';
import { writeLabelStudio } from './write-label-studio.ts';
import { writeModelArtsManifest } from './write-modelarts-manifest.ts';
import { writeSageMakerManifest } from './write-sagemaker-manifest.ts';

const detect = (files: Record<string, string>) =>
  detectFormat(Object.keys(files), (path) => Promise.resolve(Buffer.from(files[path]!).subarray(0, headBytes)));

const items = Array.from({ length: 2000 }, (_, index) => ({
  source: `a/${index}.jpg`,
  labels: [{ name: 'cat' }],
  split: 'TRAIN' as const,
}));
const losses = new LossTally();

describe('detectFormat', () => {
  it.each([
    ['MODELARTS_MANIFEST', 'V001.manifest', writeModelArtsManifest(items, losses, { prefix: 's3://b/' })],
    ['SAGEMAKER_MANIFEST', 'output.manifest', writeSageMakerManifest(items, losses, { writtenAt: new Date(0) })],
    ['CSV', 'labels.csv', writeCsv(items, losses)],
    ['COCO_LABELS', 'labels_train.json', writeCocoLabels(items, losses)],
    ['LABEL_STUDIO', 'export.json', writeLabelStudio(items, losses)],
  ])('knows %s as we write it, from its head alone', async (format, name, pieces) => {
    const text = await textOf(pieces);
    expect(text.length).toBeGreaterThan(headBytes / 2);
    expect(await detect({ [name]: text, 'a/1.jpg': '' })).toMatchObject({ kind: 'FORMAT', format, documents: [name] });
  });

  it.each([
    ['VERTEX_JSONL', 'import.jsonl', '\ufeff{"imageGcsUri":"gs://b/a.jpg"}\n'],
    ['CSV', 'import.csv', 'training,gs://b/a.jpg,daisy\n'],
    ['CSV', 'train/_classes.csv', 'filename, classA, classB\na.jpg, 1, 0\n'],
    ['CSV', 'excel.csv', 'sep=;\r\nfile;label\r\na,b.jpg;cat\r\n'],
    ['LABEL_STUDIO', 'min.json', '[{"image":"a.jpg","annotator":1,"choice":"cat"}]'],
    ['COCO_LABELS', 'a.json', '{"info":{},"licenses":[],"categories":[],"images":[]}'],
    ['MODELARTS_MANIFEST', 'a.manifest', 'broken\n{"source":"s3://b/p.jpg"}\n'],
  ])('knows %s in %s', async (format, name, text) => {
    expect(await detect({ [name]: text })).toMatchObject({ kind: 'FORMAT', format, documents: [name] });
  });

  it('knows class folders, with and without the file that explains them', async () => {
    expect(await detect({ 'cat/1.jpg': '', '2.jpg': '', '__MACOSX/x.json': '[{"data":{' })).toEqual({
      kind: 'FORMAT',
      format: 'CLASS_FOLDERS',
      documents: [],
      reason: '1 of 2 pictures lie in folders, the others are unlabelled.',
    });
    expect(await detect({ '_train/1.jpg': '', 'labels.csv': 'folder,label\n_train,train\n' })).toMatchObject({
      format: 'CLASS_FOLDERS',
      folderLabels: 'labels.csv',
    });
  });

  it('takes folders where a document says nothing, and tells why', async () => {
    const answer = await detect({ 'cat/1.jpg': '', 'package.json': '{"name":"x"}' });
    expect(answer).toMatchObject({ kind: 'FORMAT', format: 'CLASS_FOLDERS' });
    expect(answer.reason).toContain('"package.json" is JSON of no format that is read');
  });

  it('knows pictures with texts, but not those of YOLO', async () => {
    expect(await detect({ '1.jpg': '', '1.txt': 'cat\n', 'readme.txt': '' })).toMatchObject({
      kind: 'FORMAT',
      format: 'IMAGE_TEXT',
    });
    expect(await detect({ '1.jpg': '', '1.txt': '0 0.5 0.5 0.25 1e-1\n' })).toMatchObject({ kind: 'UNKNOWN' });
    expect(await detect({ '1.jpg': '', '1.txt': '7\n' })).toMatchObject({ format: 'IMAGE_TEXT' });
    expect(await detect({ 'cat/1.jpg': '', 'cat/readme.txt': 'x' })).toMatchObject({ format: 'CLASS_FOLDERS' });
  });

  it('reads several documents of one format, asks about those of several', async () => {
    const coco = '{"images":[],"categories":[],"annotations":[]}';
    expect(await detect({ 'labels_train.json': coco, 'labels_val.json': coco })).toMatchObject({
      kind: 'FORMAT',
      documents: ['labels_train.json', 'labels_val.json'],
    });
    expect(await detect({ 'labels.json': coco, 'V001.manifest': '{"source":"s3://b/p.jpg"}' })).toMatchObject({
      kind: 'AMBIGUOUS',
      candidates: [
        { format: 'COCO_LABELS', documents: ['labels.json'] },
        { format: 'MODELARTS_MANIFEST', documents: ['V001.manifest'] },
      ],
    });
  });

  it.each<[string, Record<string, string>]>([
    ['nothing', {}],
    ['only leftovers', { '.DS_Store': '' }],
    ['an empty document', { 'a.json': ' ' }],
    ['a list of something else', { 'a.json': '[1,2]' }],
    ['text', { 'a.json': 'hello', 'notes.txt': 'x' }],
    ['a table of something else', { 'a.csv': 'name,age\n' }],
    ['broken quotes', { 'a.csv': '"file,label\n' }],
  ])('does not know %s', async (_, files) => {
    expect(await detect(files)).toMatchObject({ kind: 'UNKNOWN', reason: expect.stringMatching(/./) as string });
  });
});
