import { sql } from 'drizzle-orm';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { userErrorFields } from '#test/api-client.ts';
import { drawPicture } from '#test/pictures.ts';
import { World, type TestProject } from '#test/world.ts';

const readiness = `query ($id: ID!, $config: TrainingConfigInput) { trainingReadiness(projectId: $id, config: $config) {
  isReady blockers { code labelId message } warnings { code labelId imageIds message } config { trainRatio testRatio }
  split { name trainCount validationCount testCount } } }`;
const results = `... on ChangeImagesPayload { results { __typename ... on ChangedImage { image { id splitOverride group } }
  ... on ImageChangeRefused { imageId error { ${userErrorFields} } } } }`;
const issues = '... on ValidationError { issues { path message } }';
const setSplit = `mutation ($input: SetImageSplitInput!) { setImageSplit(input: $input) { ${userErrorFields} ${issues} ${results} } }`;
const setGroup = `mutation ($input: SetImageGroupInput!) { setImageGroup(input: $input) { ${userErrorFields} ${issues} ${results} } }`;
const publish = `mutation ($input: PublishDatasetVersionInput!) { publishDatasetVersion(input: $input) { ${userErrorFields} ${issues}
  ... on InvalidStateError { currentState }
  ... on PublishedDatasetVersion { outcome datasetVersion { id name trainRatio testRatio seed contentSha256 imageCount trainCount validationCount testCount
    classes { name trainCount validationCount testCount } } } } }`;

describe('how images are split', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.open();
  });
  afterAll(() => world.close());

  const ready = async (project: TestProject, config: object = {}) =>
    (await world.admin.ask(readiness, { id: project.id, config })).trainingReadiness;
  const codes = (list: readonly { code: string }[]) => list.map(({ code }) => code);
  const split = (project: TestProject, imageIds: readonly string[], side: string | null) =>
    world.admin.must(setSplit, { input: { projectId: project.id, imageIds, split: side } });
  const group = (project: TestProject, imageIds: readonly string[], key: string | null) =>
    world.admin.must(setGroup, { input: { projectId: project.id, imageIds, group: key } });
  const tryPublish = async (project: TestProject, input: object = {}) =>
    (await world.admin.ask(publish, { input: { projectId: project.id, ...input } })).publishDatasetVersion;
  /** Side of each image of a version. */
  const sidesOf = async (versionId: string) => {
    const rows = await world.platform.db.execute<{ image_id: string; split: string }>(
      sql`select image_id, split from dataset_version_image where dataset_version_id = ${versionId.replace('DatasetVersion_', '')}`,
    );
    return new Map(rows.map((row) => [`Image_${row.image_id}`, row.split]));
  };

  test('is theirs by hand, sticky from then on, and automatic again with null', async () => {
    const project = await world.project({ labels: ['cat', 'dog'], images: 10 });
    const [cats] = project.imageIds;
    const put = await split(project, cats!.slice(0, 4), 'VALIDATION');
    expect(put.results.map((result: { image: object }) => result.image)).toEqual(
      cats!.slice(0, 4).map((id) => ({ id, splitOverride: 'VALIDATION', group: null })),
    );
    const { datasetVersion: first } = await tryPublish(project);
    expect(first.classes[0]).toMatchObject({ trainCount: 6, validationCount: 4 });
    await split(project, [cats![0]!], 'TEST');
    await split(project, [cats![1]!], null);
    const { datasetVersion: second } = await tryPublish(project);
    const sides = await sidesOf(second.id);
    expect(cats!.slice(0, 4).map((id) => sides.get(id))).toEqual(['TEST', 'VALIDATION', 'VALIDATION', 'VALIDATION']);
    expect(second).toMatchObject({ imageCount: 20, testCount: 1, validationCount: 5, trainCount: 14, testRatio: 0 });
    expect((await sidesOf(first.id)).get(cats![0]!)).toBe('VALIDATION');
    expect(second.contentSha256).not.toBe(first.contentSha256);
  });

  test('is refused for single images only, each by name', async () => {
    const project = await world.project({ labels: ['cat'], images: 2 });
    const other = await world.project({ labels: ['cat'], images: 1 });
    const [mine] = project.imageIds[0]!;
    const foreign = other.imageIds[0]![0]!;
    for (const [change, field] of [
      [split, 'splitOverride'],
      [group, 'group'],
    ] as const) {
      const { results: answered } = await change(project, [foreign, mine!, 'nonsense'], 'TEST');
      expect(answered).toMatchObject([
        { __typename: 'ImageChangeRefused', imageId: foreign, error: { __typename: 'NotFoundError' } },
        { __typename: 'ChangedImage', image: { id: mine, [field]: 'TEST' } },
        { __typename: 'ImageChangeRefused', imageId: 'nonsense', error: { __typename: 'NotFoundError' } },
      ]);
    }
  });

  test('takes 1 to 1,000 images a call, each once, and groups of 1 to 128 characters', async () => {
    const project = await world.project({ labels: ['cat'], images: 1 });
    const ids = (count: number) => Array.from({ length: count }, (_, at) => `x${at}`);
    for (const imageIds of [[], ids(1001), ['x', 'x']]) {
      const input = { projectId: project.id, imageIds };
      for (const [query, name] of [
        [setSplit, 'setImageSplit'],
        [setGroup, 'setImageGroup'],
      ] as const)
        expect((await world.admin.ask(query, { input }))[name].issues).toMatchObject([{ path: ['input', 'imageIds'] }]);
    }
    expect((await split(project, ids(1000), 'TRAIN')).results).toHaveLength(1000);
    const tryGroup = async (key: string) =>
      (await world.admin.ask(setGroup, { input: { projectId: project.id, imageIds: project.imageIds[0], group: key } }))
        .setImageGroup;
    for (const key of ['', 'é'.repeat(129), 'a\0b'])
      expect((await tryGroup(key)).issues).toMatchObject([{ path: ['input', 'group'] }]);
    const [{ image }] = (await tryGroup('é'.repeat(128))).results;
    expect(image.group).toBe('é'.repeat(128));
  });

  test('keeps groups together, given at the upload or later', async () => {
    const project = await world.project({ labels: ['cat', 'dog'], images: 10 });
    const [cats, dogs] = project.imageIds;
    await group(project, [cats![0]!, cats![1]!, dogs![0]!], 'camera 1');
    const bytes = await drawPicture(0, 500);
    const { results: uploads } = await world.admin.must(
      `mutation ($input: CreateImageUploadsInput!) { createImageUploads(input: $input) { ${userErrorFields}
        ... on CreateImageUploadsPayload { results { ... on ImageUpload { id uploadUrl } } } } }`,
      { input: { projectId: project.id, files: [{ fileName: 'a', byteSize: bytes.byteLength, group: 'camera 1' }] } },
    );
    await fetch(uploads[0].uploadUrl, { method: 'PUT', body: new Uint8Array(bytes) });
    const [{ image }] = await world.complete([uploads[0].id]);
    await world.annotate(project.id, [{ imageId: image.id, labelId: project.labels[1]!.id }]);
    await split(project, [dogs![0]!], 'VALIDATION');
    const { datasetVersion } = await tryPublish(project);
    const sides = await sidesOf(datasetVersion.id);
    expect([cats![0], cats![1], dogs![0], image.id].map((id) => sides.get(id))).toEqual(Array(4).fill('VALIDATION'));
  });

  test('keeps near-duplicates together, also those of before there were hashes', async () => {
    const project = await world.project({ labels: ['cat', 'dog'], images: 10 });
    const again = async (number: number, change: (picture: Sharp) => Sharp) => ({
      fileName: `again-${number}`,
      bytes: await change(sharp(await drawPicture(0, number))).toBuffer(),
    });
    const copies = await world.upload(project.id, [
      await again(0, (picture) => picture.jpeg({ quality: 60 })),
      await again(0, (picture) => picture.resize(128).png()),
      await again(0, (picture) => picture.modulate({ brightness: 1.1 }).jpeg({ quality: 90 })),
    ]);
    await world.annotate(
      project.id,
      copies.map((imageId) => ({ imageId, labelId: project.labels[0]!.id })),
    );
    await split(project, [project.imageIds[0]![0]!], 'VALIDATION');
    const together = async () => {
      const { datasetVersion } = await tryPublish(project);
      const sides = await sidesOf(datasetVersion.id);
      return copies.map((id) => sides.get(id));
    };
    const id = project.id.replace('Project_', '');
    const hashes = () =>
      world.platform.db.execute<{ id: string; hash: string | null }>(
        sql`select id, encode(perceptual_hash, 'hex') as hash from image where project_id = ${id} order by id`,
      );
    const before = await hashes();
    expect(before.every(({ hash }) => hash?.length === 64)).toBe(true);
    expect(await together()).toEqual(Array(3).fill('VALIDATION'));
    // As an older release left them.
    await world.platform.db.execute(sql`update image set perceptual_hash = null where project_id = ${id}`);
    await world.platform.db.execute(sql`delete from split_assignment where project_id = ${id}`);
    expect(await together()).toEqual(Array(3).fill('VALIDATION'));
    expect((await hashes()).every(({ hash }) => hash?.length === 64)).toBe(true);
  });

  test('tells of older images that were not compared yet, and of those whose bytes are gone it tells nothing', async () => {
    const project = await world.project({ labels: ['cat', 'dog'], images: 5 });
    const id = project.id.replace('Project_', '');
    const label = project.labels[0]!.id.replace('Label_', '');
    await world.platform.db.execute(sql`
      with made as (
        insert into image (project_id, sha256, file_name, format, width, height, byte_size, is_labelled)
        select ${id}, sha256(number::text::bytea), 'made', 'PNG', 1, 1, 1, true from generate_series(1, 250) number
        returning id)
      insert into annotation (image_id, label_id, project_id) select id, ${label}, ${id} from made`);
    const unknown = (warnings: { code: string; message: string }[]) =>
      warnings.filter(({ code }) => code === 'LOOKS_UNKNOWN').map(({ message }) => message);
    expect(unknown((await ready(project)).warnings)).toEqual([expect.stringMatching(/^50 older/)]);
    expect(unknown((await ready(project)).warnings)).toEqual([]);
  });

  test('names images that belong together and were put on different sides', async () => {
    const project = await world.project({ labels: ['cat', 'dog'], images: 10 });
    const [cats] = project.imageIds;
    const grouped = cats!.slice(0, 5);
    await group(project, grouped, 'patient 1');
    await split(project, grouped.slice(0, 2), 'TRAIN');
    await split(project, [grouped[2]!], 'VALIDATION');
    const { warnings, isReady } = await ready(project);
    expect(isReady).toBe(true);
    const found = warnings.find(({ code }: { code: string }) => code === 'OVERRIDES_DISAGREE');
    expect([...found.imageIds].sort()).toEqual(grouped.slice(0, 3).sort());
    const sides = await sidesOf((await tryPublish(project)).datasetVersion.id);
    expect(grouped.map((id) => sides.get(id))).toEqual(['TRAIN', 'TRAIN', 'VALIDATION', 'TRAIN', 'TRAIN']);
  });

  test('has a test part where one is asked for, which readiness tells exactly', async () => {
    const project = await world.project({ labels: ['cat', 'dog'], images: 10 });
    const config = { testRatio: 0.2, trainRatio: 0.75 };
    const { split: told, warnings, config: applied } = await ready(project, config);
    expect(applied).toEqual(config);
    expect(told).toEqual(['cat', 'dog'].map((name) => ({ name, trainCount: 6, validationCount: 2, testCount: 2 })));
    expect(codes(warnings)).not.toContain('LABEL_NOT_TESTED');
    const { datasetVersion } = await tryPublish(project, config);
    expect(datasetVersion).toMatchObject({ trainCount: 12, validationCount: 4, testCount: 4, ...config });
    // Without a test part it stays where it is.
    const { split: later } = await ready(project);
    expect(later).toEqual(told);
    const { id } = await world.startTraining(project.id, { testRatio: 0.2 });
    const { training } = await world.admin.ask(
      `query ($id: ID!) { training(id: $id) { config { testRatio } datasetVersion { testRatio testCount } } }`,
      { id },
    );
    expect(training).toEqual({ config: { testRatio: 0.2 }, datasetVersion: { testRatio: 0.2, testCount: 4 } });
  });

  test('tells when a test part comes too late', async () => {
    const project = await world.project({ labels: ['cat', 'dog'], images: 10 });
    await tryPublish(project);
    const { warnings, isReady } = await ready(project, { testRatio: 0.5 });
    expect(isReady).toBe(true);
    expect(codes(warnings)).toEqual(expect.arrayContaining(['LABEL_NOT_TESTED', 'RATIO_MISSED']));
  });

  test.each([-0.1, 0.51, 0.1234567])('takes no test ratio of %d', async (testRatio) => {
    const project = await world.project({ labels: ['cat'], images: 1 });
    expect((await tryPublish(project, { testRatio })).issues).toMatchObject([{ path: ['input', 'testRatio'] }]);
    const update = await world.admin.ask(
      `mutation ($id: ID!, $input: TrainingConfigInput!) { updateTrainingConfig(projectId: $id, input: $input) { ${issues} } }`,
      { id: project.id, input: { testRatio } },
    );
    expect(update.updateTrainingConfig.issues).toMatchObject([{ path: ['input', 'testRatio'] }]);
  });

  test('warns of a label whose images are one group, and refuses a label or a side that has none to train on', async () => {
    const project = await world.project({ labels: ['cat', 'dog'], images: 6 });
    const [cats, dogs] = project.imageIds;
    await group(project, cats!, 'the only cat');
    const warned = await ready(project);
    expect(warned.isReady).toBe(true);
    expect(warned.split[0]).toMatchObject({ trainCount: 6, validationCount: 0 });
    expect(warned.warnings).toContainEqual(
      expect.objectContaining({ code: 'LABEL_ON_ONE_SIDE', labelId: project.labels[0]!.id }),
    );
    await split(project, [cats![0]!], 'VALIDATION');
    expect((await ready(project)).blockers).toMatchObject([
      { code: 'SPLIT_IMPOSSIBLE', labelId: project.labels[0]!.id },
    ]);
    await split(project, cats!, 'TRAIN');
    await split(project, dogs!, 'TRAIN');
    expect((await ready(project)).blockers).toMatchObject([{ code: 'SPLIT_IMPOSSIBLE', labelId: null }]);
  });

  test('warns when a group joins what stood on two sides', async () => {
    const project = await world.project({ labels: ['cat', 'dog'], images: 10 });
    const { datasetVersion } = await tryPublish(project);
    const sides = await sidesOf(datasetVersion.id);
    const on = (side: string) => project.imageIds[0]!.find((id) => sides.get(id) === side)!;
    const joined = [on('TRAIN'), on('VALIDATION')];
    await group(project, joined, 'one and the same');
    const { warnings } = await ready(project);
    expect(codes(warnings)).toContain('SPLIT_JOINED');
    const after = await sidesOf((await tryPublish(project)).datasetVersion.id);
    expect(joined.map((id) => after.get(id))).toEqual(['TRAIN', 'TRAIN']);
    expect(codes((await ready(project)).warnings)).not.toContain('SPLIT_JOINED');
  });

  test('is frozen by publishing, which makes nothing new of the same', async () => {
    const project = await world.project({ labels: ['cat', 'dog'], images: 3 });
    const first = await tryPublish(project);
    expect(first).toMatchObject({
      outcome: 'CREATED',
      datasetVersion: { name: 'V001', imageCount: 6, trainRatio: 0.8 },
    });
    const both = await Promise.all([tryPublish(project), tryPublish(project, { name: 'V001', seed: 9 })]);
    for (const again of both) expect(again).toEqual({ ...first, outcome: 'UNCHANGED' });
    const named = await tryPublish(project, { name: 'spring' });
    expect(named).toMatchObject({ outcome: 'CREATED', datasetVersion: { name: 'spring' } });
    expect(named.datasetVersion.contentSha256).toBe(first.datasetVersion.contentSha256);
    expect(await tryPublish(project, { name: 'V001' })).toMatchObject({ __typename: 'ConflictError' });
    await world.annotate(project.id, [{ imageId: project.imageIds[0]![0], labelId: project.labels[1]!.id }]);
    expect(await tryPublish(project)).toMatchObject({ outcome: 'CREATED', datasetVersion: { name: 'V003' } });
  });

  test('cannot be published with nothing in it or under a bad name', async () => {
    const empty = await world.project({ labels: ['cat'] });
    expect(await tryPublish(empty)).toMatchObject({ __typename: 'InvalidStateError', currentState: 'EMPTY' });
    for (const name of ['', 'has space', 'x'.repeat(33)])
      expect((await tryPublish(empty, { name })).issues).toMatchObject([{ path: ['input', 'name'] }]);
  });
});
