import { connect } from 'node:net';
import { once } from 'node:events';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drawPicture } from '#test/pictures.ts';
import { World, type TestProject } from '#test/world.ts';

const run = promisify(execFile);

describe('files sent with a form', () => {
  let world: World;
  let project: TestProject;
  let folder: string;
  beforeAll(async () => {
    world = await World.open({ environment: { EXEMPLAR_MAX_IMAGE_BYTES: '200000' } });
    project = await world.project({ labels: ['cat', 'Größe 1'] });
    folder = await mkdtemp(join(tmpdir(), 'exemplar-files-'));
  });
  afterAll(async () => {
    await world.close();
    await rm(folder, { recursive: true, force: true });
  });

  const post = (
    body: FormData | string | undefined,
    options: { path?: string; token?: string | undefined; type?: string } = {},
  ) =>
    fetch(`${world.url}/projects/${options.path ?? `${project.id}/images`}`, {
      method: 'POST',
      ...(body !== undefined && { body }),
      headers: {
        ...('token' in options
          ? options.token && { authorization: options.token }
          : { authorization: `Bearer ${world.admin.token}` }),
        ...(options.type && { 'content-type': options.type }),
      } as Record<string, string>,
    });
  const form = (files: Record<string, Buffer>): FormData => {
    const data = new FormData();
    for (const [name, bytes] of Object.entries(files)) data.append('image', new Blob([new Uint8Array(bytes)]), name);
    return data;
  };
  const imagesOf = async (label?: string) =>
    (
      await world.admin.ask(
        `query ($id: ID!, $filter: ImageFilter) { images(projectId: $id, first: 100, filter: $filter) { nodes { fileName } } }`,
        { id: project.id, filter: label ? { labelId: label } : null },
      )
    ).images.nodes.map((node: { fileName: string }) => node.fileName);

  test('become images, with curl as documented', async () => {
    await writeFile(join(folder, 'a.jpg'), await drawPicture(0, 1));
    await writeFile(join(folder, 'b.jpg'), await drawPicture(0, 2));
    const { stdout } = await run('curl', [
      '-sS',
      '-H',
      `authorization: Bearer ${world.admin.token}`,
      '-F',
      `image=@${join(folder, 'a.jpg')}`,
      '-F',
      `image=@${join(folder, 'b.jpg')}`,
      `${world.url}/projects/${project.id}/images?label=cat`,
    ]);
    expect(JSON.parse(stdout)).toEqual({
      results: [
        { fileName: 'a.jpg', outcome: 'CREATED', imageId: expect.stringMatching(/^Image_/) },
        { fileName: 'b.jpg', outcome: 'CREATED', imageId: expect.stringMatching(/^Image_/) },
      ],
    });
    expect((await imagesOf(project.labels[0]!.id)).sort()).toEqual(['a.jpg', 'b.jpg']);
  });

  test('have a result each: new, known, refused, too large, empty', async () => {
    const known = await drawPicture(5, 1);
    await post(form({ 'first.jpg': known }));
    const response = await post(
      form({
        'again.jpg': known,
        'text.jpg': Buffer.from('no picture'),
        'large.jpg': Buffer.alloc(300_000, 1),
        'empty.jpg': Buffer.alloc(0),
        'Größe 猫.jpg': await drawPicture(1, 3),
        '../../../etc/passwd': await drawPicture(1, 4),
      }),
    );
    expect(response.status).toBe(200);
    const { results } = (await response.json()) as { results: { error?: { refusal: string } }[] };
    expect(results.map((result) => result.error?.refusal ?? (result as { outcome?: string }).outcome)).toEqual([
      'DUPLICATE',
      'NOT_AN_IMAGE',
      'TOO_MANY_BYTES',
      'EMPTY',
      'CREATED',
      'CREATED',
    ]);
    expect(await imagesOf()).toContain('Größe 猫.jpg');
  });

  test('need no name', async () => {
    const picture = await drawPicture(1, 77);
    const head =
      '--x\r\ncontent-disposition: form-data; name="image"\r\ncontent-type: application/octet-stream\r\n\r\n';
    const response = await fetch(`${world.url}/projects/${project.id}/images`, {
      method: 'POST',
      body: new Blob([head, new Uint8Array(picture), '\r\n--x--\r\n']),
      headers: {
        authorization: `Bearer ${world.admin.token}`,
        'content-type': 'multipart/form-data; boundary=x',
      },
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ results: [{ fileName: 'unnamed', outcome: 'CREATED' }] });
  });

  test('come in any number without more than a few waiting', async () => {
    const files: Record<string, Buffer> = {};
    for (let number = 0; number < 60; number++) files[`${number}.jpg`] = await drawPicture(2, 100 + number);
    const response = await post(form(files));
    const { results } = (await response.json()) as { results: { fileName: string; outcome: string }[] };
    expect(results.map(({ fileName, outcome }) => `${fileName} ${outcome}`)).toEqual(
      Object.keys(files).map((name) => `${name} CREATED`),
    );
  });

  test.each<[string, { body?: string }, { path?: string; token?: string | undefined; type?: string }, number]>([
    ['without a token', {}, { token: undefined }, 401],
    ['with a token that is none', {}, { token: 'Basic x' }, 401],
    ['for a project that there is not', {}, { path: 'Project_00000000-0000-7000-8000-000000000000/images' }, 404],
    ['for no project at all', {}, { path: 'nonsense/images' }, 404],
    ['with a label that there is not', {}, { path: 'PROJECT/images?label=dog' }, 404],
    ['with no form', { body: '{}' }, { type: 'application/json' }, 400],
    ['with a form without boundary', { body: 'x' }, { type: 'multipart/form-data' }, 400],
    [
      'with a form that breaks off',
      { body: '--x\r\ncontent-disposition: form-data; name="a"; filename="b"\r\n\r\nabc' },
      { type: 'multipart/form-data; boundary=x' },
      400,
    ],
    ['with an empty form', { body: '--x--\r\n' }, { type: 'multipart/form-data; boundary=x' }, 400],
  ])('%s are refused', async (_what, { body }, options, status) => {
    const path = options.path?.replace('PROJECT', project.id);
    const response = await post(body ?? form({ 'x.jpg': await drawPicture(3, 1) }), {
      ...options,
      ...(path && { path }),
    });
    expect([response.status, Object.keys((await response.json()) as object)]).toEqual([status, ['code', 'message']]);
  });

  test('of others are refused like what does not exist, and viewers may not send', async () => {
    const stranger = await world.user();
    const data = () => form({ 'x.jpg': Buffer.from('x') });
    const foreign = await post(data(), { token: `Bearer ${stranger.token}` });
    expect([foreign.status, ((await foreign.json()) as { code: string }).code]).toEqual([404, 'NOT_FOUND']);
    const viewer = await world.user({ project, role: 'VIEWER' });
    expect((await post(data(), { token: `Bearer ${viewer.token}` })).status).toBe(403);
  });

  test('that break off leave nothing and harm nobody', async () => {
    const before = (await imagesOf()).length;
    const { hostname, port } = new URL(world.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.write(
      `POST /projects/${project.id}/images HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${world.admin.token}\r\n` +
        `content-type: multipart/form-data; boundary=x\r\ncontent-length: 1000\r\n\r\n` +
        `--x\r\ncontent-disposition: form-data; name="a"; filename="b.jpg"\r\n\r\nabc`,
    );
    await new Promise((resolve) => setImmediate(resolve));
    socket.destroy();
    expect((await post(form({ 'after.jpg': await drawPicture(4, 1) }))).status).toBe(200);
    expect((await imagesOf()).length).toBe(before + 1);
  });
});
