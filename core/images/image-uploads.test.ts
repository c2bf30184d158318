import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deleteExpiredUploads } from '#core/images/image-uploads.ts';
import { signGrant } from '#core/platform/signed-url.ts';
import { userErrorFields } from '#test/api-client.ts';
import { drawPicture } from '#test/pictures.ts';
import { World, type TestProject } from '#test/world.ts';

const announce = `mutation ($input: CreateImageUploadsInput!) { createImageUploads(input: $input) { ${userErrorFields}
  ... on ValidationError { issues { path } } ... on CreateImageUploadsPayload { results { __typename
    ... on ImageUpload { id fileName uploadUrl expiresAt headers { name value } }
    ... on UploadRefused { error { ${userErrorFields} ... on PictureRefusedError { refusal fileName } } } } } } }`;

describe('image uploads', () => {
  let world: World;
  let project: TestProject;
  beforeAll(async () => {
    world = await World.open({ environment: { EXEMPLAR_MAX_IMAGE_BYTES: '6000000' } });
    project = await world.project();
  });
  afterAll(() => world.close());

  const tryAnnounce = async (files: readonly object[]) =>
    (await world.admin.ask(announce, { input: { projectId: project.id, files } })).createImageUploads;
  const announceOne = async (fileName: string, byteSize: number) =>
    (await tryAnnounce([{ fileName, byteSize }])).results[0];
  const send = (url: string, bytes: Uint8Array<ArrayBuffer>) => fetch(url, { method: 'PUT', body: bytes });

  test('are refused by name when empty or too large, and the files around them are taken', async () => {
    const { results } = await tryAnnounce([
      { fileName: 'good.jpg', byteSize: 6_000_000 },
      { fileName: 'empty.jpg', byteSize: 0 },
      { fileName: 'huge.jpg', byteSize: 6_000_001 },
      { fileName: 'small.jpg', byteSize: 1, sha256: 'A'.repeat(64) },
    ]);
    expect(results).toMatchObject([
      { fileName: 'good.jpg', headers: [{ name: 'content-type', value: 'application/octet-stream' }] },
      { error: { __typename: 'PictureRefusedError', refusal: 'EMPTY', fileName: 'empty.jpg' } },
      { error: { refusal: 'TOO_MANY_BYTES', fileName: 'huge.jpg', message: expect.stringContaining('6000000') } },
      { fileName: 'small.jpg' },
    ]);
  });

  test('take 1 to 100 files a call and check every field', async () => {
    const file = { fileName: 'a', byteSize: 1 };
    const paths = async (files: readonly object[]) =>
      (await tryAnnounce(files)).issues.map((issue: { path: string[] }) => issue.path.join('.'));
    expect((await tryAnnounce(Array.from({ length: 100 }, () => file))).results).toHaveLength(100);
    expect(await paths(Array.from({ length: 101 }, () => file))).toEqual(['input.files']);
    expect(await paths([])).toEqual(['input.files']);
    expect(
      await paths([
        { ...file, byteSize: -1 },
        { ...file, fileName: '' },
        { ...file, fileName: 'x'.repeat(1025) },
        { ...file, sha256: 'abc' },
      ]),
    ).toEqual(['input.files.0.byteSize', 'input.files.1.fileName', 'input.files.2.fileName', 'input.files.3.sha256']);
  });

  test('keep any name as it was given', async () => {
    const names = [
      'line\nbreak\r\n.jpg',
      '<script>alert(1)</script>.jpg',
      '../../../../etc/passwd',
      '..\\..\\boot.ini',
      '/absolute',
      'CON',
      '.',
      '"; filename="x.html',
      '\u202egpj.exe',
      'ni\u0303o 图片 😀.jpg',
      'x'.repeat(1024),
      '😀'.repeat(1024),
    ];
    const files = await Promise.all(
      names.map(async (fileName, number) => ({ fileName, bytes: await drawPicture(2, number) })),
    );
    const results = await world.tryUpload((await world.project()).id, files);
    expect(results.map((result) => result.image.fileName)).toEqual(names);
    for (const { image } of results) expect((await fetch(image.url)).status).toBe(200);
  });

  test('show a NUL in a name, which PostgreSQL cannot hold, as the replacement character', async () => {
    expect(await announceOne('a\0b.jpg', 1)).toMatchObject({ fileName: 'a\uFFFDb.jpg' });
  });

  test('never make a path of a name', async () => {
    const objects = world.platform.config.objectsDirectory;
    const uuid = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}';
    const allowed = new RegExp(
      `^projects(/${uuid}(/uploads(/${uuid})?|/images(/[0-9a-f]{64}(/(original|normalised|thumbnail))?)?)?)?$`,
    );
    const paths = await readdir(objects, { recursive: true });
    expect(paths.length).toBeGreaterThan(20);
    expect(paths.filter((path) => !allowed.test(path))).toEqual([]);
  });

  test.each([
    [1, 2],
    [1000, 5_000_000],
  ])('of %i byte(s) take no %i: 413, a typed error that names the file, and nothing is kept', async (size, sent) => {
    const upload = await announceOne('grown.jpg', size);
    const response = await send(upload.uploadUrl, randomBytes(sent));
    expect(response.status).toBe(413);
    expect(await response.json()).toEqual({
      code: 'PICTURE_REFUSED',
      refusal: 'SIZE_MISMATCH',
      fileName: 'grown.jpg',
      message: expect.stringContaining(String(size)),
    });
    expect((await world.complete([upload.id]))[0].error).toMatchObject({ refusal: 'NOT_RECEIVED' });
  });

  test('can be sent again until they are completed; the last bytes count', async () => {
    const bytes = await drawPicture(1, 1);
    const [upload] = await world.announce(project.id, [{ fileName: 'twice.jpg', bytes }]);
    expect((await send(upload.uploadUrl, new Uint8Array(bytes.length))).status).toBe(200);
    const second = await send(upload.uploadUrl, new Uint8Array(bytes));
    expect([second.status, await second.json()]).toEqual([
      200,
      { uploadId: upload.id.replace('ImageUpload_', ''), bytes: bytes.length },
    ]);
    expect((await world.complete([upload.id]))[0].outcome).toBe('CREATED');
    const late = await send(upload.uploadUrl, new Uint8Array(bytes));
    expect([late.status, (await late.json()).code]).toEqual([409, 'INVALID_STATE']);
  });

  test.each<[string, (url: URL) => string]>([
    ['without a signature', (url) => url.origin + url.pathname],
    ['with a longer time', (url) => url.href.replace(/expires=(\d+)/, (_, time) => `expires=${Number(time) + 1}`)],
    ['with another signature', (url) => url.href.replace(/signature=.*/, `signature=${'A'.repeat(43)}`)],
    ['of another upload', (url) => url.href.replace(/uploads\/[^?]*/, 'uploads/00000000-0000-7000-8000-000000000000')],
    ['that has expired', (url) => signed(url, 'PUT', -1)],
    ['signed for reading', (url) => signed(url, 'GET', 60)],
  ])('are not taken at an address %s', async (_what, alter) => {
    const upload = await announceOne('x.jpg', 5);
    const response = await send(alter(new URL(upload.uploadUrl)), new TextEncoder().encode('bytes'));
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code: 'FORBIDDEN' });
    expect((await world.complete([upload.id]))[0].error).toMatchObject({ refusal: 'NOT_RECEIVED' });
  });

  const signed = (url: URL, verb: 'GET' | 'PUT', seconds: number) => {
    const subject = url.pathname.split('/').at(-1)!;
    const expires = Math.floor(Date.now() / 1000) + seconds;
    return `${url.origin}${url.pathname}?${signGrant(world.platform.signingSecret, { verb, subject, expires })}`;
  };

  test('that nobody completed go with their bytes an hour after their time', async () => {
    const other = await world.project();
    const file = { fileName: 'late.jpg', bytes: await drawPicture(1, 2) };
    const [late, fresh] = await world.announce(other.id, [file, file]);
    for (const { uploadUrl } of [late, fresh]) await send(uploadUrl, new Uint8Array(file.bytes));
    const lateId = late.id.replace('ImageUpload_', '');
    await world.platform.db.execute(
      sql`update image_upload set expires_at = now() - interval '61 minutes' where id = ${lateId}`,
    );
    expect(await deleteExpiredUploads(world.platform)).toBe(1);
    const results = await world.complete([late.id, fresh.id]);
    expect(results).toMatchObject([{ error: { code: 'NOT_FOUND' } }, { outcome: 'CREATED' }]);
    const folder = `${world.platform.config.objectsDirectory}/projects/${other.id.replace('Project_', '')}/uploads`;
    expect(await readdir(folder)).toEqual([]);
    expect((await send(late.uploadUrl, new Uint8Array(file.bytes))).status).toBe(404);
  });
});
