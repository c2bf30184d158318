import { describe, expect, it } from 'vitest';
import { readVertexJsonl } from './read-vertex-jsonl.ts';
import { codesOf, collect } from './testing/collect.ts';

const names = (labels: readonly { name: string }[]) => labels.map(({ name }) => name);

describe('Vertex JSONL', () => {
  const read = (...objects: (string | object)[]) =>
    collect(
      readVertexJsonl(objects.map((object) => `${typeof object === 'string' ? object : JSON.stringify(object)}\n`)),
    );
  const item = { imageGcsUri: 'gs://b/a.jpg' };

  it('reads the documented line', async () => {
    const line =
      '{"imageGcsUri":"gs://bucket/a.jpg","classificationAnnotation":{"displayName":"daisy"},"dataItemResourceLabels":{"aiplatform.googleapis.com/ml_use":"training"}}';
    expect(await read(line)).toEqual({
      items: [{ source: 'gs://bucket/a.jpg', labels: [{ name: 'daisy' }], split: 'TRAIN', line: 1 }],
      problems: [],
    });
  });

  it('reads several labels, none, and repeated ones', async () => {
    const { items } = await read(
      { ...item, classificationAnnotations: [{ displayName: 'a' }, { displayName: 'b' }, { displayName: 'a' }] },
      item,
    );
    expect(items.map(({ labels }) => names(labels))).toEqual([['a', 'b'], []]);
  });

  it('tells what is wrong with a line', async () => {
    const collected = await read(
      {},
      { ...item, classificationAnnotation: {} },
      { ...item, classificationAnnotation: 'cat' },
      { ...item, classificationAnnotations: 'cat' },
      { ...item, boundingBoxAnnotations: [] },
      { ...item, dataItemResourceLabels: { 'aiplatform.googleapis.com/ml_use': 'later' } },
    );
    expect(codesOf(collected)).toEqual([
      'MISSING_SOURCE@1',
      'INVALID_LABEL@2',
      'INVALID_ENTRY@3',
      'INVALID_ENTRY@4',
      'UNSUPPORTED_ANNOTATION@5',
      'UNKNOWN_SPLIT@6',
    ]);
    expect(collected.items.map(({ line }) => line)).toEqual([5, 6]);
  });
});
