import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { setInterval } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import WebSocket from 'ws';
import { World } from '#test/world.ts';

const app = 'https://app.test';

/** Whether a page of an origin gets a WebSocket. */
async function opensWebSocket(world: World, origin: string | undefined): Promise<boolean> {
  const socket = new WebSocket(`${world.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
    ...(origin !== undefined && { origin }),
  });
  const opened = await Promise.race([
    once(socket, 'open').then(() => true),
    once(socket, 'unexpected-response').then(([, { statusCode }]) => {
      expect(statusCode).toBe(403);
      return false;
    }),
  ]);
  socket.on('error', () => {}).terminate();
  return opened;
}

const paths = ['/graphql', '/uploads/x', '/objects/x', '/health', '/projects/x/images'];

/** What a browser reads before it lets a page of the origin read an answer, preflight first. */
const corsOf = (world: World, path: string, origin: string) =>
  Promise.all(
    ['OPTIONS', 'GET'].map(async (method) => {
      const preflight = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' };
      const response = await fetch(world.url + path, { method, headers: { origin, ...preflight } });
      await response.bytes();
      return response.headers;
    }),
  );

describe('pages of other origins', () => {
  describe('unless they are allowed', () => {
    let world: World;
    beforeAll(async () => {
      world = await World.open();
    });
    afterAll(() => world.close());

    test.each(paths)('can use %s from nowhere', async (path) => {
      for (const headers of await corsOf(world, path, app))
        expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
    });

    test('cannot open a WebSocket; pages of this server and programs can', async () => {
      expect(await opensWebSocket(world, app)).toBe(false);
      expect(await opensWebSocket(world, 'null')).toBe(false);
      expect(await opensWebSocket(world, world.url)).toBe(true);
      expect(await opensWebSocket(world, undefined)).toBe(true);
    });
  });

  test('that are listed can, others cannot', async () => {
    const world = await World.open({ environment: { EXEMPLAR_CORS_ORIGINS: `${app}, http://localhost:3000` } });
    try {
      for (const path of paths) {
        const [preflight, answer] = await corsOf(world, path, app);
        for (const headers of [preflight!, answer!]) {
          expect(headers.get('access-control-allow-origin')).toBe(app);
          expect(headers.get('access-control-allow-credentials')).toBeNull();
          expect(headers.get('vary')).toContain('Origin');
        }
        expect(preflight!.get('access-control-allow-headers')).toBe(
          'authorization, content-type, if-none-match, if-range, prediction-key, range, x-auth-token, x-exemplar-store',
        );
        expect(preflight!.get('access-control-allow-methods')).toBe('GET, HEAD, POST, PUT');
        expect(answer!.get('access-control-expose-headers')).toContain('x-request-id');
      }
      for (const other of ['https://app.test.evil', 'http://app.test', `${app}:444`, 'null'])
        for (const headers of await corsOf(world, '/graphql', other)) {
          expect(headers.has('access-control-allow-origin'), other).toBe(false);
          // A cache must not give one page what another was told.
          expect(headers.get('vary')).toContain('Origin');
        }
      expect(await opensWebSocket(world, app)).toBe(true);
      expect(await opensWebSocket(world, 'http://app.test')).toBe(false);
    } finally {
      await world.close();
    }
  });

  test('can all where all are allowed', async () => {
    const world = await World.open({ environment: { EXEMPLAR_CORS_ORIGINS: '*' } });
    try {
      for (const headers of await corsOf(world, '/graphql', app))
        expect([headers.get('access-control-allow-origin'), headers.get('access-control-allow-credentials')]).toEqual([
          '*',
          null,
        ]);
      expect(await opensWebSocket(world, app)).toBe(true);
    } finally {
      await world.close();
    }
  });
});

describe('headers of every answer', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.open();
  });
  afterAll(() => world.close());

  test('keep browsers from guessing, running, framing and telling where they were', async () => {
    const requests: [string, RequestInit][] = [
      [
        '/graphql',
        { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"query":"{__typename}"}' },
      ],
      ['/graphql', { method: 'POST', body: 'x' }],
      ['/graphql', { headers: { accept: 'text/html' } }],
      ['/uploads/x', { method: 'PUT', body: 'x' }],
      ['/objects/x', {}],
      ['/health', {}],
      ['/ready', {}],
      ['/', { redirect: 'manual' }],
      ['/nothing', {}],
      ['/graphql', { method: 'OPTIONS' }],
    ];
    for (const [path, init] of requests) {
      const response = await fetch(world.url + path, init);
      await response.bytes();
      expect(Object.fromEntries(response.headers), `${init.method ?? 'GET'} ${path}`).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'content-security-policy': expect.stringMatching(/default-src 'none'.*frame-ancestors 'none'/),
      });
    }
  });

  test('come with event streams too, which no other page may read', async () => {
    const project = await world.project({ labels: ['cat', 'dog'], images: 5 });
    const { id } = await world.startTraining(project.id);
    const abort = new AbortController();
    const response = await fetch(`${world.url}/graphql`, {
      method: 'POST',
      signal: abort.signal,
      headers: {
        accept: 'text/event-stream',
        'content-type': 'application/json',
        authorization: `Bearer ${world.admin.token}`,
        origin: app,
      },
      body: JSON.stringify({ query: `subscription { trainingEvents(trainingId: "${id}") { sequence } }` }),
    });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.has('access-control-allow-origin')).toBe(false);
    abort.abort();
  });

  test('let GraphiQL run its own script and no other', async () => {
    const response = await fetch(`${world.url}/graphql`, { headers: { accept: 'text/html' } });
    const html = await response.text();
    const policy = response.headers.get('content-security-policy')!;
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    const [, ...scripts] = html.split(/<script\b[^>]*>/);
    const own = scripts.join('<script>');
    const digest = createHash('sha256')
      .update(own.slice(0, own.lastIndexOf('</script>')))
      .digest('base64');
    expect(policy).toContain(`script-src 'sha256-${digest}';`);
    expect(policy).toContain("connect-src 'self'");
    // All else that the page needs is in it.
    expect(html).not.toMatch(/<(script|link|img|iframe)\b[^>]*(src|href)="https?:/);
  });
});

describe('a client that sends too slowly', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.open({ environment: { EXEMPLAR_REQUEST_SECONDS: '1' } });
  });
  afterAll(() => world.close());

  /** Sends a beginning and gives all that the server says until it hangs up. */
  const begin = async (text: string): Promise<string> => {
    const { hostname, port } = new URL(world.url);
    const socket = connect(Number(port), hostname).on('error', () => {});
    let answer = '';
    socket.on('data', (data) => (answer += String(data)));
    socket.write(text);
    await once(socket, 'close');
    return answer;
  };

  test('of headers is given up', async () => {
    expect(await begin('POST /graphql HTTP/1.1\r\nhost: x\r\n')).toMatch(/^HTTP\/1\.1 408 /);
  });

  test.each(['/graphql', '/nothing'])('of the body of a request to %s is given up, and is no defect', async (path) => {
    const logged = vi.spyOn(world.platform.log, 'error');
    const head = `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n`;
    const answer = await begin(`${head}{"query":`);
    expect(answer).toMatch(path === '/graphql' ? /^HTTP\/1\.1 408 .*did not come within 1 s/s : /^HTTP\/1\.1 404 /);
    // Whatever was still to be done for it is done when the next one is answered.
    await world.admin.ask('{ __typename }');
    expect(logged).not.toHaveBeenCalled();
    logged.mockRestore();
  });

  test('of an upload is given up when nothing comes any more, and keeps nothing', async () => {
    const project = await world.project();
    const [upload] = await world.announce(project.id, [{ fileName: 'slow', bytes: Buffer.alloc(1000) }]);
    const { pathname, search } = new URL(upload.uploadUrl);
    const head = `PUT ${pathname}${search} HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n`;
    expect(await begin(`${head}xxx`)).toMatch(/^HTTP\/1\.1 408 /);
    const { objectsDirectory } = world.platform.config;
    while ((await readdir(objectsDirectory, { recursive: true })).some((name) => name.endsWith('.part')));
    expect((await world.complete([upload.id]))[0].error).toMatchObject({ refusal: 'NOT_RECEIVED' });
  });

  test('of an upload that moves is not given up', async () => {
    const project = await world.project();
    const [chunks, chunkBytes] = [25, 1000];
    const bytes = Buffer.alloc(chunks * chunkBytes);
    const [upload] = await world.announce(project.id, [{ fileName: 'steady', bytes }]);
    const pace = async function* () {
      let sent = 0;
      for await (const _tick of setInterval(100)) {
        yield new Uint8Array(chunkBytes);
        if (++sent === chunks) return;
      }
    };
    const { hostname, port, pathname, search } = new URL(upload.uploadUrl);
    const socket = connect(Number(port), hostname);
    socket.write(`PUT ${pathname}${search} HTTP/1.1\r\nhost: x\r\ncontent-length: ${bytes.byteLength}\r\n\r\n`);
    const answered = once(socket, 'data');
    for await (const chunk of pace()) socket.write(chunk);
    expect(String((await answered)[0])).toMatch(/^HTTP\/1\.1 200 /);
    socket.destroy();
  });
});
