import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { ApiClient } from '#test/api-client.ts';
import { executeOverWebSocket, watchOverSse } from '#test/event-streams.ts';
import { readSeries } from '#test/metrics.ts';
import { freePort } from '#test/free-port.ts';
import { World } from '#test/world.ts';

const token = 'metrics-token-for-tests';

describe('metrics of a server', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.open({ worker: 'nobody' });
  });
  afterAll(() => world.close());

  const series = async () => readSeries(await (await fetch(`${world.url}/metrics`)).text());
  const until = async (holds: (all: Map<string, number>) => boolean) => {
    for (;;) {
      const all = await series();
      if (holds(all)) return all;
    }
  };

  test('are in the text format of Prometheus', async () => {
    const response = await fetch(`${world.url}/metrics`);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const text = await response.text();
    expect(text).toMatch(/^# TYPE exemplar_http_request_duration_seconds histogram$/m);
    expect(text).toMatch(/^nodejs_eventloop_lag_seconds \S+$/m);
  });

  test('count requests by method, route and status, never by what is particular to one', async () => {
    const project = await world.project();
    for (const [method, path] of [
      ['GET', `/objects/projects/${project.id}/secret?signature=x`],
      ['PUT', '/uploads/some-id?signature=x'],
      ['POST', `/projects/${project.id}/images`],
      ['GET', '/wp-admin/setup.php'],
      ['PROPFIND', '/health'],
    ] as const)
      await (await fetch(world.url + path, { method })).bytes();
    const count = (method: string, route: string, status: number) =>
      `exemplar_http_request_duration_seconds_count{method="${method}",route="${route}",status="${status}"}`;
    const all = await until((all) => all.has(count('other', '/health', 404)));
    expect(all.get(count('GET', '/objects/:key', 403))).toBe(1);
    expect(all.get(count('PUT', '/uploads/:id', 403))).toBe(1);
    expect(all.get(count('POST', '/projects/:id/images', 401))).toBe(1);
    expect(all.get(count('GET', 'other', 404))).toBe(1);
    expect(all.get(count('POST', '/graphql', 200))).toBeGreaterThan(0);
    expect([...all.keys()].filter((name) => /secret|some-id|wp-admin|signature/.test(name))).toEqual([]);
  });

  test('count a client that leaves before its answer', async () => {
    const { hostname, port } = new URL(world.url);
    const socket = connect(Number(port), hostname);
    socket.write('POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{');
    await once(socket, 'connect');
    socket.end();
    const name = 'exemplar_http_request_duration_seconds_count{method="POST",route="/graphql",status="aborted"}';
    expect((await until((all) => all.has(name))).get(name)).toBe(1);
  });

  test('count operations by name and outcome, over HTTP and WebSocket', async () => {
    await world.admin.ask('query Mine { viewer { user { name } } }');
    await executeOverWebSocket(world.admin, 'query Mine { viewer { user { name } } }');
    await world.admin.raw('query Failing { nodes(ids: [' + '"x",'.repeat(101) + ']) { id } }');
    await world.admin.raw('query Invalid { nothing }');
    await world.admin.raw('query {');
    await world.admin.raw('query {');
    const all = await series();
    const count = (type: string, operation: string, outcome: string) =>
      all.get(
        `exemplar_graphql_operation_duration_seconds_count{type="${type}",operation="${operation}",outcome="${outcome}"}`,
      );
    expect(count('query', 'Mine', 'ok')).toBe(2);
    expect(count('query', 'Failing', 'error')).toBe(1);
    expect(count('mutation', 'anonymous', 'ok')).toBeGreaterThan(0);
    expect(all.get('exemplar_graphql_refused_total{phase="validate"}')).toBe(1);
    expect(all.get('exemplar_graphql_refused_total{phase="parse"}')).toBe(2);
  });

  test('have at most 100 names of operations, and none of strangers', async () => {
    const stranger = new ApiClient(world.url, undefined);
    await stranger.ask('query Stranger { __typename }');
    await world.admin.ask(`query ${'L'.repeat(65)} { __typename }`);
    for (let number = 0; number < 120; number++) await world.admin.ask(`query Q${number} { __typename }`);
    const names = new Set(
      [...(await series()).keys()].flatMap((name) => /_count\{type="\w+",operation="(\w+)"/.exec(name)?.[1] ?? []),
    );
    expect(names).toContain('other');
    expect(names).toContain('Q50');
    expect(names).not.toContain('Stranger');
    expect(names).not.toContain('L'.repeat(65));
    expect(names.size).toBe(100 + ['other', 'anonymous'].length);
  });

  test('show who watches, how late events are, what waits for a worker, the store and the database', async () => {
    const project = await world.project({ labels: ['cat', 'dog'], images: 5 });
    const { id } = await world.startTraining(project.id);
    const watching = watchOverSse(world.admin, id);
    const seen = [(await watching.next()).value];
    const follows = 'exemplar_stream_logs{log="training_event"}';
    let all = await until((all) => all.get('exemplar_stream_watchers') === 1 && all.get(follows) === 1);
    expect(all.get('exemplar_queue_jobs{queue="training-cpu",state="waiting"}')).toBe(1);
    expect(all.get('exemplar_queue_jobs{queue="training-cpu",state="active"}')).toBe(0);
    expect(all.get('exemplar_trainings{state="QUEUED"}')).toBe(1);
    expect(all.get('exemplar_workers{flavor="cpu"}')).toBe(0);
    expect(all.get('exemplar_object_store_duration_seconds_count{operation="putMany",outcome="ok"}')).toBeGreaterThan(
      0,
    );
    expect(all.get('exemplar_database_pool_size')).toBe(6);
    const connections = [...all].filter(([name]) =>
      name.startsWith('exemplar_database_connections{application="exemplar"'),
    );
    expect(connections.reduce((sum, [, value]) => sum + value, 0)).toBeGreaterThan(0);
    // What was stored before somebody came is not late.
    expect(all.has('exemplar_stream_lag_seconds_count{log="training_event"}')).toBe(false);

    await world.admin.must('mutation ($id: ID!) { cancelTraining(id: $id) { __typename } }', { id });
    for await (const event of watching) seen.push(event);
    expect(seen.at(-1)).toMatchObject({ state: 'CANCELLED' });
    all = await until((all) => all.get('exemplar_stream_watchers') === 0);
    expect(all.get('exemplar_stream_lag_seconds_count{log="training_event"}')).toBeGreaterThan(0);
    expect(all.get('exemplar_trainings{state="QUEUED"}')).toBeUndefined();
    expect(all.get('exemplar_trainings{state="CANCELLED"}')).toBe(1);
  });

  test('are for this machine only, and not through a proxy', async () => {
    expect((await fetch(`${world.url}/metrics`)).status).toBe(200);
    for (const name of ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip']) {
      const refused = await fetch(`${world.url}/metrics`, { headers: { [name]: '127.0.0.1' } });
      expect([refused.status, await refused.json()]).toEqual([
        403,
        { code: 'FORBIDDEN', message: expect.stringContaining('EXEMPLAR_METRICS_TOKEN') },
      ]);
    }
  });
});

test('metrics of a server whose database is away are those of the server', async () => {
  const world = await World.open();
  const name = new URL(world.platform.databaseUrl).pathname.slice(1);
  const maintenance = postgres(`${inject('clusterUrl')}/postgres`, { max: 1 });
  const read = async () => readSeries(await (await fetch(`${world.url}/metrics`)).text());
  try {
    expect((await read()).get('exemplar_metrics_lookups_failed_total')).toBe(0);
    await maintenance.unsafe(`alter database ${name} with allow_connections false`);
    await maintenance`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`;
    const away = await read();
    expect([...away.keys()].filter((series) => series.startsWith('exemplar_queue_jobs'))).toEqual([]);
    expect(away.get('exemplar_stream_watchers')).toBe(0);
    // Counted while it was answered.
    expect((await read()).get('exemplar_metrics_lookups_failed_total')).toBeGreaterThan(0);
    await maintenance.unsafe(`alter database ${name} with allow_connections true`);
    while (!(await read()).has('exemplar_queue_jobs{queue="transfers",state="waiting"}'));
  } finally {
    await maintenance.unsafe(`alter database ${name} with allow_connections true`);
    await maintenance.end();
    await world.close();
  }
});

test('metrics with a token are for those who send it, wherever they are', async () => {
  const world = await World.open({ environment: { EXEMPLAR_METRICS_TOKEN: token } });
  try {
    const ask = async (headers: Record<string, string>) => (await fetch(`${world.url}/metrics`, { headers })).status;
    expect(await ask({})).toBe(403);
    expect(await ask({ authorization: `Bearer ${token}x` })).toBe(403);
    expect(await ask({ authorization: `Bearer ${world.admin.token}` })).toBe(403);
    expect(await ask({ authorization: `Bearer ${token}`, 'x-forwarded-for': '192.0.2.1' })).toBe(200);
  } finally {
    await world.close();
  }
});

test('a worker serves its own where it is told to, and servers know that it lives', { timeout: 60_000 }, async () => {
  const port = await freePort();
  const environment = { EXEMPLAR_WORKER_METRICS_PORT: String(port), EXEMPLAR_METRICS_TOKEN: token };
  const world = await World.open({ worker: true, environment });
  const read = async (url: string) =>
    readSeries(await (await fetch(url, { headers: { authorization: `Bearer ${token}` } })).text());
  try {
    expect((await fetch(`http://127.0.0.1:${port}/metrics`)).status).toBe(403);
    expect((await fetch(`http://127.0.0.1:${port}/graphql`)).status).toBe(404);
    expect((await read(`http://127.0.0.1:${port}/metrics`)).get('exemplar_worker_trainings_running')).toBe(0);
    // Its heartbeat says so.
    while ((await read(`${world.url}/metrics`)).get('exemplar_workers{flavor="cpu"}') !== 1) await setTimeout(250);
  } finally {
    await world.close();
  }
  await expect(fetch(`http://127.0.0.1:${port}/metrics`)).rejects.toThrow('fetch failed');
});
