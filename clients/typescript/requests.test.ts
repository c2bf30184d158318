import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { World } from '../../test/world.ts';
import {
  ConnectionError,
  createExemplar,
  ExemplarError,
  orThrow,
  RequestError,
  UnauthenticatedError,
  type Exemplar,
  type ExemplarOptions,
} from './index.ts';
import { FlakyProxy } from '../../test/flaky-proxy.ts';

const retry = { attempts: 4, minimumDelay: 1, maximumDelay: 5 };

describe('a request', () => {
  let world: World;
  let proxy: FlakyProxy;
  beforeAll(async () => {
    world = await World.open();
    proxy = await FlakyProxy.open(world.url);
  });
  afterAll(async () => {
    await proxy.close();
    await world.close();
  });

  const client = (options: Partial<ExemplarOptions> = {}): Exemplar =>
    createExemplar({ url: proxy.url, token: world.admin.token!, retry, ...options });

  /** The answers to the first tries are these, then those of the server. */
  const answering =
    (...answers: (() => Response)[]): typeof fetch =>
    async (input, init) => {
      const answer = answers.shift();
      return answer ? answer() : fetch(input, init);
    };

  test('is sent again when its answer was lost and that is safe', async () => {
    const exemplar = client();
    proxy.breakAll();
    proxy.breakAfter([1, 100, 400]);
    expect((await exemplar.access.viewer())!.user.name).toBe('administrator');

    const project = await world.project({ labels: ['cat', 'dog'], images: 5 });
    proxy.breakAll();
    proxy.breakAfter([300, 300]);
    const { versionName } = await orThrow(exemplar.trainings.start({ projectId: project.id }));
    expect(versionName).toBe('V001');
    expect(await exemplar.trainings.list(project.id).toArray()).toHaveLength(1);
  });

  test('is not sent again when that might do it twice', async () => {
    const proxy = await FlakyProxy.open(world.url);
    const exemplar = client({ url: proxy.url });
    const name = world.name('once');
    proxy.breakAfter([200]);
    const error = await exemplar.projects.create({ name }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({ isTransient: true, message: expect.stringContaining(proxy.url) });
    proxy.breakAfter([]);
    const names = (await exemplar.projects.list().toArray()).map((project) => project.name);
    expect(names.filter((one) => one === name)).toEqual([name]);
    await proxy.close();
  });

  test('comes back later when it is told to, also one that is not safe to repeat otherwise', async () => {
    const busy = () => new Response('slow down', { status: 429, headers: { 'retry-after': '0' } });
    const exemplar = client({ fetch: answering(busy, busy) });
    expect(await exemplar.projects.create({ name: world.name('patient') })).toMatchObject({ __typename: 'Project' });
    const unavailable = () => new Response('', { status: 503 });
    const given = client({ fetch: answering(unavailable, unavailable, unavailable, unavailable) });
    await expect(given.access.viewer()).rejects.toMatchObject({ name: 'ConnectionError', status: 503 });
  });

  test('asks once for a fresh token, for all who were refused together', async () => {
    const asked: (string | undefined)[] = [];
    const exemplar = client({
      token: async (refused) => {
        asked.push(refused);
        return refused === undefined ? 'exm_old' : world.admin.token!;
      },
    });
    const viewers = await Promise.all(Array.from({ length: 10 }, () => exemplar.access.viewer()));
    expect(viewers.map((viewer) => viewer!.user.name)).toEqual(Array.from({ length: 10 }, () => 'administrator'));
    expect(asked).toEqual([undefined, 'exm_old']);
  });

  test('says that the token is no good, and passes on why there is none', async () => {
    await expect(client({ token: 'exm_wrong' }).access.viewer()).rejects.toThrow(UnauthenticatedError);
    await expect(client({ token: () => 'exm_wrong' }).access.viewer()).rejects.toThrow(UnauthenticatedError);
    await expect(client({ token: undefined }).projects.list().toArray()).rejects.toThrow(UnauthenticatedError);
    let times = 0;
    const login = client({
      token: () => {
        if (times++ === 0) throw new Error('the login page is down');
        return world.admin.token!;
      },
    });
    await expect(login.access.viewer()).rejects.toThrow('the login page is down');
    expect((await login.access.viewer())!.user.name).toBe('administrator');
  });

  test('says what is wrong with it', async () => {
    const exemplar = client();
    await expect(exemplar.request('{ nothing }', {})).rejects.toThrow(RequestError);
    const tooLarge = exemplar.projects.list({ pageSize: 500 }).toArray();
    await expect(tooLarge).rejects.toMatchObject({ name: 'RequestError', code: 'COMPLEXITY_LIMIT' });
    const elsewhere = client({ url: `${world.url}/elsewhere` }).access.viewer();
    await expect(elsewhere).rejects.toThrow(/answered 404 with something that is no GraphQL answer/);
    const gone = await FlakyProxy.open(world.url);
    await gone.close();
    const nobody = client({ url: gone.url, retry: { attempts: 1 } }).access.viewer();
    await expect(nobody).rejects.toThrow(
      `${gone.url} was not reached or broke off: fetch failed (connect ECONNREFUSED`,
    );
    expect(() => client({ url: 'exemplar.example.org' })).toThrow(ExemplarError);
  });

  test('ends with its signal, and with the client', async () => {
    const exemplar = client({
      fetch: answering(() => new Response('', { status: 503 })),
      retry: { minimumDelay: 1e6 },
    });
    const controller = new AbortController();
    const waiting = exemplar.access.viewer({ signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    exemplar.close();
    await expect(exemplar.access.viewer()).rejects.toThrow('The client was closed.');
  });
});
