import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { userErrorFields } from '#test/api-client.ts';
import { expectExactCounts } from '#test/counts.ts';
import { drawPicture } from '#test/pictures.ts';
import { World, type TestProject } from '#test/world.ts';

const remove = `mutation ($input: DeleteImagesInput!) { deleteImages(input: $input) { ${userErrorFields}
  ... on ValidationError { issues { path } } ... on DeleteImagesPayload { deletedCount project { imageCount labelledImageCount } } } }`;

describe('deleting images', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.open();
  });
  afterAll(() => world.close());

  const deleteImages = async (project: TestProject, imageIds: readonly string[], deleteSourceFiles?: boolean) =>
    (await world.admin.ask(remove, { input: { projectId: project.id, imageIds, deleteSourceFiles } })).deleteImages;
  const urlsOf = async (id: string): Promise<string[]> => {
    const { image } = await world.admin.ask(
      `query ($id: ID!) { image(id: $id) { a: url(form: ORIGINAL) b: url(form: NORMALISED) c: url(form: THUMBNAIL) } }`,
      { id },
    );
    return Object.values(image);
  };
  const statuses = async (urls: readonly string[]) => Promise.all(urls.map(async (url) => (await fetch(url)).status));

  test('takes them out of lists and counts and skips ids that are not there', async () => {
    const project = await world.project({ labels: ['cat', 'dog'], images: 3 });
    const other = await world.project({ labels: ['cat'], images: 1 });
    const gone = project.imageIds[0]![0]!;
    const urls = await urlsOf(gone);
    const unknown = 'Image_00000000-0000-7000-8000-000000000000';
    const asked = [gone, gone, other.imageIds[0]![0]!, unknown, 'nonsense', project.labels[0]!.id];
    expect(await deleteImages(project, asked)).toMatchObject({
      deletedCount: 1,
      project: { imageCount: 5, labelledImageCount: 5 },
    });
    expect(await deleteImages(project, [gone])).toMatchObject({ deletedCount: 0 });
    await expectExactCounts(world, project.id);
    await expectExactCounts(world, other.id);
    expect((await world.admin.ask(`query ($id: ID!) { image(id: $id) { id } }`, { id: gone })).image).toBeNull();
    expect(await statuses(urls)).toEqual([200, 200, 200]);
  });

  test('deletes the files when it is told to, but for those that a dataset version holds', async () => {
    const project = await world.project({ labels: ['cat', 'dog'], images: 5 });
    await world.startTraining(project.id);
    const [extra] = await world.upload(project.id, [{ fileName: 'extra.jpg', bytes: await drawPicture(7, 1) }]);
    const held = await urlsOf(project.imageIds[0]![0]!);
    const free = await urlsOf(extra!);
    expect(await deleteImages(project, [project.imageIds[0]![0]!, extra!], true)).toMatchObject({ deletedCount: 2 });
    expect(await statuses(held)).toEqual([200, 200, 200]);
    expect(await statuses(free)).toEqual([404, 404, 404]);
    await expectExactCounts(world, project.id);
  });

  test('lets the same picture come again as a new image without a label', async () => {
    const project = await world.project({ labels: ['cat'], images: 1 });
    const [before] = project.imageIds[0]!;
    const file = { fileName: 'again.jpg', bytes: await drawPicture(0, 0) };
    await deleteImages(project, [before!], true);
    const [result] = await world.tryUpload(project.id, [file]);
    expect(result.outcome).toBe('CREATED');
    expect(result.image.id).not.toBe(before);
    expect(await statuses(await urlsOf(result.image.id))).toEqual([200, 200, 200]);
    await expectExactCounts(world, project.id);
  });

  test('of one project leaves the same picture of another alone', async () => {
    const [first, second] = await Promise.all([
      world.project({ labels: ['cat'], images: 1 }),
      world.project({ labels: ['cat'], images: 1 }),
    ]);
    await deleteImages(first, first.imageIds[0]!, true);
    expect(await statuses(await urlsOf(second.imageIds[0]![0]!))).toEqual([200, 200, 200]);
  });

  test('takes 1 to 1,000 ids a call', async () => {
    const project = await world.project();
    const many = Array.from({ length: 1001 }, (_, index) => `Image_${index}`);
    expect(await deleteImages(project, many.slice(1))).toMatchObject({ deletedCount: 0 });
    for (const wrong of [many, []])
      expect(await deleteImages(project, wrong)).toMatchObject({
        __typename: 'ValidationError',
        issues: [{ path: ['input', 'imageIds'] }],
      });
  });
});
