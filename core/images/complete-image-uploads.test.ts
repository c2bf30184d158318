import { readdir } from 'node:fs/promises';
import { sql } from 'drizzle-orm';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { userErrorFields } from '#test/api-client.ts';
import { blockedCalls } from '#test/blocked-calls.ts';
import { expectExactCounts } from '#test/counts.ts';
import { drawPicture } from '#test/pictures.ts';
import { World, type TestFile } from '#test/world.ts';

describe('completing image uploads', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.open({
      environment: {
        EXEMPLAR_MAX_IMAGE_BYTES: '20000',
        EXEMPLAR_MAX_IMAGE_SIDE: '100',
        EXEMPLAR_MAX_IMAGE_PIXELS: '6000',
      },
    });
  });
  afterAll(() => world.close());

  const send = (uploadUrl: string, bytes: Buffer) =>
    fetch(uploadUrl, { method: 'PUT', body: new Uint8Array(bytes) }).then((response) => response.status);
  const picture = async (number: number): Promise<TestFile> => ({
    fileName: `good-${number}.jpg`,
    bytes: await drawPicture(4, number),
  });
  const grey = (width: number, height: number) =>
    sharp({ create: { width, height, channels: 3, background: '#888' } })
      .png()
      .toBuffer();
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>';

  test.each<[string, () => Buffer | Promise<Buffer>]>([
    ['NOT_AN_IMAGE', () => Buffer.from('just text')],
    ['NOT_AN_IMAGE', () => Buffer.from('<!doctype html><img src=x onerror=alert(1)>')],
    ['UNSUPPORTED_FORMAT', () => Buffer.from(svg)],
    ['DAMAGED', async () => (await drawPicture(1, 1)).subarray(0, 400)],
    ['DAMAGED', async () => (await grey(20, 20)).subarray(0, 60)],
    ['TOO_MANY_PIXELS', () => grey(90, 80)],
    ['SIDE_TOO_LONG', () => grey(101, 10)],
    ['SIDE_TOO_LONG', () => grey(10, 101)],
  ])('%s is refused by name, and the files around it become images', async (refusal, make) => {
    const project = await world.project();
    const bad = { fileName: 'bad.jpg', bytes: await make() };
    const results = await world.tryUpload(project.id, [await picture(1), bad, await picture(2)]);
    expect(results).toMatchObject([
      { outcome: 'CREATED', image: { fileName: 'good-1.jpg' } },
      {
        __typename: 'ImageUploadRefused',
        error: { __typename: 'PictureRefusedError', code: 'PICTURE_REFUSED', refusal, fileName: 'bad.jpg' },
      },
      { outcome: 'CREATED', image: { fileName: 'good-2.jpg' } },
    ]);
    expect(results[1].error.message).toContain('"bad.jpg"');
    await expectExactCounts(world, project.id);
  });

  test('takes pictures at the very limits', async () => {
    const project = await world.project();
    const [wide, square] = [await grey(100, 60), await grey(75, 80)];
    const results = await world.tryUpload(project.id, [
      { fileName: 'wide', bytes: wide },
      { fileName: 'square', bytes: square },
    ]);
    expect(results.map((result) => result.outcome)).toEqual(['CREATED', 'CREATED']);
  });

  test('NOT_RECEIVED, SIZE_MISMATCH and DIGEST_MISMATCH can be mended by sending again', async () => {
    const project = await world.project();
    const { bytes } = await picture(1);
    const [upload] = await world.announce(project.id, [{ fileName: 'mended.jpg', bytes }]);
    const attempt = async () => (await world.complete([upload.id]))[0];
    const refused = (refusal: string) => ({ error: { refusal, fileName: 'mended.jpg' } });
    expect(await attempt()).toMatchObject(refused('NOT_RECEIVED'));
    expect(await send(upload.uploadUrl, bytes.subarray(1))).toBe(200);
    expect(await attempt()).toMatchObject(refused('SIZE_MISMATCH'));
    expect(await send(upload.uploadUrl, Buffer.alloc(bytes.byteLength))).toBe(200);
    expect(await attempt()).toMatchObject(refused('DIGEST_MISMATCH'));
    await expectExactCounts(world, project.id);
    expect(await send(upload.uploadUrl, bytes)).toBe(200);
    expect(await attempt()).toMatchObject({ outcome: 'CREATED' });
    expect(await send(upload.uploadUrl, bytes)).toBe(409);
    await expectExactCounts(world, project.id);
  });

  test('ids that are unknown, foreign, malformed or of another kind spoil their own item only', async () => {
    const project = await world.project();
    const stranger = await world.user();
    const theirs = await world.project({ client: stranger });
    const [foreign] = await world.announce(project.id, [await picture(1)]);
    const [mine] = await world.announce(theirs.id, [await picture(2)], stranger);
    await send(foreign.uploadUrl, (await picture(1)).bytes);
    await send(mine.uploadUrl, (await picture(2)).bytes);
    const unknown = 'ImageUpload_00000000-0000-7000-8000-000000000000';
    const results = await world.complete([unknown, foreign.id, 'nonsense', project.id, mine.id], stranger);
    expect(results.map((result) => result.error?.code ?? result.outcome)).toEqual([
      'NOT_FOUND',
      'NOT_FOUND',
      'NOT_FOUND',
      'NOT_FOUND',
      'CREATED',
    ]);
    expect((await world.complete([foreign.id]))[0].outcome).toBe('CREATED');
  });

  test('takes 1 to 100 uploads, each once', async () => {
    const many = Array.from({ length: 101 }, (_, index) => `ImageUpload_${index}`);
    expect(await world.complete(many.slice(1))).toHaveLength(100);
    for (const wrong of [many, [], [many[0], many[0]]])
      expect(
        (
          await world.admin.ask(
            `mutation ($ids: [ID!]!) { completeImageUploads(uploadIds: $ids) { ${userErrorFields} ... on ValidationError { issues { path } } } }`,
            { ids: wrong },
          )
        ).completeImageUploads,
      ).toMatchObject({ __typename: 'ValidationError', issues: [{ path: ['input', 'uploadIds'] }] });
  });

  test('the bytes of an image of the project give that image, whatever the name', async () => {
    const project = await world.project();
    const { bytes } = await picture(1);
    const [first] = await world.tryUpload(project.id, [{ fileName: 'first.jpg', bytes }]);
    const [again] = await world.tryUpload(project.id, [{ fileName: 'again.jpg', bytes }]);
    expect(again).toMatchObject({ outcome: 'DUPLICATE', image: { id: first.image.id, fileName: 'first.jpg' } });
    const other = await world.project();
    expect((await world.tryUpload(other.id, [{ fileName: 'other.jpg', bytes }]))[0].outcome).toBe('CREATED');
    await expectExactCounts(world, project.id);
  });

  test('the same bytes several times in one call are one image', async () => {
    const project = await world.project();
    const { bytes } = await picture(1);
    const files = ['a', 'b', 'c', 'd'].map((fileName) => ({ fileName, bytes }));
    const results = await world.tryUpload(project.id, files);
    expect(results.map((result) => result.outcome).sort()).toEqual(['CREATED', 'DUPLICATE', 'DUPLICATE', 'DUPLICATE']);
    expect(new Set(results.map((result) => result.image.id)).size).toBe(1);
    await expectExactCounts(world, project.id);
  });

  test('twice, or several times at once, gives the same images with the same outcomes', async () => {
    const project = await world.project();
    const { bytes } = await picture(1);
    await world.upload(project.id, [{ fileName: 'known.jpg', bytes }]);
    const files = [{ fileName: 'known again.jpg', bytes }, await picture(2), await picture(3)];
    const uploads = await world.announce(project.id, files);
    for (const [index, upload] of uploads.entries()) await send(upload.uploadUrl, files[index]!.bytes);
    const ids = uploads.map((upload) => upload.id);
    const [first, ...others] = await Promise.all([1, 2, 3, 4].map(() => world.complete(ids)));
    expect(first!.map((result) => result.outcome)).toEqual(['DUPLICATE', 'CREATED', 'CREATED']);
    for (const other of [...others, await world.complete(ids)]) expect(other).toEqual(first);
    await expectExactCounts(world, project.id);
  });

  test('again after the image was deleted says so, and spoils no other item', async () => {
    const project = await world.project();
    const files = [await picture(1), await picture(2)];
    const uploads = await world.announce(project.id, files);
    for (const [index, upload] of uploads.entries()) await send(upload.uploadUrl, files[index]!.bytes);
    const ids = uploads.map((upload) => upload.id);
    const [first, second] = await world.complete(ids);
    await world.admin.must(
      `mutation ($input: DeleteImagesInput!) { deleteImages(input: $input) { ${userErrorFields} } }`,
      { input: { projectId: project.id, imageIds: [first.image.id] } },
    );
    const again = await world.complete(ids);
    expect(again[0].error).toMatchObject({
      __typename: 'InvalidStateError',
      message: expect.stringContaining('deleted'),
    });
    expect(again[1]).toEqual(second);
    await expectExactCounts(world, project.id);
  });

  test('of a picture whose files are being deleted leaves no image without bytes', async () => {
    const project = await world.project();
    const file = await picture(1);
    const [imageId] = await world.upload(project.id, [file]);
    const [upload] = await world.announce(project.id, [file]);
    await send(upload.uploadUrl, file.bytes);
    const { deletion, completion } = await world.platform.db.transaction(async (tx) => {
      // Holds the deletion where it asks whether a dataset version has the picture.
      await tx.execute(sql`lock table dataset_version_image in access exclusive mode`);
      const deletion = world.admin.must(
        `mutation ($input: DeleteImagesInput!) { deleteImages(input: $input) { ${userErrorFields} } }`,
        { input: { projectId: project.id, imageIds: [imageId], deleteSourceFiles: true } },
      );
      while ((await blockedCalls(world)) < 1);
      const progress = { completed: false };
      const completion = world.complete([upload.id]).finally(() => (progress.completed = true));
      while (!progress.completed && (await blockedCalls(world)) < 2);
      return { deletion, completion };
    });
    await deletion;
    const [result] = await completion;
    expect(result.outcome).toBe('CREATED');
    expect((await fetch(result.image.url)).status).toBe(200);
    await expectExactCounts(world, project.id);
  });

  test('leaves no sent bytes behind', async () => {
    const project = await world.project({ labels: ['cat'], images: 2 });
    const folder = `${world.platform.config.objectsDirectory}/projects/${project.id.replace('Project_', '')}`;
    expect(await readdir(`${folder}/uploads`)).toEqual([]);
  });
});
