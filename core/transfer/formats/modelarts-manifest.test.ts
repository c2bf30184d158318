import { describe, expect, it } from 'vitest';
import { LossTally } from './losses.ts';
import { readModelArtsManifest } from './read-modelarts-manifest.ts';
import { codesOf, collect, textOf } from './testing/collect.ts';
import { writeModelArtsManifest } from './write-modelarts-manifest.ts';

/* Lines of real files (MA-SDK V002.manifest, V010.manifest, classification-multi-xy) and of the specification. */
const realLines = String.raw`{"annotation":[{"name":"sunflowers","property":"[{\"type\":0,\"property\":{}}]","type":"modelarts/image_classification","creation-time":"2019-03-30 17:22:35","annotated-by":"human"}],"usage":"TRAIN","source":"s3://modelartscarbon/flowers/8705462313_4458d64cd4.jpg"}
{"annotation":[{"name":"daisy","type":"modelarts/image_classification","creation-time":"2019-03-30 17:22:32","annotated-by":"human/username/username"}],"usage":"train","source":"s3://modelartscarbon/flowers/173350276_02817aa8d5.jpg","id":"00201da3dd587c4fad64168f9863882a"}
{"source":"s3://obs-ma/test/classification/datafiles/11_1550650987036.jpg","annotation":[{"type":"modelarts/image_classification","property":{"color":"black"},"name":"Dog","confidence": 0.8,"creation-time":"2019-02-20 08:23:07","hard":"true","annotated-by":"human"}],"usage":"TRAIN"}
`;
const documented = `{"source":"s3://path/to/image1.jpg","usage":"TRAIN","hard":"true","hard-coefficient":0.8,"id":"0162005993f8065ef47eefb59d1e4970","annotation":[{"type":"modelarts/image_classification","name":"cat","property":{"color":"white","kind":"Persian cat"},"hard":"true","hard-coefficient":0.8,"annotated-by":"human","creation-time":"2019-01-23 11:30:30"},{"type":"modelarts/image_classification","name":"animal","annotated-by":"modelarts/active-learning","confidence":0.8,"creation-time":"2019-01-23 11:30:30"}],"inference-loc":"/path/to/inference-output"}`;

const read = (...texts: string[]) => collect(readModelArtsManifest(texts));
const line = (object: object) => `${JSON.stringify({ source: 's3://b/p.jpg', ...object })}\n`;
const cat = { type: 'modelarts/image_classification', name: 'cat' };

describe('readModelArtsManifest', () => {
  it('reads lines of real files', async () => {
    expect(await read(realLines)).toEqual({
      items: [
        {
          source: 's3://modelartscarbon/flowers/8705462313_4458d64cd4.jpg',
          labels: [{ name: 'sunflowers', annotatedBy: 'human', createdAt: new Date('2019-03-30T17:22:35Z') }],
          split: 'TRAIN',
          line: 1,
        },
        {
          source: 's3://modelartscarbon/flowers/173350276_02817aa8d5.jpg',
          labels: [
            { name: 'daisy', annotatedBy: 'human/username/username', createdAt: new Date('2019-03-30T17:22:32Z') },
          ],
          split: 'TRAIN',
          line: 2,
        },
        {
          source: 's3://obs-ma/test/classification/datafiles/11_1550650987036.jpg',
          labels: [{ name: 'Dog', annotatedBy: 'human', confidence: 0.8, createdAt: new Date('2019-02-20T08:23:07Z') }],
          split: 'TRAIN',
          hard: true,
          line: 3,
        },
      ],
      problems: [],
    });
  });

  it('reads the object of the specification', async () => {
    const createdAt = new Date('2019-01-23T11:30:30Z');
    expect(await read(documented)).toEqual({
      items: [
        {
          source: 's3://path/to/image1.jpg',
          labels: [
            { name: 'cat', annotatedBy: 'human', createdAt },
            { name: 'animal', annotatedBy: 'modelarts/active-learning', confidence: 0.8, createdAt },
          ],
          split: 'TRAIN',
          hard: true,
          line: 1,
        },
      ],
      problems: [],
    });
  });

  it('takes unlabelled lines', async () => {
    const { items, problems } = await read(
      '{"source":"s3://b/p.jpg"}\n\n',
      line({ annotation: [] }),
      line({ annotation: null }),
    );
    expect(problems).toEqual([]);
    expect(items).toEqual([1, 3, 4].map((line) => ({ source: 's3://b/p.jpg', labels: [], split: null, line })));
  });

  it.each([
    ['TRAIN', 'TRAIN'],
    ['train', 'TRAIN'],
    ['Eval', 'VALIDATION'],
    ['TEST', 'TEST'],
    ['inference', null],
    ['INFERENCE', null],
    ['', null],
  ])('reads usage %j', async (usage, split) => {
    expect(await read(line({ usage }))).toMatchObject({ items: [{ split }], problems: [] });
  });

  it('leaves an unknown usage undecided and says so', async () => {
    const collected = await read(line({ usage: 'later' }), line({ usage: 7 }));
    expect(codesOf(collected)).toEqual(['UNKNOWN_SPLIT@1', 'UNKNOWN_SPLIT@2']);
    expect(collected.items.map(({ split }) => split)).toEqual([null, null]);
  });

  it('takes a label that the SDK repeats once, as it was said first', async () => {
    const repeated = [
      { ...cat, confidence: 0.5 },
      { ...cat, name: 'dog' },
      { ...cat, confidence: 0.9 },
    ];
    const { items } = await read(line({ annotation: repeated }));
    expect(items[0]!.labels).toEqual([{ name: 'cat', confidence: 0.5 }, { name: 'dog' }]);
  });

  it.each(['true', 'True', true, 1, '1'])('reads hard %j at the sample and at the annotation', async (hard) => {
    const { items, problems } = await read(line({ hard }), line({ annotation: [{ ...cat, hard }] }));
    expect([...items.map((item) => item.hard), problems.length]).toEqual([true, true, 0]);
  });

  it.each(['false', 'False', false, 0])('reads hard %j', async (hard) => {
    expect((await read(line({ annotation: [{ ...cat, hard }] }))).items[0]!.hard).toBe(false);
  });

  it('reads hard from properties, as object or text, and tells a property that is no JSON', async () => {
    const property = { '@modelarts:hard': 1 };
    const collected = await read(
      ...[property, JSON.stringify(property), '', '{broken'].map((property) =>
        line({ annotation: [{ ...cat, property }] }),
      ),
    );
    expect(collected.items.map(({ hard }) => hard)).toEqual([true, true, undefined, undefined]);
    expect(codesOf(collected)).toEqual(['INVALID_DETAIL@4']);
  });

  it('reads names with underscores', async () => {
    const { items } = await read(
      line({ annotation: [{ ...cat, creation_time: '2019-01-23 11:30:30', annotated_by: 'human' }] }),
    );
    expect(items[0]!.labels).toEqual([
      { name: 'cat', annotatedBy: 'human', createdAt: new Date('2019-01-23T11:30:30Z') },
    ]);
  });

  it('keeps obs:// as written', async () => {
    expect((await read(line({ source: 'obs://b/p.jpg' }))).items[0]!.source).toBe('obs://b/p.jpg');
  });

  it('takes types by what stands after the slash, leaves other tasks out and says so', async () => {
    const types = [
      'modelarts/image_classification',
      'image_classification',
      'other/image_classification',
      'modelarts/object_detection',
    ];
    const collected = await read(line({ annotation: types.map((type) => ({ type, name: type })) }));
    expect(collected.items[0]!.labels.map(({ name }) => name)).toEqual(types.slice(0, 3));
    expect(codesOf(collected)).toEqual(['UNSUPPORTED_ANNOTATION@1']);
  });

  it.each([
    ['{"source":', 'INVALID_JSON'],
    ['[1]', 'INVALID_ENTRY'],
    ['7', 'INVALID_ENTRY'],
    ['{}', 'MISSING_SOURCE'],
    ['{"source":""}', 'MISSING_SOURCE'],
    ['{"source":7}', 'INVALID_SOURCE'],
    [String.raw`{"source":"a\u0000.jpg"}`, 'INVALID_SOURCE'],
    [String.raw`{"source":"a\ud800.jpg"}`, 'INVALID_SOURCE'],
    ['{"source":"a\0.jpg"}', 'INVALID_JSON'],
    ['{"source":"content://some text"}', 'INVALID_ENTRY'],
    ['{"source":"a","sample-type":1}', 'INVALID_ENTRY'],
    ['{"source":"a","annotation":"cat"}', 'INVALID_ENTRY'],
    ['{"source":"a","annotation":[null]}', 'INVALID_ENTRY'],
    ['{"source":"a","annotation":[{"name":"cat"}]}', 'INVALID_ENTRY'],
    ['{"source":"a","annotation":[{"type":"modelarts/image_classification"}]}', 'INVALID_LABEL'],
    ['{"source":"a","annotation":[{"type":"modelarts/image_classification","name":" "}]}', 'INVALID_LABEL'],
    [
      String.raw`{"source":"a","annotation":[{"type":"modelarts/image_classification","name":"\u0000"}]}`,
      'INVALID_LABEL',
    ],
    [`{"source":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'INVALID_SOURCE'],
    [`{"source":"${'x'.repeat(1024 * 1024)}"}`, 'LINE_TOO_LONG'],
  ])('spoils only its own line: %.40s', async (broken, code) => {
    const collected = await read('\ufeff{"source":"1"}\r\n', `${broken}\r\n`, '{"source":"3"}');
    expect(codesOf(collected)).toEqual([`${code}@2`]);
    expect(collected.problems[0]!.spoils).toBe('ITEM');
    expect(collected.items.map(({ source, line }) => [source, line])).toEqual([
      ['1', 1],
      ['3', 3],
    ]);
  });

  it.each([
    { confidence: 1.5 },
    { confidence: 'much' },
    { confidence: [] },
    { 'creation-time': 'yesterday' },
    { 'creation-time': '2019-02-30 00:00:00' },
    { 'creation-time': 1553966555 },
    { 'annotated-by': {} },
    { hard: 'maybe' },
  ])('leaves out a detail that cannot be read: %j', async (detail) => {
    const collected = await read(line({ annotation: [{ ...cat, ...detail }] }));
    expect(codesOf(collected)).toEqual(['INVALID_DETAIL@1']);
    expect(collected.problems[0]!.spoils).toBe('NOTHING');
    expect(collected.items).toEqual([{ source: 's3://b/p.jpg', labels: [{ name: 'cat' }], split: null, line: 1 }]);
  });

  it.each([
    ['2020-03-06T17:46:39.176', '2020-03-06T17:46:39.176Z'],
    ['2018-10-18T22:18:13.527256', '2018-10-18T22:18:13.527Z'],
    ['2021-03-09T22:16:08.7Z', '2021-03-09T22:16:08.700Z'],
    ['2021-03-09T22:16:08+02:00', '2021-03-09T20:16:08.000Z'],
    ['2021-03-09T22:16:08-0130', '2021-03-09T23:46:08.000Z'],
  ])('reads the time %s', async (text, instant) => {
    const { items } = await read(line({ annotation: [{ ...cat, 'creation-time': text }] }));
    expect(items[0]!.labels[0]!.createdAt!.toISOString()).toBe(instant);
  });
});

describe('writeModelArtsManifest', () => {
  const write = async (source: string, losses = new LossTally()) => {
    const item = {
      source,
      labels: [
        { name: 'cat', annotatedBy: 'human', confidence: 0.5, createdAt: new Date('2019-01-23T11:30:30.250Z') },
        { name: 'a dog' },
      ],
      split: 'VALIDATION' as const,
      hard: true,
    };
    const text = await textOf(writeModelArtsManifest([item], losses, { prefix: 's3://bucket/' }));
    return { text, losses: losses.list().map(({ kind, count, firstSource }) => [kind, count, firstSource]) };
  };

  it('writes s3://, whatever the source is at', async () => {
    for (const [source, written] of [
      ['s3://b/p.jpg', 's3://b/p.jpg'],
      ['obs://b/p.jpg', 's3://b/p.jpg'],
      ['images/p.jpg', 's3://bucket/images/p.jpg'],
    ] as const)
      expect(JSON.parse((await write(source)).text)).toMatchObject({ source: written });
  });

  it('writes the fields as documented and tells what they cannot hold', async () => {
    const { text, losses } = await write('obs://b/p.jpg');
    expect(text).toBe(
      '{"source":"s3://b/p.jpg","usage":"EVAL","hard":"true","annotation":[{"type":"modelarts/image_classification","name":"cat","annotated-by":"human","confidence":0.5,"creation-time":"2019-01-23 11:30:30"},{"type":"modelarts/image_classification","name":"a dog"}]}\n',
    );
    expect(losses).toEqual([
      ['SOURCE', 1, 'obs://b/p.jpg'],
      ['CREATED_AT', 1, 'obs://b/p.jpg'],
      ['TARGET_RULES', 1, 'obs://b/p.jpg'],
    ]);
  });
});
