import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NetworkWriter } from '#engine/autodiff/testing/network-writer.ts';
import { recipeVersion } from '#engine/index.ts';
import { writeModel } from '#engine/onnx/write-model.ts';
import { baseModelCard, tinyBaseModel, writeTinyBaseModel } from '#engine/testing/tiny-base-model.ts';
import { userErrorFields } from '#test/api-client.ts';
import { collect, watchOverSse } from '#test/event-streams.ts';
import { World, type TestProject } from '#test/world.ts';
import { BaseModelShelf } from './base-model-shelf.ts';

const baseModels = `{ baseModels { name version sha256 source licence inputSize dimension trainable frozenOperators remarks } }`;
const start = `mutation ($input: StartTrainingInput!) { startTraining(input: $input) { ${userErrorFields}
  ... on NotReadyError { blockers { code } } ... on Training { id config { baseModel } } } }`;
const update = `mutation ($id: ID!, $input: TrainingConfigInput!) { updateTrainingConfig(projectId: $id, input: $input) { ${userErrorFields}
  ... on ValidationError { issues { path } } ... on TrainingConfig { baseModel } } }`;

describe('base models', () => {
  let world: World;
  let models: string;
  let project: TestProject;
  beforeAll(async () => {
    world = await World.open({ worker: true });
    models = world.platform.config.models.directory;
    project = await world.project({ labels: ['circle', 'square'], images: 8 });
  });
  afterAll(() => world.close());

  const listed = async () => (await world.admin.ask(baseModels)).baseModels as { name: string }[];
  const shelf = () => new BaseModelShelf(world.platform);
  /** A network that ends in an operator the engine cannot differentiate. */
  const writeFrozen = async (name: string) => {
    const net = new NetworkWriter([3, 32, 32], 3);
    const model = net.model(net.node('Tanh', [net.pooled(net.conv('input', [3, 24], { stride: 2 }))]), 24);
    const bytes = writeModel(model);
    const sizes = { size: 32, dimension: 24, parameters: 1, multiplyAdds: 1 };
    await mkdir(join(models, name), { recursive: true });
    await writeFile(join(models, name, 'model.onnx'), bytes);
    await writeFile(
      join(models, name, 'base-model.json'),
      JSON.stringify(baseModelCard(name, bytes, { output: 'output', ...sizes })),
    );
    await writeFile(join(models, name, 'adoption.json'), JSON.stringify({ remarks: ['Brought by a test.'] }));
  };
  const train = async (config: object) => {
    const { id } = await world.startTraining(project.id, {
      preference: 'PERFORMANCE_FIRST',
      maxDurationMinutes: 6,
      ...config,
    });
    await collect(watchOverSse(world.admin, id));
    const { training } = await world.admin.ask(
      `query ($id: ID!) { training(id: $id) { state failure { code isRetryable } modelVersion { baseModel baseModelSha256 recipe { version inputSize } } } }`,
      { id },
    );
    return training;
  };

  test('that ship or are configured are offered when a worker starts', async () => {
    const offered = await listed();
    expect(offered.map(({ name }) => name)).toEqual(['exemplar-res-m', 'exemplar-res-s', 'tiny']);
    expect(offered[1]).toMatchObject({
      source: 'SHIPPED',
      inputSize: 96,
      dimension: 512,
      trainable: 'WHOLE',
      frozenOperators: [],
      remarks: [],
    });
    expect(offered[2]).toMatchObject({ source: 'INSTALLED', sha256: tinyBaseModel().card.sha256 });
  });

  test('put into the models folder are offered, chosen by name and recorded with the version', async () => {
    await writeFrozen('brought');
    await shelf().look();
    expect((await listed()).find(({ name }) => name === 'brought')).toMatchObject({
      source: 'INSTALLED',
      trainable: 'HEAD',
      frozenOperators: ['Tanh'],
      remarks: ['Brought by a test.'],
    });
    expect(await world.admin.ask(update, { id: project.id, input: { baseModel: 'brought' } })).toEqual({
      updateTrainingConfig: { __typename: 'TrainingConfig', baseModel: 'brought' },
    });
    const { sha256 } = (await listed()).find(({ name }) => name === 'brought') as unknown as { sha256: string };
    const saved = await train({});
    expect(saved).toMatchObject({
      state: 'COMPLETED',
      modelVersion: { baseModel: 'brought', baseModelSha256: sha256 },
    });
    expect(saved.modelVersion.recipe).toEqual({ version: recipeVersion, inputSize: 32 });
    expect(await train({ baseModel: null })).toMatchObject({ modelVersion: { baseModel: 'tiny' } });
    await world.admin.ask(update, { id: project.id, input: { baseModel: null } });
  });

  test('that nobody has offered are refused before anything is published', async () => {
    const refused = await world.admin.ask(start, { input: { projectId: project.id, config: { baseModel: 'nobody' } } });
    expect(refused.startTraining).toMatchObject({
      __typename: 'NotReadyError',
      blockers: [{ code: 'BASE_MODEL_UNKNOWN' }],
    });
    expect(
      (await world.admin.ask(update, { id: project.id, input: { baseModel: 'nobody' } })).updateTrainingConfig,
    ).toMatchObject({
      issues: [{ path: ['input', 'baseModel'] }],
    });
    const long = { input: { projectId: project.id, config: { baseModel: 'x'.repeat(101) } } };
    expect((await world.admin.ask(start, long)).startTraining.__typename).toBe('ValidationError');
  });

  test('that are gone when the training starts fail it with a hint', async () => {
    await world.platform.db.execute(sql`
      insert into base_model (name, version, sha256, source, facts) select 'gone', version, sha256, source, facts from base_model limit 1`);
    expect(await train({ baseModel: 'gone' })).toEqual({
      state: 'FAILED',
      failure: { code: 'BASE_MODEL_UNUSABLE', isRetryable: true },
      modelVersion: null,
    });
  });

  test('that are broken are left out and harm nobody; mended ones come back', async () => {
    const folder = join(models, 'broken');
    await writeTinyBaseModel(folder, 9);
    await writeFile(join(folder, 'model.onnx'), 'no model');
    await mkdir(join(models, 'no card'), { recursive: true });
    const own = shelf();
    await own.look();
    expect(await own.directoryOf('exemplar-res-s', 'BALANCE')).toContain('exemplar-res-s');
    const before = await listed();
    await rm(folder, { recursive: true });
    await mkdir(folder);
    const { card, bytes } = tinyBaseModel(9);
    await writeFile(join(folder, 'model.onnx'), bytes);
    await writeFile(join(folder, 'base-model.json'), JSON.stringify({ ...card, name: 'mended' }));
    // Found when it is asked for, without a new look.
    expect(await own.directoryOf('mended', 'BALANCE')).toBe(folder);
    expect((await listed()).map(({ name }) => name)).toEqual([...before.map(({ name }) => name), 'mended'].sort());
    expect(await own.directoryOf('never', 'BALANCE')).toBeUndefined();
    await rm(folder, { recursive: true });
    await own.look();
    expect((await listed()).map(({ name }) => name)).toEqual(before.map(({ name }) => name));
  });
});
