import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { userErrorFields } from '#test/api-client.ts';
import { collect, watchOverSse } from '#test/event-streams.ts';
import { World, type TestProject } from '#test/world.ts';

describe('the HTTP server', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.open();
  });
  afterAll(() => world.close());

  /** Sends bytes as they are and gives the first line of the answer. */
  const raw = async (text: string): Promise<string> => {
    const { hostname, port } = new URL(world.url);
    const socket = connect(Number(port), hostname);
    socket.write(text);
    const [data] = await once(socket, 'data');
    socket.destroy();
    return String(data).split('\r\n')[0]!;
  };

  test('says that it is alive and ready', async () => {
    for (const [path, status] of [
      ['/health', 'ok'],
      ['/ready', 'ready'],
    ]) {
      const response = await fetch(world.url + path);
      expect([response.status, await response.json()]).toEqual([200, { status }]);
    }
  });

  test('leads people to GraphiQL', async () => {
    const response = await fetch(world.url, { headers: { accept: 'text/html' } });
    expect(response.url).toBe(`${world.url}/graphql`);
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(await response.text()).toContain('Exemplar');
  });

  test('says 404 as JSON to what it does not have, with an id of the request', async () => {
    for (const [path, method] of [
      ['/nothing', 'GET'],
      ['/health', 'POST'],
      ['/uploads/x', 'GET'],
      ['/uploads/', 'PUT'],
      ['/objects/', 'GET'],
      ['/graphql/more', 'GET'],
      ['/%2e%2e/package.json', 'GET'],
    ] as const) {
      const response = await fetch(world.url + path, { method });
      expect(response.status, `${method} ${path}`).toBe(404);
      expect(await response.json()).toMatchObject({ code: 'NOT_FOUND' });
      expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  test.each(['//', '///', '//[', '/\\', '*', 'http://', '/objects/%', '/%ff', '/?%'])(
    'takes the strange target %j for a mistake of the client',
    async (target) => {
      const line = await raw(`GET ${target} HTTP/1.1\r\nhost: x\r\n\r\n`);
      expect(line).toMatch(/^HTTP\/1\.1 (302|4\d\d) /);
    },
  );

  // Found by fuzzing: Yoga answered with 500 and a stack.
  test.each(['[', 'a b', 'x:y', 'x:99999', '%', 'exemplar:80:80', '<script>'])(
    'takes the strange host %j for a mistake of the client',
    async (host) => {
      const body = '{"query":"}"}';
      const head = `POST /graphql HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
      expect(await raw(`${head}${body}`)).toMatch(/^HTTP\/1\.1 400 /);
    },
  );

  /** Sends the first half of an announced file and waits until the server has it. */
  const sendHalf = async (project: TestProject) => {
    const [upload] = await world.announce(project.id, [{ fileName: 'halved', bytes: Buffer.alloc(1000) }]);
    const { hostname, port, pathname, search } = new URL(upload.uploadUrl);
    const socket = connect(Number(port), hostname);
    socket.write(`PUT ${pathname}${search} HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n${'x'.repeat(500)}`);
    while ((await storedFiles(project)).length === 0);
    return { upload, socket };
  };
  const storedFiles = async (project: TestProject): Promise<string[]> => {
    const folder = join(world.platform.config.objectsDirectory, 'projects', project.id.replace('Project_', ''));
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
  };

  test('takes what callers do wrong for no defect', async () => {
    const logged = vi.spyOn(world.platform.log, 'error');
    const stranger = await world.user();
    await expect(collect(watchOverSse(stranger, 'Training_nonsense'))).rejects.toThrow(
      'Training \\"Training_nonsense\\" was not found.',
    );
    const { body } = await stranger.raw('{ nodes(ids: [' + '"x",'.repeat(101) + ']) { id } }');
    expect(body.errors).toMatchObject([{ extensions: { userErrorCode: 'VALIDATION_FAILED' } }]);
    expect((await stranger.raw('{ nothing }')).body.errors).toHaveLength(1);
    expect(logged).not.toHaveBeenCalled();
    logged.mockRestore();
  });

  // Found by fuzzing: anybody could fill the log with errors.
  test.each(['application/json', 'application/x-www-form-urlencoded', 'text/plain'])(
    'takes a client that leaves in the middle of its %s for no defect',
    async (type) => {
      const logged = vi.spyOn(world.platform.log, 'error');
      const { hostname, port } = new URL(world.url);
      const socket = connect(Number(port), hostname);
      socket.end(`POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: ${type}\r\ncontent-length: 100\r\n\r\nquery=`);
      await once(socket.resume(), 'close');
      expect((await fetch(`${world.url}/health`)).status).toBe(200);
      expect(logged).not.toHaveBeenCalled();
      logged.mockRestore();
    },
  );

  test('keeps nothing of a broken upload, takes it for no defect and serves on', async () => {
    const logged = vi.spyOn(world.platform.log, 'error');
    const project = await world.project();
    const { upload, socket } = await sendHalf(project);
    socket.destroy();
    while ((await storedFiles(project)).length > 0);
    expect((await world.complete([upload.id]))[0].error).toMatchObject({ refusal: 'NOT_RECEIVED' });
    expect((await fetch(upload.uploadUrl, { method: 'PUT', body: Buffer.alloc(1000) })).status).toBe(200);
    expect(logged).not.toHaveBeenCalled();
    logged.mockRestore();
  });

  test('keeps nothing of an upload whose project is deleted while it comes', async () => {
    const project = await world.project();
    const { socket } = await sendHalf(project);
    await world.admin.must(`mutation ($id: ID!) { deleteProject(id: $id) { ${userErrorFields} } }`, { id: project.id });
    socket.write('x'.repeat(500));
    const [data] = await once(socket, 'data');
    expect(String(data)).toMatch(/^HTTP\/1\.1 404 /);
    socket.destroy();
    expect(await storedFiles(project)).toEqual([]);
  });
});

test('without its database the server is alive and not ready, and is ready again when it is back', async () => {
  const world = await World.open();
  const name = new URL(world.platform.databaseUrl).pathname.slice(1);
  const maintenance = postgres(`${inject('clusterUrl')}/postgres`, { max: 1 });
  try {
    await maintenance.unsafe(`alter database ${name} with allow_connections false`);
    await maintenance`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`;
    const [alive, ready] = [await fetch(`${world.url}/health`), await fetch(`${world.url}/ready`)];
    expect(alive.status).toBe(200);
    expect([ready.status, await ready.json()]).toEqual([503, { status: 'unavailable' }]);
    await maintenance.unsafe(`alter database ${name} with allow_connections true`);
    let status = 503;
    while (status === 503) status = (await fetch(`${world.url}/ready`)).status;
    expect(status).toBe(200);
    expect((await world.admin.ask('{ viewer { user { name } } }')).viewer.user.name).toBe('administrator');
  } finally {
    await maintenance.unsafe(`alter database ${name} with allow_connections true`);
    await maintenance.end();
    await world.close();
  }
});

test('told to stop, the server says at /ready that it stops, and serves on until the proxy has noticed', async () => {
  const world = await World.open({ environment: { EXEMPLAR_DRAIN_SECONDS: '1' } });
  let isClosed = false;
  const closed = world.close().then(() => (isClosed = true));
  const ready = await fetch(`${world.url}/ready`);
  expect([ready.status, await ready.json()]).toEqual([503, { status: 'stopping' }]);
  expect(ready.headers.get('connection')).toBe('close');
  expect((await world.admin.ask('{ viewer { user { name } } }')).viewer.user.name).toBe('administrator');
  expect(isClosed).toBe(false);
  await closed;
  await expect(fetch(`${world.url}/ready`)).rejects.toThrow('fetch failed');
});
