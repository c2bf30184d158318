import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { createFirstAdministrator } from '#core/access/users.ts';
import { ApiClient, userErrorFields } from '#test/api-client.ts';
import { BrowserSession } from '#test/browser-session.ts';
import { collect, projectEventsDocument, subscribeOverSse } from '#test/event-streams.ts';
import { TestIssuer, clientId } from '#test/test-issuer.ts';
import { World, type TestProject } from '#test/world.ts';
import { returnAddress } from './return-address.ts';

const me = '{ viewer { user { id name isAdministrator } accessTokens { id name origin expiresAt } } }';
const groups = JSON.stringify([
  { group: 'admins', administrator: true },
  { group: 'labellers', project: 'project-1', role: 'LABELLER' },
  { group: 'editors', project: 'project-1', role: 'EDITOR' },
  { group: 'elsewhere', project: 'no-such-project', role: 'OWNER' },
]);

describe('login in a browser', () => {
  let world: World;
  let issuer: TestIssuer;
  let project: TestProject;
  beforeAll(async () => {
    issuer = await TestIssuer.open();
    world = await World.open({
      environment: issuer.environment({ EXEMPLAR_OIDC_GROUPS: groups, EXEMPLAR_ACCESS_CHECK_SECONDS: '1' }),
    });
    // The first one, and so `project-1`.
    project = await world.project();
  });
  afterAll(async () => {
    await world.close();
    await issuer.close();
  });
  afterEach(() => {
    issuer.falsify = (claims) => claims;
    issuer.idToken = undefined;
  });

  const browser = () => new BrowserSession(world.url);
  const logIn = async (sub: string, claims: object = {}) => {
    issuer.present = { sub, preferred_username: sub, ...claims };
    const session = browser();
    const response = await session.logIn();
    expect(response.status, await response.text()).toBe(303);
    return session;
  };
  /** What a login that must fail is answered with. */
  const refusal = async (sub = 'mallory') => {
    issuer.present = { sub };
    const session = browser();
    const response = await session.logIn();
    expect(session.cookies.size).toBe(0);
    return { status: response.status, ...((await response.json()) as { code: string; message: string }) };
  };
  const roleOf = async (session: BrowserSession) => {
    const { data } = await session.ask(
      `{ project(id: "${project.id}") { members { userName role } } viewer { user { name } } }`,
    );
    const { name } = data.viewer.user;
    return data.project?.members.find((member: { userName: string }) => member.userName === name).role;
  };

  test('makes the user, and a session that the API accepts, in a cookie that no script reads', async () => {
    issuer.present = { sub: 'sub-of-anna', preferred_username: 'anna', email: 'anna@example.com' };
    const session = browser();
    const begun = await session.visit('/login');
    const address = new URL(begun.headers.get('location')!);
    expect(Object.fromEntries(address.searchParams)).toMatchObject({
      client_id: clientId,
      response_type: 'code',
      code_challenge_method: 'S256',
      redirect_uri: `${world.url}/login/callback`,
      scope: 'openid profile email',
    });
    const authorized = await session.visit(address.href);
    const response = await session.visit(authorized.headers.get('location')!);
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe(`${world.url}/`);
    const set = response.headers.getSetCookie().find((cookie) => cookie.startsWith('__Host-exemplar='));
    expect(set).toMatch(/^__Host-exemplar=exm_[\w-]{43}; Path=\/; Max-Age=\d+; HttpOnly; Secure; SameSite=Lax$/);
    const { data } = await session.ask(me);
    expect(data.viewer.user).toMatchObject({ name: 'anna', isAdministrator: false });
    expect(data.viewer.accessTokens).toMatchObject([{ name: 'login', origin: 'LOGIN' }]);
    const hours = (Date.parse(data.viewer.accessTokens[0].expiresAt) - Date.now()) / 3_600_000;
    expect(Math.round(hours)).toBe(8);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  test('knows people by issuer and subject: names and e-mail addresses give nobody the rights of another', async () => {
    const first = await logIn('subject-1', { preferred_username: 'sam', email: 'sam@example.com' });
    const again = await logIn('subject-1', { preferred_username: 'renamed', email: 'new@example.com' });
    const other = await logIn('subject-2', { preferred_username: 'sam', email: 'sam@example.com' });
    const root = await logIn('subject-3', { preferred_username: 'Administrator' });
    const users = [];
    for (const session of [first, again, other, root]) users.push((await session.ask(me)).data.viewer.user);
    expect(users[1]).toEqual(users[0]);
    expect(users[2].id).not.toBe(users[0].id);
    expect(users[2].name).toMatch(/^sam [0-9a-f]{8}$/);
    expect(users[3]).toMatchObject({
      name: expect.stringMatching(/^Administrator [0-9a-f]{8}$/),
      isAdministrator: false,
    });
  });

  test('makes one user of two first logins at once', async () => {
    issuer.present = { sub: 'hasty', preferred_username: 'hasty' };
    const sessions = [browser(), browser(), browser(), browser()];
    await Promise.all(sessions.map((session) => session.logIn()));
    const answers = await Promise.all(sessions.map((session) => session.ask(me)));
    expect(new Set(answers.map(({ data }) => data.viewer.user.id)).size).toBe(1);
  });

  test('is written into the audit log, with the rights that it gives', async () => {
    await logIn('audited', { groups: ['labellers', 'elsewhere', 'unmapped'] });
    const { auditEvents } = await world.admin.ask(
      '{ auditEvents(first: 1) { nodes { action userName outcome input targetIds resultId } } }',
    );
    expect(auditEvents.nodes[0]).toEqual({
      action: 'logIn',
      userName: 'audited',
      outcome: 'OK',
      input: JSON.stringify({ isNew: true, roles: { [project.id]: 'LABELLER' }, isAdministrator: false }),
      targetIds: [project.id],
      resultId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  describe('is refused', () => {
    test('with a state that is not that of the browser', async () => {
      issuer.present = { sub: 'victim' };
      const attacker = browser();
      const stolen = await attacker.reachCallback();
      const victim = browser();
      await victim.visit('/login');
      const response = await victim.visit(stolen);
      expect([response.status, await response.json()]).toMatchObject([401, { code: 'LOGIN_REFUSED' }]);
      expect(victim.cookies.size).toBe(0);
    });

    test('in a browser that has not begun, and with a cookie that was not sealed here', async () => {
      const stolen = await browser().reachCallback();
      for (const cookie of [undefined, 'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..AAAA.AAAA.AAAA', 'x']) {
        const session = browser();
        if (cookie !== undefined) session.cookies.set('__Host-exemplar-login', cookie);
        const response = await session.visit(stolen);
        expect([response.status, await response.json()]).toMatchObject([
          401,
          { code: 'LOGIN_REFUSED', message: expect.stringContaining('Begin again') },
        ]);
      }
    });

    test.each<[string, (claims: JWTPayload) => object]>([
      ['a wrong nonce', (claims) => ({ ...claims, nonce: 'of another login' })],
      ['no nonce', (claims) => ({ ...claims, nonce: undefined })],
      ['another audience', (claims) => ({ ...claims, aud: 'another application' })],
      ['another issuer', (claims) => ({ ...claims, iss: 'https://evil.test' })],
      ['a time that is over', (claims) => ({ ...claims, exp: Math.floor(Date.now() / 1000) - 60 })],
      ['no subject', (claims) => ({ ...claims, sub: undefined })],
      ['groups left out', (claims) => ({ ...claims, _claim_names: { groups: 'src1' } })],
    ])('with %s in the ID token', async (_what, falsify) => {
      issuer.falsify = falsify;
      expect(await refusal()).toMatchObject({ status: 401, code: 'LOGIN_REFUSED' });
    });

    test('with an ID token that is not signed by the issuer', async () => {
      const { privateKey } = await generateKeyPair('RS256');
      const { n } = await exportJWK((await generateKeyPair('RS256')).publicKey);
      const forgeries = [
        async (claims: JWTPayload) => new UnsecuredJWT(claims).encode(),
        (claims: JWTPayload) =>
          new SignJWT(claims)
            .setProtectedHeader({ alg: 'RS256', kid: (issuer.publicJwk as { kid: string }).kid })
            .sign(privateKey),
        (claims: JWTPayload) =>
          new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(JSON.stringify(n))),
      ];
      for (const forge of forgeries) {
        issuer.idToken = forge;
        expect(await refusal()).toMatchObject({ status: 401, code: 'LOGIN_REFUSED' });
      }
    });

    test('with a code that was used, even by the browser that it was for', async () => {
      issuer.present = { sub: 'twice' };
      const session = browser();
      const callback = await session.reachCallback();
      const kept = session.cookieHeader;
      expect((await session.visit(callback)).status).toBe(303);
      const replay = await fetch(callback, { redirect: 'manual', headers: { cookie: kept } });
      expect([replay.status, await replay.json()]).toMatchObject([401, { code: 'LOGIN_REFUSED' }]);
      expect(replay.headers.getSetCookie().some((cookie) => cookie.includes('exm_'))).toBe(false);
    });

    test('with an error of the issuer, whose text is not shown', async () => {
      const session = browser();
      const callback = new URL(await session.reachCallback());
      callback.search = `?error=access_denied&error_description=%3Cscript%3E&state=${callback.searchParams.get('state')}`;
      const response = await session.visit(callback.href);
      expect(response.status).toBe(401);
      expect(await response.text()).not.toContain('script');
    });

    test('of a user who was disabled, whose sessions end', async () => {
      const session = await logIn('leaver');
      const { id } = (await session.ask(me)).data.viewer.user;
      const disable = (isDisabled: boolean) =>
        world.admin.must(
          `mutation ($id: ID!) { ${isDisabled ? 'disableUser' : 'enableUser'}(id: $id) { ${userErrorFields} ... on User { disabledAt } } }`,
          { id },
        );
      expect((await disable(true)).disabledAt).not.toBeNull();
      expect(await session.ask(me)).toMatchObject({
        status: 401,
        errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
      });
      expect(await refusal('leaver')).toMatchObject({ status: 403, code: 'USER_DISABLED' });
      const { auditEvents } = await world.admin.ask('{ auditEvents(first: 1) { nodes { action outcome errorCode } } }');
      expect(auditEvents.nodes).toEqual([{ action: 'logIn', outcome: 'REFUSED', errorCode: 'USER_DISABLED' }]);
      await disable(false);
      expect((await (await logIn('leaver')).ask(me)).data.viewer.user.id).toBe(id);
    });
  });

  describe('the groups of a user', () => {
    test('give roles and take them away, at each login', async () => {
      expect(await roleOf(await logIn('member'))).toBeUndefined();
      expect(await roleOf(await logIn('member', { groups: ['labellers', 'editors'] }))).toBe('EDITOR');
      expect(await roleOf(await logIn('member', { groups: 'labellers' }))).toBe('LABELLER');
      expect(await roleOf(await logIn('member', { groups: [] }))).toBeUndefined();
    });

    test('leave roles alone that were given by hand, and are what counts where they give more', async () => {
      const session = await logIn('both', { groups: ['editors'] });
      const { id: userId } = (await session.ask(me)).data.viewer.user;
      const give = (role: string | null) =>
        world.admin.ask(
          `mutation ($input: SetProjectMemberInput!) { setProjectMember(input: $input) { ${userErrorFields} ... on InvalidStateError { currentState } } }`,
          { input: { projectId: project.id, userId, role } },
        );
      for (const lower of [null, 'VIEWER'])
        expect((await give(lower)).setProjectMember).toMatchObject({ currentState: 'ROLE_OF_GROUP' });
      await give('OWNER');
      expect(await roleOf(session)).toBe('OWNER');
      await logIn('both', { groups: ['labellers'] });
      expect(await roleOf(session)).toBe('OWNER');
      await logIn('both');
      expect(await roleOf(session)).toBe('OWNER');
      await give('VIEWER');
      await logIn('both', { groups: ['editors'] });
      expect(await roleOf(session)).toBe('EDITOR');
      await logIn('both');
      expect(await roleOf(session)).toBe('VIEWER');
    });

    test('end the streams of who is no administrator any more', async () => {
      const session = await logIn('watcher', { groups: ['admins'] });
      const client = new ApiClient(world.url, session.cookies.get('__Host-exemplar'));
      const stream = subscribeOverSse(client, projectEventsDocument, { id: project.id, after: 0 });
      await world.admin.must(
        `mutation ($input: CreateLabelInput!) { createLabel(input: $input) { ${userErrorFields} } }`,
        { input: { projectId: project.id, name: 'for-administrators' } },
      );
      expect((await stream.next()).done).toBe(false);
      await logIn('watcher', { groups: [] });
      await expect(collect(stream)).rejects.toThrow(/no administrator any more/);
    });

    test('make administrators and ordinary users again, and no ordinary users of those made by hand', async () => {
      const isAdministrator = async (session: BrowserSession) =>
        (await session.ask(me)).data.viewer.user.isAdministrator;
      expect(await isAdministrator(await logIn('chief', { groups: ['admins'] }))).toBe(true);
      expect(await isAdministrator(await logIn('chief', { groups: [] }))).toBe(false);
      const { id } = (await (await logIn('by-hand')).ask(me)).data.viewer.user;
      await world.admin.must(
        `mutation ($id: ID!) { updateUser(id: $id, input: { isAdministrator: true }) { ${userErrorFields} } }`,
        { id },
      );
      for (const groups of [['admins'], []])
        expect(await isAdministrator(await logIn('by-hand', { groups }))).toBe(true);
    });
  });

  test('a session is over at logout, which no other page can ask for', async () => {
    const session = await logIn('goer');
    const cookie = session.cookieHeader;
    const post = (headers: Record<string, string>) => session.visit('/logout', { method: 'POST', headers });
    expect((await post({ origin: 'https://evil.test' })).status).toBe(403);
    expect((await post({})).status).toBe(403);
    expect((await session.ask(me)).status).toBe(200);
    const { endSessionUrl } = (await (await post({ origin: world.url })).json()) as { endSessionUrl: string };
    expect(endSessionUrl).toContain(`${issuer.url}/logout?`);
    expect(session.cookies.size).toBe(0);
    const old = await fetch(`${world.url}/graphql`, {
      method: 'POST',
      headers: { cookie, origin: world.url, 'content-type': 'application/json' },
      body: JSON.stringify({ query: me }),
    });
    expect(old.status).toBe(401);
    const { auditEvents } = await world.admin.ask('{ auditEvents(first: 1) { nodes { action userName outcome } } }');
    expect(auditEvents.nodes).toEqual([{ action: 'logOut', userName: 'goer', outcome: 'OK' }]);
  });

  describe('a session in a cookie', () => {
    let session: BrowserSession;
    beforeAll(async () => {
      session = await logIn('cookie', { groups: ['editors'] });
    });

    test.each<[string, Record<string, string>]>([
      ['another origin', { origin: 'https://evil.test' }],
      ['no origin at all', {}],
      ['a sandboxed page', { origin: 'null' }],
      ['a neighbour of this site', { origin: 'http://localhost:1', 'sec-fetch-site': 'same-site' }],
      ['another origin that says it is not', { origin: 'https://evil.test', 'x-exemplar-request': '1' }],
    ])('is worth nothing to %s', async (_who, headers) => {
      const answer = await session.ask('mutation { createProject(input: { name: "forged" }) { __typename } }', headers);
      expect(answer).toMatchObject({ status: 403, errors: [{ extensions: { code: 'FORBIDDEN' } }] });
      const files = await session.visit(`/projects/${project.id}/images`, {
        method: 'POST',
        body: new FormData(),
        headers,
      });
      expect([files.status, ((await files.json()) as { code: string }).code]).toEqual([403, 'FORBIDDEN']);
      const stream = await session.visit('/graphql', {
        method: 'POST',
        headers: { accept: 'text/event-stream', 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query: `subscription { projectEvents(projectId: "${project.id}") { sequence } }` }),
      });
      expect(await stream.text()).toContain('FORBIDDEN');
    });

    test('is good for programs that say so, and for reading by GET from our own pages', async () => {
      expect((await session.ask(me, { 'x-exemplar-request': '1' })).data.viewer.user.name).toBe('cookie');
      const address = `/graphql?query=${encodeURIComponent('{ viewer { user { name } } }')}`;
      const read = async (headers: Record<string, string>) => (await session.visit(address, { headers })).status;
      expect(await read({ 'sec-fetch-site': 'same-origin' })).toBe(200);
      expect(await read({ 'sec-fetch-site': 'cross-site' })).toBe(403);
    });

    test('gives way to a token in the header', async () => {
      const answer = await session.ask(me, {
        authorization: `Bearer ${world.admin.token}`,
        origin: 'https://evil.test',
      });
      expect(answer.data.viewer.user.name).toBe('administrator');
    });

    test('opens a WebSocket from our own pages, and its stream ends when the group is gone', async () => {
      const connect = (origin: string) => {
        const socket = new WebSocket(`${world.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
          headers: { cookie: session.cookieHeader },
          origin,
        });
        const messages: { type: string; payload?: unknown }[] = [];
        const closed = new Promise<number>((resolve) => {
          socket.on('close', resolve);
          socket.on('unexpected-response', (_request, { statusCode }) => resolve(statusCode!));
        });
        socket.on('error', () => {});
        const next = (type: string) =>
          new Promise<void>((resolve) => {
            const look = () => messages.some((message) => message.type === type) && resolve();
            socket.on('message', look);
            look();
          });
        socket.on('open', () => socket.send('{"type":"connection_init"}'));
        socket.on('message', (data: Buffer) => {
          const message = JSON.parse(data.toString()) as { type: string };
          messages.push(message);
          if (message.type === 'connection_ack')
            socket.send(
              JSON.stringify({
                id: 's',
                type: 'subscribe',
                payload: { query: `subscription { projectEvents(projectId: "${project.id}", after: 0) { sequence } }` },
              }),
            );
        });
        return { socket, closed, next };
      };
      expect(await connect('https://evil.test').closed).toBe(403);
      await world.admin.must(
        `mutation ($input: CreateLabelInput!) { createLabel(input: $input) { ${userErrorFields} ... on Label { id } } }`,
        { input: { projectId: project.id, name: 'seen' } },
      );
      const { socket, next } = connect(world.url);
      await next('next');
      // Checked again every second: the stream ends without another word of the project.
      const ended = new Promise<void>((resolve) => {
        socket.on('message', (data: Buffer) => {
          if (['error', 'complete'].includes((JSON.parse(data.toString()) as { type: string }).type)) resolve();
        });
        socket.on('close', () => resolve());
      });
      await logIn('cookie', { groups: [] });
      await ended;
      socket.terminate();
    });
  });

  test('leads back to a page of ours, whatever address was asked for', async () => {
    const base = 'https://exemplar.test';
    const asked = (address: string | null) => returnAddress(base, address);
    expect(asked('/projects/1?tab=2#x')).toBe(`${base}/projects/1?tab=2#x`);
    for (const address of [
      null,
      '',
      'x',
      'https://evil.test',
      '//evil.test',
      '///evil.test',
      '/\\evil.test',
      '\\\\evil.test',
      '/\t/evil.test',
      ' //evil.test',
      '/\n//evil.test',
      'https:evil.test',
      'javascript:alert(1)',
      `${base}@evil.test`,
    ])
      expect(asked(address), String(address)).toBe(`${base}/`);
    // A path to us, and an address of another host to who reads it as one without a scheme.
    for (const path of ['/.//evil.test', '/..//evil.test', '/%2F/evil.test', '/x/../..//evil.test'])
      expect(new URL(asked(path)).origin, path).toBe(base);
    issuer.present = { sub: 'wanderer' };
    for (const [address, place] of [
      ['/graphql', '/graphql'],
      ['//evil.test', '/'],
      ['https://evil.test/x', '/'],
    ]) {
      const response = await browser().logIn(`/login?returnTo=${encodeURIComponent(address!)}`);
      expect(response.headers.get('location')).toBe(world.url + place);
    }
  });
});

test('an issuer that is away is said so, and everything else goes on', async () => {
  const issuer = await TestIssuer.open();
  const world = await World.open({ environment: issuer.environment() });
  try {
    await issuer.close();
    const response = await new BrowserSession(world.url).visit('/login');
    expect([response.status, response.headers.get('retry-after'), await response.json()]).toMatchObject([
      503,
      '5',
      { code: 'UNAVAILABLE', reason: 'IDENTITY_PROVIDER_AWAY' },
    ]);
    expect((await fetch(`${world.url}/ready`)).status).toBe(200);
    expect((await world.admin.ask('{ viewer { user { name } } }')).viewer.user.name).toBe('administrator');
  } finally {
    await world.close();
  }
});

test('people who log in before the first administrator is made do not keep one from being made', async () => {
  const issuer = await TestIssuer.open();
  const world = await World.open({ environment: issuer.environment() });
  try {
    await world.platform.client`delete from app_user`;
    issuer.present = { sub: 'early', preferred_username: 'administrator' };
    expect((await new BrowserSession(world.url).logIn()).status).toBe(303);
    expect((await createFirstAdministrator(world.platform.db))?.user.name).toBe('administrator');
    expect(await createFirstAdministrator(world.platform.db)).toBeUndefined();
  } finally {
    await world.close();
    await issuer.close();
  }
});

test('without an issuer there is no login, and no cookie is looked at', async () => {
  const world = await World.open();
  try {
    for (const path of ['/login', '/login/callback']) expect((await fetch(world.url + path)).status).toBe(404);
    const session = new BrowserSession(world.url);
    session.cookies.set('__Host-exemplar', world.admin.token!);
    expect(await session.ask('{ projects { nodes { id } } }')).toMatchObject({ status: 401 });
    expect((await new ApiClient(world.url, undefined).raw('{ __typename }')).status).toBe(200);
  } finally {
    await world.close();
  }
});
