import { createHook } from 'node:async_hooks';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import type { ApiClient } from '#test/api-client.ts';
import { collect, watchOverSse, watchOverWebSocket } from '#test/event-streams.ts';
import { TrainingWriter } from '#test/training-writer.ts';
import { World, type TestProject } from '#test/world.ts';

const query = `subscription ($id: ID!) { trainingEvents(trainingId: $id) { sequence ... on TrainingLogLine { message } } }`;

setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc') as () => void;
/** Memory outside of the heap that is held; buffers are freed a turn or two after the garbage collection that found them unused. */
async function heldBytes(): Promise<number> {
  for (let turn = 0; turn < 3; turn++) {
    gc();
    await new Promise((resolve) => setImmediate(resolve));
  }
  return process.memoryUsage().external;
}

/** A watcher whose socket can be left unread. */
interface RawWatcher {
  readonly seen: number[];
  readonly socket: Socket;
  /** Settles when the stream is complete. */
  readonly completed: Promise<unknown>;
  close(): void;
}

describe('streams', () => {
  let world: World;
  let project: TestProject;
  let id: string;
  let writer: TrainingWriter;
  beforeAll(async () => {
    world = await World.open({ environment: { EXEMPLAR_ACCESS_CHECK_SECONDS: '1' } });
    project = await world.project({ labels: ['cat', 'dog'], images: 5 });
  });
  beforeEach(async () => {
    ({ id } = await world.startTraining(project.id));
    writer = await TrainingWriter.claim(world.platform, id);
  });
  afterAll(() => world.close());

  const overWebSocket = async (client: ApiClient = world.admin): Promise<RawWatcher & { webSocket: WebSocket }> => {
    const webSocket = new WebSocket(`${client.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    const seen: number[] = [];
    const completed = new Promise((resolve) =>
      webSocket.on('message', (data: Buffer) => {
        const { type, payload } = JSON.parse(data.toString());
        if (type === 'connection_ack')
          webSocket.send(JSON.stringify({ id: 's', type: 'subscribe', payload: { query, variables: { id } } }));
        if (type === 'next') seen.push(payload.data.trainingEvents.sequence);
        if (type === 'complete') resolve(undefined);
      }),
    );
    const upgraded = once(webSocket, 'upgrade');
    await once(webSocket, 'open');
    webSocket.send(JSON.stringify({ type: 'connection_init', payload: { token: client.token } }));
    const [{ socket }] = (await upgraded) as [IncomingMessage];
    return { seen, socket, completed, close: () => webSocket.terminate(), webSocket };
  };

  const overSse = async (client: ApiClient = world.admin): Promise<RawWatcher> => {
    const body = JSON.stringify({ query, variables: { id } });
    const headers = {
      accept: 'text/event-stream',
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      authorization: `Bearer ${client.token}`,
    };
    const sent = request(`${client.url}/graphql`, { method: 'POST', headers, agent: false });
    sent.end(body);
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    const seen: number[] = [];
    let text = '';
    const completed = new Promise((resolve) =>
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
        for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
          const frame = text.slice(0, end);
          text = text.slice(end + 2);
          const data = /^event: next\ndata: (.+)$/.exec(frame)?.[1];
          if (data) seen.push(JSON.parse(data).data.trainingEvents.sequence);
          if (frame.startsWith('event: complete')) resolve(undefined);
        }
      }),
    );
    return { seen, socket: response.socket, completed, close: () => sent.destroy() };
  };

  const until = async (holds: () => boolean) => {
    while (!holds()) await new Promise((resolve) => setImmediate(resolve));
  };

  test.each([
    ['WebSocket', overWebSocket],
    ['server-sent events', overSse],
  ])(
    'over %s wait for a reader who has stopped, in bounded memory, and let the others go ahead',
    async (_name, open) => {
      const quick = await open();
      const slow = await open();
      await until(() => quick.seen.length === 2 && slow.seen.length === 2);
      slow.socket.pause();
      const before = await heldBytes();
      // 40 MB for each of them: more than the kernel and we are ready to hold for one.
      for (let round = 0; round < 40; round++) await writer.lines(50, 20_000);
      await until(() => quick.seen.length === 2002);
      expect(slow.seen.length).toBeLessThan(1500);
      // Both ends live in this process: the quick one's 40 MB have passed, the slow one's lie in the table. Buffers count as external.
      expect((await heldBytes()) - before).toBeLessThan(2_000_000);
      slow.socket.resume();
      await writer.end();
      await Promise.all([quick.completed, slow.completed]);
      const all = Array.from({ length: 2003 }, (_, index) => index + 1);
      expect(quick.seen).toEqual(all);
      expect(slow.seen).toEqual(all);
      quick.close();
      slow.close();
    },
    60_000,
  );

  test.each([
    ['WebSocket', overWebSocket],
    ['server-sent events', overSse],
  ])('over %s have no timer each while they wait', async (_name, open) => {
    const timers = new Set<number>();
    const hook = createHook({
      init: (timer, type) => void (type === 'Timeout' && timers.add(timer)),
      destroy: (timer) => void timers.delete(timer),
    }).enable();
    const watchers = await Promise.all(Array.from({ length: 60 }, () => open()));
    await until(() => watchers.every(({ seen }) => seen.length === 2));
    // The one for `connection_init` has its time of 3 seconds; what remains is of the process, some twenty, however many watch.
    await until(() => timers.size < watchers.length);
    await writer.lines(1);
    await until(() => watchers.every(({ seen }) => seen.length === 3));
    // Some of those 3 seconds may still be running, and the process begins timers of its own.
    await expect.poll(() => timers.size, { timeout: 10_000 }).toBeLessThan(watchers.length);
    for (const watcher of watchers) watcher.close();
    hook.disable();
  });

  test('close the WebSocket with 4403 and the reason when its token is revoked', async () => {
    const someone = await world.user({ project, role: 'VIEWER' });
    const { seen, webSocket } = await overWebSocket(someone);
    await until(() => seen.length === 2);
    const closed = once(webSocket, 'close');
    await world.platform.db.execute(
      sql`update access_token set revoked_at = now() where user_id = ${someone.userId.replace('User_', '')}`,
    );
    const [code, reason] = (await closed) as [number, Buffer];
    expect([code, reason.toString()]).toEqual([4403, 'The access token has expired or was revoked.']);
  });

  test('end when the token expires, to the moment', async () => {
    const someone = await world.user({ project, role: 'VIEWER' });
    await world.platform.db.execute(
      sql`update access_token set expires_at = now() + interval '1 second' where user_id = ${someone.userId.replace('User_', '')}`,
    );
    const startedAt = Date.now();
    await expect(collect(watchOverSse(someone, id))).rejects.toThrow(/UNAUTHENTICATED/);
    expect(Date.now() - startedAt).toBeGreaterThan(500);
  });

  test('end as if there were nothing when the role is taken away, and leave the socket open', async () => {
    const someone = await world.user({ project, role: 'VIEWER' });
    const { seen, webSocket } = await overWebSocket(someone);
    await until(() => seen.length === 2);
    const message = once(webSocket, 'message');
    await world.platform.db.execute(
      sql`delete from project_member where user_id = ${someone.userId.replace('User_', '')}`,
    );
    const [data] = (await message) as [Buffer];
    expect(JSON.parse(data.toString())).toMatchObject({
      id: 's',
      type: 'error',
      payload: [{ extensions: { userErrorCode: 'NOT_FOUND' } }],
    });
    expect(webSocket.readyState).toBe(WebSocket.OPEN);
    webSocket.terminate();
  });

  test('give the same over both transports and by polling', async () => {
    await writer.lines(130);
    await writer.end();
    const bySocket = await collect(watchOverWebSocket(world.admin, id));
    const bySse = await collect(watchOverSse(world.admin, id));
    expect(bySse).toEqual(bySocket);
    const polled: { sequence: number }[] = [];
    for (let after = null, more = true; more;) {
      const { training } = await world.admin.ask(
        `query ($id: ID!, $after: String) { training(id: $id) { lastSequence events(first: 50, after: $after) {
          edges { cursor } nodes { __typename sequence ... on TrainingLogLine { level message } } pageInfo { hasNextPage endCursor } } } }`,
        { id, after },
      );
      const { nodes, edges, pageInfo } = training.events;
      expect(edges.map(({ cursor }: { cursor: string }) => Number(cursor))).toEqual(
        nodes.map((node: { sequence: number }) => node.sequence),
      );
      polled.push(...nodes);
      ({ hasNextPage: more, endCursor: after } = pageInfo);
    }
    expect(polled.map(({ sequence }) => sequence)).toEqual(bySocket.map(({ sequence }) => sequence));
    expect(polled).toHaveLength(133);
    for (const after of ['x', '-1', '1.5', '99999999999'])
      expect(
        (
          await world.admin.raw(
            'query ($id: ID!, $after: String) { training(id: $id) { events(after: $after) { nodes { sequence } } } }',
            { id, after },
          )
        ).body.errors,
      ).toMatchObject([{ extensions: { userErrorCode: 'VALIDATION_FAILED' } }]);
  });

  test('go on when the database was away for a moment', async () => {
    const watcher = await overWebSocket();
    await until(() => watcher.seen.length === 2);
    // Every connection of the pools and the one that listens.
    await world.platform.db
      .execute(
        sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
      )
      .catch(() => {});
    // Each connection of the pool finds out by itself.
    const stubbornly = (write: () => Promise<void>): Promise<void> => write().catch(() => stubbornly(write));
    await stubbornly(() => writer.lines(3));
    await stubbornly(() => writer.end());
    await watcher.completed;
    expect(watcher.seen).toEqual(watcher.seen.map((_, index) => index + 1));
    expect(watcher.seen.length).toBeGreaterThanOrEqual(6);
    watcher.close();
  });
});
