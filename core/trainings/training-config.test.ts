import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { userErrorFields } from '#test/api-client.ts';
import { collect, watchOverSse } from '#test/event-streams.ts';
import { World, type TestProject } from '#test/world.ts';

const configFields = 'trainRatio validationRatio baseVersionId maxDurationMinutes preference flavor seed';
const update = `mutation ($id: ID!, $input: TrainingConfigInput!) { updateTrainingConfig(projectId: $id, input: $input) { ${userErrorFields}
  ... on ValidationError { issues { path message } } ... on TrainingConfig { ${configFields} } } }`;

describe('the training config', () => {
  let world: World;
  let project: TestProject;
  beforeAll(async () => {
    world = await World.open({
      worker: true,
      environment: {
        EXEMPLAR_FLAVORS: JSON.stringify([
          { id: 'cpu', name: 'ExeML (CPU)', device: 'CPU' },
          { id: 'gpu-large', name: 'ExeML (GPU)', device: 'CUDA' },
        ]),
      },
    });
    project = await world.project();
  });
  afterAll(() => world.close());

  const tryUpdate = async (input: object, id = project.id) =>
    (await world.admin.ask(update, { id, input })).updateTrainingConfig;
  const saved = async (id = project.id) =>
    (await world.admin.ask(`query ($id: ID!) { project(id: $id) { trainingConfig { ${configFields} } } }`, { id }))
      .project.trainingConfig;
  const defaults = {
    trainRatio: 0.8,
    validationRatio: 0.2,
    baseVersionId: null,
    maxDurationMinutes: 60,
    preference: 'BALANCE',
    flavor: 'cpu',
    seed: 0,
  };

  test('is that of the reference until somebody changes it', async () => {
    expect(await saved((await world.project()).id)).toEqual(defaults);
  });

  test.each([
    { trainRatio: 0.00001 },
    { trainRatio: 0.99999 },
    { trainRatio: 0.12345 },
    { maxDurationMinutes: 6 },
    { maxDurationMinutes: 6000 },
    { preference: 'PERFORMANCE_FIRST' },
    { preference: 'ACCURACY_FIRST' },
    { flavor: 'gpu-large' },
    { seed: 0 },
    { seed: 4_294_967_295 },
  ])('takes %j and keeps it', async (input) => {
    const before = await saved();
    expect(await tryUpdate(input)).toMatchObject(input);
    expect(await saved()).toMatchObject({ ...before, ...input, validationRatio: expect.any(Number) });
  });

  test.each([
    [{ trainRatio: 0 }, 'trainRatio'],
    [{ trainRatio: 1 }, 'trainRatio'],
    [{ trainRatio: -0.5 }, 'trainRatio'],
    [{ trainRatio: 0.000001 }, 'trainRatio'],
    [{ trainRatio: 0.123456 }, 'trainRatio'],
    [{ maxDurationMinutes: 5 }, 'maxDurationMinutes'],
    [{ maxDurationMinutes: 6001 }, 'maxDurationMinutes'],
    [{ flavor: 'quantum' }, 'flavor'],
    [{ flavor: '' }, 'flavor'],
    [{ seed: -1 }, 'seed'],
    [{ seed: 0.5 }, 'seed'],
    [{ seed: 4_294_967_296 }, 'seed'],
  ])('refuses %j by name and keeps what it was', async (input, field) => {
    const before = await saved();
    const refused = await tryUpdate({ ...input, preference: 'BALANCE' });
    expect(refused).toMatchObject({ __typename: 'ValidationError', issues: [{ path: ['input', field] }] });
    expect(refused.issues).toHaveLength(1);
    expect(await saved()).toEqual(before);
  });

  test('names every wrong field at once', async () => {
    const { issues } = await tryUpdate({ trainRatio: 2, maxDurationMinutes: 0, seed: -1, flavor: 'x' });
    expect(issues.map((issue: { path: string[] }) => issue.path[1]).sort()).toEqual([
      'flavor',
      'maxDurationMinutes',
      'seed',
      'trainRatio',
    ]);
  });

  test('keeps what an update leaves out or, but for the base version, gives as null', async () => {
    const set = { trainRatio: 0.7, maxDurationMinutes: 30, preference: 'ACCURACY_FIRST', flavor: 'gpu-large', seed: 7 };
    await tryUpdate(set);
    expect(await tryUpdate({})).toMatchObject(set);
    const nothing = Object.fromEntries([...Object.keys(set), 'baseVersionId'].map((field) => [field, null]));
    expect(await tryUpdate(nothing)).toMatchObject({ ...set, validationRatio: 0.3, baseVersionId: null });
  });

  test('changed by several at once has all their changes', async () => {
    const changes = [{ seed: 5 }, { maxDurationMinutes: 10 }, { trainRatio: 0.5 }, { preference: 'ACCURACY_FIRST' }];
    for (let round = 0; round < 5; round++) {
      const { id } = await world.project();
      await Promise.all(changes.map((change) => tryUpdate(change, id)));
      expect(await saved(id)).toMatchObject(Object.assign({}, ...changes));
    }
  });

  test('takes a base version of the project only', async () => {
    const mine = await world.project({ labels: ['cat', 'dog'], images: 5 });
    const { id } = await world.startTraining(mine.id, { preference: 'PERFORMANCE_FIRST' });
    await collect(watchOverSse(world.admin, id));
    const { training } = await world.admin.ask('query ($id: ID!) { training(id: $id) { modelVersion { id } } }', {
      id,
    });
    const baseVersionId = training.modelVersion.id;
    expect(await tryUpdate({ baseVersionId }, mine.id)).toMatchObject({ ...defaults, baseVersionId });
    expect(await tryUpdate({ seed: 3 }, mine.id)).toMatchObject({ baseVersionId, seed: 3 });
    const refused = { __typename: 'ValidationError', issues: [{ path: ['input', 'baseVersionId'] }] };
    expect(await tryUpdate({ baseVersionId })).toMatchObject(refused);
    const unknown = 'ModelVersion_00000000-0000-7000-8000-000000000000';
    expect(await tryUpdate({ baseVersionId: unknown }, mine.id)).toMatchObject(refused);
    expect(await tryUpdate({ baseVersionId: 'nonsense' }, mine.id)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await tryUpdate({ baseVersionId: null }, mine.id)).toMatchObject({ baseVersionId: null, seed: 3 });
  });

  test('can name the pools of workers that there are', async () => {
    expect((await world.admin.ask('{ trainingFlavors { id name device } }')).trainingFlavors).toEqual([
      { id: 'cpu', name: 'ExeML (CPU)', device: 'CPU' },
      { id: 'gpu-large', name: 'ExeML (GPU)', device: 'CUDA' },
    ]);
  });
});
