import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { userErrorFields } from '#test/api-client.ts';
import {
  act,
  change,
  deploy,
  readDeployment,
  trainedProject,
  untilSettled,
  type Selected,
  type TrainedProject,
} from '#test/deployments.ts';
import { collect, projectEventsDocument, subscribeOverSse } from '#test/event-streams.ts';
import { drawPicture } from '#test/pictures.ts';
import { World } from '#test/world.ts';

describe('deployments', () => {
  let world: World;
  let project: TrainedProject;
  let first: string;
  let second: string;
  beforeAll(async () => {
    world = await World.open({ worker: true });
    project = await trainedProject(world, 2);
    [first, second] = project.versions as [string, string];
  });
  afterAll(() => world.close());

  const call = async (name: string, token = world.admin.token): Promise<{ status: number; version: string }> => {
    const response = await fetch(`${world.url}/deployments/${name}/predict`, {
      method: 'POST',
      body: new Blob([new Uint8Array(await drawPicture(0, 300))]),
      headers: { authorization: `Bearer ${token}` },
    });
    const body: Selected = await response.json();
    return { status: response.status, version: body.modelVersion?.id };
  };
  const historyOf = async (id: string): Promise<Selected[]> => {
    const { deployment } = await world.admin.ask(
      'query ($id: ID!) { deployment(id: $id) { history(first: 100) { nodes { sequence kind state stopCause modelVersion { id } changedBy changedAt } } } }',
      { id },
    );
    return deployment.history.nodes.toReversed();
  };
  const kindsOf = async (id: string): Promise<string[]> => (await historyOf(id)).map(({ kind }) => kind);
  const isoOf = (id: string) => id.replace('Deployment_', '');

  test('are made, announced to who watches the project, and answer', async () => {
    const { project: before } = await world.admin.ask('query ($id: ID!) { project(id: $id) { lastSequence } }', {
      id: project.id,
    });
    const deployment = await change(world.admin, 'deployModel', {
      modelVersionId: first,
      name: world.name('made'),
      autoStopHours: 24,
      idleStopMinutes: 5,
    });
    expect(deployment).toMatchObject({
      state: 'DEPLOYING',
      modelVersion: { id: first },
      candidate: null,
      autoStopHours: 24,
      idleStopMinutes: 5,
      acceptFrom: expect.closeTo(0.9, 5),
      storeHours: null,
    });
    const document = projectEventsDocument.replace(
      '__typename',
      '__typename ... on ProjectDeploymentChanged { deploymentId name deploymentChange deploymentState modelVersionId }',
    );
    const events: Selected[] = [];
    for await (const event of subscribeOverSse(world.admin, document, { id: project.id, after: before.lastSequence })) {
      events.push(event);
      if (event.deploymentChange === 'READY') break;
    }
    const { id, name } = deployment;
    expect(events.map(({ deploymentChange, deploymentState }) => [deploymentChange, deploymentState])).toEqual([
      ['DEPLOYED', 'DEPLOYING'],
      ['READY', 'RUNNING'],
    ]);
    expect(events[1]).toMatchObject({ deploymentId: id, name, modelVersionId: first });
    expect(await call(name)).toEqual({ status: 200, version: first });
    const { deployments } = await world.admin.ask('query ($id: ID!) { deployments(projectId: $id) { nodes { id } } }', {
      id: project.id,
    });
    expect(deployments.nodes).toContainEqual({ id });
  });

  test.each(['', '1a', 'a b', 'a/b', 'x'.repeat(65), 'naïve'])('refuse the name %j', async (name) => {
    expect(await change(world.admin, 'deployModel', { modelVersionId: first, name })).toMatchObject({
      code: 'VALIDATION_FAILED',
    });
  });

  test.each([
    { autoStopHours: 0 },
    { autoStopHours: 25 },
    { idleStopMinutes: 0 },
    { acceptFrom: 1.1 },
    { storeHours: 0 },
  ])('refuse %j', async (setting) => {
    const input = { modelVersionId: first, name: world.name('wrong'), ...setting };
    expect(await change(world.admin, 'deployModel', input)).toMatchObject({ code: 'VALIDATION_FAILED' });
  });

  test('have names that are unique among those that are there', async () => {
    const name = world.name('twin');
    const { id } = await deploy(world, project.id, { modelVersionId: first, name });
    const again = () => change(world.admin, 'deployModel', { modelVersionId: first, name });
    expect(await again()).toMatchObject({ code: 'CONFLICT' });
    await act(world.admin, 'deleteDeployment', id);
    expect(await again()).toMatchObject({ state: 'DEPLOYING', name });
    expect(await readDeployment(world.admin, id)).toBeNull();
  });

  test('fail when their model file cannot be used, and run once it can and they are started', async () => {
    const broken = await trainedProject(world, 1);
    const [key] = await world.platform.db.execute<{ model_key: string }>(
      sql`select model_key from model_version where id = ${broken.versions[0]!.replace('ModelVersion_', '')}`,
    );
    const file = await world.platform.objects.get(key!.model_key);
    await writeFile(join(world.platform.config.objectsDirectory, key!.model_key), 'no model');
    const failed = await deploy(world, broken.id, { modelVersionId: broken.versions[0]! });
    expect(failed).toMatchObject({ state: 'FAILED', errorMessage: expect.stringContaining('cannot be used') });
    expect((await call(failed.name)).status).toBe(409);
    await world.platform.objects.put(key!.model_key, file);
    const { lastSequence } = (
      await world.admin.ask('query ($id: ID!) { project(id: $id) { lastSequence } }', { id: broken.id })
    ).project;
    expect(await act(world.admin, 'startDeployment', failed.id)).toMatchObject({
      state: 'DEPLOYING',
      errorMessage: null,
    });
    await untilSettled(world.admin, broken.id, failed.id, lastSequence);
    expect((await call(failed.name)).status).toBe(200);
    expect(await kindsOf(failed.id)).toEqual(['DEPLOYED', 'FAILED', 'STARTED', 'READY']);
  });

  test('are never pointed at a version whose file cannot be used', async () => {
    const other = await trainedProject(world, 2);
    const [good, bad] = other.versions as [string, string];
    const [key] = await world.platform.db.execute<{ model_key: string }>(
      sql`select model_key from model_version where id = ${bad.replace('ModelVersion_', '')}`,
    );
    await world.platform.objects.put(key!.model_key, Buffer.from('no model'));
    const { id, name } = await deploy(world, other.id, { modelVersionId: good });
    expect(await change(world.admin, 'updateDeployment', { id, modelVersionId: bad })).toMatchObject({
      code: 'INVALID_STATE',
    });
    expect(await call(name)).toEqual({ status: 200, version: good });
    expect(await kindsOf(id)).toEqual(['DEPLOYED', 'READY']);
  });

  test('go to another version and back, and know which one answered when', async () => {
    const { id, name } = await deploy(world, project.id, { modelVersionId: first });
    expect(await act(world.admin, 'rollbackDeployment', id)).toMatchObject({ code: 'INVALID_STATE' });
    expect(await change(world.admin, 'updateDeployment', { id, modelVersionId: second })).toMatchObject({
      modelVersion: { id: second },
    });
    expect((await call(name)).version).toBe(second);
    expect(await act(world.admin, 'rollbackDeployment', id)).toMatchObject({ modelVersion: { id: first } });
    expect((await call(name)).version).toBe(first);
    await change(world.admin, 'updateDeployment', { id, acceptFrom: 0.7 });
    // What was undone is undone again, whatever else was changed in between.
    expect(await act(world.admin, 'rollbackDeployment', id)).toMatchObject({ modelVersion: { id: second } });
    await act(world.admin, 'deleteDeployment', id);

    const changes = await world.platform.db.execute<{ kind: string; changed_at: string }>(
      sql`select kind, changed_at from deployment_change where deployment_id = ${isoOf(id)} order by seq`,
    );
    expect(changes.map(({ kind }) => kind)).toEqual([
      'DEPLOYED',
      'READY',
      'ROUTED',
      'ROLLED_BACK',
      'CONFIGURED',
      'ROLLED_BACK',
      'DELETED',
    ]);
    // Times of their own, so that the answers do not hang on how fast the test was.
    for (const [index] of changes.entries())
      await world.platform.db.execute(
        sql`update deployment_change set changed_at = ${`2026-01-01T00:0${index}:00Z`} where deployment_id = ${isoOf(id)} and seq = ${index + 1}`,
      );
    const at = async (time: string) =>
      (
        await world.admin.ask(
          'query ($id: ID!, $time: DateTime!) { servedVersionAt(deploymentId: $id, time: $time) { state modelVersion { id } } }',
          { id, time },
        )
      ).servedVersionAt;
    expect(await at('2025-12-31T23:59:59.999Z')).toBeNull();
    expect(await at('2026-01-01T00:00:30Z')).toEqual({ state: 'DEPLOYING', modelVersion: { id: first } });
    expect(await at('2026-01-01T00:01:59.999Z')).toEqual({ state: 'RUNNING', modelVersion: { id: first } });
    expect(await at('2026-01-01T00:02:00Z')).toEqual({ state: 'RUNNING', modelVersion: { id: second } });
    expect(await at('2026-01-01T00:03:30Z')).toEqual({ state: 'RUNNING', modelVersion: { id: first } });
    expect(await at('2026-01-01T00:05:30Z')).toEqual({ state: 'RUNNING', modelVersion: { id: second } });
    expect(await at('2027-01-01T00:00:00Z')).toEqual({ state: 'STOPPED', modelVersion: { id: second } });
  });

  test('give a candidate its share of the calls, and promote it', async () => {
    const { id, name } = await deploy(world, project.id, { modelVersionId: first });
    const candidate = { modelVersionId: second, percent: 50 };
    expect(await change(world.admin, 'updateDeployment', { id, candidate })).toMatchObject({
      candidate: { modelVersion: { id: second }, mode: 'SPLIT', percent: 50 },
    });
    const seen = new Set((await Promise.all(Array.from({ length: 64 }, () => call(name)))).map((each) => each.version));
    expect(seen).toEqual(new Set([first, second]));
    expect(await change(world.admin, 'updateDeployment', { id, modelVersionId: second })).toMatchObject({
      modelVersion: { id: second },
      candidate: null,
    });
    expect(await act(world.admin, 'rollbackDeployment', id)).toMatchObject({
      modelVersion: { id: first },
      candidate: { modelVersion: { id: second }, percent: 50 },
    });
    expect(await change(world.admin, 'updateDeployment', { id, candidate: null })).toMatchObject({ candidate: null });
    for (const wrong of [{}, { percent: 0 }, { percent: 100 }, { percent: 5, isShadow: true }])
      expect(
        await change(world.admin, 'updateDeployment', { id, candidate: { modelVersionId: second, ...wrong } }),
      ).toMatchObject({ code: 'VALIDATION_FAILED' });
  });

  test('ask a shadow besides, whose answers nobody gets, and say how often it agrees', async () => {
    const { id, name } = await deploy(world, project.id, { modelVersionId: first });
    // The same version: it must agree with itself.
    await change(world.admin, 'updateDeployment', { id, candidate: { modelVersionId: first, isShadow: true } });
    await change(world.admin, 'updateDeployment', { id, candidate: { modelVersionId: second, isShadow: true } });
    for (let time = 0; time < 5; time++) expect((await call(name)).version).toBe(first);
    const totals = async () => {
      await world.server.serving.meter.flush();
      const { deployment } = await world.admin.ask(
        'query ($id: ID!) { deployment(id: $id) { totals { modelVersionId invocations failures pictures compared agreementRate } } }',
        { id },
      );
      return new Map<string, Selected>(
        deployment.totals.map(({ modelVersionId, ...rest }: Selected) => [modelVersionId, rest]),
      );
    };
    await expect.poll(async () => (await totals()).get(second)?.compared, { timeout: 20_000 }).toBe(5);
    const counted = await totals();
    expect(counted.get(first)).toMatchObject({ invocations: 5, failures: 0, pictures: 5, agreementRate: null });
    expect(counted.get(second)).toMatchObject({ invocations: 0, pictures: 0 });
    expect(counted.get(second).agreementRate * 5).toBeOneOf(
      [0, 1, 2, 3, 4, 5].map((value) => expect.closeTo(value, 6)),
    );
  });

  test('count calls, failures and how long they took', async () => {
    const { id, name } = await deploy(world, project.id, { modelVersionId: first });
    for (let time = 0; time < 3; time++) await call(name);
    await fetch(`${world.url}/deployments/${name}/predict`, {
      method: 'POST',
      body: new Blob(['no picture']),
      headers: { authorization: `Bearer ${world.admin.token}` },
    });
    await world.server.serving.meter.flush();
    const { deployment } = await world.admin.ask(
      'query ($id: ID!) { deployment(id: $id) { window(minutes: 10) { invocations failures latencies { p50 p95 p99 } minutes { invocations } } } }',
      { id },
    );
    expect(deployment.window).toMatchObject({ invocations: 4, failures: 1 });
    const { p50, p95, p99 } = deployment.window.latencies;
    expect(p50).toBeGreaterThan(0);
    expect(p95).toBeGreaterThanOrEqual(p50);
    expect(p99).toBeGreaterThanOrEqual(p95);
    const { body } = await world.admin.raw(
      'query ($id: ID!) { deployment(id: $id) { window(minutes: 1441) { failures } } }',
      {
        id,
      },
    );
    expect(body.errors).toMatchObject([{ extensions: { userErrorCode: 'VALIDATION_FAILED' } }]);
  });

  test('sleep when nobody calls, and wake on the next call, also of many at once', async () => {
    const { id, name } = await deploy(world, project.id, { modelVersionId: first, idleStopMinutes: 5 });
    await call(name);
    await world.server.serving.meter.flush();
    await world.server.serving.look();
    expect(await readDeployment(world.admin, id)).toMatchObject({ state: 'RUNNING' });
    await world.platform.db.execute(
      sql`update deployment set started_at = now() - interval '6 minutes' where id = ${isoOf(id)}`,
    );
    // The last call was less than 5 minutes ago.
    await world.server.serving.look();
    expect(await readDeployment(world.admin, id)).toMatchObject({ state: 'RUNNING' });
    await world.platform.db.execute(
      sql`update deployment_total set last_invoked_at = now() - interval '6 minutes' where deployment_id = ${isoOf(id)}`,
    );
    await world.server.serving.look();
    expect(await readDeployment(world.admin, id)).toMatchObject({ state: 'STOPPED', stopCause: 'IDLE' });
    const calls = await Promise.all(Array.from({ length: 8 }, () => call(name)));
    expect(calls.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect(await kindsOf(id)).toEqual(['DEPLOYED', 'READY', 'STOPPED', 'WOKEN']);
    expect((await historyOf(id)).map(({ changedBy }) => changedBy !== null)).toEqual([true, false, false, false]);
  });

  test('that sleep wake no more once somebody stops them', async () => {
    const { id, name } = await deploy(world, project.id, { modelVersionId: first, idleStopMinutes: 1 });
    await world.platform.db.execute(
      sql`update deployment set started_at = now() - interval '2 minutes' where id = ${isoOf(id)}`,
    );
    await world.server.serving.look();
    expect(await act(world.admin, 'stopDeployment', id)).toMatchObject({ state: 'STOPPED', stopCause: 'USER' });
    expect((await call(name)).status).toBe(409);
  });

  test.each(['by a look', 'by a call', 'although they sleep'])('stop when their hours are over: %s', async (how) => {
    const { id, name, stopsAt } = await deploy(world, project.id, {
      modelVersionId: first,
      autoStopHours: 1,
      idleStopMinutes: 1,
    });
    expect(Date.parse(stopsAt) - Date.now()).toBeGreaterThan(59 * 60_000);
    expect(Date.parse(stopsAt) - Date.now()).toBeLessThanOrEqual(60 * 60_000);
    if (how === 'although they sleep') {
      await world.platform.db.execute(
        sql`update deployment set started_at = now() - interval '2 minutes' where id = ${isoOf(id)}`,
      );
      await world.server.serving.look();
      expect(await readDeployment(world.admin, id)).toMatchObject({ stopCause: 'IDLE' });
    }
    await world.platform.db.execute(
      sql`update deployment set stops_at = now() - interval '1 second' where id = ${isoOf(id)}`,
    );
    if (how === 'by a look') await world.server.serving.look();
    expect((await call(name)).status).toBe(409);
    expect(await readDeployment(world.admin, id)).toMatchObject({
      state: 'STOPPED',
      stopCause: 'AUTO_STOP',
      stopsAt: null,
    });
    expect(await act(world.admin, 'startDeployment', id)).toMatchObject({ stopsAt: expect.any(String) });
  });

  test('that a server has left half-made are made by another', async () => {
    const { id } = await deploy(world, project.id, { modelVersionId: first });
    await world.platform.db.execute(
      sql`update deployment set state = 'DEPLOYING', started_at = now() - interval '1 minute' where id = ${isoOf(id)}`,
    );
    await world.server.serving.look();
    expect(await readDeployment(world.admin, id)).toMatchObject({ state: 'RUNNING' });
  });

  test('have tokens that call them and can do nothing else', async () => {
    const { id, name } = await deploy(world, project.id, { modelVersionId: first });
    const other = await deploy(world, project.id, { modelVersionId: first });
    const editor = await world.user({ project, role: 'EDITOR' });
    const create = `mutation ($input: CreateDeploymentTokenInput!) { createDeploymentToken(input: $input) {
      ${userErrorFields} ... on CreatedAccessToken { token accessToken { id deploymentId } } } }`;
    const { token, accessToken } = await editor.must(create, { input: { deploymentId: id, name: 'shop' } });
    expect(accessToken.deploymentId).toBe(id);
    expect((await call(name, token)).status).toBe(200);
    expect((await call(other.name, token)).status).toBe(404);

    const asApplication = await fetch(`${world.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: '{ viewer { user { name } } projects { nodes { id } } }' }),
    });
    expect(asApplication.status).toBe(401);
    const scoped = Object.assign(Object.create(editor), { token });
    await expect(collect(subscribeOverSse(scoped, projectEventsDocument, { id: project.id }))).rejects.toThrow(
      'UNAUTHENTICATED',
    );
    const files = await fetch(`${world.url}/projects/${project.id}/images`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: new FormData(),
    });
    expect(files.status).toBe(401);

    // It lives no longer than the access of who made it.
    await world.admin.must(`mutation ($id: ID!) { revokeAccessToken(id: $id) { ${userErrorFields} } }`, {
      id: accessToken.id,
    });
    expect((await call(name, token)).status).toBe(401);
    const { token: next } = await editor.must(create, { input: { deploymentId: id, name: 'shop' } });
    await world.platform.db.execute(
      sql`delete from project_member where user_id = ${editor.userId.replace('User_', '')}`,
    );
    expect((await call(name, next)).status).toBe(404);
  });

  test('are changed by editors, and not by those who label', async () => {
    const { id } = await deploy(world, project.id, { modelVersionId: first });
    const labeller = await world.user({ project, role: 'LABELLER' });
    const editor = await world.user({ project, role: 'EDITOR' });
    const denied = { code: 'PERMISSION_DENIED' };
    const token = (client: typeof editor) => change(client, 'createDeploymentToken', { deploymentId: id, name: 'x' });
    const add = (client: typeof editor) =>
      change(client, 'addPredictionsToProject', { deploymentId: id, predictionIds: ['x'] });
    const input = { modelVersionId: first, name: world.name('roles') };
    expect(await change(labeller, 'deployModel', input)).toMatchObject(denied);
    expect(await change(editor, 'deployModel', input)).toMatchObject({ state: 'DEPLOYING' });
    expect(await change(labeller, 'updateDeployment', { id, modelVersionId: second })).toMatchObject(denied);
    expect(await change(editor, 'updateDeployment', { id, modelVersionId: second })).toMatchObject({
      modelVersion: { id: second },
    });
    for (const verb of ['rollback', 'stop', 'start', 'delete'])
      expect(await act(labeller, `${verb}Deployment`, id)).toMatchObject(denied);
    expect(await token(labeller)).toMatchObject(denied);
    expect(await token(editor)).toMatchObject({ __typename: 'CreatedAccessToken' });
    expect(await add(labeller)).toMatchObject(denied);
    expect(await add(editor)).toMatchObject({ __typename: 'AddPredictionsPayload' });
    for (const verb of ['rollback', 'stop', 'start', 'delete'])
      expect(await act(editor, `${verb}Deployment`, id)).not.toHaveProperty('code');
  });

  test('go with their project', async () => {
    const doomed = await trainedProject(world, 1);
    const { name } = await deploy(world, doomed.id, { modelVersionId: doomed.versions[0]! });
    await call(name);
    await world.admin.must(`mutation ($id: ID!) { deleteProject(id: $id) { ${userErrorFields} } }`, { id: doomed.id });
    expect((await call(name)).status).toBe(404);
    // What was counted of it is dropped, and keeps nothing else from being counted.
    await world.server.serving.meter.flush();
    const rows = await world.platform.db.execute(sql`select 1 from deployment where name = ${name}`);
    expect(rows).toHaveLength(0);
  });
});
