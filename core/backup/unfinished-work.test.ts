import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { tinyBaseModel } from '#engine/testing/tiny-base-model.ts';
import { userErrorFields } from '#test/api-client.ts';
import { emptyInstallation, readIndex, type EmptyInstallation } from '#test/backups.ts';
import { collect, subscribeOverSse, transferEventsDocument, watchOverSse } from '#test/event-streams.ts';
import { makeWebhook } from '#test/make-webhook.ts';
import { World } from '#test/world.ts';
import { readConfig } from '../platform/config.ts';
import { createBackup } from './create-backup.ts';

const flavors = JSON.stringify([
  { id: 'cpu', name: 'CPU', device: 'CPU' },
  { id: 'gpu', name: 'GPU', device: 'CUDA' },
]);

describe('what had not ended when a backup was made', () => {
  let world: World;
  let folder: string;
  let installation: EmptyInstallation;
  beforeAll(async () => {
    world = await World.open({ worker: true, environment: { EXEMPLAR_FLAVORS: flavors } });
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'exemplar-backups-'));
    installation = await emptyInstallation(world);
  });
  afterEach(async () => {
    await installation.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('a training goes on from its checkpoint where it is restored, and those that wait for a worker get one', async () => {
    const project = await world.project({ labels: ['cat', 'dog'], images: 12 });
    const quick = { preference: 'PERFORMANCE_FIRST' };
    const running = await world.startTraining(project.id, { preference: 'ACCURACY_FIRST' });
    const waiting = await world.startTraining(project.id, quick);
    const elsewhere = await world.startTraining(project.id, { ...quick, flavor: 'gpu' });
    let first: { stage: string; epoch: number } | undefined;
    for await (const event of watchOverSse(world.admin, running.id)) {
      if (event.__typename === 'TrainingEpochCompleted') first ??= event;
      if (event.__typename === 'TrainingCheckpointSaved') break;
    }
    const { place, manifest } = await createBackup({ config: world.platform.config, path: folder });
    for (const { id } of [running, waiting, elsewhere])
      await world.admin.ask(`mutation ($id: ID!) { cancelTraining(id: $id) { ${userErrorFields} } }`, { id });
    expect(manifest.unfinishedTrainings.map(({ flavor }) => flavor).sort()).toEqual(['cpu', 'cpu', 'gpu']);
    expect((await readIndex(place)).map(({ kind }) => kind)).toContain('checkpoint');

    await expect(installation.restore(place)).rejects.toThrow('waits for workers of the flavor gpu');
    const config = readConfig({ ...installation.environment, EXEMPLAR_FLAVORS: flavors });
    const { requeued } = await installation.restore(place, { config });
    expect(requeued).toEqual({ trainings: 3, transfers: 0, baseModels: 0, webhooks: 0 });
    const restored = await installation.open(world.admin.token!);
    let isResumed = false;
    for await (const event of watchOverSse(restored.admin, running.id)) {
      if (event.__typename === 'TrainingInterrupted')
        expect(event).toMatchObject({ reason: 'WORKER_LOST', attempt: 1 });
      if (event.__typename === 'TrainingResumed') isResumed = true;
      if (!isResumed || event.__typename !== 'TrainingEpochCompleted') continue;
      expect([event.stage, event.epoch]).not.toEqual([first!.stage, first!.epoch]);
      break;
    }
    await restored.admin.ask(`mutation ($id: ID!) { stopTraining(id: $id) { ${userErrorFields} } }`, {
      id: running.id,
    });
    const events = await collect(watchOverSse(restored.admin, running.id));
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
    expect(events.at(-1)).toMatchObject({ state: 'COMPLETED' });
    expect((await collect(watchOverSse(restored.admin, waiting.id))).at(-1)).toMatchObject({ state: 'COMPLETED' });
    const { training } = await restored.admin.ask('query ($id: ID!) { training(id: $id) { state } }', {
      id: elsewhere.id,
    });
    expect(training.state).toBe('QUEUED');
  });

  test('exports, uploaded base models and messages of webhooks are taken up', async () => {
    const idle = await World.open();
    try {
      const project = await idle.project({ labels: ['cat'], images: 2 });
      const { id } = await idle.admin.must(
        `mutation ($input: StartExportInput!) { startExport(input: $input) { ${userErrorFields} ... on DatasetExport { id } } }`,
        { input: { projectId: project.id, format: 'CSV', includeImages: true } },
      );
      const { webhookId } = await makeWebhook(idle.admin, project.id);
      const { bytes } = tinyBaseModel(7);
      const { uploadUrl } = await idle.admin.must(
        `mutation ($input: CreateBaseModelUploadInput!) { createBaseModelUpload(input: $input) { ${userErrorFields}
          ... on CreatedBaseModelUpload { uploadUrl } } }`,
        { input: { name: 'uploaded', byteSize: bytes.byteLength } },
      );
      await fetch(uploadUrl, { method: 'PUT', body: new Uint8Array(bytes) });
      const { place } = await createBackup({ config: idle.platform.config, path: folder });
      const { requeued } = await installation.restore(place);
      expect(requeued).toEqual({ trainings: 0, transfers: 1, baseModels: 1, webhooks: 1 });

      const restored = await installation.open(idle.admin.token!);
      const events = await collect(subscribeOverSse(restored.admin, transferEventsDocument, { id }));
      expect(events.at(-1)).toMatchObject({ state: 'COMPLETED' });
      const settled = async () => {
        const { baseModelUploads, webhooks } = await restored.admin.ask(
          `query ($id: ID!) { baseModelUploads { state message } webhooks(projectId: $id) { id deliveries { nodes { state } } } }`,
          { id: project.id },
        );
        const [{ deliveries }] = webhooks.filter((webhook: { id: string }) => webhook.id === webhookId);
        return [baseModelUploads[0].state, deliveries.nodes[0].state];
      };
      // Documentation's addresses are not public, so the message is given up at once: a worker had it.
      while ((await settled()).some((state) => state === 'QUEUED' || state === 'PENDING')) await setTimeout(50);
      expect(await settled()).toEqual(['READY', 'DEAD']);
      const again = await createBackup({ config: restored.platform.config, path: join(folder, 'again') });
      expect((await readIndex(again.place)).filter(({ kind }) => kind === 'base-model')).toHaveLength(3);
    } finally {
      await idle.close();
    }
  });
});
