import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeZip } from '#core/transfer/archives/write-zip.ts';
import { tarBytes, zipBytes } from '#test/archives.ts';
import { imagesOf, importFile, previewImport, sendImport, endOfImport, startImport } from '#test/import-client.ts';
import { drawPicture } from '#test/pictures.ts';
import { World, type TestProject } from '#test/world.ts';

type Files = Record<string, Buffer | string>;

const zip = (files: Files): Promise<Buffer> =>
  buffer(writeZip(Object.entries(files).map(([path, content]) => ({ path, content: Buffer.from(content) }))));

/** What an image of the project has, by file name. */
const labelled = (images: Record<string, { labels: string[]; split: string | null }>) =>
  Object.fromEntries(Object.entries(images).map(([name, { labels, split }]) => [name, [...labels, split]]));

describe('an import', () => {
  let world: World;
  let pictures: Buffer[];
  beforeAll(async () => {
    world = await World.open({ worker: true, environment: { EXEMPLAR_MAX_IMAGE_BYTES: '20000' } });
    pictures = await Promise.all(Array.from({ length: 8 }, (_, number) => drawPicture(number % 3, number)));
  });
  afterAll(() => world.close());

  const into = (project: TestProject, name: string, bytes: Buffer | string, options = {}) =>
    importFile(world.admin, project.id, name, bytes, options);

  test('of class folders brings pictures, labels and parts, and tells what it passed over', async () => {
    const project = await world.project({ labels: ['cat'] });
    const archive = await zip({
      'train/cat/0.jpg': pictures[0]!,
      'train/dog/1.jpg': pictures[1]!,
      'val/cat/2.jpg': pictures[2]!,
      'test/dog/3.jpg': pictures[3]!,
      'train/cat/notes.md': 'text',
      'train/cat/broken.jpg': 'no picture',
      'train/cat/large.jpg': Buffer.alloc(20_001),
      'train/cat/again.jpg': pictures[0]!,
      '__MACOSX/train/cat/._0.jpg': 'fork',
    });
    const uploadId = await sendImport(world.admin, project.id, 'animals.zip', archive);
    const source = { projectId: project.id, uploadIds: [uploadId] };
    const preview = await previewImport(world.admin, source);
    expect(preview).toMatchObject({
      format: 'CLASS_FOLDERS',
      isComplete: true,
      imageCount: 7,
      labelledCount: 7,
      elsewhereCount: 0,
      labels: [
        { name: 'cat', imageCount: 5 },
        { name: 'dog', imageCount: 2 },
      ],
      splits: [
        { split: 'TRAIN', imageCount: 5 },
        { split: 'VALIDATION', imageCount: 1 },
        { split: 'TEST', imageCount: 1 },
      ],
      problemCount: 1,
      problems: [{ path: 'train/cat/notes.md', code: 'UNEXPECTED_FILE' }],
    });
    expect(await imagesOf(world.admin, project.id)).toEqual({});

    const done = await endOfImport(world.admin, await startImport(world.admin, source));
    expect(done).toMatchObject({
      state: 'COMPLETED',
      format: 'CLASS_FOLDERS',
      createdLabelCount: 1,
      counts: { created: 4, duplicate: 1, labelled: 0, skipped: 1, refused: 2 },
    });
    const images = await imagesOf(world.admin, project.id);
    expect(labelled(images)).toEqual({
      'train/cat/0.jpg': ['cat', 'TRAIN'],
      'train/dog/1.jpg': ['dog', 'TRAIN'],
      'val/cat/2.jpg': ['cat', 'VALIDATION'],
      'test/dog/3.jpg': ['dog', 'TEST'],
    });
    expect(images['train/cat/0.jpg'].annotations).toMatchObject([{ source: 'IMPORT', confidence: null }]);
    expect(
      done.items.nodes.map((item: { path: string; outcome: string; code: string }) => [
        item.path,
        item.outcome,
        item.code,
      ]),
    ).toEqual([
      ['train/cat/0.jpg', 'CREATED', null],
      ['train/dog/1.jpg', 'CREATED', null],
      ['val/cat/2.jpg', 'CREATED', null],
      ['test/dog/3.jpg', 'CREATED', null],
      ['train/cat/notes.md', 'SKIPPED', 'UNEXPECTED_FILE'],
      ['train/cat/broken.jpg', 'REFUSED', 'NOT_AN_IMAGE'],
      ['train/cat/large.jpg', 'REFUSED', 'TOO_MANY_BYTES'],
      ['train/cat/again.jpg', 'DUPLICATE', null],
    ]);
    expect(done.items.nodes[7].imageId).toBe(images['train/cat/0.jpg'].id);
    const { project: counted } = await world.admin.ask(
      `query ($id: ID!) { project(id: $id) { imageCount labelledImageCount labels { name imageCount } } }`,
      { id: project.id },
    );
    expect(counted).toMatchObject({
      imageCount: 4,
      labelledImageCount: 4,
      labels: [{ imageCount: 2 }, { imageCount: 2 }],
    });
    const report = await fetch(done.reportUrl);
    expect(report.status).toBe(200);
    expect((await report.text()).split('\n').map((line) => line.split(',').slice(0, 4).join(','))).toEqual([
      'item,path,outcome,code',
      '4,train/cat/notes.md,SKIPPED,UNEXPECTED_FILE',
      '5,train/cat/broken.jpg,REFUSED,NOT_AN_IMAGE',
      '6,train/cat/large.jpg,REFUSED,TOO_MANY_BYTES',
      '',
    ]);
    const refused = await world.admin.ask(
      `query ($id: ID!) { transfer(id: $id) { ... on ImageImport { items(first: 1, outcome: REFUSED) {
        nodes { index } pageInfo { endCursor hasNextPage } } } } }`,
      { id: done.id },
    );
    expect(refused.transfer.items).toEqual({ nodes: [{ index: 5 }], pageInfo: { endCursor: '5', hasNextPage: true } });
  });

  test('that is repeated changes nothing', async () => {
    const project = await world.project();
    const archive = await zip({ 'cat/0.jpg': pictures[0]!, 'dog/1.jpg': pictures[1]!, '2.jpg': pictures[2]! });
    expect((await into(project, 'a.zip', archive)).counts).toMatchObject({ created: 3 });
    const images = await imagesOf(world.admin, project.id);
    const again = await into(project, 'a.zip', archive);
    expect(again).toMatchObject({
      counts: { created: 0, duplicate: 3, refused: 0 },
      createdLabelCount: 0,
      reportUrl: null,
    });
    expect(await imagesOf(world.admin, project.id)).toEqual(images);
    expect(labelled(images)).toEqual({ 'cat/0.jpg': ['cat', null], 'dog/1.jpg': ['dog', null], '2.jpg': [null] });
  });

  const line = (object: object) => `${JSON.stringify(object)}\n`;
  const sample = (source: string, names: string[], usage?: string) =>
    line({
      source,
      usage,
      annotation: names.map((name) => ({
        type: 'modelarts/image_classification',
        name,
        confidence: 0.5,
        'creation-time': '2019-01-23 11:30:30',
      })),
    });
  /** Two labelled pictures in each format; `b` is validation where the format can say so. */
  const formats: Record<string, { files: Files; validation?: boolean }> = {
    IMAGE_TEXT: { files: { 'a.txt': ' cat \n', 'b.txt': 'dog' } },
    MODELARTS_MANIFEST: {
      files: {
        'V001.manifest':
          sample('s3://bucket/x/a.jpg', ['cat'], 'train') + sample('obs://bucket/b.jpg', ['dog', 'dog'], 'Eval'),
      },
      validation: true,
    },
    CSV: { files: { 'labels.csv': 'file,label,usage\na.jpg,cat,TRAIN\nb.jpg,dog,VALIDATION\n' }, validation: true },
    VERTEX_JSONL: {
      files: {
        'import.jsonl': [
          ['a', 'cat', 'training'],
          ['b', 'dog', 'validation'],
        ]
          .map(([name, label, use]) =>
            line({
              imageGcsUri: `gs://bucket/${name}.jpg`,
              classificationAnnotation: { displayName: label },
              dataItemResourceLabels: { 'aiplatform.googleapis.com/ml_use': use },
            }),
          )
          .join(''),
      },
      validation: true,
    },
    SAGEMAKER_MANIFEST: {
      files: {
        'out.manifest': [
          ['a', 'cat'],
          ['b', 'dog'],
        ]
          .map(([name, label]) =>
            line({
              'source-ref': `s3://bucket/${name}.jpg`,
              class: 0,
              'class-metadata': {
                'class-name': label,
                confidence: 1,
                type: 'groundtruth/image-classification',
                'human-annotated': 'yes',
                'creation-date': '2020-03-06T17:46:39.176',
              },
            }),
          )
          .join(''),
      },
    },
    LABEL_STUDIO: {
      files: {
        'export.json': JSON.stringify(
          [
            ['/data/upload/1/0a1b2c3d-a.jpg', 'cat', 'TRAIN'],
            ['/data/local-files/?d=x%2Fb.jpg', 'dog', 'VALIDATION'],
          ].map(([image, label, split], id) => ({
            id,
            data: { image, split },
            annotations: [
              { id, result: [{ type: 'choices', from_name: 'c', to_name: 'image', value: { choices: [label] } }] },
            ],
          })),
        ),
      },
      validation: true,
    },
    COCO_LABELS: {
      files: Object.fromEntries(
        [
          ['train', 'a.jpg', 'cat'],
          ['val', 'b.jpg', 'dog'],
        ].map(([part, file_name, name]) => [
          `annotations/labels_${part}.json`,
          JSON.stringify({
            images: [{ id: 1, file_name }],
            categories: [{ id: 1, name }],
            annotations: [{ id: 1, image_id: 1, category_id: 1 }],
          }),
        ]),
      ),
      validation: true,
    },
  };

  test.each(Object.keys(formats))('of %s is found out, and gives pictures their labels and parts', async (format) => {
    const { files, validation } = formats[format]!;
    const project = await world.project();
    const archive = await zip({ ...files, 'a.jpg': pictures[0]!, 'b.jpg': pictures[1]!, 'c.jpg': pictures[2]! });
    const done = await into(project, 'archive.zip', archive);
    expect(done.items.nodes.filter((item: { code: string | null }) => item.code)).toEqual([]);
    expect(done).toMatchObject({ state: 'COMPLETED', format, counts: { created: 3, refused: 0, skipped: 0 } });
    expect(labelled(await imagesOf(world.admin, project.id))).toEqual({
      'a.jpg': ['cat', validation ? 'TRAIN' : null],
      'b.jpg': ['dog', validation ? 'VALIDATION' : null],
      'c.jpg': [null],
    });
  });

  test('of a TAR is as one of a ZIP', async () => {
    const project = await world.project();
    // Texts only: the bytes of a picture would not survive as such.
    const done = await into(
      project,
      'a.tar',
      await tarBytes([
        [{ name: 'labels.csv' }, 'file,label\nx.jpg,cat\n'],
        [{ name: 'x.jpg' }, 'no picture'],
      ]),
    );
    expect(done).toMatchObject({ state: 'COMPLETED', format: 'CSV', counts: { refused: 1, created: 0 } });
  });

  test('of a document alone labels the images that the project has, by name', async () => {
    const project = await world.project();
    await into(
      project,
      'a.zip',
      await zip({ 'x/a.jpg': pictures[0]!, 'x/b.jpg': pictures[1]!, 'y/b.jpg': pictures[2]! }),
    );
    const manifest =
      sample('s3://bucket/deep/x/a.jpg', ['lion'], 'TEST') +
      sample('s3://bucket/y/b.jpg', ['tiger']) +
      sample('s3://bucket/b.jpg', ['puma']) +
      sample('s3://bucket/z.jpg', ['puma']) +
      '{broken\n';
    const done = await into(project, 'V001.manifest', manifest, { existingLabels: 'REPLACE' });
    expect(done).toMatchObject({ state: 'COMPLETED', counts: { created: 0, labelled: 2, refused: 3 } });
    expect(done.items.nodes.map((item: { path: string; code: string }) => [item.path, item.code])).toEqual([
      ['V001.manifest, line 5', 'INVALID_JSON'],
      ['s3://bucket/deep/x/a.jpg', null],
      ['s3://bucket/y/b.jpg', null],
      ['s3://bucket/b.jpg', 'AMBIGUOUS_SOURCE'],
      ['s3://bucket/z.jpg', 'PICTURE_MISSING'],
    ]);
    const images = await imagesOf(world.admin, project.id);
    expect(labelled(images)).toEqual({
      'x/a.jpg': ['lion', 'TEST'],
      'x/b.jpg': ['x', null],
      'y/b.jpg': ['tiger', null],
    });
    expect(images['x/a.jpg'].annotations).toMatchObject([{ confidence: 0.5, createdAt: '2019-01-23T11:30:30.000Z' }]);
  });

  test('of a document beside an archive is one of both', async () => {
    const project = await world.project();
    const uploadIds = [
      await sendImport(world.admin, project.id, 'p.zip', await zip({ 'a.jpg': pictures[0]! })),
      await sendImport(world.admin, project.id, 'l.csv', 'file,label\ns3://b/a.jpg,cat\n'),
    ];
    const done = await endOfImport(world.admin, await startImport(world.admin, { projectId: project.id, uploadIds }));
    expect(done).toMatchObject({ format: 'CSV', counts: { created: 1, refused: 0 } });
    expect(labelled(await imagesOf(world.admin, project.id))).toEqual({ 'a.jpg': ['cat', null] });
  });

  test('of several labels needs a project that has several', async () => {
    const csv = 'file,label\na.jpg,cat\na.jpg,dog\nb.jpg,cat\n';
    const archive = await zip({ 'labels.csv': csv, 'a.jpg': pictures[0]!, 'b.jpg': pictures[1]! });
    const single = await world.project();
    const done = await into(single, 'a.zip', archive);
    expect(done.items.nodes).toMatchObject([
      { path: 'a.jpg', outcome: 'CREATED', code: 'SEVERAL_LABELS' },
      { path: 'b.jpg', outcome: 'CREATED', code: null },
    ]);
    expect(labelled(await imagesOf(world.admin, single.id))).toEqual({ 'a.jpg': [null], 'b.jpg': ['cat', null] });
    const multiple = await world.project({ type: 'MULTI_LABEL' });
    await into(multiple, 'a.zip', archive);
    expect(labelled(await imagesOf(world.admin, multiple.id))).toMatchObject({ 'a.jpg': ['cat', 'dog', null] });
  });

  test.each([
    ['ADD', ['cat', null], 'CONFLICTING_LABEL'],
    ['KEEP', ['cat', null], null],
    ['REPLACE', ['dog', null], null],
  ])('does with labels that are there as it is told: %s', async (existingLabels, expected, code) => {
    const project = await world.project();
    await into(project, 'a.zip', await zip({ 'cat/a.jpg': pictures[0]! }));
    const done = await into(project, 'b.zip', await zip({ 'dog/a.jpg': pictures[0]! }), { existingLabels });
    expect(done.items.nodes).toMatchObject([{ outcome: 'DUPLICATE', code }]);
    expect(labelled(await imagesOf(world.admin, project.id))).toEqual({ 'cat/a.jpg': expected });
  });

  test('makes names of labels as people make them, and leaves out what can be none', async () => {
    const project = await world.project();
    const csv = `file,label\na.jpg," Cafe\u0301 "\nb.jpg,Caf\u00e9\nc.jpg,${'x'.repeat(65)}\n`;
    const archive = await zip({ 'l.csv': csv, 'a.jpg': pictures[0]!, 'b.jpg': pictures[1]!, 'c.jpg': pictures[2]! });
    const done = await into(project, 'a.zip', archive);
    expect(labelled(await imagesOf(world.admin, project.id))).toEqual({
      'a.jpg': ['Caf\u00e9', null],
      'b.jpg': ['Caf\u00e9', null],
      'c.jpg': [null],
    });
    expect(done.items.nodes[2]).toMatchObject({ outcome: 'CREATED', code: 'INVALID_LABEL_NAME' });
  });

  test.each([
    ['what is no archive', 'a.zip', 'no archive', 'ARCHIVE_REFUSED', /neither a ZIP/],
    [
      'an archive without anything',
      'a.zip',
      zipBytes({ 'readme.md': 'x' }),
      'FORMAT_UNKNOWN',
      /neither pictures nor documents/,
    ],
    ['a document that is none', 'a.json', '{"images": [', 'DOCUMENT_REFUSED', /not JSON/],
    [
      'more labels than a project can have',
      'a.csv',
      `file,label\n${Array.from({ length: 1001 }, (_, index) => `a.jpg,label ${index}\nb.jpg,\n`).join('')}`,
      'LIMIT_EXCEEDED',
      /the limit is 1000/,
    ],
  ])('of %s fails with its reason, as the preview does', async (_, name, bytes, code, message) => {
    const project = await world.project();
    const uploadId = await sendImport(world.admin, project.id, name, await bytes);
    const source = { projectId: project.id, uploadIds: [uploadId] };
    const done = await endOfImport(world.admin, await startImport(world.admin, source));
    expect(done).toMatchObject({
      state: 'FAILED',
      failure: { code, message: expect.stringMatching(message) },
      attempt: 1,
    });
    const preview = await previewImport(world.admin, source);
    if (code === 'LIMIT_EXCEEDED') expect(preview.labels.length).toBeGreaterThan(100);
    else expect(preview).toMatchObject({ message: expect.stringMatching(message) });
  });

  test('whose format is said reads that one', async () => {
    const project = await world.project();
    const archive = await zip({ 'l.csv': 'file,label\na.jpg,dog\n', 'cat/a.jpg': pictures[0]! });
    const done = await into(project, 'a.zip', archive, { format: 'CLASS_FOLDERS' });
    expect(done).toMatchObject({ format: 'CLASS_FOLDERS', counts: { created: 1 } });
    expect(labelled(await imagesOf(world.admin, project.id))).toEqual({ 'cat/a.jpg': ['cat', null] });
  });

  test('needs what it names to be sent, and to be of the project', async () => {
    const [project, other] = [await world.project(), await world.project()];
    const { startImport: answer } = await world.admin.ask(
      `mutation ($input: StartImportInput!) { startImport(input: $input) { __typename ... on UserError { message } } }`,
      { input: { source: { projectId: project.id } } },
    );
    expect(answer).toMatchObject({ __typename: 'ValidationError' });
    const uploadId = await sendImport(world.admin, other.id, 'a.csv', 'file,label\n');
    expect(await previewImport(world.admin, { projectId: project.id, uploadIds: [uploadId] })).toMatchObject({
      __typename: 'NotFoundError',
    });
  });
});
