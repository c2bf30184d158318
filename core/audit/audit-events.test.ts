import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unauditedMutations } from '#schema/audited-mutations.ts';
import { schema } from '#schema/index.ts';
import { userErrorFields, type ApiClient } from '#test/api-client.ts';
import { executeOverWebSocket } from '#test/event-streams.ts';
import { World, type TestProject } from '#test/world.ts';
import { deleteOldAuditEvents } from './audit-events.ts';

const document = `query ($filter: AuditEventFilter, $first: Int, $after: String) { auditEvents(filter: $filter, first: $first, after: $after) {
  nodes { id occurredAt userId userName accessTokenId requestId action projectId targetIds input resultId outcome errorCode }
  pageInfo { hasNextPage endCursor } } }`;
const uuidOf = (globalId: string) => globalId.replace(/^[A-Za-z]+_/, '');
const deleteProject = `mutation ($id: ID!) { deleteProject(id: $id) { ${userErrorFields} } }`;

describe('the audit log', () => {
  let world: World;
  let project: TestProject;
  let owner: ApiClient & { userId: string };
  beforeAll(async () => {
    world = await World.open();
    owner = await world.user();
    project = await world.project({ client: owner, labels: ['cat', 'dog'], images: 5 });
  });
  afterAll(() => world.close());

  // oxlint-disable-next-line typescript/no-explicit-any -- the shape is that of the document above
  const events = async (filter: object = {}): Promise<any[]> =>
    (await world.admin.ask(document, { filter, first: 100 })).auditEvents.nodes;
  const newest = async (filter: object = {}) => (await events(filter))[0];

  test('tells who gave whom which role, when, with which token and in which request', async () => {
    const other = await world.user();
    const before = Date.now();
    const response = await fetch(`${world.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${owner.token}` },
      body: JSON.stringify({
        query: 'mutation ($input: SetProjectMemberInput!) { setProjectMember(input: $input) { __typename } }',
        variables: { input: { projectId: project.id, userId: other.userId, role: 'LABELLER' } },
      }),
    });
    await response.json();
    const { viewer } = await owner.ask('{ viewer { user { name } accessTokens { id } } }');
    const event = await newest({ userId: owner.userId });
    expect(event).toEqual({
      id: expect.stringMatching(/^AuditEvent_/),
      occurredAt: expect.any(String),
      userId: owner.userId,
      userName: viewer.user.name,
      accessTokenId: viewer.accessTokens[0].id,
      requestId: response.headers.get('x-request-id'),
      action: 'setProjectMember',
      projectId: project.id,
      targetIds: [project.id, other.userId],
      input: JSON.stringify({ input: { role: 'LABELLER', userId: other.userId, projectId: project.id } }),
      resultId: uuidOf(project.id),
      outcome: 'OK',
      errorCode: null,
    });
    expect(Math.abs(Date.parse(event.occurredAt) - before)).toBeLessThan(60_000);
  });

  test('tells what was made, and the project of it', async () => {
    const { id } = await world.startTraining(project.id, {}, owner);
    expect(await newest({ action: 'startTraining' })).toMatchObject({
      projectId: project.id,
      resultId: uuidOf(id),
      outcome: 'OK',
    });
    const act = (name: string, what: string) =>
      owner.must(`mutation ($id: ID!) { ${name}(id: $id) { ${userErrorFields} } }`, { id: what });
    await act('cancelTraining', id);
    expect(await newest({ action: 'cancelTraining' })).toMatchObject({ projectId: project.id, targetIds: [id] });
    const made = await world.project({ client: owner });
    expect(await newest({ action: 'createProject' })).toMatchObject({ projectId: made.id, resultId: uuidOf(made.id) });
    await owner.must(`mutation ($id: ID!) { deleteLabel(id: $id) { ${userErrorFields} } }`, {
      id: project.labels[1]!.id,
    });
    expect(await newest({ action: 'deleteLabel' })).toMatchObject({ projectId: project.id, outcome: 'OK' });
  });

  test('outlives what it tells of', async () => {
    const { id } = await world.project({ client: owner });
    await owner.must(deleteProject, { id });
    expect((await events({ projectId: id })).map(({ action }) => action)).toEqual(['deleteProject', 'createProject']);
  });

  test('tells of what was refused, and why', async () => {
    const stranger = await world.user();
    await stranger.ask(deleteProject, { id: project.id });
    expect(await newest({ userId: stranger.userId })).toMatchObject({
      action: 'deleteProject',
      projectId: project.id,
      outcome: 'REFUSED',
      errorCode: 'NOT_FOUND',
    });
    await stranger.ask(`mutation { createUser(input: { name: "x", isAdministrator: true }) { __typename } }`);
    expect(await newest({ userId: stranger.userId })).toMatchObject({
      action: 'createUser',
      input: '{"input":{"isAdministrator":true}}',
      errorCode: 'PERMISSION_DENIED',
    });
  });

  test('tells of what was broken off', async () => {
    const fields = 'trainingConfig { seed } '.repeat(160);
    await owner.raw(`mutation { createProject(input: { name: "too-broad" }) { ... on Project { ${fields} } } }`);
    expect(await newest({ userId: owner.userId })).toMatchObject({
      action: 'createProject',
      outcome: 'FAILED',
      errorCode: 'COMPLEXITY_LIMIT',
    });
  });

  test('tells of what comes over WebSocket', async () => {
    await executeOverWebSocket(owner, 'mutation { createProject(input: { name: "by-socket" }) { __typename } }');
    const event = await newest({ userId: owner.userId });
    expect(event).toMatchObject({ action: 'createProject', outcome: 'OK' });
    expect(event.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('holds no secret and no text of anybody', async () => {
    const secret = 'hunter2-is-no-name';
    const { token } = await owner.must(
      `mutation ($name: String!) { createAccessToken(input: { name: $name }) { ${userErrorFields} ... on CreatedAccessToken { token } } }`,
      { name: secret },
    );
    await owner.raw(`mutation ($id: ID!) { revokeAccessToken(id: $id) { ${userErrorFields} } }`, { id: token });
    expect((await newest({ action: 'revokeAccessToken' })).input).toBe('{"id":"no id"}');
    const [{ text }] = (await world.platform.db.execute(
      sql`select query_to_xml('select * from audit_event', true, false, '')::text as text`,
    )) as unknown as [{ text: string }];
    expect(text).toContain('createAccessToken');
    expect(text).not.toContain(token);
    expect(text).not.toContain(secret);
  });

  test('is written before the deed: what cannot be written down is not done', async () => {
    await world.platform.db.execute(sql`alter table audit_event rename to audit_event_away`);
    try {
      const { body } = await owner.raw('mutation { createProject(input: { name: "unseen" }) { __typename } }');
      expect(body.errors).toMatchObject([{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }]);
    } finally {
      await world.platform.db.execute(sql`alter table audit_event_away rename to audit_event`);
    }
    const { projects } = await owner.ask('{ projects(first: 100) { nodes { name } } }');
    expect(projects.nodes).not.toContainEqual({ name: 'unseen' });
  });

  test('has no outcome while an action runs', async () => {
    const { id } = await world.project({ client: owner });
    const client = await world.platform.client.reserve();
    try {
      await client`begin`;
      await client`select 1 from project where id = ${uuidOf(id)} for update`;
      const deleted = owner.must(deleteProject, { id });
      const filter = { projectId: id, action: 'deleteProject' };
      while (!(await newest(filter)));
      expect(await newest(filter)).toMatchObject({ outcome: null, errorCode: null });
      await client`rollback`;
      await deleted;
      expect((await newest(filter)).outcome).toBe('OK');
    } finally {
      client.release();
    }
  });

  test('leaves out labelling, and nothing else', async () => {
    const mutations = Object.keys(schema.getMutationType()!.getFields());
    expect(mutations).toEqual(expect.arrayContaining([...unauditedMutations]));
    const { length } = await events();
    await world.annotate(project.id, [{ imageId: project.imageIds[0]![0], labelId: null }], owner);
    expect(await events()).toHaveLength(length);
    for (const name of mutations.filter((each) =>
      /token|user|member|delete|start|stop|cancel|deploy|webhook/i.test(each),
    ))
      expect(unauditedMutations).not.toContain(name);
  });

  test('is for administrators', async () => {
    const { body } = await owner.raw(document);
    expect(body.data).toBeNull();
    expect(body.errors).toMatchObject([{ extensions: { userErrorCode: 'PERMISSION_DENIED' } }]);
    for (const filter of [{ userId: owner.userId }, { projectId: project.id }])
      expect((await owner.raw(document, { filter })).body.errors).toMatchObject([
        { extensions: { userErrorCode: 'PERMISSION_DENIED' } },
      ]);
  });

  test('is read page by page, newest first, by user, project, action and time', async () => {
    const all = await events();
    expect(all.length).toBeGreaterThan(10);
    const seen: unknown[] = [];
    for (let after: string | null = null; ;) {
      const { auditEvents } = await world.admin.ask(document, { first: 4, after });
      seen.push(...auditEvents.nodes);
      if (!auditEvents.pageInfo.hasNextPage) break;
      after = auditEvents.pageInfo.endCursor;
    }
    expect(seen).toEqual(all);
    const filtered = await events({ projectId: project.id, action: 'startTraining', userId: owner.userId });
    expect(filtered).toEqual(all.filter((event) => event.projectId === project.id && event.action === 'startTraining'));
    const [middle] = await world.platform.db.execute<{ time: string }>(
      sql`select to_char(uuid_extract_timestamp(${uuidOf(all[5].id)}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as time`,
    );
    const [since, until] = await Promise.all([events({ since: middle!.time }), events({ until: middle!.time })]);
    expect([...since, ...until]).toEqual(all);
    expect(since).toContainEqual(all[5]);
    expect(until.length).toBeGreaterThan(0);
  });

  test('is kept for as long as is configured', async () => {
    const { length } = await events();
    await world.platform.db.execute(sql`
      update audit_event set occurred_at = now() - interval '31 days' where id in (select id from audit_event order by id limit 3)`);
    expect(await deleteOldAuditEvents(world.platform, 0)).toBe(0);
    expect(await deleteOldAuditEvents(world.platform, 32)).toBe(0);
    expect(await deleteOldAuditEvents(world.platform, 30)).toBe(3);
    expect(await events()).toHaveLength(length - 3);
  });
});
