import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RateLimiter } from '#core/access/rate-limiter.ts';
import type { Serving } from '#core/deployments/serving.ts';
import { World, type TestProject } from '#test/world.ts';
import { Authenticator } from './authenticator.ts';
import { createGraphQL } from './graphql.ts';
import { jsonPostType, serveJsonPost } from './json-post.ts';
import { openStreams } from './open-streams.ts';
import { withRequestId } from './request-id.ts';

/** A request to both ways; its body is sent as it is when it is text. */
interface Case {
  readonly name: string;
  readonly body: object | string | Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether it must have been answered without Yoga. */
  readonly isPlain: boolean;
}

const query = '{ viewer { user { name } } }';
const responseJson = 'application/graphql-response+json';

describe('a JSON POST answered without the Fetch API', () => {
  let world: World;
  let project: TestProject;
  let streams: Awaited<ReturnType<typeof openStreams>>;
  let server: Server;
  let url: string;
  /** What was answered without Yoga, by the id that the request brought. */
  const plain = new Map<string, boolean>();
  beforeAll(async () => {
    world = await World.open();
    project = await world.project({ labels: ['cat', 'dog'], images: 2 });
    streams = await openStreams(world.platform);
    const serving: Serving = world.server.serving;
    const rateLimiter = new RateLimiter(world.platform.client, world.platform.log, { requests: 0, cost: 0 });
    const graphql = createGraphQL({
      platform: world.platform,
      streams,
      serving,
      rateLimiter,
      authenticator: new Authenticator(world.platform),
    });
    server = createServer((request, response) => {
      const id = request.headers['x-case'] as string;
      void withRequestId('one-id-for-both', async () => {
        const type = request.headers['x-way'] === 'plain' ? jsonPostType(request) : undefined;
        const isPlain = type !== undefined && (await serveJsonPost(graphql, request, response, type));
        plain.set(id, isPlain);
        if (!isPlain) await graphql.yoga(request, response);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  });
  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve));
    await streams.close();
    await world.close();
  });

  const send = async (way: 'plain' | 'yoga', { name, body, headers }: Case) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${world.admin.token}`,
        ...headers,
        'x-case': name,
        'x-way': way,
      },
      body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
    });
    const {
      date: _date,
      connection: _connection,
      'keep-alive': _keepAlive,
      ...kept
    } = Object.fromEntries(response.headers);
    return { status: response.status, headers: kept, body: await response.text() };
  };

  const list = `query Images($id: ID!) { project(id: $id) { id name labels { name imageCount } images(first: 3) {
    nodes { id fileName createdAt annotations { label { name } } } pageInfo { hasNextPage endCursor } } } }`;
  const cases = (): Case[] => [
    { name: 'a query', body: { query }, isPlain: true },
    {
      name: 'variables and a name',
      body: { query: list, operationName: 'Images', variables: { id: project.id } },
      isPlain: true,
    },
    {
      name: 'nulls beside the query',
      body: { query, operationName: null, variables: null, extensions: null },
      isPlain: true,
    },
    { name: 'extensions', body: { query, extensions: { a: 1 } }, isPlain: true },
    { name: 'what is not there', body: { query: list, variables: { id: 'Project_0' } }, isPlain: true },
    { name: 'Unicode', body: { query: '{ a: __typename # ü 🐈\n}' }, isPlain: true },
    {
      name: 'a charset',
      body: { query },
      headers: { 'content-type': 'application/json; charset=utf-8' },
      isPlain: true,
    },
    {
      name: 'another charset',
      body: { query },
      headers: { 'content-type': 'application/json; charset=latin1' },
      isPlain: false,
    },
    { name: 'another type', body: { query }, headers: { 'content-type': 'application/graphql+json' }, isPlain: false },
    { name: 'bare GraphQL', body: query, headers: { 'content-type': 'application/graphql' }, isPlain: false },
    {
      name: 'a form',
      body: `query=${encodeURIComponent(query)}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      isPlain: false,
    },
    { name: 'an unknown type', body: { query }, headers: { 'content-type': 'text/plain' }, isPlain: false },
    ...[
      ['*/*', true],
      ['application/json', true],
      [responseJson, true],
      [`${responseJson}, application/json`, true],
      [`application/json, ${responseJson}`, true],
      [`${responseJson}, application/graphql+json, application/json, text/event-stream, multipart/mixed`, true],
      ['text/html, */*', true],
      ['application/*', true],
      ['application/json;q=0.5', false],
      ['application/json; charset=latin1', false],
      ['text/html', false],
      ['multipart/mixed', false],
    ].map(([accept, isPlain]) => ({
      name: `accept ${accept as string}`,
      body: { query },
      headers: { accept: accept as string },
      isPlain: isPlain as boolean,
    })),
    { name: 'an origin', body: { query }, headers: { origin: 'https://app.test' }, isPlain: true },
    { name: 'no token', body: { query }, headers: { authorization: '' }, isPlain: false },
    {
      name: 'a wrong token',
      body: { query },
      headers: { authorization: `Bearer exm_${'x'.repeat(43)}` },
      isPlain: false,
    },
    { name: 'no bearer', body: { query }, headers: { authorization: 'Basic abc' }, isPlain: false },
    ...['application/json', responseJson].flatMap((accept): Case[] => [
      { name: `syntax, ${accept}`, body: { query: '{ a(' }, headers: { accept }, isPlain: false },
      { name: `validation, ${accept}`, body: { query: '{ nothing }' }, headers: { accept }, isPlain: false },
      { name: `a missing variable, ${accept}`, body: { query: list }, headers: { accept }, isPlain: true },
      {
        name: `a wrong variable, ${accept}`,
        body: { query: list, variables: { id: [] } },
        headers: { accept },
        isPlain: true,
      },
      {
        name: `too large a page, ${accept}`,
        body: { query: '{ projects(first: 1000) { nodes { id } } }' },
        headers: { accept },
        isPlain: true,
      },
      {
        name: `complexity, ${accept}`,
        body: { query: `{ projects(first: 100) { nodes { images(first: 100) { nodes { id } } } } }` },
        headers: { accept },
        isPlain: true,
      },
      {
        name: `an unknown operation, ${accept}`,
        body: { query: 'query A { __typename }', operationName: 'B' },
        headers: { accept },
        isPlain: false,
      },
      {
        name: `two operations, ${accept}`,
        body: { query: 'query A { __typename } query B { __typename }' },
        headers: { accept },
        isPlain: false,
      },
      {
        name: `an error of a user, ${accept}`,
        body: {
          query: 'mutation { createProject(input: { name: "1" }) { __typename ... on UserError { code message } } }',
        },
        headers: { accept },
        isPlain: true,
      },
      {
        name: `an error at the top, ${accept}`,
        body: { query: `{ nodes(ids: [${'"x",'.repeat(101)}]) { id } }` },
        headers: { accept },
        isPlain: true,
      },
      { name: `no JSON, ${accept}`, body: 'nonsense', headers: { accept }, isPlain: false },
    ]),
    {
      name: 'aliases',
      body: { query: `{ ${Array.from({ length: 40 }, (_, index) => `a${index}: __typename`).join(' ')} }` },
      isPlain: false,
    },
    { name: 'tokens', body: { query: `{ ${'__typename '.repeat(2100)} }` }, isPlain: false },
    ...['', '5', 'null', '"x"', '[]', '{}', '{"query":5}', '{"query":""}', '{"query":null}'].map((body) => ({
      name: `body ${body || 'of no bytes'}`,
      body,
      isPlain: false,
    })),
    { name: 'a batch', body: [{ query }, { query }], isPlain: false },
    { name: 'an unknown member', body: { query, more: 1 }, isPlain: false },
    { name: 'variables that are a list', body: { query, variables: [] }, isPlain: false },
    { name: 'an operation name that is a number', body: { query, operationName: 5 }, isPlain: false },
    { name: 'bytes that are no UTF-8', body: new Uint8Array([0x7b, 0xff, 0x7d]), isPlain: false },
    {
      name: 'a subscription',
      body: { query: 'subscription { trainingEvents(trainingId: "Training_0") { sequence } }' },
      headers: { accept: 'application/json' },
      isPlain: false,
    },
  ];

  it('is what Yoga answers: status, headers, bytes', { timeout: 60_000 }, async () => {
    for (const each of cases()) {
      const [ours, yogas] = [await send('plain', each), await send('yoga', { ...each, name: `${each.name}, Yoga` })];
      expect(ours, each.name).toEqual(yogas);
      expect(plain.get(each.name), each.name).toBe(each.isPlain);
      expect(plain.get(`${each.name}, Yoga`)).toBe(false);
    }
  });

  it('changes what is asked for once', async () => {
    const body = {
      query: 'mutation { createProject(input: { name: "made-once" }) { __typename ... on UserError { code } } }',
    };
    const made = await send('plain', { name: 'made', body, isPlain: true });
    expect(JSON.parse(made.body)).toEqual({ data: { createProject: { __typename: 'Project' } } });
    const again = await send('yoga', { name: 'again', body, isPlain: false });
    expect(JSON.parse(again.body)).toMatchObject({ data: { createProject: { code: 'CONFLICT' } } });
  });

  it('refuses a token from the moment it is revoked, also among many requests at once', async () => {
    const user = await world.user();
    const { token } = user;
    const ask = () =>
      send('plain', { name: 'revoked', body: { query }, headers: { authorization: `Bearer ${token}` }, isPlain: true });
    const { viewer } = await user.ask('{ viewer { accessTokens { id } } }');
    expect((await Promise.all(Array.from({ length: 20 }, ask))).map(({ status }) => status)).toEqual(
      Array(20).fill(200),
    );
    await user.must(
      'mutation ($id: ID!) { revokeAccessToken(id: $id) { __typename ... on UserError { code message } } }',
      { id: viewer.accessTokens[0].id },
    );
    const refused = await Promise.all(Array.from({ length: 20 }, ask));
    for (const { status, body } of refused) {
      expect(status).toBe(401);
      expect(body).toContain('was revoked');
    }
  });
});
