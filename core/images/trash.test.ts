import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { userErrorFields } from '#test/api-client.ts';
import { expectExactCounts } from '#test/counts.ts';
import { drawPicture } from '#test/pictures.ts';
import { World, type TestProject } from '#test/world.ts';
import { sweepImages } from './sweep-images.ts';

const trashOf = `query ($id: ID!, $first: Int, $after: String, $kind: TrashKind) { project(id: $id) {
  trash(first: $first, after: $after, kind: $kind) { pageInfo { hasNextPage endCursor } nodes { __typename deletedAt deletedByName expiresAt
    ... on TrashedImage { image { id url } } ... on TrashedLabel { label { id name } } } } } }`;
const restoreImages = `mutation ($input: RestoreImagesInput!) { restoreImages(input: $input) { ${userErrorFields}
  ... on RestoreImagesPayload { project { imageCount labelledImageCount } results { __typename
    ... on RestoredImage { image { id isLabelled annotations { label { name } source } } }
    ... on ImageRestoreRefused { imageId error { ${userErrorFields} } existing { id } } } } } }`;
const restoreLabels = `mutation ($input: RestoreLabelsInput!) { restoreLabels(input: $input) { ${userErrorFields}
  ... on RestoreLabelsPayload { results { __typename ... on RestoredLabel { label { id name shortcut imageCount } }
    ... on LabelRestoreRefused { labelId error { ${userErrorFields} } existing { id } } } } } }`;

const bare = (id: string) => id.replace(/^[A-Za-z]+_/, '');
const day = 24 * 60 * 60_000;

describe('the trash', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.open();
  });
  afterAll(() => world.close());

  const trash = async (project: TestProject, options: object = {}) =>
    (await world.admin.ask(trashOf, { id: project.id, ...options })).project.trash;
  const deleteImages = (project: TestProject, imageIds: readonly string[], deleteSourceFiles = false) =>
    world.admin.must(
      `mutation ($input: DeleteImagesInput!) { deleteImages(input: $input) { ${userErrorFields} ... on DeleteImagesPayload { deletedCount } } }`,
      { input: { projectId: project.id, imageIds, deleteSourceFiles } },
    );
  const deleteLabel = (id: string, policy = 'LABEL_ONLY') =>
    world.admin.must(
      `mutation ($id: ID!, $policy: LabelDeletePolicy) { deleteLabel(id: $id, policy: $policy) { ${userErrorFields} } }`,
      { id, policy },
    );
  const bringImages = (project: TestProject, imageIds: readonly string[]) =>
    world.admin.must(restoreImages, { input: { projectId: project.id, imageIds } });
  const bringLabels = async (project: TestProject, labelIds: readonly string[]) =>
    (await world.admin.must(restoreLabels, { input: { projectId: project.id, labelIds } })).results;
  const empty = (project: TestProject) =>
    world.admin.must(
      `mutation ($id: ID!) { emptyTrash(projectId: $id) { ${userErrorFields} ... on Project { id } } }`,
      {
        id: project.id,
      },
    );
  const labelsOn = async (id: string): Promise<string[]> =>
    (
      await world.admin.ask('query ($id: ID!) { image(id: $id) { annotations { label { name } } } }', { id })
    ).image.annotations.map((annotation: { label: { name: string } }) => annotation.label.name);

  // Found by fuzzing: the whole call failed by a defect.
  test('takes what is no id at all for a label that is not there', async () => {
    const project = await world.project({ labels: ['cat', 'dog'] });
    await deleteLabel(project.labels[0]!.id);
    expect(await bringLabels(project, ['nonsense', project.labels[0]!.id, project.labels[1]!.id])).toMatchObject([
      { __typename: 'LabelRestoreRefused', labelId: 'nonsense', error: { code: 'NOT_FOUND' } },
      { __typename: 'RestoredLabel', label: { name: 'cat' } },
      { __typename: 'LabelRestoreRefused', error: { code: 'NOT_FOUND' } },
    ]);
  });

  test('holds deleted images and labels, last deleted first, page by page and by kind', async () => {
    const project = await world.project({ labels: ['cat', 'dog'], images: 3 });
    const [cats] = project.imageIds;
    await deleteImages(project, [cats![0]!]);
    await deleteLabel(project.labels[1]!.id);
    await deleteImages(project, [cats![1]!, cats![2]!]);
    const whole = await trash(project);
    const ids = (nodes: { image?: { id: string }; label?: { id: string } }[]) =>
      nodes.map(({ image, label }) => (image ?? label)!.id);
    expect(ids(whole.nodes)).toEqual([...[cats![1]!, cats![2]!].sort().toReversed(), project.labels[1]!.id, cats![0]!]);
    for (const item of whole.nodes) {
      expect(Date.parse(item.expiresAt) - Date.parse(item.deletedAt)).toBe(30 * day);
      expect(item.deletedByName).toBe('administrator');
    }
    expect((await fetch(whole.nodes[0].image.url)).status).toBe(200);
    const seen: string[] = [];
    for (let after = null; ;) {
      const page = await trash(project, { first: 1, after });
      seen.push(...ids(page.nodes));
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor;
    }
    expect(seen).toEqual(ids(whole.nodes));
    expect(ids((await trash(project, { kind: 'LABEL' })).nodes)).toEqual([project.labels[1]!.id]);
    expect((await trash(project, { kind: 'IMAGE' })).nodes).toHaveLength(3);
    await expect(trash(project, { after: 'nonsense' })).rejects.toThrow('is not a cursor of this list');
  });

  test('gives an image back with its labels, unless these are in the trash themselves', async () => {
    const project = await world.project({ labels: ['cat', 'dog'], images: 2 });
    const [[cat], [dog]] = project.imageIds as [string[], string[]];
    await deleteImages(project, [cat!, dog!]);
    await deleteLabel(project.labels[1]!.id);
    const answer = await bringImages(project, [cat!, dog!, 'nonsense']);
    expect(answer).toMatchObject({
      project: { imageCount: 4, labelledImageCount: 2 },
      results: [
        { image: { id: cat, isLabelled: true, annotations: [{ label: { name: 'cat' }, source: 'HUMAN' }] } },
        { image: { id: dog, isLabelled: false, annotations: [] } },
        { __typename: 'ImageRestoreRefused', imageId: 'nonsense', error: { code: 'NOT_FOUND' } },
      ],
    });
    await expectExactCounts(world, project.id);
    // It comes with its label.
    await bringLabels(project, [project.labels[1]!.id]);
    expect(await labelsOn(dog!)).toEqual(['dog']);
    await expectExactCounts(world, project.id);
    expect((await trash(project)).nodes).toEqual([]);
  });

  test('keeps an image of which the project has the picture again, and says which that is', async () => {
    const project = await world.project({ labels: ['cat'], images: 1 });
    const [old] = project.imageIds[0]!;
    await deleteImages(project, [old!]);
    const [again] = await world.upload(project.id, [{ fileName: 'again.jpg', bytes: await drawPicture(0, 0) }]);
    expect((await bringImages(project, [old!])).results).toMatchObject([
      { imageId: old, error: { code: 'CONFLICT' }, existing: { id: again } },
    ]);
    await deleteImages(project, [again!]);
    // Of two of the same picture only the first comes back.
    expect((await bringImages(project, [again!, old!])).results).toMatchObject([
      { image: { id: again, annotations: [] } },
      { imageId: old, error: { code: 'CONFLICT' }, existing: { id: again } },
    ]);
    await expectExactCounts(world, project.id);
  });

  test('gives a label back on the images that were not labelled anew, and those that come back later', async () => {
    const project = await world.project({ labels: ['cat', 'dog'], images: 4 });
    const [[left, relabelled, deleted, bareNow]] = project.imageIds as [string[], string[]];
    const [cat, dog] = project.labels.map(({ id }) => id) as [string, string];
    await deleteImages(project, [deleted!]);
    await deleteLabel(cat);
    await world.annotate(project.id, [
      { imageId: relabelled!, labelId: dog },
      { imageId: bareNow!, labelId: dog },
    ]);
    await world.annotate(project.id, [{ imageId: bareNow!, labelId: null }]);
    expect(await bringLabels(project, [cat, cat.replace(/.$/, '0')])).toMatchObject([
      { label: { id: cat, imageCount: 2 } },
      { __typename: 'LabelRestoreRefused', error: { code: 'NOT_FOUND' } },
    ]);
    expect(await Promise.all([left!, relabelled!, bareNow!].map(labelsOn))).toEqual([['cat'], ['dog'], ['cat']]);
    await bringImages(project, [deleted!]);
    expect(await labelsOn(deleted!)).toEqual(['cat']);
    await expectExactCounts(world, project.id);
  });

  test('gives a label back beside others where images carry several', async () => {
    const project = await world.project({ type: 'MULTI_LABEL', labels: ['cat', 'dog'], images: 2 });
    const [[image]] = project.imageIds as [string[]];
    await deleteLabel(project.labels[0]!.id);
    await world.annotate(project.id, [{ imageId: image!, labelIds: [project.labels[1]!.id] }]);
    await bringLabels(project, [project.labels[0]!.id]);
    expect((await labelsOn(image!)).sort()).toEqual(['cat', 'dog']);
    await expectExactCounts(world, project.id);
  });

  test('keeps a label whose name was given again; a shortcut that was given again is lost', async () => {
    const project = await world.project({ labels: ['cat', 'dog'] });
    const [cat, dog] = project.labels;
    const create = (name: string, shortcut?: string) =>
      world.admin.must(
        `mutation ($input: CreateLabelInput!) { createLabel(input: $input) { ${userErrorFields} ... on Label { id } } }`,
        { input: { projectId: project.id, name, shortcut } },
      );
    await world.admin.must(
      `mutation ($id: ID!) { updateLabel(id: $id, input: { shortcut: "d" }) { ${userErrorFields} } }`,
      { id: dog!.id },
    );
    await deleteLabel(cat!.id);
    await deleteLabel(dog!.id);
    const again = await create('cat');
    await create('owl', 'd');
    expect(await bringLabels(project, [cat!.id, dog!.id])).toMatchObject([
      { labelId: cat!.id, error: { code: 'CONFLICT' }, existing: { id: again.id } },
      { label: { id: dog!.id, shortcut: null } },
    ]);
  });

  test('emptied holds nothing, can give nothing back, and takes rows and files with it but for what a version holds', async () => {
    const project = await world.project({ labels: ['cat', 'dog'], images: 5 });
    await world.startTraining(project.id);
    const [extra] = await world.upload(project.id, [{ fileName: 'extra.jpg', bytes: await drawPicture(7, 1) }]);
    const held = project.imageIds[0]![0]!;
    await deleteImages(project, [held, extra!]);
    await deleteLabel(project.labels[1]!.id);
    const urls: string[] = (await trash(project, { kind: 'IMAGE' })).nodes.map(
      (node: { image: { id: string; url: string } }) => node.image.url,
    );
    await empty(project);
    expect((await trash(project)).nodes).toEqual([]);
    expect((await bringImages(project, [held, extra!])).results).toMatchObject([
      { error: { code: 'NOT_FOUND' } },
      { error: { code: 'NOT_FOUND' } },
    ]);
    expect(await bringLabels(project, [project.labels[1]!.id])).toMatchObject([{ error: { code: 'NOT_FOUND' } }]);
    await world.platform.background.idle();
    const statuses = await Promise.all(urls.map(async (url) => (await fetch(url)).status));
    expect(statuses.sort()).toEqual([200, 404]);
    const rows = await world.platform.db.execute(
      sql`select id from image where project_id = ${bare(project.id)} and deleted_at is not null`,
    );
    expect(rows.map((row) => row['id'])).toEqual([bare(held)]);
    // What is deleted after that is in the trash again.
    await deleteImages(project, [project.imageIds[0]![1]!]);
    expect((await trash(project)).nodes).toHaveLength(1);
    await expectExactCounts(world, project.id);
  });

  test('keeps files that an image uploaded again needs, and deletes them with the last that does', async () => {
    const project = await world.project({ labels: ['cat'], images: 1 });
    const [old] = project.imageIds[0]!;
    await deleteImages(project, [old!]);
    const [again] = await world.upload(project.id, [{ fileName: 'again.jpg', bytes: await drawPicture(0, 0) }]);
    const { image } = await world.admin.ask('query ($id: ID!) { image(id: $id) { url } }', { id: again });
    await empty(project);
    expect((await fetch(image.url)).status).toBe(200);
    await deleteImages(project, [again!], true);
    expect((await fetch(image.url)).status).toBe(404);
    expect((await trash(project)).nodes).toEqual([]);
  });

  test('of another project is nobody else’s', async () => {
    const project = await world.project({ labels: ['cat'], images: 1 });
    const other = await world.project({ labels: ['cat'], images: 1 });
    await deleteImages(project, project.imageIds[0]!);
    await deleteLabel(project.labels[0]!.id);
    await empty(other);
    expect((await bringImages(other, project.imageIds[0]!)).results).toMatchObject([{ error: { code: 'NOT_FOUND' } }]);
    expect(await bringLabels(other, [project.labels[0]!.id])).toMatchObject([{ error: { code: 'NOT_FOUND' } }]);
    expect((await trash(project)).nodes).toHaveLength(2);
    expect((await trash(other)).nodes).toEqual([]);
  });
});

describe('the trash of an installation that keeps nothing', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.open({ environment: { EXEMPLAR_TRASH_DAYS: '0' } });
  });
  afterAll(() => world.close());

  test('is empty at once, and the sweep deletes what has expired', async () => {
    const project = await world.project({ labels: ['cat', 'dog'], images: 2 });
    await world.admin.must(
      `mutation ($input: DeleteImagesInput!) { deleteImages(input: $input) { ${userErrorFields} ... on DeleteImagesPayload { deletedCount } } }`,
      { input: { projectId: project.id, imageIds: project.imageIds[0] } },
    );
    await world.admin.must(`mutation ($id: ID!) { deleteLabel(id: $id) { ${userErrorFields} } }`, {
      id: project.labels[0]!.id,
    });
    const { project: seen } = await world.admin.ask(trashOf, { id: project.id });
    expect(seen.trash.nodes).toEqual([]);
    sweepImages(world.platform);
    await world.platform.background.idle();
    const left = await world.platform.db.execute(sql`
      select (select count(*)::int from image where project_id = ${bare(project.id)}) as images,
        (select count(*)::int from label where project_id = ${bare(project.id)}) as labels,
        (select count(*)::int from trashed_annotation) as annotations`);
    expect(left).toEqual([{ images: 2, labels: 1, annotations: 0 }]);
    await expectExactCounts(world, project.id);
  });
});
