import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { userErrorFields } from '#test/api-client.ts';
import { expectExactCounts } from '#test/counts.ts';
import { drawPicture } from '#test/pictures.ts';
import { World, type TestProject } from '#test/world.ts';

const labelFields = `${userErrorFields} ... on ValidationError { issues { path } } ... on Label { id name color shortcut imageCount }`;
const create = `mutation ($input: CreateLabelInput!) { createLabel(input: $input) { ${labelFields} ... on LimitExceededError { limit used } } }`;
const update = `mutation ($id: ID!, $input: UpdateLabelInput!) { updateLabel(id: $id, input: $input) { ${labelFields} } }`;
const remove = `mutation ($id: ID!, $policy: LabelDeletePolicy) { deleteLabel(id: $id, policy: $policy) { ${userErrorFields}
  ... on Project { imageCount labelledImageCount labels { name imageCount } } } }`;
const bytesOf = `query ($id: ID!) { image(id: $id) { url(form: NORMALISED) annotations { label { name } } annotationRevision } }`;

describe('labels', () => {
  let world: World;
  let shared: TestProject;
  beforeAll(async () => {
    world = await World.open();
    shared = await world.project();
  });
  afterAll(() => world.close());

  const tryCreate = async (input: object) =>
    (await world.admin.ask(create, { input: { projectId: shared.id, ...input } })).createLabel;
  const tryUpdate = async (id: string, input: object) => (await world.admin.ask(update, { id, input })).updateLabel;
  const deleteLabel = async (id: string, policy?: string) =>
    (await world.admin.ask(remove, { id, ...(policy && { policy }) })).deleteLabel;
  const readImage = async (id: string) => (await world.admin.ask(bytesOf, { id })).image;
  const issues = (field: string) => ({
    __typename: 'ValidationError',
    code: 'VALIDATION_FAILED',
    issues: [{ path: ['input', field] }],
  });

  test.each(['向日葵', 'chat noir', 'Ёж', 'قطة', '👩‍🚀', '<b>&"\'', '../etc', 'x'.repeat(64), '😀'.repeat(64)])(
    'take the name %j as it is given',
    async (name) => {
      expect(await tryCreate({ name })).toMatchObject({ __typename: 'Label', name, imageCount: 0, shortcut: null });
    },
  );

  test.each(['', ' ', '\u3000', 'x'.repeat(65), '😀'.repeat(65), 'a\nb', 'a\tb', 'a\0b', 'a\u0085b', 'a\u007f'])(
    'refuse the name %j, when they are made and when they are renamed',
    async (name) => {
      expect(await tryCreate({ name })).toMatchObject(issues('name'));
      const { id } = await tryCreate({ name: world.name('valid') });
      expect(await tryUpdate(id, { name })).toMatchObject(issues('name'));
    },
  );

  test('trim the name and count its length after composing it', async () => {
    expect(await tryCreate({ name: '  trimmed\u00a0' })).toMatchObject({ name: 'trimmed' });
    expect(await tryCreate({ name: 'e\u0301'.repeat(64) })).toMatchObject({ name: 'é'.repeat(64) });
  });

  test('that look alike have one name: composed and decomposed are twins, case is not', async () => {
    const { id } = await tryCreate({ name: 'caf\u00e9' });
    const conflict = { __typename: 'ConflictError', code: 'CONFLICT' };
    expect(await tryCreate({ name: 'cafe\u0301' })).toMatchObject(conflict);
    expect(await tryUpdate(id, { name: 'cafe\u0301' })).toMatchObject({ id, name: 'caf\u00e9' });
    const upper = await tryCreate({ name: 'CAF\u00c9' });
    expect(upper.__typename).toBe('Label');
    expect(await tryUpdate(upper.id, { name: ' cafe\u0301 ' })).toMatchObject(conflict);
    const elsewhere = await world.project({ labels: ['caf\u00e9'] });
    expect(elsewhere.labels[0]!.name).toBe('caf\u00e9');
  });

  test('made twice at the same moment give one label and one conflict', async () => {
    const name = world.name('twin');
    const both = await Promise.all([tryCreate({ name }), tryCreate({ name })]);
    expect(both.map((result) => result.__typename).sort()).toEqual(['ConflictError', 'Label']);
  });

  test('have a colour: the one given in upper case, or twelve different ones in turn', async () => {
    expect(await tryCreate({ name: world.name('c'), color: '#ab12ef' })).toMatchObject({ color: '#AB12EF' });
    for (const color of ['', '#12345', '#1234567', 'red', '#GGGGGG', '112233', '#112233\n'])
      expect(await tryCreate({ name: world.name('c'), color }), color).toMatchObject(issues('color'));
    const names = Array.from({ length: 12 }, (_, index) => `label ${index}`);
    const { labels } = await world.project({ labels: names });
    const colors = await Promise.all(labels.map(async ({ id }) => (await tryUpdate(id, {})).color));
    expect(new Set(colors).size).toBe(12);
  });

  test('have a shortcut of one visible character, unique in the project, or none', async () => {
    const { id } = await tryCreate({ name: world.name('s'), shortcut: 'q' });
    const other = await tryCreate({ name: world.name('s'), shortcut: 'é' });
    expect(other).toMatchObject({ shortcut: 'é' });
    expect(await tryCreate({ name: world.name('s'), shortcut: 'q' })).toMatchObject({ __typename: 'ConflictError' });
    expect(await tryUpdate(other.id, { shortcut: 'q' })).toMatchObject({ __typename: 'ConflictError' });
    for (const shortcut of ['', 'ab', ' ', '\t', '\0', '\u200b', '\u202e', '\ud800', '\u3000'])
      expect(await tryCreate({ name: world.name('s'), shortcut }), JSON.stringify(shortcut)).toMatchObject(
        issues('shortcut'),
      );
    expect(await tryUpdate(id, { color: '#000001' })).toMatchObject({ shortcut: 'q', color: '#000001' });
    expect(await tryUpdate(id, { shortcut: null })).toMatchObject({ shortcut: null });
    expect(await tryUpdate(other.id, { shortcut: 'q' })).toMatchObject({ shortcut: 'q' });
  });

  test('keep on an update what it leaves out or, but for the shortcut, gives as null', async () => {
    const made = await tryCreate({ name: world.name('kept'), color: '#010203', shortcut: 'k' });
    expect(await tryUpdate(made.id, {})).toEqual(made);
    expect(await tryUpdate(made.id, { name: null, color: null })).toEqual(made);
  });

  test('renamed are renamed on all images at once', async () => {
    const project = await world.project({ labels: ['before'], images: 3 });
    await tryUpdate(project.labels[0]!.id, { name: 'after' });
    for (const id of project.imageIds[0]!)
      expect(await readImage(id)).toMatchObject({ annotations: [{ label: { name: 'after' } }], annotationRevision: 1 });
    await expectExactCounts(world, project.id);
  });

  test('deleted with LABEL_ONLY, the default, leave their images without a label', async () => {
    const project = await world.project({ labels: ['gone', 'stays'], images: 3 });
    expect(await deleteLabel(project.labels[0]!.id)).toEqual({
      __typename: 'Project',
      imageCount: 6,
      labelledImageCount: 3,
      labels: [{ name: 'stays', imageCount: 3 }],
    });
    await expectExactCounts(world, project.id);
    for (const id of project.imageIds[0]!)
      expect(await readImage(id)).toMatchObject({ annotations: [], annotationRevision: 2 });
    expect(await deleteLabel(project.labels[0]!.id)).toMatchObject({ __typename: 'NotFoundError' });
  });

  test.each([
    ['LABEL_AND_IMAGES', 200],
    ['LABEL_IMAGES_AND_SOURCE_FILES', 404],
  ])('deleted with %s take their images along, whose addresses then answer %i', async (policy, status) => {
    const project = await world.project({ labels: ['gone', 'stays'], images: 3 });
    const [ids, kept] = project.imageIds;
    const urls = await Promise.all(ids!.map(async (id) => (await readImage(id)).url));
    const keptUrl = (await readImage(kept![0]!)).url;
    expect(await deleteLabel(project.labels[0]!.id, policy)).toMatchObject({
      imageCount: 3,
      labelledImageCount: 3,
      labels: [{ name: 'stays', imageCount: 3 }],
    });
    await expectExactCounts(world, project.id);
    for (const id of ids!) expect(await readImage(id)).toBeNull();
    for (const url of urls) expect((await fetch(url)).status).toBe(status);
    expect((await fetch(keptUrl)).status).toBe(200);
  });

  test('deleted with their files keep the class and the bytes that a dataset version holds', async () => {
    const project = await world.project({ labels: ['gone', 'stays'], images: 5 });
    const { url } = await readImage(project.imageIds[0]![0]!);
    await world.startTraining(project.id);
    const extra = await world.upload(project.id, [{ fileName: 'extra.jpg', bytes: await drawPicture(7, 77) }]);
    const extraUrl = (await readImage(extra[0]!)).url;
    await world.annotate(project.id, [{ imageId: extra[0], labelId: project.labels[0]!.id }]);
    await deleteLabel(project.labels[0]!.id, 'LABEL_IMAGES_AND_SOURCE_FILES');
    await expectExactCounts(world, project.id);
    expect((await fetch(url)).status).toBe(200);
    expect((await fetch(extraUrl)).status).toBe(404);
    const { datasetVersions } = await world.admin.ask(
      `query ($id: ID!) { datasetVersions(projectId: $id) { nodes { imageCount classes { name labelId trainCount validationCount } } } }`,
      { id: project.id },
    );
    expect(datasetVersions.nodes).toEqual([
      {
        imageCount: 10,
        classes: project.labels.map(({ id, name }) => ({ labelId: id, name, trainCount: 4, validationCount: 1 })),
      },
    ]);
  });

  test('of more images than one transaction takes are deleted with them in the background', async () => {
    const project = await world.project({ labels: ['huge', 'stays'], images: 1 });
    const [projectId, labelId] = [project.id.replace('Project_', ''), project.labels[0]!.id.replace('Label_', '')];
    await world.platform.db.execute(sql`
      with made as (
        insert into image (project_id, sha256, file_name, format, width, height, byte_size, is_labelled)
        select ${projectId}, sha256(number::text::bytea), 'made', 'PNG', 1, 1, 1, true from generate_series(1, 66000) number
        returning id),
      annotated as (insert into annotation (image_id, label_id, project_id) select id, ${labelId}, ${projectId} from made),
      counted as (update label set image_count = image_count + 66000 where id = ${labelId})
      update project set image_count = image_count + 66000, labelled_image_count = labelled_image_count + 66000
      where id = ${projectId}`);
    // The first thousand go at once, the others in the background; meanwhile nobody sees the label any more.
    expect(await deleteLabel(project.labels[0]!.id, 'LABEL_AND_IMAGES')).toMatchObject({
      labels: [{ name: 'stays', imageCount: 1 }],
    });
    await world.platform.background.idle();
    expect(
      (await world.admin.ask('query ($id: ID!) { project(id: $id) { imageCount } }', { id: project.id })).project,
    ).toEqual({
      imageCount: 1,
    });
    await expectExactCounts(world, project.id);
  });

  test('past 1,000 of a project are refused', async () => {
    const project = await world.project();
    await world.platform.db.execute(sql`
      insert into label (project_id, name, color)
      select ${project.id.replace('Project_', '')}, 'label ' || number, '#000000' from generate_series(1, 999) number`);
    expect(await tryCreate({ projectId: project.id, name: 'the last' })).toMatchObject({ __typename: 'Label' });
    expect(await tryCreate({ projectId: project.id, name: 'too many' })).toMatchObject({
      __typename: 'LimitExceededError',
      limit: 1000,
      used: 1001,
    });
    const { labels } = await world.admin.ask(`query ($id: ID!) { labels(projectId: $id) { name } }`, {
      id: project.id,
    });
    expect(labels).toHaveLength(1000);
  });
});
