import { once } from 'node:events';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import WebSocket from 'ws';
import { ApiClient, userErrorFields } from '#test/api-client.ts';
import { executeOverWebSocket } from '#test/event-streams.ts';
import { World, type TestProject } from '#test/world.ts';

interface Message {
  readonly type: string;
  readonly id?: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- the shape is what the test's own document selects
  readonly payload?: any;
}

/** The bare protocol (graphql-transport-ws), one message at a time. */
class Socket {
  readonly #socket: WebSocket;
  readonly #received: Message[] = [];
  #wake: () => void = () => {};
  readonly closed: Promise<number>;

  constructor(url: string) {
    this.#socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    this.#socket.on('message', (data: Buffer) => {
      this.#received.push(JSON.parse(data.toString()) as Message);
      this.#wake();
    });
    this.closed = once(this.#socket, 'close').then(([code]) => code as number);
  }

  async send(message: object | string): Promise<void> {
    if (this.#socket.readyState === WebSocket.CONNECTING) await once(this.#socket, 'open');
    this.#socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  /** The next message that is no ping. */
  async next(): Promise<Message> {
    for (;;) {
      const message = this.#received.shift();
      if (message && message.type !== 'ping') return message;
      if (!message) await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  async init(token: string | undefined): Promise<this> {
    await this.send({ type: 'connection_init', payload: { token } });
    const { type } = await this.next();
    if (type !== 'connection_ack') throw new Error(`answered with ${type}`);
    return this;
  }

  subscribe(id: string, query: string, variables: object = {}): Promise<void> {
    return this.send({ type: 'subscribe', id, payload: { query, variables } });
  }

  end(): void {
    this.#socket.terminate();
  }
}

const events = 'subscription ($id: ID!) { trainingEvents(trainingId: $id) { sequence __typename } }';

describe('a WebSocket', () => {
  let world: World;
  let project: TestProject;
  let sockets: Socket[] = [];
  beforeAll(async () => {
    world = await World.open();
    project = await world.project({ labels: ['cat', 'dog'], images: 5 });
  });
  afterEach(() => {
    for (const socket of sockets) socket.end();
    sockets = [];
  });
  afterAll(() => world.close());

  const open = (): Socket => {
    const socket = new Socket(world.url);
    sockets.push(socket);
    return socket;
  };

  test('answers queries and mutations as HTTP does', async () => {
    expect(await executeOverWebSocket(world.admin, '{ viewer { user { name isAdministrator } } }')).toEqual({
      data: { viewer: { user: { name: 'administrator', isAdministrator: true } } },
    });
    const { data } = await executeOverWebSocket(
      world.admin,
      `mutation { createProject(input: { name: "1" }) { ${userErrorFields} } }`,
    );
    expect(data.createProject).toMatchObject({ __typename: 'ValidationError', code: 'VALIDATION_FAILED' });
  });

  test('without a token may ask what needs none', async () => {
    const nobody = new ApiClient(world.url, undefined);
    expect(await executeOverWebSocket(nobody, '{ viewer { user { name } } }')).toEqual({ data: { viewer: null } });
    const { data, errors } = await executeOverWebSocket(nobody, '{ projects { nodes { id } } }');
    expect(data ?? null).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });

  test('closes with 4401 when it is used before it was acknowledged', async () => {
    const socket = open();
    await socket.subscribe('1', '{ __typename }');
    expect(await socket.closed).toBe(4401);
  });

  test('closes with 4429 on a second initialisation and with 4409 on an id in use', async () => {
    const twice = await open().init(world.admin.token);
    await twice.send({ type: 'connection_init' });
    expect(await twice.closed).toBe(4429);
    const { id } = await world.startTraining(project.id);
    const same = await open().init(world.admin.token);
    await same.subscribe('1', events, { id });
    await same.subscribe('1', events, { id });
    expect(await same.closed).toBe(4409);
  });

  test('closes with 4400 on what is no message and with 1009 on more than 1 MiB', async () => {
    const inText = JSON.stringify('{"type":"ping"}');
    for (const message of ['nonsense', '{"type":"unknown"}', '[]', 'null', inText, '{"type":"subscribe"}']) {
      const socket = await open().init(world.admin.token);
      await socket.send(message);
      expect(await socket.closed, message).toBe(4400);
    }
    const large = await open().init(world.admin.token);
    await large.send('x'.repeat(1024 * 1024 + 1));
    expect(await large.closed).toBe(1009);
    // The server goes on serving everybody else.
    expect((await executeOverWebSocket(world.admin, '{ __typename }')).data).toEqual({ __typename: 'Query' });
  });

  test('that breaks the protocol is a line of the log, not of the console', async () => {
    const toConsole = vi.spyOn(console, 'error');
    const broken = await open().init(world.admin.token);
    await broken.send('x'.repeat(1024 * 1024 + 1));
    expect(await broken.closed).toBe(1009);
    expect(toConsole).not.toHaveBeenCalled();
    toConsole.mockRestore();
  });

  test('has at most 20 operations at a time', async () => {
    const { id } = await world.startTraining(project.id);
    const socket = await open().init(world.admin.token);
    for (let number = 1; number <= 20; number++) {
      await socket.subscribe(`s${number}`, events, { id });
      expect(await socket.next()).toMatchObject({
        type: 'next',
        id: `s${number}`,
        payload: { data: { trainingEvents: { sequence: 1 } } },
      });
    }
    await socket.subscribe('one more', events, { id });
    expect(await socket.next()).toMatchObject({
      type: 'error',
      id: 'one more',
      payload: [{ message: expect.stringContaining('20') }],
    });
    await socket.send({ type: 'complete', id: 's1' });
    await socket.subscribe('instead', events, { id });
    expect(await socket.next()).toMatchObject({ type: 'next', id: 'instead' });
  });

  test('refuses operations from the moment its token is revoked', async () => {
    const someone = await world.user({ project });
    const socket = await open().init(someone.token);
    await socket.subscribe('1', '{ viewer { user { id } } }');
    expect(await socket.next()).toMatchObject({
      type: 'next',
      payload: { data: { viewer: { user: { id: someone.userId } } } },
    });
    expect(await socket.next()).toMatchObject({ type: 'complete', id: '1' });
    await world.platform.db.execute(
      sql`update access_token set revoked_at = now() where user_id = ${someone.userId.replace('User_', '')}`,
    );
    await socket.subscribe('2', '{ viewer { user { id } } }');
    expect(await socket.next()).toMatchObject({
      type: 'error',
      id: '2',
      payload: [{ message: 'The access token was revoked.', extensions: { code: 'UNAUTHENTICATED' } }],
    });
  });

  test('ends the operation, not itself, when a stream is not for the viewer', async () => {
    const { id } = await world.startTraining(project.id);
    const socket = await open().init((await world.user()).token);
    const unknown = 'Training_00000000-0000-7000-8000-000000000000';
    for (const [operation, training] of [
      ['foreign', id],
      ['unknown', unknown],
      ['malformed', 'x'],
    ] as const) {
      await socket.subscribe(operation, events, { id: training });
      const answer = await socket.next();
      expect(answer.id).toBe(operation);
      expect(JSON.stringify(answer.payload)).toContain('"userErrorCode":"NOT_FOUND"');
      if (answer.type === 'next') expect(await socket.next()).toEqual({ type: 'complete', id: operation });
    }
    await socket.subscribe('after', '{ __typename }');
    expect(await socket.next()).toMatchObject({ type: 'next', id: 'after' });
  });

  test('says what is wrong with a document', async () => {
    const socket = await open().init(world.admin.token);
    for (const query of [
      '{',
      '{ unknownField }',
      'query ($id: ID!) { project(id: $id) { id } }',
      'query A { __typename } query B { __typename }',
    ]) {
      await socket.subscribe(query, query);
      const answer = await socket.next();
      expect(answer.id).toBe(query);
      const errors = answer.type === 'error' ? answer.payload : answer.payload.errors;
      expect(errors[0].message).toEqual(expect.any(String));
      expect(JSON.stringify(errors)).not.toContain('INTERNAL_SERVER_ERROR');
      if (answer.type === 'next') expect(await socket.next()).toEqual({ type: 'complete', id: query });
    }
  });

  test('is pinged every 12 seconds, and ended when it has not answered by the next time', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      const [answering, silent] = [true, false].map(
        (autoPong) => new WebSocket(`${world.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { autoPong }),
      ) as [WebSocket, WebSocket];
      await Promise.all([once(answering, 'open'), once(silent, 'open')]);
      const pinged = Promise.all([once(answering, 'ping'), once(silent, 'ping')]);
      vi.advanceTimersByTime(12_000);
      await pinged;
      const again = once(answering, 'ping');
      const ended = once(silent, 'close');
      // Its answer is here before the next turn of the clock.
      await executeOverWebSocket(world.admin, '{ __typename }');
      vi.advanceTimersByTime(12_000);
      const [code] = (await ended) as [number];
      expect(code).toBe(1006);
      await again;
      expect(answering.readyState).toBe(WebSocket.OPEN);
      answering.terminate();
    } finally {
      vi.useRealTimers();
    }
  });
});
