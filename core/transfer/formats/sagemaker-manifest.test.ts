import { describe, expect, it } from 'vitest';
import { LossTally } from './losses.ts';
import { readSageMakerManifest } from './read-sagemaker-manifest.ts';
import { codesOf, collect, textOf } from './testing/collect.ts';
import { writeSageMakerManifest } from './write-sagemaker-manifest.ts';

const names = (labels: readonly { name: string }[]) => labels.map(({ name }) => name);

describe('SageMaker manifest', () => {
  const documented = [
    '{"source-ref":"s3://bucket/images/sunrise.png","testdataset-classification_Sunrise":1,"testdataset-classification_Sunrise-metadata":{"confidence":1,"job-name":"labeling-job/testdataset-classification_Sunrise","class-name":"Sunrise","human-annotated":"yes","creation-date":"2020-03-06T17:46:39.176","type":"groundtruth/image-classification"}}',
    '{"source-ref":"s3://bucket/x.jpg","sport0":0,"sport0-metadata":{"class-name":"football","confidence":0.8,"type":"groundtruth/image-classification","job-name":"identify-sport","human-annotated":"yes","creation-date":"2018-10-18T22:18:13.527256"},"sport1":1,"sport1-metadata":{"class-name":"ball","confidence":0.8,"type":"groundtruth/image-classification","job-name":"identify-sport","human-annotated":"yes","creation-date":"2018-10-18T22:18:13.527256"}}',
  ].join('\n');
  const metadata = {
    'class-name': 'cat',
    confidence: 0.5,
    type: 'groundtruth/image-classification',
    'human-annotated': 'no',
    'creation-date': '2020-01-01T00:00:00',
  };
  const read = (object: object, options = {}) =>
    collect(readSageMakerManifest([JSON.stringify({ 'source-ref': 's3://b/a.jpg', ...object })], options));

  it('reads the documented lines, whatever the attributes are called', async () => {
    const common = { annotatedBy: 'human', confidence: 0.8, createdAt: new Date('2018-10-18T22:18:13.527Z') };
    expect(await collect(readSageMakerManifest([documented], { split: 'TRAIN' }))).toEqual({
      items: [
        {
          source: 's3://bucket/images/sunrise.png',
          labels: [
            { name: 'Sunrise', annotatedBy: 'human', confidence: 1, createdAt: new Date('2020-03-06T17:46:39.176Z') },
          ],
          split: 'TRAIN',
          line: 1,
        },
        {
          source: 's3://bucket/x.jpg',
          labels: [
            { name: 'football', ...common },
            { name: 'ball', ...common },
          ],
          split: 'TRAIN',
          line: 2,
        },
      ],
      problems: [],
    });
  });

  it('names the job of a machine', async () => {
    const by = async (more: object) =>
      (await read({ a: 0, 'a-metadata': { ...metadata, ...more } })).items[0]!.labels[0]!.annotatedBy;
    expect([await by({}), await by({ 'job-name': 'auto' })]).toEqual(['machine', 'auto']);
  });

  it('reads the multi-label form of Ground Truth', async () => {
    const several = {
      ...metadata,
      'class-map': { 0: 'person', 1: 'robot' },
      'confidence-map': { 0: 0.9 },
      type: 'groundtruth/image-classification-multilabel',
    };
    const { items, problems } = await read({ a: [0, 1], 'a-metadata': several });
    expect(problems).toEqual([]);
    expect(items[0]!.labels.map(({ name, confidence }) => [name, confidence])).toEqual([
      ['person', 0.9],
      ['robot', undefined],
    ]);
    expect(codesOf(await read({ a: [2], 'a-metadata': several }))).toEqual(['INVALID_LABEL@1']);
    expect(codesOf(await read({ a: 2, 'a-metadata': several }))).toEqual(['INVALID_ENTRY@1']);
  });

  it('reads only the attributes it is asked for', async () => {
    const both = { a: 0, 'a-metadata': metadata, b: 1, 'b-metadata': { ...metadata, 'class-name': 'dog' } };
    expect(names((await read(both)).items[0]!.labels)).toEqual(['cat', 'dog']);
    expect(names((await read(both, { attributes: ['b'] })).items[0]!.labels)).toEqual(['dog']);
  });

  it('tells what is no label of a picture', async () => {
    expect(codesOf(await read({ a: 0 }))).toEqual(['UNSUPPORTED_ANNOTATION@1']);
    expect(codesOf(await read({ 'a-metadata': metadata }))).toEqual(['UNSUPPORTED_ANNOTATION@1']);
    expect(codesOf(await read({ a: {}, 'a-metadata': { ...metadata, type: 'groundtruth/object-detection' } }))).toEqual(
      ['UNSUPPORTED_ANNOTATION@1'],
    );
    expect(codesOf(await read({ a: 0, 'a-metadata': 'cat' }))).toEqual(['INVALID_ENTRY@1']);
    expect(codesOf(await read({ a: 0, 'a-metadata': { ...metadata, 'class-name': undefined } }))).toEqual([
      'INVALID_LABEL@1',
    ]);
    expect(codesOf(await read({ a: 0, 'a-metadata': { ...metadata, 'human-annotated': 'maybe' } }))).toEqual([
      'INVALID_DETAIL@1',
    ]);
    expect(codesOf(await read({ 'source-ref': undefined }))).toEqual(['MISSING_SOURCE@1']);
    const evaluation = { 'rekognition-custom-labels-evaluation-details': { version: 1 } };
    expect(codesOf(await read({ a: 0, 'a-metadata': metadata, ...evaluation }))).toEqual([]);
  });

  it('writes what is demanded and counts what it filled in', async () => {
    const losses = new LossTally();
    const items = [
      { source: 's3://b/a.jpg', labels: [{ name: 'cat' }], split: null },
      {
        source: 's3://b/b.jpg',
        labels: [{ name: 'dog', annotatedBy: 'job', confidence: 0.5, createdAt: new Date(0) }, { name: 'cat' }],
        split: null,
      },
    ];
    const text = await textOf(writeSageMakerManifest(items, losses, { writtenAt: new Date('2024-05-06T07:08:09Z') }));
    const filled = {
      'class-name': 'cat',
      confidence: 1,
      type: 'groundtruth/image-classification',
      'human-annotated': 'yes',
      'creation-date': '2024-05-06T07:08:09.000',
    };
    expect(
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      { 'source-ref': 's3://b/a.jpg', label: 0, 'label-metadata': filled },
      {
        'source-ref': 's3://b/b.jpg',
        label0: 1,
        'label0-metadata': {
          ...filled,
          'class-name': 'dog',
          confidence: 0.5,
          'job-name': 'job',
          'human-annotated': 'no',
          'creation-date': '1970-01-01T00:00:00.000',
        },
        label1: 0,
        'label1-metadata': filled,
      },
    ]);
    expect(losses.list().map(({ kind, count }) => [kind, count])).toEqual([
      ['ANNOTATED_BY', 2],
      ['CONFIDENCE', 2],
      ['CREATED_AT', 2],
    ]);
  });
});
