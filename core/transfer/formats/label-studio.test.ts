import { describe, expect, it } from 'vitest';
import { LossTally } from './losses.ts';
import { readLabelStudio } from './read-label-studio.ts';
import { codesOf, collect, textOf } from './testing/collect.ts';
import { writeLabelStudio } from './write-label-studio.ts';

const names = (labels: readonly { name: string }[]) => labels.map(({ name }) => name);

describe('Label Studio', () => {
  const documented =
    '[{"id":1,"data":{"image":"https://host/a.jpg"},"annotations":[{"id":1001,"result":[{"id":"r1","type":"choices","from_name":"choice","to_name":"image","value":{"choices":["cat"]}}],"was_cancelled":false,"ground_truth":false,"created_at":"2021-03-09T22:16:08.728353Z","updated_at":"2021-03-09T22:16:08.728378Z","lead_time":4.288,"task":1,"completed_by":10}],"predictions":[{"model_version":"V002","score":0.97,"result":[{"id":"r1","type":"choices","from_name":"choice","to_name":"image","value":{"choices":["cat"]}}]}]}]';
  const read = (document: unknown, options = {}) =>
    collect(readLabelStudio([typeof document === 'string' ? document : JSON.stringify(document)], options));
  const annotation = (choices: string[], more = {}, from_name = 'choice') => ({
    result: [{ type: 'choices', from_name, to_name: 'image', value: { choices } }],
    ...more,
  });
  const task = (more: object) => ({ data: { image: '/data/upload/1/a.jpg' }, ...more });

  it('reads the documented task', async () => {
    expect(await read(documented)).toEqual({
      items: [
        {
          source: 'https://host/a.jpg',
          labels: [{ name: 'cat', annotatedBy: 'human/10', createdAt: new Date('2021-03-09T22:16:08.728Z') }],
          split: null,
        },
      ],
      problems: [],
    });
  });

  it('skips cancelled annotations, and takes predictions only when asked to', async () => {
    const tasks = [
      task({
        annotations: [annotation(['cat'], { was_cancelled: true })],
        predictions: [annotation(['dog'], { model_version: 'V002', score: 0.97 })],
      }),
    ];
    expect((await read(tasks)).items[0]!.labels).toEqual([]);
    expect((await read(tasks, { predictions: true })).items[0]!.labels).toEqual([
      { name: 'dog', annotatedBy: 'V002', confidence: 0.97 },
    ]);
  });

  it('finds the name of the control in the file, and says which of several it took', async () => {
    expect(names((await read([task({ annotations: [annotation(['cat'], {}, 'tier')] })])).items[0]!.labels)).toEqual([
      'cat',
    ]);
    const two = [
      task({
        annotations: [
          { result: [...annotation(['sharp'], {}, 'quality').result, ...annotation(['cat'], {}, 'class').result] },
        ],
      }),
    ];
    const first = await read(two);
    expect([names(first.items[0]!.labels), codesOf(first)]).toEqual([['sharp'], ['AMBIGUOUS_LAYOUT']]);
    const asked = await read(two, { fromName: 'class' });
    expect([names(asked.items[0]!.labels), codesOf(asked)]).toEqual([['cat'], []]);
  });

  it('takes the ground truth, otherwise the latest annotation, and tells when they differ', async () => {
    const early = annotation(['cat'], { updated_at: '2021-01-01T00:00:00Z' });
    const late = annotation(['dog'], {
      updated_at: '2021-01-02T00:00:00Z',
      completed_by: { id: 7, email: 'ann@example.org' },
    });
    const latest = await read([task({ annotations: [late, early] })]);
    expect(latest.items[0]!.labels).toEqual([{ name: 'dog', annotatedBy: 'human/ann@example.org' }]);
    expect(codesOf(latest)).toEqual(['CONFLICTING_ANNOTATIONS@[0]']);
    const truth = await read([task({ annotations: [{ ...early, ground_truth: true }, late] })]);
    expect(names(truth.items[0]!.labels)).toEqual(['cat']);
    expect(codesOf(await read([task({ annotations: [early, early] })]))).toEqual([]);
  });

  it('finds the picture under another key', async () => {
    expect((await read([{ data: { photo: 'a.jpg', note: 'x' } }])).items[0]!.source).toBe('a.jpg');
    expect((await read([{ data: { a: 'a.jpg', b: 'b.jpg' } }], { imageKey: 'b' })).items[0]!.source).toBe('b.jpg');
    expect(codesOf(await read([{ data: { a: 'a.jpg', b: 'b.jpg' } }]))).toEqual(['MISSING_SOURCE@[0]']);
  });

  it('reads JSON_MIN with one and with several choices under any name', async () => {
    const rows = [
      {
        id: 1,
        image: '/data/local-files/?d=a.jpg',
        kind: 'cat',
        annotator: 3,
        annotation_id: 5,
        created_at: '2021-03-09T22:16:08.728353Z',
        lead_time: 1,
      },
      { id: 2, image: 'b.jpg', kind: { choices: ['cat', 'dog'] }, annotator: 3 },
      { id: 3, image: 'c.jpg', annotator: 3 },
    ];
    const { items, problems } = await read(rows);
    expect(problems).toEqual([]);
    expect(items.map(({ source, labels }) => [source, names(labels)])).toEqual([
      ['/data/local-files/?d=a.jpg', ['cat']],
      ['b.jpg', ['cat', 'dog']],
      ['c.jpg', []],
    ]);
    expect(items[0]!.labels).toEqual([
      { name: 'cat', annotatedBy: 'human/3', createdAt: new Date('2021-03-09T22:16:08.728Z') },
    ]);
  });

  it('prefers the usual names among columns of text in JSON_MIN, else says what it took', async () => {
    const usual = await read([{ image: 'a.jpg', camera: 'north', choice: 'cat' }]);
    expect([names(usual.items[0]!.labels), codesOf(usual)]).toEqual([['cat'], []]);
    const unusual = await read([{ image: 'a.jpg', camera: 'north', kind: 'cat' }]);
    expect([names(unusual.items[0]!.labels), codesOf(unusual)]).toEqual([['north'], ['AMBIGUOUS_LAYOUT']]);
  });

  it('tells what is no choice, and spoils single tasks only', async () => {
    const boxes = { result: [{ type: 'rectanglelabels', from_name: 'tag', value: {} }] };
    const collected = await read([
      task({ annotations: [boxes] }),
      7,
      {},
      task({ annotations: [annotation([''])] }),
      task({ annotations: 'x' }),
    ]);
    expect(codesOf(collected)).toEqual([
      'UNSUPPORTED_ANNOTATION@[0]',
      'INVALID_ENTRY@[1]',
      'MISSING_SOURCE@[2]',
      'INVALID_LABEL@[3]',
    ]);
    expect(collected.items).toHaveLength(2);
  });

  it('writes ids that are unique in the document', async () => {
    const items = ['a', 'b'].map((name) => ({
      source: `${name}.jpg`,
      labels: [{ name }, { name: 'x' }],
      split: 'TEST' as const,
    }));
    const tasks = JSON.parse(await textOf(writeLabelStudio(items, new LossTally()))) as {
      id: number;
      data: object;
      annotations: { id: number; result: { id: string; value: object }[] }[];
    }[];
    expect(
      tasks.map(({ id, data, annotations: [annotation] }) => [
        id,
        data,
        annotation!.id,
        annotation!.result[0]!.id,
        annotation!.result[0]!.value,
      ]),
    ).toEqual([
      [1, { image: 'a.jpg', split: 'TEST' }, 1, 'r1', { choices: ['a', 'x'] }],
      [2, { image: 'b.jpg', split: 'TEST' }, 2, 'r2', { choices: ['b', 'x'] }],
    ]);
  });

  it.each(['{}', '"x"', '[{'])('refuses %j as a whole', async (text) => {
    expect((await read(text)).problems).toMatchObject([{ code: 'INVALID_DOCUMENT', spoils: 'REST' }]);
  });
});
