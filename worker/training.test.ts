import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endTraining, recordFacts } from '#core/trainings/run-training.ts';
import { StaleAttemptError } from '#core/trainings/training-events.ts';
import { userErrorFields } from '#test/api-client.ts';
import { collect, firstEvent, watchOverSse, watchOverWebSocket, type StreamedEvent } from '#test/event-streams.ts';
import { drawPicture } from '#test/pictures.ts';
import { signalTrainer } from '#test/trainer-process.ts';
import { World, type TestProject } from '#test/world.ts';

const modelVersionFields = `id name versionNumber modelBytes modelUrl baseModel classes { labelId name }
  training { id state stopReason } evaluation { split imageCount accuracy macro { precision recall f1 } confusionMatrix
    datasetVersion { name } images(first: 100) { nodes { imageId actual { name } predicted { name } probabilities } }
    classStatistics { classIndex labelId labelName support predictedCount truePositives precision recall f1 oneVsRestAccuracy } }`;

describe('a training', () => {
  let world: World;
  let project: TestProject;
  beforeAll(async () => {
    world = await World.open({ worker: true });
    project = await world.project({ labels: ['circle', 'square', 'disc'], images: 12 });
  });
  afterAll(() => world.close());

  const quick = { preference: 'PERFORMANCE_FIRST', maxDurationMinutes: 6 };
  const modelOf = async (trainingId: string) =>
    (
      await world.admin.ask(`query ($id: ID!) { training(id: $id) { state modelVersion { ${modelVersionFields} } } }`, {
        id: trainingId,
      })
    ).training.modelVersion;
  const act = async (action: 'stopTraining' | 'cancelTraining', id: string) =>
    (
      await world.admin.ask(
        `mutation ($id: ID!) { ${action}(id: $id) { ${userErrorFields} ... on Training { state } } }`,
        {
          id,
        },
      )
    )[action];

  test('goes from queue to model, and its last statistics on the stream are the stored evaluation', async () => {
    const { id } = await world.startTraining(project.id, quick);
    const [overWebSocket, overSse] = await Promise.all([
      collect(watchOverWebSocket(world.admin, id)),
      collect(watchOverSse(world.admin, id)),
    ]);
    expect(overSse).toEqual(overWebSocket);
    expect(overWebSocket.map((event) => event.sequence)).toEqual(overWebSocket.map((_, index) => index + 1));
    const states = overWebSocket.filter((event) => event.__typename === 'TrainingStateChanged');
    expect(states.map((event) => event.state)).toEqual(['QUEUED', 'PREPARING', 'RUNNING', 'EVALUATING', 'COMPLETED']);
    expect(overWebSocket.at(-1)).toMatchObject({ state: 'COMPLETED', stopReason: 'CONVERGED', failure: null });

    const epochs = overWebSocket.filter((event) => event.__typename === 'TrainingEpochCompleted');
    expect(epochs.length).toBeGreaterThan(0);
    for (const { metrics } of epochs) {
      expect(metrics.classStatistics.map((item: StreamedEvent) => item.labelName)).toEqual([
        'circle',
        'square',
        'disc',
      ]);
      expect(metrics.confusionMatrix.flat().reduce((a: number, b: number) => a + b)).toBe(metrics.imageCount);
    }
    const progress = overWebSocket.filter((event) => event.__typename === 'TrainingProgressed');
    expect(progress.some((event) => event.phase === 'TRAINING')).toBe(true);
    for (const { phase, currentEpoch } of progress)
      if (phase === 'TRAINING') expect(currentEpoch).toBeGreaterThanOrEqual(1);
      else expect(currentEpoch).toBeNull();
    const version = await modelOf(id);
    const evaluated = overWebSocket.findLast((event) => event.__typename === 'TrainingEvaluated');
    const { classStatistics, accuracy, macro, confusionMatrix, imageCount } = version.evaluation;
    expect(evaluated.metrics).toEqual({ classStatistics, accuracy, macro, confusionMatrix, imageCount });
    expect(version).toMatchObject({ name: 'V001', training: { id, state: 'COMPLETED' } });
    expect(version.evaluation.datasetVersion.name).toBe('V001');
    expect(version.evaluation.images.nodes).toHaveLength(imageCount);

    const resumed = await collect(watchOverWebSocket(world.admin, id, 3));
    expect(resumed).toEqual(overWebSocket.slice(3));
    expect(await collect(watchOverSse(world.admin, id, overWebSocket.length))).toEqual([]);
    const { training } = await world.admin.ask(
      `query ($id: ID!) { training(id: $id) { events(after: "2", first: 3) { nodes { sequence } pageInfo { endCursor hasNextPage } } progress { phase } } }`,
      { id },
    );
    expect(training).toEqual({
      events: {
        nodes: [{ sequence: 3 }, { sequence: 4 }, { sequence: 5 }],
        pageInfo: { endCursor: '5', hasNextPage: true },
      },
      progress: null,
    });
  });

  test('leaves a model that answers for images and uploads alike, and a file to download', async () => {
    const { id } = await world.startTraining(project.id, quick);
    await collect(watchOverSse(world.admin, id));
    const version = await modelOf(id);
    const predict = `mutation ($input: PredictInput!) { predict(input: $input) { ${userErrorFields} ... on Prediction { predictedLabel scores { labelName probability } } } }`;
    const [evaluated] = version.evaluation.images.nodes;
    const { predict: byImage } = await world.admin.ask(predict, {
      input: { modelVersionId: version.id, imageId: evaluated.imageId },
    });
    expect(evaluated.predicted).toEqual([{ name: byImage.predictedLabel }]);
    for (const { labelName, probability } of byImage.scores) {
      const stored =
        evaluated.probabilities[version.classes.findIndex((item: { name: string }) => item.name === labelName)];
      expect(Math.abs(probability - stored)).toBeLessThanOrEqual(1e-4);
    }
    const bytes = await drawPicture(1, 999);
    const [upload] = await world.announce(project.id, [{ fileName: 'unseen.jpg', bytes }]);
    const unsent = await world.admin.ask(predict, { input: { modelVersionId: version.id, uploadId: upload.id } });
    expect(unsent.predict).toMatchObject({ __typename: 'PictureRefusedError' });
    await fetch(upload.uploadUrl, { method: 'PUT', body: new Uint8Array(bytes) });
    const { predict: byUpload } = await world.admin.ask(predict, {
      input: { modelVersionId: version.id, uploadId: upload.id },
    });
    expect(
      byUpload.scores.reduce((sum: number, score: { probability: number }) => sum + score.probability, 0),
    ).toBeCloseTo(1, 4);
    const both = await world.admin.ask(predict, {
      input: { modelVersionId: version.id, uploadId: upload.id, imageId: evaluated.imageId },
    });
    expect(both.predict.__typename).toBe('ValidationError');
    const file = await fetch(version.modelUrl);
    expect(file.status).toBe(200);
    expect((await file.arrayBuffer()).byteLength).toBe(version.modelBytes);
  });

  test('goes on from a base version by label id, through renamed, new and removed labels', async () => {
    const own = await world.project({ labels: ['circle', 'square', 'old'], images: 8 });
    const first = await world.startTraining(own.id, quick);
    await collect(watchOverSse(world.admin, first.id));
    const base = await modelOf(first.id);
    await world.admin.must(
      `mutation ($id: ID!) { updateLabel(id: $id, input: { name: "round" }) { ${userErrorFields} } }`,
      { id: own.labels[0]!.id },
    );
    await world.admin.must(`mutation ($id: ID!) { deleteLabel(id: $id, policy: LABEL_ONLY) { ${userErrorFields} } }`, {
      id: own.labels[2]!.id,
    });
    const { id: newLabel } = await world.admin.must(
      `mutation ($input: CreateLabelInput!) { createLabel(input: $input) { ${userErrorFields} ... on Label { id } } }`,
      { input: { projectId: own.id, name: 'new' } },
    );
    await world.annotate(
      own.id,
      own.imageIds[2]!.map((imageId) => ({ imageId, labelId: newLabel })),
    );
    const second = await world.startTraining(own.id, { ...quick, baseVersionId: base.id });
    const events = await collect(watchOverSse(world.admin, second.id));
    expect(events.at(-1), JSON.stringify(events.at(-1))).toMatchObject({ state: 'COMPLETED' });
    const version = await modelOf(second.id);
    expect(version.name).toBe('V002');
    expect(version.classes).toEqual([
      { labelId: own.labels[0]!.id, name: 'round' },
      { labelId: own.labels[1]!.id, name: 'square' },
      { labelId: newLabel, name: 'new' },
    ]);
    // The base version still says what it was trained on.
    expect((await modelOf(first.id)).classes[0].name).toBe('circle');

    const other = await world.startTraining(project.id, quick);
    await collect(watchOverSse(world.admin, other.id));
    const foreign = await world.admin.ask(
      `mutation ($input: StartTrainingInput!) { startTraining(input: $input) { ${userErrorFields} ... on NotReadyError { blockers { code } } } }`,
      { input: { projectId: own.id, config: { baseVersionId: (await modelOf(other.id)).id } } },
    );
    expect(foreign.startTraining.blockers).toEqual([{ code: 'BASE_VERSION_UNUSABLE' }]);
  });

  test('says how it was made, how far its figures can be trusted, and what an incremental one forgot', async () => {
    const details = `query ($id: ID!) { training(id: $id) { modelVersion { id
      recipe { stage epoch epochs inputSize } forgetting { labelName support recallBefore recallAfter }
      evaluation { accuracy imageCount macro { f1 } classStatistics { recall precision }
        confidence { accuracy { lower upper } macroF1 { lower upper } temperature crossValidated { folds imageCount accuracy macroF1 } calibrationErrorBefore calibrationErrorAfter
          classes { precision { lower upper } recall { lower upper } } } } } } }`;
    const read = async (id: string) => (await world.admin.ask(details, { id })).training.modelVersion;
    const first = await world.startTraining(project.id, { preference: 'BALANCE' });
    const events = await collect(watchOverSse(world.admin, first.id));
    const stages = new Set(events.flatMap((event) => (event.stage ? [event.stage] : [])));
    expect(stages.has('HEAD') && stages.size > 1).toBe(true);
    const epochs = events.flatMap((event) => (event.__typename === 'TrainingEpochCompleted' ? [event.epoch] : []));
    expect(epochs).toEqual(epochs.map((_, index) => index + 1));
    const version = await read(first.id);
    expect(version.forgetting).toBeNull();
    expect(version.recipe.epochs).toBe(epochs.length);
    expect(version.recipe.epoch).toBeLessThanOrEqual(epochs.length);
    const { evaluation } = version;
    const { confidence } = evaluation;
    expect(confidence.temperature).toBeGreaterThan(0);
    expect(confidence.accuracy.lower).toBeLessThan(evaluation.accuracy + 1e-9);
    expect(confidence.accuracy.upper).toBeGreaterThan(evaluation.accuracy - 1e-9);
    expect(confidence.macroF1.lower).toBeLessThanOrEqual(confidence.macroF1.upper);
    expect(confidence.classes).toHaveLength(3);
    // Fewer than 5 validation images a class here.
    expect(confidence.crossValidated).toMatchObject({ folds: 5, imageCount: 36 });
    evaluation.classStatistics.forEach((statistics: { recall: number }, index: number) => {
      const { recall } = confidence.classes[index];
      expect(recall.lower).toBeLessThanOrEqual(statistics.recall);
      expect(recall.upper).toBeGreaterThanOrEqual(statistics.recall);
    });
    const second = await world.startTraining(project.id, { ...quick, baseVersionId: version.id });
    expect((await collect(watchOverSse(world.admin, second.id))).at(-1)).toMatchObject({ state: 'COMPLETED' });
    const { forgetting } = await read(second.id);
    expect(forgetting.map((item: { labelName: string }) => item.labelName).sort()).toEqual([
      'circle',
      'disc',
      'square',
    ]);
    expect(forgetting.reduce((sum: number, item: { support: number }) => sum + item.support, 0)).toBe(
      evaluation.imageCount,
    );
  });

  test('is cancelled while it runs and leaves no model', async () => {
    const { id } = await world.startTraining(project.id, { preference: 'ACCURACY_FIRST' });
    const events = watchOverWebSocket(world.admin, id);
    const seen: StreamedEvent[] = [];
    for await (const event of events) {
      seen.push(event);
      if (event.state === 'PREPARING')
        expect(await act('cancelTraining', id)).toMatchObject({ __typename: 'Training' });
    }
    expect(seen.some((event) => event.request === 'CANCEL')).toBe(true);
    expect(seen.at(-1)).toMatchObject({ state: 'CANCELLED', stopReason: 'STOPPED_BY_USER' });
    expect(await modelOf(id)).toBeNull();
    const after = await act('stopTraining', id);
    expect(after.__typename).toBe('InvalidStateError');
  });

  test('is stopped early and keeps its best model', async () => {
    const { id } = await world.startTraining(project.id, { preference: 'ACCURACY_FIRST' });
    const seen: StreamedEvent[] = [];
    for await (const event of watchOverWebSocket(world.admin, id)) {
      seen.push(event);
      if (event.state === 'PREPARING') await act('stopTraining', id);
    }
    expect(seen.at(-1)).toMatchObject({ state: 'COMPLETED', stopReason: 'STOPPED_BY_USER' });
    expect(await modelOf(id)).not.toBeNull();
  });

  test('saves its best model when its time is up', async () => {
    // The worker is busy with this one, so that the next can be given an earlier start before it is taken.
    const busy = await world.startTraining(project.id, { preference: 'ACCURACY_FIRST' });
    const { id } = await world.startTraining(project.id, { preference: 'ACCURACY_FIRST', maxDurationMinutes: 6 });
    const changed = await world.platform.db.execute(
      sql`update training set started_at = now() - interval '6 minutes' where id = ${id.replace('Training_', '')} and started_at is null returning id`,
    );
    expect(changed).toHaveLength(1);
    await act('cancelTraining', busy.id);
    const events = await collect(watchOverSse(world.admin, id));
    expect(events.at(-1)).toMatchObject({ state: 'COMPLETED', stopReason: 'MAX_DURATION' });
    expect(await modelOf(id)).not.toBeNull();
  });

  test('whose pictures vanished fails with their ids and a hint', async () => {
    const own = await world.project({ labels: ['circle', 'square'], images: 6 });
    const victim = own.imageIds[0]![0]!;
    const [row] = await world.platform.db.execute<{ sha256: Buffer; project_id: string }>(
      sql`select sha256, project_id from image where id = ${victim.replace('Image_', '')}`,
    );
    await rm(world.platform.config.cacheDirectory, { recursive: true, force: true });
    await world.platform.objects.delete(
      `projects/${row!.project_id}/images/${Buffer.from(row!.sha256).toString('hex')}/normalised`,
    );
    const { id } = await world.startTraining(own.id, quick);
    const events = await collect(watchOverSse(world.admin, id));
    expect(events.at(-1)).toMatchObject({
      state: 'FAILED',
      failure: { code: 'UNREADABLE_IMAGES', imageIds: [victim], isRetryable: false },
    });
    expect(events.at(-1).failure.hint).not.toBe('');
  });

  test('whose base version lost its file fails and says what can be done', async () => {
    const own = await world.project({ labels: ['circle', 'square'], images: 6 });
    const first = await world.startTraining(own.id, quick);
    await collect(watchOverSse(world.admin, first.id));
    const base = await modelOf(first.id);
    const [row] = await world.platform.db.execute<{ key: string }>(
      sql`select model_key as key from model_version where id = ${base.id.replace('ModelVersion_', '')}`,
    );
    await world.platform.objects.delete(row!.key);
    const { id } = await world.startTraining(own.id, { ...quick, baseVersionId: base.id });
    const events = await collect(watchOverSse(world.admin, id));
    expect(events.at(-1)).toMatchObject({
      state: 'FAILED',
      failure: { code: 'BASE_VERSION_UNUSABLE', isRetryable: false, hint: expect.stringContaining('base version') },
    });
  });

  test('whose trainer is killed is taken up again, as the same version', async () => {
    const { id, versionName } = await world.startTraining(project.id, { preference: 'ACCURACY_FIRST' });
    const seen: StreamedEvent[] = [];
    let killed = false;
    for await (const event of watchOverWebSocket(world.admin, id)) {
      seen.push(event);
      if (event.state !== 'PREPARING' || killed) continue;
      killed = true;
      await signalTrainer(id, 'SIGKILL');
    }
    expect(seen.at(-1)).toMatchObject({ state: 'COMPLETED' });
    const interruption = seen.findIndex((event) => event.__typename === 'TrainingInterrupted');
    expect(seen[interruption]).toMatchObject({
      reason: 'TRAINER_CRASHED',
      attempt: 1,
      message: expect.stringContaining('SIGKILL'),
    });
    expect(seen[interruption + 1]).toMatchObject({ __typename: 'TrainingResumed', attempt: 2 });
    expect(seen.map((event) => event.sequence)).toEqual(seen.map((_, index) => index + 1));
    expect((await modelOf(id)).name).toBe(versionName);
  });

  test('whose trainer is killed in the middle of learning goes on from its checkpoint, which is gone in the end', async () => {
    const { id } = await world.startTraining(project.id, { preference: 'ACCURACY_FIRST' });
    const trainingId = id.replace('Training_', '');
    const seen: StreamedEvent[] = [];
    let killed = false;
    for await (const event of watchOverWebSocket(world.admin, id)) {
      seen.push(event);
      if (killed || event.__typename !== 'TrainingEpochCompleted' || event.stage === 'HEAD') continue;
      killed = true;
      await signalTrainer(id, 'SIGKILL');
    }
    expect(seen.at(-1)).toMatchObject({ state: 'COMPLETED' });
    const goingOn = seen.findIndex((event) => /Going on from a checkpoint/.test(event.message ?? ''));
    expect(goingOn).toBeGreaterThan(0);
    const later = seen.slice(goingOn).filter((event) => event.__typename === 'TrainingEpochCompleted');
    expect(later.every((event) => event.stage !== 'HEAD')).toBe(true);
    // The worker has let go of this one when it takes the next.
    const next = await world.startTraining(project.id, quick);
    await firstEvent(watchOverSse(world.admin, next.id), (event) => event.state === 'PREPARING');
    const checkpoints = `projects/${project.id.replace('Project_', '')}/checkpoints/${trainingId}`;
    await expect(stat(join(world.platform.config.objectsDirectory, checkpoints))).rejects.toThrow('ENOENT');
  });

  test('of a project that is deleted meanwhile ends, with its files', async () => {
    const own = await world.project({ labels: ['circle', 'square'], images: 6 });
    const [running, waiting] = [
      await world.startTraining(own.id, { preference: 'ACCURACY_FIRST' }),
      await world.startTraining(own.id, { preference: 'ACCURACY_FIRST' }),
    ];
    await firstEvent(watchOverSse(world.admin, running.id), (event) => event.state === 'PREPARING');
    const deleted = await world.admin.ask(`mutation ($id: ID!) { deleteProject(id: $id) { __typename } }`, {
      id: own.id,
    });
    expect(deleted.deleteProject.__typename).toBe('DeletedProject');
    // The worker has let go of both when it takes the next one.
    const next = await world.startTraining(project.id, quick);
    expect((await collect(watchOverSse(world.admin, next.id))).at(-1)).toMatchObject({ state: 'COMPLETED' });
    for (const { id } of [running, waiting])
      expect(await world.admin.ask(`query ($id: ID!) { training(id: $id) { id } }`, { id })).toEqual({
        training: null,
      });
    const folder = join(world.platform.config.objectsDirectory, 'projects', own.id.replace('Project_', ''));
    await expect(stat(folder)).rejects.toThrow('ENOENT');
    const left = await world.platform.db.execute(
      sql`select state from pgboss.job where state <> 'completed' and data->>'trainingId' = any(${sql.param([running.id, waiting.id].map((id) => id.replace('Training_', '')))}::text[])`,
    );
    expect([...left]).toEqual([]);
  });

  test('refuses the writes of an attempt that was overtaken', async () => {
    const { id } = await world.startTraining(project.id, quick);
    await collect(watchOverSse(world.admin, id));
    const trainingId = id.replace('Training_', '');
    const late = recordFacts(world.platform, trainingId, 0, [
      { type: 'LOG_LINE', level: 'INFO', message: 'I am alive' },
    ]);
    await expect(late).rejects.toThrow(StaleAttemptError);
    await expect(endTraining(world.platform, trainingId, 0, { state: 'CANCELLED' })).rejects.toThrow(StaleAttemptError);
    const { training } = await world.admin.ask(`query ($id: ID!) { training(id: $id) { state } }`, { id });
    expect(training.state).toBe('COMPLETED');
  });

  test('is watched only by those who may, and lets go of a watcher at once', async () => {
    const { id } = await world.startTraining(project.id, quick);
    const stranger = await world.user();
    await expect(collect(watchOverSse(stranger, id))).rejects.toThrow(/was not found/);
    const watcher = await world.user({ project, role: 'VIEWER' });
    const first = await firstEvent(watchOverWebSocket(watcher, id), (event) => event.state === 'QUEUED');
    expect(first.sequence).toBe(1);
    const end = await firstEvent(watchOverSse(watcher, id), (event) => event.state === 'COMPLETED');
    expect(end.__typename).toBe('TrainingStateChanged');
    await expect(collect(watchOverSse(watcher, id, -1))).rejects.toThrow(/after/);
  });
});
