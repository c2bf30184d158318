import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { userErrorFields, type ApiClient } from '#test/api-client.ts';
import { zipBytes } from '#test/archives.ts';
import { expectExactCounts } from '#test/counts.ts';
import { act, change, trainedProject } from '#test/deployments.ts';
import { importFile } from '#test/import-client.ts';
import { drawPicture } from '#test/pictures.ts';
import { TrainingWriter } from '#test/training-writer.ts';
import { World, type TestFile, type TestProject } from '#test/world.ts';

const quotaFields = `${userErrorFields} ... on QuotaExceededError { quota quotaLimit quotaUsed }`;
const start = `mutation ($input: StartTrainingInput!) { startTraining(input: $input) { ${quotaFields} ... on Training { id } } }`;
const uuidOf = (globalId: string) => globalId.replace(/^[A-Za-z]+_/, '');

const storedFiles = async ({ platform }: World, projectId: string): Promise<number> => {
  const folder = join(platform.config.objectsDirectory, 'projects', uuidOf(projectId), 'images');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).length;
};

let pictures = 0;
const files = (count: number): Promise<TestFile[]> =>
  Promise.all(
    Array.from({ length: count }, async () => {
      const number = ++pictures;
      return { fileName: `${number}.jpg`, bytes: await drawPicture(0, 1000 + number) };
    }),
  );

describe('quotas', () => {
  let world: World;
  let owner: ApiClient & { userId: string };
  beforeAll(async () => {
    world = await World.open();
    owner = await world.user();
  });
  afterAll(() => world.close());

  const limit = (project: TestProject, limits: object, client: ApiClient = world.admin) =>
    client.must(
      `mutation ($input: SetProjectQuotasInput!) { setProjectQuotas(input: $input) { ${userErrorFields} } }`,
      {
        input: { projectId: project.id, ...limits },
      },
    );
  const limitAll = (limits: object) =>
    world.admin.must(
      `mutation ($input: SetDefaultQuotasInput!) { setDefaultQuotas(input: $input) { ${userErrorFields} ... on DefaultQuotas { images bytes activeTrainings trainingMinutes deployments } } }`,
      { input: limits },
    );
  const usageOf = async (project: TestProject, client: ApiClient = owner) =>
    (
      await client.ask(
        `query ($id: ID!) { project(id: $id) { usage { images { limit used } bytes { limit used } activeTrainings { limit used }
          trainingMinutes { limit used } deployments { limit used } } } }`,
        { id: project.id },
      )
    ).project.usage;
  const refusedWith = (quota: string, quotaLimit: number, quotaUsed: number) => ({
    __typename: 'QuotaExceededError',
    code: 'QUOTA_EXCEEDED',
    quota,
    quotaLimit,
    quotaUsed,
  });

  test('are set by administrators, for one project or for all, and shown to those who see the project', async () => {
    const project = await world.project({ client: owner });
    expect(await usageOf(project)).toEqual({
      images: { limit: null, used: 0 },
      bytes: { limit: null, used: 0 },
      activeTrainings: { limit: null, used: 0 },
      trainingMinutes: { limit: null, used: 0 },
      deployments: { limit: null, used: 0 },
    });
    await limitAll({ images: 10, bytes: 5e12 });
    await limit(project, { images: 20, deployments: 0 });
    expect(await usageOf(project)).toMatchObject({
      images: { limit: 20 },
      bytes: { limit: 5e12 },
      deployments: { limit: 0 },
      activeTrainings: { limit: null },
    });
    await limit(project, { images: null });
    expect(await usageOf(project)).toMatchObject({ images: { limit: 10 }, deployments: { limit: 0 } });
    expect(await limitAll({ images: null, bytes: null })).toMatchObject({ images: null, bytes: null });
    const { auditEvents } = await world.admin.ask(
      '{ auditEvents(first: 1, filter: { action: "setProjectQuotas" }) { nodes { input outcome } } }',
    );
    expect(JSON.parse(auditEvents.nodes[0].input)).toEqual({ input: { images: null, projectId: project.id } });
  });

  test('are changed and read as defaults by nobody else', async () => {
    const project = await world.project({ client: owner });
    for (const [name, input] of [
      ['setProjectQuotas', { projectId: project.id, images: 1e9 }],
      ['setDefaultQuotas', { images: 1e9 }],
    ] as const)
      expect((await change(owner, name, input)).code).toBe('PERMISSION_DENIED');
    expect((await owner.raw('{ defaultQuotas { images } }')).body.errors).toMatchObject([
      { extensions: { userErrorCode: 'PERMISSION_DENIED' } },
    ]);
    expect(await change(world.admin, 'setDefaultQuotas', { images: 1.5, bytes: -1 })).toMatchObject({
      code: 'VALIDATION_FAILED',
    });
  });

  describe('of images and bytes', () => {
    test('are kept by uploads: what does not fit is refused when it is announced', async () => {
      const project = await world.project({ client: owner });
      const [first, second, third] = await files(3);
      await limit(project, { images: 2 });
      const announced = await owner.must(
        `mutation ($input: CreateImageUploadsInput!) { createImageUploads(input: $input) { ${userErrorFields} ... on CreateImageUploadsPayload {
          results { __typename ... on UploadRefused { error { ${quotaFields} } } } } } }`,
        {
          input: {
            projectId: project.id,
            files: [first, second, third].map((file) => ({ fileName: 'a', byteSize: file!.bytes.length })),
          },
        },
      );
      expect(announced.results).toMatchObject([
        { __typename: 'ImageUpload' },
        { __typename: 'ImageUpload' },
        { __typename: 'UploadRefused', error: refusedWith('IMAGES', 2, 2) },
      ]);
    });

    test('of bytes count what is announced and under way, so that announcing alone fills nothing', async () => {
      const project = await world.project({ client: owner });
      await limit(project, { bytes: 1000 });
      const announce = async (byteSize: number) =>
        (
          await owner.must(
            `mutation ($input: CreateImageUploadsInput!) { createImageUploads(input: $input) { ${userErrorFields} ... on CreateImageUploadsPayload {
              results { __typename ... on UploadRefused { error { ${quotaFields} } } } } } }`,
            { input: { projectId: project.id, files: [{ fileName: 'a', byteSize }] } },
          )
        ).results[0];
      expect((await announce(600)).__typename).toBe('ImageUpload');
      expect((await announce(600)).error).toMatchObject(refusedWith('BYTES', 1000, 600));
      expect((await announce(400)).__typename).toBe('ImageUpload');
    });

    test('are never passed by many who complete at once, and leave no bytes of those who were late', async () => {
      const project = await world.project({ client: owner });
      const sent = await files(12);
      const uploads = await world.announce(project.id, sent, owner);
      for (const [index, { uploadUrl }] of uploads.entries())
        await fetch(uploadUrl, { method: 'PUT', body: new Uint8Array(sent[index]!.bytes) });
      await limit(project, { images: 5 });
      const results = (await Promise.all(uploads.map(({ id }: { id: string }) => world.complete([id], owner)))).flat();
      expect(results.filter(({ image }) => image)).toHaveLength(5);
      expect(results.filter(({ error }) => error?.code === 'QUOTA_EXCEEDED')).toHaveLength(7);
      await expectExactCounts(world, project.id);
      expect(await storedFiles(world, project.id)).toBe(5 * 3);
      await limit(project, { images: 12 });
      const late = uploads.filter((_upload: unknown, index: number) => results[index].error);
      const again = await world.complete(
        late.map(({ id }: { id: string }) => id),
        owner,
      );
      expect(again.filter(({ image }: { image?: object }) => image)).toHaveLength(7);
    });

    test('of bytes count pictures in the trash until they are gone for good; restoring asks for room again', async () => {
      const project = await world.project({ client: owner });
      const [first, second] = await files(2);
      const [image] = await world.upload(project.id, [first!], owner);
      const bytes = first!.bytes.length;
      await limit(project, { bytes, images: 1 });
      const remove = (imageIds: unknown[], deleteSourceFiles: boolean) =>
        change(owner, 'deleteImages', { projectId: project.id, imageIds, deleteSourceFiles });
      await remove([image], false);
      expect(await usageOf(project)).toMatchObject({ images: { used: 0 }, bytes: { used: bytes, limit: bytes } });
      await limit(project, { bytes: 1e9 });
      const [other] = await world.upload(project.id, [second!], owner);
      const { restoreImages } = await owner.ask(
        `mutation ($input: RestoreImagesInput!) { restoreImages(input: $input) { ${userErrorFields} ... on RestoreImagesPayload {
          results { __typename ... on ImageRestoreRefused { error { ${quotaFields} } } } } } }`,
        { input: { projectId: project.id, imageIds: [image] } },
      );
      expect(restoreImages.results).toMatchObject([{ error: refusedWith('IMAGES', 1, 1) }]);
      await remove([other], true);
      expect((await usageOf(project)).bytes.used).toBe(bytes);
      await expectExactCounts(world, project.id);
    });

    test('are kept where files come by multipart/form-data', async () => {
      const project = await world.project({ client: owner });
      await limit(project, { images: 1 });
      const form = new FormData();
      for (const { fileName, bytes } of await files(3))
        form.append('image', new Blob([new Uint8Array(bytes)]), fileName);
      const response = await fetch(`${world.url}/projects/${project.id}/images`, {
        method: 'POST',
        body: form,
        headers: { authorization: `Bearer ${owner.token}` },
      });
      expect(await response.json()).toMatchObject({
        results: [{ outcome: 'CREATED' }, { error: { code: 'QUOTA_EXCEEDED' } }, { error: { code: 'QUOTA_EXCEEDED' } }],
      });
    });
  });

  describe('of trainings', () => {
    test('that wait or run are never passed by many who start at once', async () => {
      const project = await world.project({ client: owner, labels: ['cat', 'dog'], images: 5 });
      await limit(project, { activeTrainings: 2 });
      const answers = await Promise.all(
        Array.from({ length: 6 }, () => owner.ask(start, { input: { projectId: project.id } })),
      );
      const results = answers.map(({ startTraining }) => startTraining);
      expect(results.filter(({ id }) => id)).toHaveLength(2);
      expect(results.filter(({ id }) => !id)).toMatchObject(
        Array.from({ length: 4 }, () => refusedWith('ACTIVE_TRAININGS', 2, 2)),
      );
      expect(await usageOf(project)).toMatchObject({ activeTrainings: { used: 2, limit: 2 } });
      const { id } = results.find((result) => result.id);
      await (await TrainingWriter.claim(world.platform, id)).end();
      expect((await owner.ask(start, { input: { projectId: project.id } })).startTraining.id).toBeDefined();
    });

    test('in minutes are those of this month; what is under way counts with what it may take', async () => {
      const project = await world.project({ client: owner, labels: ['cat', 'dog'], images: 5 });
      const sql = world.platform.client;
      const run = async (startedAt: string, minutes: number) => {
        const { id } = await world.startTraining(project.id, {}, owner);
        await sql.unsafe(`update training set state = 'COMPLETED', started_at = ${startedAt},
          finished_at = ${startedAt} + interval '${minutes} minutes' where id = '${uuidOf(id)}'`);
      };
      const month = `date_trunc('month', now(), 'UTC')`;
      await run(`${month} - interval '2 hours'`, 60);
      await run(`${month} - interval '10 minutes'`, 25);
      await run(month, 30);
      expect((await usageOf(project)).trainingMinutes.used).toBeCloseTo(45, 3);
      await limit(project, { trainingMinutes: 60 });
      const begin = async (maxDurationMinutes: number) =>
        (await owner.ask(start, { input: { projectId: project.id, config: { maxDurationMinutes } } })).startTraining;
      expect((await begin(15)).id).toBeDefined();
      expect(await begin(1)).toMatchObject(refusedWith('TRAINING_MINUTES', 60, 60));
      await limit(project, { trainingMinutes: 61 });
      expect((await begin(600)).id).toBeDefined();
      expect(await begin(1)).toMatchObject(refusedWith('TRAINING_MINUTES', 61, 660));
    });
  });
});

describe('quotas, where a worker is', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.open({ worker: true });
  });
  afterAll(() => world.close());

  const limit = (projectId: string, limits: object) =>
    change(world.admin, 'setProjectQuotas', { projectId, ...limits });

  test('let an import end, with a refusal for each picture that had no room', async () => {
    const project = await world.project();
    const brought = await files(60);
    const [known] = await world.upload(project.id, [brought[0]!]);
    await limit(project.id, { images: 51 });
    const archive = await zipBytes(
      brought.map(({ fileName, bytes }) => ({ path: `cat/${fileName}`, content: bytes, deflate: false })),
    );
    const done = await importFile(world.admin, project.id, 'pictures.zip', archive);
    expect(done.state).toBe('COMPLETED');
    expect(done.counts).toEqual({ created: 50, duplicate: 1, labelled: 0, skipped: 0, refused: 9 });
    const refused = done.items.nodes.filter(({ outcome }: { outcome: string }) => outcome === 'REFUSED');
    expect(new Set(refused.map(({ code }: { code: string }) => code))).toEqual(new Set(['QUOTA_EXCEEDED']));
    expect(refused[0].message).toContain('allows 51 images; 51 are used');
    expect(done.items.nodes.find(({ outcome }: { outcome: string }) => outcome === 'DUPLICATE').imageId).toBe(known);
    await expectExactCounts(world, project.id);
    expect(await storedFiles(world, project.id)).toBe(51 * 3);
  });

  test('of deployments are never passed by many who deploy at once; a deleted one gives its place back', async () => {
    const { id, versions } = await trainedProject(world);
    await limit(id, { deployments: 2 });
    const deploy = (name: string) => change(world.admin, 'deployModel', { modelVersionId: versions[0], name });
    const answers = await Promise.all(['a', 'b', 'c', 'd'].map((name) => deploy(`quota-${name}`)));
    const made = answers.filter((answer) => answer.__typename === 'Deployment');
    expect(made).toHaveLength(2);
    expect(answers.filter((answer) => answer.code === 'QUOTA_EXCEEDED')).toHaveLength(2);
    await act(world.admin, 'stopDeployment', made[0].id);
    expect((await deploy('quota-e')).code).toBe('QUOTA_EXCEEDED');
    await act(world.admin, 'deleteDeployment', made[0].id);
    expect((await deploy('quota-e')).__typename).toBe('Deployment');
  });
});
