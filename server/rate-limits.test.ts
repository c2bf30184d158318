import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { executeOverWebSocket, subscribeOverSse, trainingEventsDocument } from '#test/event-streams.ts';
import { World, type TestProject } from '#test/world.ts';

describe('a token that asks for more than its minute allows', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.open({ environment: { EXEMPLAR_RATE_REQUESTS: '1000', EXEMPLAR_RATE_COST: '100000' } });
  });
  afterAll(() => world.close());

  const post = (token: string | undefined, query: string) =>
    fetch(`${world.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query }),
    });

  test('in costly operations is refused with the time to wait, and others are not', async () => {
    const [greedy, modest] = [await world.user(), await world.user()];
    const costly = '{ projects(first: 100) { nodes { id name labels { id } } } }';
    const answers: Response[] = [];
    while (answers.at(-1)?.status !== 429 && answers.length < 60) answers.push(await post(greedy.token, costly));
    const refused = answers.at(-1)!;
    expect(answers.length).toBeGreaterThan(10);
    expect(refused.status).toBe(429);
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds).toBeGreaterThanOrEqual(1);
    expect(seconds).toBeLessThanOrEqual(60);
    const { data, errors } = (await refused.json()) as { data?: unknown; errors: object[] };
    expect(data ?? null).toBeNull();
    expect(errors).toMatchObject([
      {
        message: expect.stringMatching(/Try again in \d+ s/),
        extensions: { code: 'RATE_LIMITED', retryAfterSeconds: seconds },
      },
    ]);
    expect((await post(modest.token, '{ viewer { user { name } } }')).status).toBe(200);
  });

  test('cannot hide a costly operation behind a cheap one of the same document', async () => {
    const someone = await world.user();
    const query = 'query Cheap { __typename } query Costly { projects(first: 100) { nodes { id labels { id } } } }';
    const body = JSON.stringify({ query, operationName: 'Costly' });
    let status = 200;
    let count = 0;
    for (; status === 200 && count < 120; count++)
      ({ status } = await fetch(`${world.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${someone.token}` },
        body,
      }));
    expect(status).toBe(429);
  });
});

describe('a token that asks too often', () => {
  let world: World;
  let trainingId: string;
  let project: TestProject;
  beforeAll(async () => {
    world = await World.open({ environment: { EXEMPLAR_RATE_REQUESTS: '1000' } });
    project = await world.project({ labels: ['cat', 'dog'], images: 5 });
    trainingId = (await world.startTraining(project.id)).id;
  });
  afterAll(() => world.close());

  /** A member whose minute is used up, elsewhere: a window that begins later than now is the newest there is. */
  const used = async () => {
    const client = await world.user({ project });
    await world.platform.client`
      insert into rate_usage (token_id, window_start, requests, cost)
      select access_token.id, date_bin('60 seconds', now(), 'epoch') + interval '60 seconds', 1000, 0
      from access_token where user_id = ${client.userId.replace('User_', '')}`;
    return client;
  };

  test('is refused over HTTP', async () => {
    const { status, body } = await (await used()).raw('{ viewer { user { name } } }');
    expect(status).toBe(429);
    expect(body.errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }]);
  });

  test('is refused over WebSocket', async () => {
    const { errors } = await executeOverWebSocket(await used(), '{ viewer { user { name } } }');
    expect(errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }]);
  });

  test('opens no stream', async () => {
    const client = await used();
    const stream = subscribeOverSse(client, trainingEventsDocument, { id: trainingId });
    await expect(stream.next()).rejects.toThrow('RATE_LIMITED');
  });

  test('sends no files', async () => {
    const client = await used();
    const form = new FormData();
    form.append('image', new Blob(['x']), 'a.jpg');
    const response = await fetch(`${world.url}/projects/${project.id}/images`, {
      method: 'POST',
      headers: { authorization: `Bearer ${client.token}` },
      body: form,
    });
    expect([response.status, await response.json()]).toEqual([
      429,
      { code: 'RATE_LIMITED', message: expect.stringMatching(/Try again in \d+ s/) },
    ]);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
  });

  test('changes nothing', async () => {
    const client = await used();
    const { body } = await client.raw('mutation { createProject(input: { name: "too-often" }) { __typename } }');
    expect(body.errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }]);
    const { projects } = await world.admin.ask('{ projects(first: 100) { nodes { name } } }');
    expect(projects.nodes).not.toContainEqual({ name: 'too-often' });
  });
});
