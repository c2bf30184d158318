import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { userErrorFields, type ApiClient } from '#test/api-client.ts';
import { blockedCalls } from '#test/blocked-calls.ts';
import { drawPicture } from '#test/pictures.ts';
import { World } from '#test/world.ts';

const projectFields = `${userErrorFields} ... on ValidationError { issues { path } }
  ... on Project { id name description imageCount }`;
const create = `mutation ($input: CreateProjectInput!) { createProject(input: $input) { ${projectFields} ... on LimitExceededError { limit used } } }`;
const update = `mutation ($id: ID!, $input: UpdateProjectInput!) { updateProject(id: $id, input: $input) { ${projectFields} } }`;
const list = `query ($first: Int, $after: String) { projects(first: $first, after: $after) {
  nodes { id name } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;

describe('projects', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.open();
  });
  afterAll(() => world.close());

  const tryCreate = async (input: object, client: ApiClient = world.admin) =>
    (await client.ask(create, { input })).createProject;
  const tryUpdate = async (id: string, input: object) => (await world.admin.ask(update, { id, input })).updateProject;

  test.each(['a', 'Z', 'A1_-', 'x'.repeat(32)])('take the name %j', async (name) => {
    expect(await tryCreate({ name })).toMatchObject({ __typename: 'Project', name, description: '', imageCount: 0 });
  });

  test.each([
    '',
    'x'.repeat(33),
    '1abc',
    '_abc',
    '-abc',
    'a b',
    'a.b',
    'a\n',
    'a\0',
    ' a',
    'naïve',
    '项目',
    '../a',
    'a😀',
  ])('refuse the name %j by its field, on both ways', async (name) => {
    const refused = { __typename: 'ValidationError', code: 'VALIDATION_FAILED', issues: [{ path: ['input', 'name'] }] };
    expect(await tryCreate({ name })).toMatchObject(refused);
    const { id } = await world.project();
    expect(await tryUpdate(id, { name })).toMatchObject(refused);
  });

  test('take a description of 256 characters and any script, and refuse more', async () => {
    for (const description of ['é'.repeat(256), 'line\nbreak\tand 说明 "<b>"'])
      expect(await tryCreate({ name: world.name('d'), description })).toMatchObject({ description });
    expect(await tryCreate({ name: world.name('d'), description: 'x'.repeat(257) })).toMatchObject({
      issues: [{ path: ['input', 'description'] }],
    });
  });

  test('refuse a NUL in the description, which PostgreSQL cannot hold, as a wrong input', async () => {
    const issues = [{ path: ['input', 'description'] }];
    expect(await tryCreate({ name: world.name('d'), description: 'a\0b' })).toMatchObject({ issues });
    const { id } = await world.project();
    expect(await tryUpdate(id, { description: 'a\0b' })).toMatchObject({ issues });
  });

  test('name every wrong field at once', async () => {
    const { issues } = await tryCreate({ name: '', description: 'x'.repeat(257) });
    expect(issues).toEqual([{ path: ['input', 'name'] }, { path: ['input', 'description'] }]);
  });

  test('have unique names, also when two are made at the same moment', async () => {
    const name = world.name('twin');
    const both = await Promise.all([tryCreate({ name }), tryCreate({ name })]);
    expect(both.map((result) => result.__typename).sort()).toEqual(['ConflictError', 'Project']);
    const other = await world.project();
    expect(await tryUpdate(other.id, { name })).toMatchObject({ __typename: 'ConflictError', code: 'CONFLICT' });
    expect(await tryUpdate(other.id, { name: other.name })).toMatchObject({ name: other.name });
  });

  test('keep on an update what it leaves out or gives as null', async () => {
    const { id, name } = await tryCreate({ name: world.name('kept'), description: 'before' });
    expect(await tryUpdate(id, {})).toMatchObject({ name, description: 'before' });
    expect(await tryUpdate(id, { description: 'after' })).toMatchObject({ name, description: 'after' });
    expect(await tryUpdate(id, { name: null, description: null })).toMatchObject({ name, description: 'after' });
    expect(await tryUpdate(id, { description: '' })).toMatchObject({ name, description: '' });
  });

  test('are listed page by page, oldest first, each once, whatever is made meanwhile', async () => {
    const someone = await world.user();
    const names = Array.from({ length: 7 }, () => world.name('page'));
    for (const name of names) await tryCreate({ name }, someone);
    const seen: string[] = [];
    let after: string | null = null;
    for (const [hasPreviousPage, size] of [
      [false, 3],
      [true, 3],
      [true, 2],
    ] as const) {
      const { projects } = await someone.ask(list, { first: 3, after });
      expect(projects.nodes).toHaveLength(size);
      expect(projects.pageInfo).toMatchObject({ hasPreviousPage, hasNextPage: size === 3 });
      expect(projects.pageInfo.startCursor).toBe(projects.edges[0].cursor);
      seen.push(...projects.nodes.map((node: { name: string }) => node.name));
      after = projects.pageInfo.endCursor;
      if (!hasPreviousPage) names.push((await tryCreate({ name: world.name('late') }, someone)).name);
    }
    expect(seen).toEqual(names);
    const { projects } = await someone.ask(list, { first: 3, after });
    expect(projects).toMatchObject({ nodes: [], pageInfo: { hasNextPage: false, endCursor: null } });
  });

  test.each([{ first: 0 }, { first: 101 }, { first: -1 }, { after: 'nonsense' }])(
    'refuse the page %j as the mistake of the caller',
    async (page) => {
      const { body } = await world.admin.raw(list, page);
      expect(body.errors).toMatchObject([
        { extensions: { code: 'BAD_USER_INPUT', userErrorCode: 'VALIDATION_FAILED' }, path: ['projects'] },
      ]);
    },
  );

  test.each([
    [
      'createImageUploads',
      'CreateImageUploadsInput',
      (projectId: string) => ({ projectId, files: [{ fileName: 'late', byteSize: 1 }] }),
    ],
    [
      'setProjectMember',
      'SetProjectMemberInput',
      (projectId: string, userId: string) => ({ projectId, userId, role: 'VIEWER' }),
    ],
    ['createLabel', 'CreateLabelInput', (projectId: string) => ({ projectId, name: 'late' })],
  ])('that are deleted in the middle of %s are not found', async (name, type, inputOf) => {
    const [project, { userId }] = [await world.project(), await world.user()];
    const { answer } = await world.platform.db.transaction(async (tx) => {
      await tx.execute(sql`delete from project where id = ${project.id.replace('Project_', '')}`);
      const call = world.admin.ask(`mutation ($input: ${type}!) { ${name}(input: $input) { ${userErrorFields} } }`, {
        input: inputOf(project.id, userId),
      });
      // The call has passed its access check when it waits for the row that is being deleted.
      while ((await blockedCalls(world)) === 0);
      return { answer: call };
    });
    expect((await answer)[name]).toMatchObject({ __typename: 'NotFoundError', code: 'NOT_FOUND' });
  });

  test('that are deleted in the middle of completing an upload keep no file of it', async () => {
    const project = await world.project();
    const file = { fileName: 'late.jpg', bytes: await drawPicture(1, 1) };
    const [upload] = await world.announce(project.id, [file]);
    await fetch(upload.uploadUrl, { method: 'PUT', body: new Uint8Array(file.bytes) });
    const { answer } = await world.platform.db.transaction(async (tx) => {
      await tx.execute(sql`delete from project where id = ${project.id.replace('Project_', '')}`);
      const call = world.complete([upload.id]);
      while ((await blockedCalls(world)) === 0);
      return { answer: call };
    });
    expect((await answer)[0].error).toMatchObject({ code: 'NOT_FOUND' });
    expect(await filesNamed(world.platform.config.objectsDirectory, 'normalised')).toEqual([]);
  });

  test('leave no row and no file when they are deleted, sent but uncompleted uploads included', async () => {
    const project = await world.project({ labels: ['cat', 'dog'], images: 5 });
    await world.startTraining(project.id);
    const [pending] = await world.announce(project.id, [{ fileName: 'pending.jpg', bytes: Buffer.from('pending') }]);
    await fetch(pending.uploadUrl, { method: 'PUT', body: 'pending' });
    const { objectsDirectory } = world.platform.config;
    const id = project.id.replace('Project_', '');
    expect((await stat(join(objectsDirectory, 'projects', id))).isDirectory()).toBe(true);
    const deleted = await world.admin.must(
      `mutation ($id: ID!) { deleteProject(id: $id) { ${userErrorFields} ... on DeletedProject { id } } }`,
      { id: project.id },
    );
    expect(deleted.id).toBe(project.id);
    await expect(stat(join(objectsDirectory, 'projects', id))).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await filesNamed(objectsDirectory, pending.id.replace('ImageUpload_', ''))).toEqual([]);
    for (const table of [
      'project_member',
      'label',
      'image',
      'image_upload',
      'dataset_version',
      'split_assignment',
      'training',
    ])
      expect(
        await world.platform.db.execute(sql`select from ${sql.identifier(table)} where project_id = ${id}`),
        table,
      ).toHaveLength(0);
    expect(
      (await world.admin.ask(`query ($id: ID!) { project(id: $id) { id } }`, { id: project.id })).project,
    ).toBeNull();
    expect(await tryUpdate(project.id, {})).toMatchObject({ __typename: 'NotFoundError' });
  });
});

test('no more projects than the installation allows, also when several people make one at once', async () => {
  const world = await World.open({ environment: { EXEMPLAR_MAX_PROJECTS: '3' } });
  try {
    const results = await Promise.all(
      Array.from({ length: 6 }, () => world.admin.ask(create, { input: { name: world.name('many') } })),
    );
    const refused = results.map((data) => data.createProject).filter((result) => result.__typename !== 'Project');
    expect(refused).toHaveLength(3);
    for (const result of refused) expect(result).toMatchObject({ __typename: 'LimitExceededError', limit: 3, used: 4 });
  } finally {
    await world.close();
  }
});

async function filesNamed(folder: string, name: string): Promise<string[]> {
  return (await readdir(folder, { recursive: true })).filter((path) => path.endsWith(name));
}
