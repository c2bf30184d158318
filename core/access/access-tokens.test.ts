import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { ApiClient, userErrorFields } from '#test/api-client.ts';
import { withScope } from '#test/scoped-client.ts';
import { World } from '#test/world.ts';

const create = `mutation ($input: CreateAccessTokenInput!) { createAccessToken(input: $input) { ${userErrorFields}
  ... on ValidationError { issues { path } } ... on CreatedAccessToken { token accessToken { id name expiresAt revokedAt lastUsedAt } } } }`;
const revoke = `mutation ($id: ID!) { revokeAccessToken(id: $id) { ${userErrorFields} ... on AccessToken { id revokedAt } } }`;
const viewer = `{ viewer { user { id name isAdministrator } accessTokens { id name lastUsedAt revokedAt } } }`;

describe('access tokens', () => {
  let world: World;
  let someone: ApiClient & { userId: string };
  beforeAll(async () => {
    world = await World.open();
    someone = await world.user();
  });
  afterAll(() => world.close());

  const tryCreate = async (input: object, client: ApiClient = someone) =>
    (await client.ask(create, { input })).createAccessToken;
  const tryRevoke = async (id: string, client: ApiClient) => (await client.ask(revoke, { id })).revokeAccessToken;
  const uuidOf = (globalId: string) => globalId.replace(/^[A-Za-z]+_/, '');
  const closeOf = (token: unknown) =>
    new Promise<{ code: number } | { ack: true }>((resolve, reject) => {
      const socket = new WebSocket(`${world.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
      socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload: { token } })));
      socket.on('message', (data: Buffer) => {
        expect(JSON.parse(data.toString()).type).toBe('connection_ack');
        socket.terminate();
        resolve({ ack: true });
      });
      socket.on('close', (code) => resolve({ code }));
      socket.on('error', reject);
    });
  const expectRefused = async (token: string, message: RegExp) => {
    const { status, body } = await new ApiClient(world.url, token).raw(viewer);
    expect(status).toBe(401);
    expect(body.data).toBeUndefined();
    expect(body.errors).toMatchObject([
      { message: expect.stringMatching(message), extensions: { code: 'UNAUTHENTICATED' } },
    ]);
    expect(await closeOf(token)).toEqual({ code: 4403 });
  };

  test('open the API to their owner and to nobody else, over HTTP and WebSocket', async () => {
    const { token } = await tryCreate({ name: 'mine' });
    const answer = await new ApiClient(world.url, token).ask(viewer);
    expect(answer.viewer.user).toMatchObject({ id: someone.userId, isAdministrator: false });
    expect(await closeOf(token)).toEqual({ ack: true });
    expect(await closeOf(undefined)).toEqual({ ack: true });
  });

  test('that are malformed or unknown are refused', async () => {
    for (const token of [
      'x',
      'exm_',
      `exm_${'A'.repeat(42)}`,
      `exm_${'A'.repeat(44)}`,
      `exm_${'é'.repeat(43)}`.normalize(),
    ])
      if (/^[\x21-\x7e]+$/.test(token)) await expectRefused(token, /not an access token/);
    await expectRefused(`exm_${randomBytes(32).toString('base64url')}`, /not known/);
    for (const token of [5, null, {}, ['exm_'], '']) expect(await closeOf(token)).toEqual({ code: 4403 });
  });

  test('in a header that is no bearer token are refused', async () => {
    for (const authorization of ['Basic dXNlcjpwYXNz', 'Bearer', `Bearer a b`, someone.token!]) {
      const response = await fetch(`${world.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization },
        body: JSON.stringify({ query: viewer }),
      });
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    }
  });

  test('are refused from the moment they expire', async () => {
    const { token, accessToken } = await tryCreate({ name: 'short', expiresAt: new Date(Date.now() + 60_000) });
    await new ApiClient(world.url, token).ask(viewer);
    await world.platform.db.execute(
      sql`update access_token set expires_at = now() where id = ${uuidOf(accessToken.id)}`,
    );
    await expectRefused(token, /has expired/);
  });

  test('are refused from the moment they are revoked; revoking again changes nothing', async () => {
    const { token, accessToken } = await tryCreate({ name: 'revoked' });
    const first = await tryRevoke(accessToken.id, someone);
    expect(first.revokedAt).not.toBeNull();
    await expectRefused(token, /was revoked/);
    expect(await tryRevoke(accessToken.id, someone)).toEqual(first);
  });

  test('of others only administrators can revoke', async () => {
    const { token, accessToken } = await tryCreate({ name: 'theirs' });
    const stranger = await world.user();
    const refused = await tryRevoke(accessToken.id, stranger);
    const unknown = await tryRevoke('AccessToken_00000000-0000-7000-8000-000000000000', stranger);
    expect(refused).toMatchObject({ __typename: 'NotFoundError', code: 'NOT_FOUND' });
    expect(refused.message.replace(uuidOf(accessToken.id), '')).toBe(
      unknown.message.replace('00000000-0000-7000-8000-000000000000', ''),
    );
    await new ApiClient(world.url, token).ask(viewer);
    expect((await tryRevoke(accessToken.id, world.admin)).id).toBe(accessToken.id);
    await expectRefused(token, /was revoked/);
  });

  test('for others only administrators can make', async () => {
    const stranger = await world.user();
    const input = { name: 'for somebody else', userId: stranger.userId };
    expect(await tryCreate(input)).toMatchObject({ __typename: 'PermissionDeniedError', code: 'PERMISSION_DENIED' });
    const unknown = { ...input, userId: 'User_00000000-0000-7000-8000-000000000000' };
    expect(await tryCreate(unknown)).toMatchObject({ __typename: 'PermissionDeniedError' });
    expect(await tryCreate(unknown, world.admin)).toMatchObject({ __typename: 'NotFoundError' });
    const { token } = await tryCreate(input, world.admin);
    expect((await new ApiClient(world.url, token).ask(viewer)).viewer.user.id).toBe(stranger.userId);
    expect((await tryCreate({ ...input, userId: someone.userId })).__typename).toBe('CreatedAccessToken');
  });

  test('need a name of 1 to 100 characters and a time in the future', async () => {
    for (const [input, field] of [
      [{ name: '' }, 'name'],
      [{ name: '  ' }, 'name'],
      [{ name: 'x'.repeat(101) }, 'name'],
      [{ name: 'a\0b' }, 'name'],
      [{ name: 'past', expiresAt: new Date(Date.now() - 1000) }, 'expiresAt'],
    ] as const)
      expect(await tryCreate(input), JSON.stringify(input)).toMatchObject({ issues: [{ path: ['input', field] }] });
    expect((await tryCreate({ name: ` ${'x'.repeat(100)} ` })).accessToken.name).toBe('x'.repeat(100));
    for (const expiresAt of ['tomorrow', '2026-13-01T00:00:00Z', 5]) {
      const { body } = await someone.raw(create, { input: { name: 'x', expiresAt } });
      expect(body.errors).toMatchObject([{ message: expect.stringContaining('expiresAt') }]);
    }
  });

  test('are kept as SHA-256 only, and nowhere else in the database', async () => {
    const { token, accessToken } = await tryCreate({ name: 'kept' });
    const [row] = await world.platform.db.execute<{ sha256: Buffer; text: string }>(
      sql`select sha256, access_token::text as text from access_token where id = ${uuidOf(accessToken.id)}`,
    );
    expect(row!.sha256).toEqual(createHash('sha256').update(token).digest());
    const everything = await world.platform.db.execute<{ text: string }>(
      sql`select query_to_xml('select * from access_token', true, false, '')::text as text`,
    );
    expect(everything[0]!.text).toContain(uuidOf(accessToken.id));
    expect(everything[0]!.text).not.toContain(token.slice(4));
  });

  test('have a scope, which is all that the user may do unless it is said', async () => {
    expect((await someone.ask('{ viewer { accessTokens { scope } } }')).viewer.accessTokens[0]).toEqual({
      scope: 'ADMIN',
    });
    const reader = await withScope(someone, 'READ');
    const { viewer } = await reader.ask('{ viewer { accessTokens { id scope } } }');
    expect(viewer.accessTokens[0]).toEqual({ id: reader.tokenId, scope: 'READ' });
  });

  test('of a lesser scope make no tokens, not even lesser ones', async () => {
    for (const scope of ['READ', 'LABEL', 'TRAIN']) {
      const client = await withScope(someone, scope);
      for (const wanted of ['READ', scope, 'ADMIN', null])
        expect(await tryCreate({ name: 'more', scope: wanted }, client), `${scope} ${wanted}`).toMatchObject({
          __typename: 'PermissionDeniedError',
          message: `This needs an access token of the scope ADMIN; the scope of yours is ${scope}.`,
        });
    }
  });

  test('of a lesser scope revoke themselves and no other', async () => {
    const [client, other] = [await withScope(someone, 'READ'), await withScope(someone, 'READ')];
    expect((await tryRevoke(other.tokenId, client)).__typename).toBe('PermissionDeniedError');
    expect((await tryRevoke(client.tokenId, client)).revokedAt).not.toBeNull();
    await expectRefused(client.token!, /was revoked/);
    await other.ask(viewer);
  });

  test('of a lesser scope make no administrator of one', async () => {
    const theirs = await world.project({ client: someone });
    const trainer = await withScope(world.admin, 'TRAIN');
    expect(await trainer.ask('query ($id: ID!) { project(id: $id) { id } }', { id: theirs.id })).toEqual({
      project: null,
    });
    const answer = await trainer.ask(
      `mutation { createUser(input: { name: "made by a lesser token" }) { ${userErrorFields} } }`,
    );
    expect(answer.createUser).toMatchObject({
      __typename: 'PermissionDeniedError',
      message: expect.stringContaining('ADMIN'),
    });
  });

  test('make projects from the scope TRAIN on', async () => {
    const make = async (scope: string) =>
      (
        await (
          await withScope(someone, scope)
        ).ask(`mutation ($name: String!) { createProject(input: { name: $name }) { ${userErrorFields} } }`, {
          name: `by-${scope}`,
        })
      ).createProject.__typename;
    expect(await Promise.all(['READ', 'LABEL', 'TRAIN'].map(make))).toEqual([
      'PermissionDeniedError',
      'PermissionDeniedError',
      'Project',
    ]);
  });

  test('show when they were last used', async () => {
    const { token, accessToken } = await tryCreate({ name: 'used' });
    expect(accessToken.lastUsedAt).toBeNull();
    const lastUse = async () =>
      (await someone.ask(viewer)).viewer.accessTokens.find((item: { id: string }) => item.id === accessToken.id)
        .lastUsedAt;
    await new ApiClient(world.url, token).ask(viewer);
    const used = Date.parse(await lastUse());
    expect(Math.abs(Date.now() - used)).toBeLessThan(60_000);
    await world.platform.db.execute(
      sql`update access_token set last_used_at = now() - interval '2 minutes' where id = ${uuidOf(accessToken.id)}`,
    );
    await new ApiClient(world.url, token).ask(viewer);
    expect(Date.parse(await lastUse())).toBeGreaterThanOrEqual(used);
  });

  test('are listed to their owner only, newest first', async () => {
    const { accessTokens } = (await someone.ask(viewer)).viewer;
    const rows = await world.platform.db.execute<{ id: string }>(
      sql`select 'AccessToken_' || id as id from access_token where user_id = ${uuidOf(someone.userId)} order by id desc`,
    );
    expect(accessTokens.map((item: { id: string }) => item.id)).toEqual(rows.map((row) => row.id));
  });

  test('are not needed to be told that there is no viewer, and for all else they are', async () => {
    const nobody = new ApiClient(world.url, undefined);
    expect(await nobody.ask(viewer)).toEqual({ viewer: null });
    for (const query of [
      '{ projects { nodes { id } } }',
      '{ trainingFlavors { id } }',
      `mutation { createProject(input: { name: "a" }) { __typename } }`,
    ]) {
      const { status, body } = await nobody.raw(query);
      expect(body.errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
      expect(status).toBe(401);
    }
  });
});
