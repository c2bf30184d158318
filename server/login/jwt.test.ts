import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { deleteOldSessions } from '#core/access/access-tokens.ts';
import { ApiClient, userErrorFields } from '#test/api-client.ts';
import { BrowserSession } from '#test/browser-session.ts';
import {
  collect,
  executeOverWebSocket,
  projectEventsDocument,
  subscribeOverSse,
  subscribeOverWebSocket,
} from '#test/event-streams.ts';
import { drawPicture } from '#test/pictures.ts';
import { audience, TestIssuer } from '#test/test-issuer.ts';
import { World, type TestProject } from '#test/world.ts';

const me = '{ viewer { user { id name isAdministrator } accessTokens { id name origin scope } } }';
const groups = JSON.stringify([
  { group: 'admins', administrator: true },
  { group: 'editors', project: 'project-1', role: 'EDITOR' },
]);

describe('a JWT of the identity provider', () => {
  let world: World;
  let issuer: TestIssuer;
  let project: TestProject;
  beforeAll(async () => {
    issuer = await TestIssuer.open();
    world = await World.open({
      environment: issuer.environment({ EXEMPLAR_OIDC_GROUPS: groups, EXEMPLAR_ACCESS_CHECK_SECONDS: '1' }),
    });
    project = await world.project({ labels: ['cat'], images: 1 });
  });
  afterAll(async () => {
    await world.close();
    await issuer.close();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const now = () => Math.floor(Date.now() / 1000);
  const with_ = (token: string) => new ApiClient(world.url, token);
  const clientOf = async (sub: string, claims: object = {}) =>
    with_(await issuer.accessToken({ sub, preferred_username: sub, ...claims }));
  const readsProject = async (client: ApiClient) =>
    (await client.ask(`{ project(id: "${project.id}") { id } }`)).project !== null;
  const refusal = async (token: string) => {
    const { status, body } = await with_(token).raw(me);
    return { status, message: body.errors?.[0]?.message, code: body.errors?.[0]?.extensions?.['code'] };
  };

  test('is accepted on the API, by every transport, and makes its user', async () => {
    const client = await clientOf('robot', { groups: ['editors'] });
    const { viewer } = await client.ask(me);
    expect(viewer).toMatchObject({
      user: { name: 'robot', isAdministrator: false },
      accessTokens: [{ name: 'JWT', origin: 'JWT', scope: 'TRAIN' }],
    });
    expect(await readsProject(client)).toBe(true);
    expect(await executeOverWebSocket(client, '{ viewer { user { name } } }')).toMatchObject({
      data: { viewer: { user: { name: 'robot' } } },
    });
    const form = new FormData();
    form.set('image', new Blob([new Uint8Array(await drawPicture(0, 90))]), 'by-jwt.jpg');
    const response = await fetch(`${world.url}/projects/${project.id}/images`, {
      method: 'POST',
      body: form,
      headers: { authorization: `Bearer ${client.token}` },
    });
    expect(await response.json()).toMatchObject({ results: [{ fileName: 'by-jwt.jpg', outcome: 'CREATED' }] });
    const call = await fetch(`${world.url}/deployments/none/predict`, {
      method: 'POST',
      body: 'x',
      headers: { authorization: `Bearer ${client.token}` },
    });
    expect([call.status, ((await call.json()) as { code: string }).code]).toEqual([404, 'NOT_FOUND']);
  });

  test('is the same user as their login in a browser', async () => {
    issuer.present = { sub: 'person', name: 'person' };
    const session = new BrowserSession(world.url);
    await session.logIn();
    const { data } = await session.ask(me);
    expect((await (await clientOf('person')).ask(me)).viewer.user.id).toBe(data.viewer.user.id);
  });

  test('is worth no more than its scope: it makes no tokens, and no administrator', async () => {
    const client = await clientOf('root', { groups: ['admins'] });
    expect((await client.ask(me)).viewer.user.isAdministrator).toBe(true);
    const made = await client.ask(`mutation { createAccessToken(input: { name: "x" }) { ${userErrorFields} } }`);
    expect(made.createAccessToken.code).toBe('PERMISSION_DENIED');
    expect((await client.raw('{ auditEvents { nodes { id } } }')).body.errors).toMatchObject([
      { extensions: { userErrorCode: 'PERMISSION_DENIED' } },
    ]);
  });

  test('is looked at once for its rights, and written into the audit log then', async () => {
    const client = await clientOf('logged', { groups: ['editors'] });
    const { viewer } = await client.ask(me);
    await client.ask(me);
    const { auditEvents } = await world.admin.ask(
      `{ auditEvents(filter: { userId: "${viewer.user.id}" }) { nodes { action outcome targetIds } } }`,
    );
    expect(auditEvents.nodes).toEqual([{ action: 'acceptJwt', outcome: 'OK', targetIds: [project.id] }]);
  });

  describe('is refused', () => {
    test.each<[string, object, string]>([
      ['after its time', { exp: now() - 30 }, 'expired'],
      ['before its time', { nbf: now() + 600 }, 'time has not come'],
      ['for another audience', { aud: 'https://other.test' }, 'audience'],
      ['for nobody in particular', { aud: undefined }, 'audience'],
      ['of another issuer', { iss: 'https://evil.test' }, 'issuer'],
      ['without an end', { exp: undefined }, 'claim'],
      ['without a subject', { sub: undefined }, 'claim'],
      ['that does not say when it was made', { iat: undefined }, 'claim'],
      ['that is an ID token', { nonce: 'n' }, 'no access token'],
    ])('%s', async (_what, claims, message) => {
      expect(await refusal(await issuer.accessToken({ sub: 'x' }, claims))).toEqual({
        status: 401,
        code: 'UNAUTHENTICATED',
        message: expect.stringContaining(message),
      });
    });

    test('unsigned, signed with the public key as a secret, or with the key of somebody else', async () => {
      const { kid } = issuer.publicJwk as { kid: string };
      const claims = { iss: issuer.url, aud: audience, sub: 'x', iat: now(), exp: now() + 60 };
      const secret = new TextEncoder().encode(JSON.stringify(issuer.publicJwk));
      const other = await generateKeyPair('RS256');
      const embedded = { alg: 'RS256', jwk: await exportJWK(other.publicKey) };
      const sign = (header: object, key: CryptoKey | Uint8Array) =>
        new SignJWT(claims).setProtectedHeader(header as { alg: string }).sign(key);
      for (const token of [
        new UnsecuredJWT(claims).encode(),
        await sign({ alg: 'HS256', kid }, secret),
        await sign({ alg: 'HS256' }, secret),
        await sign({ alg: 'RS256', kid }, other.privateKey),
        await sign(embedded, other.privateKey),
      ])
        expect(await refusal(token)).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
      expect(await refusal('eyJ.eyJ.x')).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    });

    test('once it was revoked, or its user was disabled', async () => {
      const client = await clientOf('revoked');
      const { viewer } = await client.ask(me);
      const revoke =
        'mutation ($id: ID!) { revokeAccessToken(id: $id) { __typename ... on AccessToken { revokedAt } } }';
      await client.must(revoke, { id: viewer.accessTokens[0].id });
      expect(await refusal(client.token!)).toMatchObject({ status: 401, message: 'The access token was revoked.' });
      const fresh = await clientOf('revoked');
      await fresh.ask(me);
      await world.admin.must(`mutation ($id: ID!) { disableUser(id: $id) { ${userErrorFields} } }`, {
        id: viewer.user.id,
      });
      for (const token of [fresh.token!, (await clientOf('revoked')).token!])
        expect(await refusal(token)).toMatchObject({ status: 401, message: expect.stringContaining('disabled') });
    });

    test('where no audience is configured', async () => {
      const plain = await World.open({ environment: issuer.environment({ EXEMPLAR_OIDC_AUDIENCE: '' }) });
      try {
        const token = await issuer.accessToken({ sub: 'x' }, { aud: undefined });
        expect((await new ApiClient(plain.url, token).raw(me)).status).toBe(401);
      } finally {
        await plain.close();
      }
    });
  });

  test('takes rights away with the group, and an older one does not bring them back', async () => {
    const old = await issuer.accessToken({ sub: 'mover', groups: ['editors'] }, { iat: now() - 120 });
    const older = await issuer.accessToken({ sub: 'mover', groups: ['editors'] }, { iat: now() - 180 });
    expect(await readsProject(with_(old))).toBe(true);
    expect(await readsProject(await clientOf('mover'))).toBe(false);
    for (const token of [old, older]) expect(await readsProject(with_(token))).toBe(false);
    expect(await readsProject(await clientOf('mover', { groups: ['editors'] }))).toBe(true);
  });

  test('ends streams with itself, over both transports', async () => {
    const client = with_(
      await issuer.accessToken({ sub: 'watcher', groups: ['editors'] }, { exp: Math.ceil(Date.now() / 1000) + 5 }),
    );
    expect(await readsProject(client)).toBe(true);
    const watch = (subscribe: typeof subscribeOverSse) =>
      collect(subscribe(client, projectEventsDocument, { id: project.id }));
    const reason = 'The access token has expired or was revoked.';
    await Promise.all([
      expect(watch(subscribeOverSse)).rejects.toThrow(reason),
      expect(watch(subscribeOverWebSocket)).rejects.toMatchObject({ code: 4403, reason }),
    ]);
    expect((await client.raw(me)).status).toBe(401);
  });

  test('signed with a new key is accepted once the keys are fetched again, one with a key that is gone no more', async () => {
    const before = await clientOf('rotated');
    await before.ask(me);
    await issuer.rotate();
    const after = await clientOf('rotated');
    const requests = issuer.keyRequests;
    // Keys are not fetched for every unknown key that somebody sends.
    for (let time = 0; time < 5; time++) expect((await after.raw(me)).status).toBe(401);
    expect(issuer.keyRequests - requests).toBeLessThanOrEqual(1);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 31_000 });
    expect((await after.raw(me)).status).toBe(200);
    expect((await before.raw(me)).status).toBe(401);
  });

  test('is forgotten some days after its end', async () => {
    const client = await clientOf('short');
    await client.ask(me);
    const sql = world.platform.client;
    const count = async () => (await sql`select from access_token where origin <> 'CREATED'`).length;
    const held = await count();
    await sql`update access_token set expires_at = now() - interval '6 days' where origin = 'JWT'`;
    expect(await deleteOldSessions(world.platform)).toBe(0);
    await sql`update access_token set expires_at = now() - interval '8 days' where origin = 'JWT'`;
    const gone = await deleteOldSessions(world.platform);
    expect(gone).toBeGreaterThan(0);
    expect(await count()).toBe(held - gone);
    expect((await world.admin.raw(me)).status).toBe(200);
  });
});

test('an issuer that is away costs a JWT a clear answer, and access tokens nothing', async () => {
  const issuer = await TestIssuer.open();
  const world = await World.open({ environment: issuer.environment() });
  try {
    const project = await world.project();
    const token = await issuer.accessToken({ sub: 'x' });
    await issuer.close();
    const client = new ApiClient(world.url, token);
    const { status, body } = await client.raw(me);
    expect([status, body.errors]).toMatchObject([
      503,
      [{ extensions: { code: 'UNAVAILABLE', reason: 'IDENTITY_PROVIDER_AWAY', retryAfterSeconds: 5 } }],
    ]);
    for (const path of [`/projects/${project.id}/images`, '/deployments/none/predict']) {
      const headers = { authorization: `Bearer ${token}` };
      const response = await fetch(world.url + path, { method: 'POST', body: new FormData(), headers });
      expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([503, 'UNAVAILABLE']);
    }
    expect((await world.admin.raw(me)).status).toBe(200);
  } finally {
    await world.close();
  }
});
