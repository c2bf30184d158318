import { request } from 'node:http';
import { sql } from 'drizzle-orm';
import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operationLimits } from '#schema/builder.ts';
import { ApiClient, type RawAnswer } from '#test/api-client.ts';
import { executeOverWebSocket } from '#test/event-streams.ts';
import { World } from '#test/world.ts';
import { graphqlLimits } from './graphql.ts';

const unknownId = 'Training_00000000-0000-7000-8000-000000000000';
/** training, then datasetVersion inside a model version, and so on: 1 + `levels` deep. */
const deep = (levels: number): string => {
  let query = 'id';
  for (let level = levels; level > 0; level--)
    query = level % 2 === 0 ? `training { ${query} }` : `modelVersion { ${query} }`;
  return `{ training(id: "${unknownId}") { ${query} } }`;
};
const repeated = (count: number, field: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => field(index)).join(' ');

describe('limits of an operation', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.open();
  });
  afterAll(() => world.close());

  const overHttp = async (query: string): Promise<RawAnswer['body']> => (await world.admin.raw(query)).body;
  const overWebSocket = (query: string) => executeOverWebSocket(world.admin, query);

  describe.each([
    ['HTTP', overHttp],
    ['WebSocket', overWebSocket],
  ] as const)('over %s', (transport, run) => {
    /** The message by which the whole operation is refused. */
    const refusal = async (query: string): Promise<string> => {
      const { data, errors } = await run(query);
      expect(Object.values(data ?? {}).filter((value) => value !== null)).toEqual([]);
      expect(errors).toHaveLength(1);
      expect(errors![0]!.extensions?.['code']).not.toBe('INTERNAL_SERVER_ERROR');
      return errors![0]!.message;
    };

    test('depth', async () => {
      expect((await run(deep(operationLimits.depth - 2))).errors).toBeUndefined();
      expect(await refusal(deep(operationLimits.depth - 1))).toMatch(/its depth is 13; at most 12/);
    });

    test('breadth', async () => {
      const viewer = `viewer { user { ${'name '.repeat(200)} } accessTokens { ${'name '.repeat(200)} } }`;
      expect(await refusal(`{ ${viewer} }`)).toMatch(/its breadth is \d+; at most 300/);
    });

    test('complexity, for which a page costs what it can hold', async () => {
      const page = (first: number) => `{ projects(first: ${first}) { nodes { images(first: 100) { nodes { id } } } } }`;
      expect((await run(page(10))).errors).toBeUndefined();
      expect(await refusal(page(100))).toMatch(/its complexity is \d+; at most 5000/);
      expect(await refusal('{ projects(first: 2147483647) { nodes { id } } }')).toMatch(/complexity/);
    });

    test('aliases', async () => {
      const aliased = (count: number) => `{ ${repeated(count, (index) => `a${index}: __typename`)} }`;
      expect((await run(aliased(graphqlLimits.aliases))).errors).toBeUndefined();
      expect(await refusal(aliased(graphqlLimits.aliases + 1))).toMatch(/[Aa]liases limit of 30/);
    });

    test('tokens', async () => {
      const ids = (count: number) => `{ nodes(ids: [${'"x" '.repeat(count)}]) { id } }`;
      expect(await refusal(ids(graphqlLimits.tokens - 20))).toMatch(/at most 100 ids/);
      expect(await refusal(ids(graphqlLimits.tokens))).toMatch(/[Tt]oken limit of 2000/);
    });

    // Found by fuzzing: the parser used up the stack, which was answered with 500, and over WebSocket with 4500.
    test('nesting, of any brackets', async () => {
      const list = (count: number) => `{ nodes(ids: ${'['.repeat(count)}${']'.repeat(count)}) { id } }`;
      expect(await refusal(list(graphqlLimits.nesting - 2))).not.toMatch(/[Nn]esting/);
      for (const query of [list(graphqlLimits.nesting), list(900), `{a`.repeat(900), '{ nodes(ids: {a:'.repeat(300)])
        expect(await refusal(query)).toMatch(/[Nn]esting limit of 100/);
      // Brackets in texts and comments are none.
      const text = '['.repeat(300);
      expect((await run(`{ nodes(ids: ["${text}"]) { id } } # ${text}`)).errors).toBeUndefined();
    });

    test('fields that are compared with one another, however few tokens they are', async () => {
      expect(await refusal(`{ ${'__typename '.repeat(1900)} }`)).toMatch(/Validation aborted/);
    });

    test('a mutation past a limit changes nothing', async () => {
      const name = `beyond-${transport}`;
      const fields = 'trainingConfig { seed } '.repeat(160);
      expect(
        await refusal(`mutation { createProject(input: { name: "${name}" }) { ... on Project { ${fields} } } }`),
      ).toMatch(/breadth/);
      const { data } = await run('{ projects(first: 100) { nodes { name } } }');
      expect(data.projects.nodes).not.toContainEqual({ name });
    });

    test('unknown fields get no suggestion of known ones', async () => {
      const { errors } = await run('{ project(id: "x") { nam } projec(id: "x") { id } }');
      expect(errors).toHaveLength(2);
      expect(JSON.stringify(errors)).not.toMatch(/Did you mean|"name"|"projects"/);
    });

    test('documents that do not parse say where', async () => {
      expect(await refusal('{ projects(')).toMatch(/Syntax Error/);
      expect(await refusal('')).toMatch(/./);
    });

    test('introspection is open', async () => {
      const { data, errors } = await run(getIntrospectionQuery());
      expect(errors).toBeUndefined();
      expect(data.__schema.types.length).toBeGreaterThan(50);
    });
  });

  test('a subscription past a limit does not start', async () => {
    const project = await world.project({ labels: ['cat', 'dog'], images: 5 });
    const { id } = await world.startTraining(project.id);
    const metrics = `metrics { ${'imageCount accuracy '.repeat(160)} }`;
    const { data, errors } = await overWebSocket(
      `subscription { trainingEvents(trainingId: "${id}") { sequence ... on TrainingEvaluated { ${metrics} } } }`,
    );
    expect(data ?? null).toBeNull();
    expect(errors).toMatchObject([
      { message: expect.stringContaining('breadth'), extensions: { code: 'COMPLEXITY_LIMIT' } },
    ]);
  });

  // Found by fuzzing: making the key of shared subscriptions used up the stack, which was answered with 500.
  test('variables that nest without end are no defect', async () => {
    const query = 'subscription ($id: ID!) { trainingEvents(trainingId: $id) { sequence } }';
    const deep = '['.repeat(20_000) + ']'.repeat(20_000);
    for (const accept of ['text/event-stream', 'application/json']) {
      const response = await fetch(`${world.url}/graphql`, {
        method: 'POST',
        headers: { accept, 'content-type': 'application/json', authorization: `Bearer ${world.admin.token}` },
        body: `{"query":"${query}","variables":{"id":${deep}}}`,
      });
      expect(response.status).toBeLessThan(500);
      expect(await response.text()).toContain('ID cannot represent');
    }
  });

  test('introspection needs no token', async () => {
    const { status, body } = await new ApiClient(world.url, undefined).raw(getIntrospectionQuery());
    expect([status, body.errors]).toEqual([200, undefined]);
  });
});

describe('a request', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.open();
  });
  afterAll(() => world.close());

  const post = async (body: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${world.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${world.admin.token}`, ...headers },
      body,
    });
    return { status: response.status, body: await response.json(), headers: response.headers };
  };

  test('of up to 1 MiB is taken, of more is refused', async () => {
    const padded = (bytes: number) => {
      const body = JSON.stringify({ query: '{ __typename }', variables: { padding: '' } });
      return body.replace('"padding":""', `"padding":"${'x'.repeat(bytes - body.length)}"`);
    };
    expect((await post(padded(graphqlLimits.bodyBytes))).status).toBe(200);
    const refused = await post(padded(graphqlLimits.bodyBytes + 1));
    expect(refused).toMatchObject({ status: 413, body: { errors: [{ message: expect.stringContaining('1048576') }] } });
  });

  test('must say its length', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const sent = request(`${world.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' } });
      sent.on('response', (response) => resolve(response.resume().statusCode));
      sent.on('error', reject);
      sent.write('{"query":');
      sent.end('"{ __typename }"}');
    });
    expect(status).toBe(411);
  });

  test('by GET may read and not change', async () => {
    const get = (query: string) =>
      fetch(`${world.url}/graphql?query=${encodeURIComponent(query)}`, {
        headers: { authorization: `Bearer ${world.admin.token}`, accept: 'application/json' },
      });
    expect(await (await get('{ viewer { user { name } } }')).json()).toEqual({
      data: { viewer: { user: { name: 'administrator' } } },
    });
    const refused = await get('mutation { createProject(input: { name: "by-get" }) { __typename } }');
    expect(refused.status).toBe(405);
    expect((await world.admin.ask('{ projects { nodes { name } } }')).projects.nodes).toEqual([]);
  });

  test('holds one operation, as JSON', async () => {
    const operation = { query: '{ __typename }' };
    const batch = await post(JSON.stringify([operation, operation]));
    expect(batch.status).toBe(400);
    expect(batch.body.errors).toHaveLength(1);
    for (const body of ['', 'nonsense', '5', 'null', '{"query":5}', '{"query":"{ a }","variables":"x"}', '{}'])
      expect((await post(body)).body, body).toEqual({
        errors: [expect.objectContaining({ message: expect.any(String) })],
      });
    const multipart = await fetch(`${world.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=x', authorization: `Bearer ${world.admin.token}` },
      body: '--x--',
    });
    expect(multipart.status).toBe(415);
  });

  test('gets an id of its own', async () => {
    const [first, second] = [await post('{"query":"{ __typename }"}'), await post('nonsense')];
    const ids = [first, second].map(({ headers }) => headers.get('x-request-id'));
    for (const id of ids) expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(ids[0]).not.toBe(ids[1]);
  });
});

test('a defect of ours shows an id to ask for and nothing else', async () => {
  const world = await World.open();
  try {
    const project = await world.project({ labels: ['cat'] });
    await world.platform.db.execute(sql`alter table label rename column name to hidden_name`);
    const query = `{ project(id: "${project.id}") { name labels { name } } }`;
    const response = await fetch(`${world.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${world.admin.token}` },
      body: JSON.stringify({ query }),
    });
    const text = await response.text();
    expect(JSON.parse(text)).toEqual({
      data: { project: null },
      errors: [
        {
          message: 'Unexpected error.',
          path: ['project', 'labels'],
          locations: [{ line: 1, column: expect.any(Number) }],
          extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: response.headers.get('x-request-id') },
        },
      ],
    });
    const { errors } = await executeOverWebSocket(world.admin, query);
    expect(errors).toMatchObject([
      { message: 'Unexpected error.', extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: expect.any(String) } },
    ]);
    expect(`${text} ${JSON.stringify(errors)}`).not.toMatch(/select |hidden_name|does not exist|postgres|node_modules/);
  } finally {
    await world.close();
  }
});
