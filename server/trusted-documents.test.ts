import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { getIntrospectionQuery } from 'graphql';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { ConfigError } from '#core/platform/config.ts';
import { Metrics } from '#core/platform/metrics/metrics.ts';
import { ApiClient } from '#test/api-client.ts';
import { executeOverWebSocket, subscribeOverSse, trainingEventsDocument } from '#test/event-streams.ts';
import { World } from '#test/world.ts';
import { startServer, type RunningServer } from './http-server.ts';
import { loadTrustedDocuments } from './trusted-documents.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const viewer = 'query Viewer { viewer { user { name } } }';
const names = 'subscription Names($id: ID!) { trainingEvents(trainingId: $id) { __typename } }';
const sequences = 'subscription Sequences($id: ID!) { trainingEvents(trainingId: $id) { sequence } }';
const create = 'mutation Create { createProject(input: { name: "trusted" }) { __typename } }';

describe('a server with trusted documents', () => {
  let world: World;
  let folder: string;
  let server: RunningServer;
  let client: ApiClient;
  let trainingId: string;
  beforeAll(async () => {
    world = await World.open();
    const project = await world.project({ labels: ['cat', 'dog'], images: 5 });
    trainingId = (await world.startTraining(project.id)).id;
    folder = await mkdtemp(join(tmpdir(), 'exemplar-documents-'));
    // As GraphQL Code Generator writes it, and as others do.
    const manifest = { [`sha256:${sha256(viewer)}`]: viewer, [sha256(names)]: names, [sha256(sequences)]: sequences };
    await writeFile(join(folder, 'web.json'), JSON.stringify(manifest));
    await writeFile(join(folder, 'create.graphql'), create);
    await writeFile(join(folder, 'watch.graphql'), trainingEventsDocument);
    await writeFile(join(folder, 'notes.txt'), 'no document');
    const { config } = world.platform;
    server = await startServer({
      ...world.platform,
      metrics: new Metrics(),
      config: { ...config, operations: { ...config.operations, trustedDocuments: folder } },
    });
    client = new ApiClient(server.url, world.admin.token);
  });
  afterAll(async () => {
    await server.close();
    await world.close();
    await rm(folder, { recursive: true });
  });

  const post = async (body: object) => {
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${client.token}` },
      body: JSON.stringify(body),
    });
    // oxlint-disable-next-line typescript/no-explicit-any
    return { status: response.status, ...((await response.json()) as { data?: any; errors?: object[] }) };
  };
  const persisted = (hash: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash: hash } } });
  const named = { viewer: { user: { name: 'administrator' } } };
  const refused = [{ extensions: { code: 'UNTRUSTED_DOCUMENT' } }];

  test('runs them, by their text and by their hash', async () => {
    const hash = sha256(viewer);
    for (const body of [
      { query: viewer },
      { documentId: hash },
      { documentId: `sha256:${hash}` },
      persisted(hash),
      { ...persisted(hash), query: '' },
    ])
      expect(await post(body), JSON.stringify(body)).toEqual({ status: 200, data: named });
    expect(await post({ query: create })).toMatchObject({ data: { createProject: { __typename: 'Project' } } });
  });

  test('runs nothing else', async () => {
    for (const body of [
      { query: '{ viewer { user { name } } }' },
      { query: `${viewer} ` },
      { query: getIntrospectionQuery() },
      // What counts is what would run.
      { query: '{ __typename }', documentId: sha256(viewer) },
      { query: '{ __typename }', ...persisted(sha256(viewer)) },
      { documentId: sha256('{ __typename }') },
      { documentId: '__proto__' },
      { documentId: 5 },
      { extensions: { persistedQuery: null } },
      {},
    ]) {
      const { status, data, errors } = await post(body);
      expect(errors, JSON.stringify(body)).toMatchObject(refused);
      expect([status, data ?? null], JSON.stringify(body)).toEqual([400, null]);
    }
    const byGet = await fetch(`${server.url}/graphql?query=${encodeURIComponent('{ __typename }')}`, {
      headers: { accept: 'application/json' },
    });
    expect(await byGet.json()).toMatchObject({ errors: refused });
  });

  test('does so over WebSocket', async () => {
    expect(await executeOverWebSocket(client, viewer)).toEqual({ data: named });
    expect(await executeOverWebSocket(client, '{ __typename }')).toMatchObject({ errors: refused });
    const socket = createClient({
      url: `${server.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { token: client.token },
    });
    const firstOf = async (text: string) => {
      const iterator = socket.iterate({ query: '', variables: { id: trainingId }, ...persisted(sha256(text)) });
      const { value } = await iterator.next();
      await iterator.return!();
      return value as unknown;
    };
    // At the same time: what is shared between watchers must not be shared between documents.
    expect(await Promise.all([firstOf(names), firstOf(sequences)])).toEqual([
      { data: { trainingEvents: { __typename: 'TrainingStateChanged' } } },
      { data: { trainingEvents: { sequence: 1 } } },
    ]);
    await socket.dispose();
  });

  test('does so with server-sent events', async () => {
    const trusted = subscribeOverSse(client, trainingEventsDocument, { id: trainingId });
    expect((await trusted.next()).value).toMatchObject({ sequence: 1 });
    await trusted.return();
    const other = subscribeOverSse(client, `${names} `, { id: trainingId });
    await expect(other.next()).rejects.toThrow('UNTRUSTED_DOCUMENT');
  });

  test('shows no GraphiQL, which could run nothing', async () => {
    const response = await fetch(`${server.url}/graphql`, { headers: { accept: 'text/html' } });
    expect(await response.text()).not.toContain('<script');
  });
});

describe('trusted documents', () => {
  let world: World;
  let folder: string;
  beforeAll(async () => {
    world = await World.open();
    folder = await mkdtemp(join(tmpdir(), 'exemplar-documents-'));
  });
  afterAll(async () => {
    await world.close();
    await rm(folder, { recursive: true });
  });

  test.each([
    ['is not there', undefined],
    ['is no JSON', '{'],
    ['is no manifest', '["query"]'],
    ['names a document by no hash', JSON.stringify({ viewer })],
    ['holds what is no document', JSON.stringify({ [sha256('{')]: '{' })],
    ['is empty', '{}'],
  ])('from a manifest that %s keep the server from starting, and it says why', async (_, content) => {
    const file = join(folder, 'manifest.json');
    await rm(file, { force: true });
    if (content !== undefined) await writeFile(file, content);
    const loading = loadTrustedDocuments(file, world.platform.log);
    await expect(loading).rejects.toThrow(ConfigError);
    await expect(loading).rejects.toThrow(`EXEMPLAR_TRUSTED_DOCUMENTS: ${file}`);
  });

  test('that do not fit the contract are told in the log', async () => {
    const warned = vi.spyOn(world.platform.log, 'warn');
    const file = join(folder, 'old.json');
    await writeFile(file, JSON.stringify({ [sha256('{ gone }')]: '{ gone }', [sha256(viewer)]: viewer }));
    const find = await loadTrustedDocuments(file, world.platform.log);
    expect(find({ query: viewer })).toBe(viewer);
    expect(warned).toHaveBeenCalledTimes(1);
    expect(warned.mock.calls[0]![0]).toMatchObject({
      file,
      errors: [expect.stringContaining('Cannot query field "gone"')],
    });
    warned.mockRestore();
  });
});
