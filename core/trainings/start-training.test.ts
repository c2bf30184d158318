import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { userErrorFields } from '#test/api-client.ts';
import { World } from '#test/world.ts';

const start = `mutation ($input: StartTrainingInput!) { startTraining(input: $input) { ${userErrorFields}
  ... on NotReadyError { blockers { code labelId } } ... on ValidationError { issues { path message } }
  ... on Training { id versionName versionLabel state lastSequence config { trainRatio validationRatio maxDurationMinutes preference flavor seed baseVersionId }
    datasetVersion { id name imageCount trainCount validationCount contentSha256 classes { name trainCount validationCount } } } } }`;
const readiness = `query ($id: ID!, $config: TrainingConfigInput, $name: String) { trainingReadiness(projectId: $id, config: $config, datasetVersionName: $name) {
  isReady datasetVersionName blockers { code labelId message } warnings { code labelId } split { name trainCount validationCount } config { trainRatio } } }`;

describe('starting a training', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.open();
  });
  afterAll(() => world.close());

  const tryStart = async (input: object) => (await world.admin.ask(start, { input })).startTraining;

  test('publishes the dataset version that readiness announced, with the reference defaults', async () => {
    const project = await world.project({ labels: ['cat', 'dog'], images: 10 });
    const { trainingReadiness } = await world.admin.ask(readiness, { id: project.id });
    expect(trainingReadiness).toMatchObject({ isReady: true, datasetVersionName: 'V001', blockers: [] });
    expect(trainingReadiness.split).toEqual([
      { name: 'cat', trainCount: 8, validationCount: 2 },
      { name: 'dog', trainCount: 8, validationCount: 2 },
    ]);
    const training = await tryStart({ projectId: project.id });
    expect(training).toMatchObject({
      versionName: 'V001',
      state: 'QUEUED',
      lastSequence: 1,
      config: {
        trainRatio: 0.8,
        validationRatio: 0.2,
        maxDurationMinutes: 60,
        preference: 'BALANCE',
        flavor: 'cpu',
        seed: 0,
        baseVersionId: null,
      },
      datasetVersion: { name: 'V001', imageCount: 20, trainCount: 16, validationCount: 4 },
    });
    expect(training.datasetVersion.classes).toEqual(trainingReadiness.split);
    expect(training.versionLabel).toBe(`V001 (${training.id.replace('Training_', '')})`);
  });

  test('without readiness is refused with every blocker, and leaves nothing behind', async () => {
    const project = await world.project({ labels: ['one', 'two'], images: 4 });
    const refused = await tryStart({ projectId: project.id });
    expect(refused.__typename).toBe('NotReadyError');
    expect(refused.blockers).toEqual(project.labels.map(({ id }) => ({ code: 'TOO_FEW_IMAGES', labelId: id })));
    const empty = await world.project();
    expect((await tryStart({ projectId: empty.id })).blockers).toEqual([{ code: 'TOO_FEW_CLASSES', labelId: null }]);
    const { project: after } = await world.admin.ask(
      `query ($id: ID!) { project(id: $id) { trainings { nodes { id } } datasetVersions { nodes { id } } } }`,
      { id: project.id },
    );
    expect(after).toEqual({ trainings: { nodes: [] }, datasetVersions: { nodes: [] } });
  });

  test('five images a class are enough; labels without images are no class; unlabelled images are ignored', async () => {
    const project = await world.project({ labels: ['cat', 'dog'], images: 5 });
    await world.project({ labels: ['unused'] });
    await world.admin.must(
      `mutation ($input: CreateLabelInput!) { createLabel(input: $input) { ${userErrorFields} } }`,
      { input: { projectId: project.id, name: 'never used' } },
    );
    await world.annotate(project.id, []).catch(() => undefined);
    const { trainingReadiness } = await world.admin.ask(readiness, { id: project.id });
    expect(trainingReadiness.isReady).toBe(true);
    expect(trainingReadiness.split).toHaveLength(2);
    expect(trainingReadiness.warnings.map((warning: { code: string }) => warning.code)).toEqual([
      'FEW_IMAGES',
      'FEW_IMAGES',
    ]);
  });

  test('twice at the same moment gives two versions with names of their own', async () => {
    const project = await world.project({ labels: ['cat', 'dog'], images: 5 });
    const both = await Promise.all([tryStart({ projectId: project.id }), tryStart({ projectId: project.id })]);
    expect(both.map((training) => training.versionName).sort()).toEqual(['V001', 'V002']);
    expect(both.map((training) => training.datasetVersion.name).sort()).toEqual(['V001', 'V002']);
    expect(both[0].datasetVersion.contentSha256).toBe(both[1].datasetVersion.contentSha256);
  });

  test('twice at the same moment with one dataset version name is a conflict for one', async () => {
    const project = await world.project({ labels: ['cat', 'dog'], images: 5 });
    const input = { projectId: project.id, datasetVersionName: 'spring' };
    const both = await Promise.all([tryStart(input), tryStart(input)]);
    expect(both.map((result) => result.__typename).sort()).toEqual(['ConflictError', 'Training']);
    const next = await tryStart({ projectId: project.id });
    expect(next.versionName).toBe('V002');
  });

  test('the same idempotency key gives the same training, with another input a conflict', async () => {
    const project = await world.project({ labels: ['cat', 'dog'], images: 5 });
    const input = { projectId: project.id, idempotencyKey: randomUUID() };
    const [first, second] = await Promise.all([tryStart(input), tryStart(input)]);
    expect(second.id).toBe(first.id);
    const other = await tryStart({ ...input, config: { seed: 5 } });
    expect(other).toMatchObject({ __typename: 'ConflictError', code: 'CONFLICT' });
  });

  test('the same idempotency key in two projects at the same moment is a conflict for one', async () => {
    const idempotencyKey = randomUUID();
    const projects = [
      await world.project({ labels: ['cat', 'dog'], images: 5 }),
      await world.project({ labels: ['cat', 'dog'], images: 5 }),
    ];
    const both = await Promise.all(projects.map(({ id }) => tryStart({ projectId: id, idempotencyKey })));
    expect(both.map((result) => result.__typename).sort()).toEqual(['ConflictError', 'Training']);
  });

  test.each([
    [{ trainRatio: 0 }, 'trainRatio'],
    [{ trainRatio: 1 }, 'trainRatio'],
    [{ trainRatio: 0.1234567 }, 'trainRatio'],
    [{ maxDurationMinutes: 5 }, 'maxDurationMinutes'],
    [{ maxDurationMinutes: 6001 }, 'maxDurationMinutes'],
    [{ flavor: 'quantum' }, 'flavor'],
    [{ seed: -1 }, 'seed'],
    [{ seed: 1.5 }, 'seed'],
  ])('refuses %j by name', async (config, field) => {
    const project = await world.project({ labels: ['cat', 'dog'], images: 5 });
    const refused = await tryStart({ projectId: project.id, config });
    expect(refused.__typename).toBe('ValidationError');
    expect(refused.issues).toHaveLength(1);
    expect(refused.issues[0].path).toEqual(['input', field]);
  });

  test.each(['', 'has space', 'x'.repeat(33), 'V1.2'])(
    'refuses the dataset version name %j',
    async (datasetVersionName) => {
      const project = await world.project({ labels: ['cat', 'dog'], images: 5 });
      const refused = await tryStart({ projectId: project.id, datasetVersionName });
      expect(refused.issues[0].path).toEqual(['input', 'datasetVersionName']);
    },
  );

  test('takes the limits of each range', async () => {
    const project = await world.project({ labels: ['cat', 'dog'], images: 5 });
    for (const config of [
      { trainRatio: 0.00001, maxDurationMinutes: 6, seed: 0 },
      { trainRatio: 0.99999, maxDurationMinutes: 6000, seed: 4_294_967_295 },
    ])
      expect((await tryStart({ projectId: project.id, config })).config).toMatchObject(config);
  });

  test('starts from the saved config and does not change it', async () => {
    const project = await world.project({ labels: ['cat', 'dog'], images: 10 });
    await world.admin.must(
      `mutation ($id: ID!, $input: TrainingConfigInput!) { updateTrainingConfig(projectId: $id, input: $input) { ${userErrorFields} ... on TrainingConfig { trainRatio } } }`,
      { id: project.id, input: { trainRatio: 0.5, preference: 'ACCURACY_FIRST' } },
    );
    const training = await tryStart({ projectId: project.id, config: { maxDurationMinutes: 7 } });
    expect(training.config).toMatchObject({ trainRatio: 0.5, preference: 'ACCURACY_FIRST', maxDurationMinutes: 7 });
    expect(training.datasetVersion).toMatchObject({ trainCount: 10, validationCount: 10 });
    const { project: after } = await world.admin.ask(
      `query ($id: ID!) { project(id: $id) { trainingConfig { maxDurationMinutes trainRatio } } }`,
      { id: project.id },
    );
    expect(after.trainingConfig).toEqual({ maxDurationMinutes: 60, trainRatio: 0.5 });
  });

  test('a dataset version never changes, and images keep their side in later ones', async () => {
    const project = await world.project({ labels: ['cat', 'dog'], images: 10 });
    const sides = () =>
      world.platform.db.execute<{ version: string; image_id: string; split: string }>(sql`
        select dataset_version.name as version, held.image_id, held.split from dataset_version_image held
        join dataset_version on dataset_version.id = held.dataset_version_id
        where dataset_version.project_id = ${project.id.replace('Project_', '')} order by 1, 2`);
    const first = await tryStart({ projectId: project.id });
    const before = (await sides()).filter((row) => row.version === 'V001');
    await world.annotate(project.id, [{ imageId: project.imageIds[0]![0], labelId: project.labels[1]!.id }]);
    await world.admin.must(
      `mutation ($input: DeleteImagesInput!) { deleteImages(input: $input) { ${userErrorFields} ... on DeleteImagesPayload { deletedCount } } }`,
      { input: { projectId: project.id, imageIds: [project.imageIds[0]![1]], deleteSourceFiles: true } },
    );
    const second = await tryStart({ projectId: project.id });
    const rows = await sides();
    expect(rows.filter((row) => row.version === 'V001')).toEqual(before);
    const sideOf = new Map(before.map((row) => [row.image_id, row.split]));
    for (const row of rows.filter((row) => row.version === 'V002')) expect(row.split).toBe(sideOf.get(row.image_id));
    expect(second.datasetVersion).toMatchObject({ imageCount: 19 });
    const { datasetVersion } = await world.admin.ask(
      `query ($id: ID!) { datasetVersion(id: $id) { contentSha256 imageCount } }`,
      { id: first.datasetVersion.id },
    );
    expect(datasetVersion).toEqual({ contentSha256: first.datasetVersion.contentSha256, imageCount: 20 });
    // The bytes of a deleted image stay as long as a dataset version holds it.
    const [held] = await world.platform.db.execute<{ sha256: Buffer }>(
      sql`select sha256 from image where id = ${project.imageIds[0]![1]!.replace('Image_', '')}`,
    );
    const key = `projects/${project.id.replace('Project_', '')}/images/${Buffer.from(held!.sha256).toString('hex')}/normalised`;
    expect(await world.platform.objects.size(key)).toBeGreaterThan(0);
  });

  test.each(['stopTraining', 'cancelTraining'])('a queued training never starts after %s', async (stop) => {
    const project = await world.project({ labels: ['cat', 'dog'], images: 5 });
    const { id } = await tryStart({ projectId: project.id });
    const act = async (action: string) =>
      (
        await world.admin.ask(
          `mutation ($id: ID!) { ${action}(id: $id) { ${userErrorFields} ... on InvalidStateError { currentState } ... on Training { state stopReason finishedAt } } }`,
          { id },
        )
      )[action];
    expect(await act(stop)).toMatchObject({ state: 'CANCELLED', stopReason: 'STOPPED_BY_USER' });
    expect(await act('cancelTraining')).toMatchObject({ __typename: 'InvalidStateError', currentState: 'CANCELLED' });
    const [job] = await world.platform.db.execute<{ state: string }>(
      sql`select job.state from pgboss.job join training on training.job_id = job.id where training.id = ${id.replace('Training_', '')}`,
    );
    expect(job!.state).toBe('cancelled');
  });
});
