import { describe, expect, it } from 'vitest';
import { LossTally } from './losses.ts';
import { readCocoLabels } from './read-coco-labels.ts';
import { codesOf, collect, textOf } from './testing/collect.ts';
import { writeCocoLabels } from './write-coco-labels.ts';

const names = (labels: readonly { name: string }[]) => labels.map(({ name }) => name);

describe('COCO labels', () => {
  const documented =
    '{"images":[{"id":1,"file_name":"a.jpg","width":640,"height":480}],"categories":[{"id":1,"name":"daisy","supercategory":""}],"annotations":[{"id":1,"image_id":1,"category_id":1,"score":0.98}]}';
  const read = (document: unknown, options = {}) =>
    collect(readCocoLabels([typeof document === 'string' ? document : JSON.stringify(document)], options));
  const images = [
    { id: 1, file_name: 'a.jpg' },
    { id: 2, file_name: 'b.jpg' },
  ];
  const categories = [
    { id: 1, name: 'cat' },
    { id: 2, name: 'dog' },
  ];

  it('reads and writes the documented document', async () => {
    const item = { source: 'a.jpg', labels: [{ name: 'daisy', confidence: 0.98 }], split: 'TRAIN' as const };
    expect(await read(documented, { split: 'TRAIN' })).toEqual({ items: [item], problems: [] });
    const losses = new LossTally();
    const text = await textOf(
      writeCocoLabels([{ ...item, size: { width: 640, height: 480 } }], losses, { split: 'TRAIN' }),
    );
    expect(JSON.parse(text)).toEqual(JSON.parse(documented));
    expect(losses.list()).toEqual([]);
  });

  it('refuses boxes unless they are asked for, then takes each category of an image once', async () => {
    const document = {
      images,
      categories,
      annotations: [1, 1, 2].map((category_id, id) => ({ id, image_id: 1, category_id, bbox: [0, 0, 1, 1] })),
    };
    const refused = await read(document);
    expect(refused.items).toEqual([]);
    expect(refused.problems).toMatchObject([{ code: 'DETECTION_NOT_ASKED', spoils: 'REST' }]);
    const { items, problems } = await read(document, { detection: true });
    expect(problems).toEqual([]);
    expect(items.map(({ labels }) => names(labels))).toEqual([['cat', 'dog'], []]);
  });

  it('does not take an empty box for a box', async () => {
    const { items } = await read({
      images,
      categories,
      annotations: [{ id: 1, image_id: 2, category_id: 2, bbox: [], segmentation: null }],
    });
    expect(items.map(({ labels }) => names(labels))).toEqual([[], ['dog']]);
  });

  it('spoils the image of a broken annotation only', async () => {
    const annotations = [
      { image_id: 1, category_id: 9 },
      { image_id: 2, category_id: 1, score: 7 },
      { image_id: 3, category_id: 1 },
      { category_id: 1 },
      'x',
    ];
    const collected = await read({
      images: [...images, { id: 1, file_name: 'c.jpg' }, { id: 4 }, { file_name: 'd.jpg' }, null],
      categories,
      annotations,
    });
    expect(collected.items.map(({ source, labels }) => [source, names(labels)])).toEqual([['b.jpg', ['cat']]]);
    expect(codesOf(collected)).toEqual([
      'INVALID_LABEL@images[0]',
      'INVALID_DETAIL@images[1]',
      'INVALID_ENTRY@images[2]',
      'MISSING_SOURCE@images[3]',
      'INVALID_ENTRY@images[4]',
      'INVALID_ENTRY@images[5]',
      'INVALID_ENTRY@image_id 3',
      'INVALID_ENTRY@image_id missing',
    ]);
  });

  it.each(['', '{', '[]', '7', 'null', '{"images":{}}', '{"images":[],"annotations":7}'])(
    'refuses %j as a whole',
    async (text) => {
      expect((await read(text)).problems).toMatchObject([{ code: 'INVALID_DOCUMENT', spoils: 'REST' }]);
    },
  );
});
