import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { userErrorFields, type ApiClient } from '#test/api-client.ts';
import { withScope } from '#test/scoped-client.ts';
import { World, type TestProject } from '#test/world.ts';
import { authenticate, authenticateAgain } from './access-tokens.ts';
import { createFirstAdministrator } from './users.ts';

const listDocument = `query ($filter: UserFilter, $first: Int, $after: String) { users(filter: $filter, first: $first, after: $after) {
  nodes { id name isAdministrator disabledAt } pageInfo { hasNextPage endCursor } } }`;
const userFields = `${userErrorFields} ... on User { id name isAdministrator disabledAt }`;
const documents = {
  updateUser: `mutation ($id: ID!, $input: UpdateUserInput!) { updateUser(id: $id, input: $input) { ${userFields} } }`,
  disableUser: `mutation ($id: ID!) { disableUser(id: $id) { ${userFields} } }`,
  enableUser: `mutation ($id: ID!) { enableUser(id: $id) { ${userFields} } }`,
};

describe('the users of an installation', () => {
  let world: World;
  let project: TestProject;
  beforeAll(async () => {
    world = await World.open();
    project = await world.project({ labels: ['cat'], images: 1 });
  });
  afterAll(() => world.close());

  const change = async (name: keyof typeof documents, id: string, input?: object, client: ApiClient = world.admin) =>
    (await client.ask(documents[name], { id, ...(input && { input }) }))[name];
  // oxlint-disable-next-line typescript/no-explicit-any -- the shape is that of the document above
  const list = async (variables: object): Promise<any> =>
    (await world.admin.ask(listDocument, { first: 100, ...variables })).users;
  const names = async (filter: object) =>
    (await list({ filter })).nodes.map(({ name }: { name: string }) => name) as string[];

  test('are listed by name, page by page, by what their names hold and what they may', async () => {
    for (const name of ['list-b', 'list-A', 'list-c', 'list-%'])
      await world.admin.must(
        `mutation ($input: CreateUserInput!) { createUser(input: $input) { ${userErrorFields} } }`,
        {
          input: { name, isAdministrator: name === 'list-c' },
        },
      );
    const all = (await list({})).nodes;
    expect(all.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(['administrator', 'list-A', 'list-b']),
    );
    const seen: unknown[] = [];
    for (let after: string | null = null; ;) {
      const { nodes, pageInfo } = await list({ first: 2, after });
      seen.push(...nodes);
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
    expect(seen).toEqual(all);
    expect((await names({ nameContains: 'LIST-' })).sort()).toEqual(['list-%', 'list-A', 'list-b', 'list-c']);
    // No pattern of SQL.
    expect(await names({ nameContains: '%' })).toEqual(['list-%']);
    expect(await names({ nameContains: 'list', isAdministrator: true })).toEqual(['list-c']);
    expect(await names({ isAdministrator: true, isDisabled: true })).toEqual([]);
    const { body } = await world.admin.raw(listDocument, { filter: { nameContains: '\0' } });
    expect(body.errors).toMatchObject([{ extensions: { userErrorCode: 'VALIDATION_FAILED' } }]);
  });

  test('are shown with their tokens, never the texts, and their roles in projects', async () => {
    const user = await world.user({ project, role: 'LABELLER' });
    await withScope(user, 'READ');
    const fields = 'accessTokens { name scope lastUsedAt } memberships { projectId projectName role }';
    const { users } = await world.admin.ask(
      `{ users(first: 20, filter: { nameContains: "user-" }) { nodes { id ${fields} } } }`,
    );
    const shown = users.nodes.find(({ id }: { id: string }) => id === user.userId);
    expect(shown).toEqual({
      id: user.userId,
      accessTokens: [
        { name: 'for READ', scope: 'READ', lastUsedAt: null },
        { name: 'test', scope: 'ADMIN', lastUsedAt: expect.any(String) },
      ],
      memberships: [{ projectId: project.id, projectName: project.name, role: 'LABELLER' }],
    });
    expect(JSON.stringify(users)).not.toContain(user.token);
    const { viewer } = await user.ask(`{ viewer { user { ${fields} } } }`);
    expect(viewer.user.memberships).toEqual(shown.memberships);
    const one = `query ($id: ID!) { user(id: $id) { id ${fields} } }`;
    for (const client of [world.admin, user]) expect((await client.ask(one, { id: user.userId })).user).toEqual(shown);
    expect((await world.admin.ask(one, { id: `User_${crypto.randomUUID()}` })).user).toBeNull();
    const stranger = await world.user();
    for (const id of [user.userId, `User_${crypto.randomUUID()}`])
      expect((await stranger.raw(one, { id })).body.errors).toMatchObject([
        { extensions: { userErrorCode: 'PERMISSION_DENIED' } },
      ]);
  });

  test('are changed: names are unique, and an administrator is one from the next call on', async () => {
    const user = await world.user();
    const name = world.name('renamed');
    expect(await change('updateUser', user.userId, { name: ` ${name} ` })).toMatchObject({
      name,
      isAdministrator: false,
    });
    expect(await change('updateUser', user.userId, { name: 'administrator' })).toMatchObject({ code: 'CONFLICT' });
    expect(await change('updateUser', user.userId, { name: ' ' })).toMatchObject({ code: 'VALIDATION_FAILED' });
    expect(await change('updateUser', user.userId, { isAdministrator: true })).toMatchObject({
      name,
      isAdministrator: true,
    });
    expect((await user.ask(listDocument)).users.nodes.length).toBeGreaterThan(1);
    await change('updateUser', user.userId, { isAdministrator: false });
    expect((await user.raw(listDocument)).body.errors).toMatchObject([
      { extensions: { userErrorCode: 'PERMISSION_DENIED' } },
    ]);
    expect(await change('updateUser', `User_${crypto.randomUUID()}`, {})).toMatchObject({ code: 'NOT_FOUND' });
    expect(await change('disableUser', project.id)).toMatchObject({ code: 'NOT_FOUND' });
  });

  test('who are disabled are refused everywhere from that moment on, until they are enabled', async () => {
    const user = await world.user({ project, role: 'EDITOR' });
    const read = 'query ($id: ID!) { project(id: $id) { name } }';
    const viewer = await authenticate(world.platform.db, user.token!);
    await authenticateAgain(world.platform.db, viewer);
    const disabled = await change('disableUser', user.userId);
    expect(Math.abs(Date.parse(disabled.disabledAt) - Date.now())).toBeLessThan(60_000);
    await expect(authenticateAgain(world.platform.db, viewer)).rejects.toThrow('is disabled');
    expect(await user.raw(read, { id: project.id })).toMatchObject({
      status: 401,
      body: {
        errors: [{ message: 'The user of this access token is disabled.', extensions: { code: 'UNAUTHENTICATED' } }],
      },
    });
    // Asked for twice, it stays the first time.
    expect(await change('disableUser', user.userId)).toEqual(disabled);
    expect(await names({ isDisabled: true })).toEqual([disabled.name]);
    expect(await change('enableUser', user.userId)).toMatchObject({ disabledAt: null });
    expect((await user.ask(read, { id: project.id })).project).toEqual({ name: project.name });
  });

  test('always have an administrator among them, also when two take each other the right at once', async () => {
    const { viewer } = await world.admin.ask('{ viewer { user { id } } }');
    const last = { __typename: 'InvalidStateError', code: 'INVALID_STATE' };
    for (const filter of (await list({ filter: { isAdministrator: true } })).nodes)
      if (filter.id !== viewer.user.id) await change('updateUser', filter.id, { isAdministrator: false });
    expect(await change('updateUser', viewer.user.id, { isAdministrator: false })).toMatchObject(last);
    expect(await change('disableUser', viewer.user.id)).toMatchObject(last);
    const other = await world.user();
    await change('updateUser', other.userId, { isAdministrator: true });
    const both = await Promise.all([
      change('disableUser', other.userId, undefined, world.admin),
      change('updateUser', viewer.user.id, { isAdministrator: false }, other),
    ]).catch((error: Error) => error);
    const left = await world.platform.client`select name from app_user where is_administrator and disabled_at is null`;
    expect(left, String(both)).toHaveLength(1);
    await world.platform
      .client`update app_user set is_administrator = true, disabled_at = null where name = 'administrator'`;
  });

  test('do not get a second first administrator when the first one is called otherwise', async () => {
    const { viewer } = await world.admin.ask('{ viewer { user { id } } }');
    await change('updateUser', viewer.user.id, { name: 'root' });
    expect(await createFirstAdministrator(world.platform.db)).toBeUndefined();
    await change('updateUser', viewer.user.id, { name: 'administrator' });
  });

  test('are the business of administrators with a token of the scope ADMIN', async () => {
    const user = await world.user({ project, role: 'OWNER' });
    const trainer = await withScope(world.admin, 'TRAIN');
    for (const client of [user, trainer]) {
      for (const name of Object.keys(documents) as (keyof typeof documents)[])
        expect(await change(name, user.userId, name === 'updateUser' ? {} : undefined, client)).toMatchObject({
          __typename: 'PermissionDeniedError',
        });
      for (const query of [listDocument, '{ workers { id } }', '{ serverInfo { database { version } } }'])
        expect((await client.raw(query)).body.errors, query).toMatchObject([
          { extensions: { userErrorCode: 'PERMISSION_DENIED' } },
        ]);
    }
    const { auditEvents } = await world.admin.ask(
      '{ auditEvents(first: 3, filter: { action: "enableUser" }) { nodes { outcome errorCode targetIds } } }',
    );
    expect(auditEvents.nodes[0]).toEqual({
      outcome: 'REFUSED',
      errorCode: 'PERMISSION_DENIED',
      targetIds: [user.userId],
    });
  });
});
