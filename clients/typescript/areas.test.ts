import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from 'vitest';
import { drawPicture } from '../../test/pictures.ts';
import { World, type TestProject } from '../../test/world.ts';
import {
  createExemplar,
  orThrow,
  ResultError,
  unknownMember,
  type CreateProjectResult,
  type Exemplar,
  type Project,
  type Training,
} from './index.ts';

/* Every area of the API, as a frontend would use it, against a server and a worker. */
describe('the client', () => {
  let world: World;
  let exemplar: Exemplar;
  /** Ten labelled images of two labels. */
  let project: TestProject;
  beforeAll(async () => {
    world = await World.open({ worker: true });
    exemplar = createExemplar({ url: world.url, token: world.admin.token! });
    project = await world.project({ labels: ['cat', 'dog'], images: 5 });
  });
  afterAll(async () => {
    exemplar.close();
    await world.close();
  });

  test('makes, reads, changes and deletes projects', async () => {
    const made = await orThrow(exemplar.projects.create({ name: world.name('mine'), type: 'MULTI_LABEL' }));
    expectTypeOf(made).toExtend<Project>();
    expect(made).toMatchObject({ __typename: 'Project', type: 'MULTI_LABEL', description: '' });
    expect(await orThrow(exemplar.projects.update(made.id, { description: 'of birds' }))).toMatchObject({
      description: 'of birds',
    });
    const { id: userId } = await orThrow(exemplar.access.createUser({ name: world.name('colleague') }));
    const shared = await orThrow(exemplar.projects.setMember({ projectId: made.id, userId, role: 'LABELLER' }));
    expect(shared.members.map(({ role }) => role).sort()).toEqual(['LABELLER', 'OWNER']);
    expect((await exemplar.projects.list().toArray()).map(({ id }) => id)).toContain(made.id);
    expect(await orThrow(exemplar.projects.delete(made.id))).toEqual({ __typename: 'DeletedProject', id: made.id });
    expect(await exemplar.projects.get(made.id)).toBeNull();
  });

  test('answers mistakes as values, and throws them where it is asked to', async () => {
    const say = (result: CreateProjectResult): string => {
      switch (result.__typename) {
        case 'Project':
          return result.name;
        case 'ValidationError':
          return result.issues.map(({ path }) => path.join('.')).join();
        case 'ConflictError':
        case 'LimitExceededError':
        case 'NotFoundError':
        case 'PermissionDeniedError':
          return result.code;
        default:
          return unknownMember(result);
      }
    };
    expect(say(await exemplar.projects.create({ name: '1' }))).toBe('input.name');
    expect(say(await exemplar.projects.create({ name: project.name }))).toBe('CONFLICT');
    const error = await orThrow(exemplar.projects.create({ name: '1' })).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ResultError);
    expect(error).toMatchObject({ code: 'VALIDATION_FAILED', error: { __typename: 'ValidationError' } });
    // A newer server may answer with members that these types do not have.
    const newer = { __typename: 'QuotaError', code: 'QUOTA', message: 'Too much.' } as never;
    expect(() => say(newer)).toThrow(ResultError);
    expect(() => say({ __typename: 'Novelty' } as never)).toThrow(/Novelty, which this version of the client/);
  });

  test('makes, reads, changes and deletes labels', async () => {
    const { id: projectId } = await world.project();
    const label = await orThrow(exemplar.labels.create({ projectId, name: 'owl', shortcut: 'o' }));
    await orThrow(exemplar.labels.update(label.id, { color: '#112233', shortcut: null }));
    expect(await exemplar.labels.get(label.id)).toMatchObject({ name: 'owl', color: '#112233', shortcut: null });
    expect((await exemplar.labels.list(projectId))!.map(({ name }) => name)).toEqual(['owl']);
    expect(await orThrow(exemplar.labels.delete(label.id, { policy: 'LABEL_AND_IMAGES' }))).toMatchObject({
      __typename: 'Project',
      id: projectId,
    });
    expect(await exemplar.labels.list(projectId)).toEqual([]);
    expect(await exemplar.labels.list('Project_00000000-0000-7000-8000-000000000000')).toBeNull();
  });

  test('lists, filters, groups, places and deletes images', async () => {
    const { id: projectId, labels, imageIds } = await world.project({ labels: ['cat', 'dog'], images: 3 });
    const filter = { labelId: labels[1]!.id };
    const dogs = await exemplar.images.list(projectId, { filter, direction: 'ASC', form: 'ORIGINAL' }).toArray();
    expect(dogs.map(({ fileName }) => fileName).sort()).toEqual(['dog-0.jpg', 'dog-1.jpg', 'dog-2.jpg']);
    expect(dogs[0]!.annotations).toMatchObject([{ source: 'HUMAN', label: { name: 'dog' } }]);
    const bytes = new Uint8Array(await (await exemplar.download(dogs[0]!.url)).arrayBuffer());
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(dogs[0]!.sha256);
    const input = { projectId, imageIds: imageIds[0]! };
    expect(await orThrow(exemplar.images.setGroup({ ...input, group: 'camera 1' }))).toMatchObject({
      results: Array.from({ length: 3 }, () => ({ __typename: 'ChangedImage', image: { group: 'camera 1' } })),
    });
    await orThrow(exemplar.images.setSplit({ ...input, split: 'TRAIN' }));
    expect(await exemplar.images.get(imageIds[0]![0]!)).toMatchObject({ splitOverride: 'TRAIN', group: 'camera 1' });
    expect(await orThrow(exemplar.images.delete(input))).toMatchObject({ deletedCount: 3, project: { imageCount: 3 } });
    expect(await exemplar.images.get(imageIds[0]![0]!)).toBeNull();
  });

  test('annotates, also more than one call takes, with a result for each image', async () => {
    const { id: projectId, labels, imageIds } = await world.project({ labels: ['cat', 'dog'], images: 3 });
    const [, dog] = labels;
    const stale = { imageId: imageIds[0]![0]!, labelId: dog!.id, expectedRevision: 0 };
    expect(await orThrow(exemplar.annotations.annotate({ projectId, annotations: [stale] }))).toMatchObject({
      results: [{ __typename: 'AnnotationRefused', error: { __typename: 'StaleAnnotationError', currentRevision: 1 } }],
    });
    const many = Array.from({ length: 1003 }, (_, index) =>
      index < 3
        ? { imageId: imageIds[0]![index]!, labelId: dog!.id }
        : { imageId: `Image_00000000-0000-7000-8000-${String(index).padStart(12, '0')}`, labelId: dog!.id },
    );
    const results = [];
    for await (const result of exemplar.annotations.annotateAll(projectId, many)) results.push(result);
    expect(results).toHaveLength(1003);
    expect(results.slice(0, 4).map(({ __typename }) => __typename)).toEqual([
      'AnnotatedImage',
      'AnnotatedImage',
      'AnnotatedImage',
      'AnnotationRefused',
    ]);
    expect((await exemplar.projects.get(projectId))!.labels.map(({ imageCount }) => imageCount)).toEqual([0, 6]);
  });

  test('checks, trains, watches, evaluates, downloads and predicts', async () => {
    const config = { preference: 'PERFORMANCE_FIRST', maxDurationMinutes: 6 } as const;
    const readiness = (await exemplar.readiness.check(project.id, { config }))!;
    expect(readiness).toMatchObject({ isReady: true, blockers: [], config });
    expect(readiness.split.map(({ name }) => name)).toEqual(['cat', 'dog']);
    const empty = (await exemplar.readiness.check((await world.project()).id))!;
    expect(empty.blockers.map(({ code }) => code)).toContain('TOO_FEW_CLASSES');
    expect(await exemplar.trainings.start({ projectId: (await world.project()).id })).toMatchObject({
      __typename: 'NotReadyError',
      blockers: [{ code: 'TOO_FEW_CLASSES' }],
    });

    await orThrow(exemplar.trainings.updateConfig(project.id, config));
    const training = await orThrow(exemplar.trainings.start({ projectId: project.id }));
    expectTypeOf(training).toExtend<Training>();
    const kinds = new Set<string>();
    let liveAccuracy = NaN;
    for await (const event of exemplar.watchTraining(training.id)) {
      kinds.add(event.__typename);
      if (event.__typename === 'TrainingEvaluated') liveAccuracy = event.metrics.accuracy;
    }
    expect([...kinds]).toEqual(expect.arrayContaining(['TrainingStateChanged', 'TrainingEpochCompleted']));
    const ended = (await exemplar.trainings.get(training.id))!;
    expect(ended).toMatchObject({ state: 'COMPLETED', isFinished: true, versionName: 'V001' });
    expect((await exemplar.trainings.list(project.id).toArray())[0]!.id).toBe(training.id);

    const [version] = await exemplar.modelVersions.list(project.id).toArray();
    expect(version).toMatchObject({ name: 'V001', training: { id: training.id } });
    const modelVersionId = version!.id;
    const evaluation = (await exemplar.modelVersions.evaluation(modelVersionId))!;
    expect(evaluation.accuracy).toBe(liveAccuracy);
    expect(evaluation.classStatistics.map(({ labelName }) => labelName)).toEqual(['cat', 'dog']);
    const answers = await exemplar.modelVersions.evaluatedImages(modelVersionId).toArray();
    expect(answers).toHaveLength(evaluation.imageCount);
    const details = (await exemplar.modelVersions.get(modelVersionId))!;
    const model = (await exemplar.modelVersions.download(modelVersionId))!;
    expect(model.size).toBe(details.modelBytes);
    expect(
      createHash('sha256')
        .update(new Uint8Array(await model.arrayBuffer()))
        .digest('hex'),
    ).toBe(details.modelSha256);
    const imageId = project.imageIds[0]![0]!;
    const prediction = await orThrow(exemplar.predictions.predict({ modelVersionId, imageId }, { scores: 1 }));
    expect(prediction.scores).toHaveLength(1);
    expect(prediction.predictedLabel).toBe(prediction.scores[0]!.labelName);
    expect(await exemplar.predictions.predict({ modelVersionId, imageId: project.id })).toMatchObject({
      __typename: 'NotFoundError',
    });

    // What the training froze, and what has changed since.
    const again = await orThrow(exemplar.datasetVersions.publish({ projectId: project.id }));
    expect(again.outcome).toBe('UNCHANGED');
    const [cat] = project.labels;
    await world.annotate(project.id, [{ imageId: project.imageIds[1]![0]!, labelId: cat!.id }]);
    const next = await orThrow(exemplar.datasetVersions.publish({ projectId: project.id, name: 'next' }));
    const [from, to] = [again.datasetVersion.id, next.datasetVersion.id];
    expect(await exemplar.datasetVersions.diff(from, to)).toMatchObject({ relabelledCount: 1, addedCount: 0 });
    const changes = await exemplar.datasetVersions.changes(from, to, 'RELABELLED').toArray();
    expect(changes.map((change) => change.after!.labels.map(({ name }) => name))).toEqual([['cat']]);
    expect((await exemplar.datasetVersions.list(project.id).toArray()).map(({ id }) => id)).toEqual([to, from]);
    expect((await exemplar.datasetVersions.get(to))!.classes.map(({ name }) => name)).toEqual(['cat', 'dog']);
    expect((await exemplar.projectEvents.list(project.id).toArray()).map(({ __typename }) => __typename)).toContain(
      'ProjectVersionCreated',
    );
  }, 120_000);

  test('stops and cancels trainings, and never starts one twice', async () => {
    const { id: projectId } = await world.project({ labels: ['cat', 'dog'], images: 5 });
    expect((await exemplar.trainings.flavors())[0]).toMatchObject({ device: 'CPU' });
    const idempotencyKey = '0193a1b0-0000-7000-8000-000000000001';
    const first = await orThrow(exemplar.trainings.start({ projectId, idempotencyKey }));
    const second = await orThrow(exemplar.trainings.start({ projectId, idempotencyKey }));
    expect(second.id).toBe(first.id);
    expect(['Training', 'InvalidStateError']).toContain((await exemplar.trainings.stop(first.id)).__typename);
    expect(['Training', 'InvalidStateError']).toContain((await exemplar.trainings.cancel(first.id)).__typename);
    let last = '';
    for await (const event of exemplar.trainingEvents.watch(first.id))
      if (event.__typename === 'TrainingStateChanged') last = event.state;
    expect(['CANCELLED', 'COMPLETED']).toContain(last);
    expect(await exemplar.trainings.cancel(first.id)).toMatchObject({
      __typename: 'InvalidStateError',
      currentState: last,
    });
  });

  test('brings and deletes base models', async () => {
    const file = join(world.platform.config.dataDirectory, 'base-model', 'model.onnx');
    const name = 'a-model-of-mine';
    const upload = await orThrow(exemplar.baseModels.upload(file, { name, licence: 'CC0' }));
    expect(upload).toMatchObject({ __typename: 'BaseModelUpload', name });
    expect((await exemplar.baseModels.uploads())[0]).toMatchObject({ id: upload.id, message: null });
    expect((await exemplar.baseModels.list()).length).toBeGreaterThan(0);
    expect(await exemplar.baseModels.delete('no-such-model')).toMatchObject({ __typename: 'NotFoundError' });
    expect(await exemplar.baseModels.upload(await readFile(file), { name: 'Not A Name' })).toMatchObject({
      __typename: 'ValidationError',
    });
  });

  test('makes users and tokens, and revokes them', async () => {
    const user = await orThrow(exemplar.access.createUser({ name: world.name('user') }));
    const { token, accessToken } = await orThrow(exemplar.access.createToken({ name: 'script', userId: user.id }));
    const theirs = createExemplar({ url: `${world.url}/graphql`, token });
    expect((await theirs.access.viewer())!.user).toMatchObject({ id: user.id, isAdministrator: false });
    expect(await theirs.access.createUser({ name: 'x' })).toMatchObject({ __typename: 'PermissionDeniedError' });
    expect((await orThrow(exemplar.access.revokeToken(accessToken.id))).revokedAt).toMatch(/^2/);
    expect(await createExemplar({ url: world.url }).access.viewer()).toBeNull();
  });

  test('lists, changes and disables users', async () => {
    const name = world.name('person');
    const { id } = await orThrow(exemplar.access.createUser({ name }));
    const { token } = await orThrow(exemplar.access.createToken({ name: 'script', userId: id, scope: 'READ' }));
    expect(await exemplar.access.users({ nameContains: name.toUpperCase() }).toArray()).toMatchObject([{ id, name }]);
    expect(await exemplar.access.user(id)).toMatchObject({
      accessTokens: [{ name: 'script', scope: 'READ' }],
      memberships: [],
    });
    expect(await orThrow(exemplar.access.updateUser(id, { name: `${name}-2` }))).toMatchObject({ name: `${name}-2` });
    expect((await orThrow(exemplar.access.disableUser(id))).disabledAt).toMatch(/^2/);
    const theirs = createExemplar({ url: world.url, token });
    await expect(theirs.access.viewer()).rejects.toThrow('is disabled');
    expect((await orThrow(exemplar.access.enableUser(id))).disabledAt).toBeNull();
    expect((await theirs.access.viewer())!.user.id).toBe(id);
    expect(await theirs.access.disableUser(id)).toMatchObject({ __typename: 'PermissionDeniedError' });
  });

  test('tells of the installation: server, store, database, workers and flavors', async () => {
    expect(await exemplar.installation.server()).toMatchObject({
      objectStore: 'FILE_SYSTEM',
      flavors: [{ liveWorkers: 1 }],
    });
    expect(await exemplar.installation.health()).toMatchObject({ objectStoreTrial: { problem: null } });
    expect(await exemplar.installation.workers()).toMatchObject([
      { isLive: true, processId: process.pid, flavors: ['cpu'] },
    ]);
    expect(await exemplar.trainings.flavors()).toMatchObject([{ id: 'cpu', liveWorkers: 1, maxParallel: null }]);
  });

  test('bounds what projects may have', async () => {
    expect(await exemplar.installation.setDefaultQuotas({ images: 7 })).toMatchObject({ images: 7, bytes: null });
    const { id: projectId } = await world.project();
    expect(await exemplar.projects.setQuotas({ projectId, deployments: 1 })).toMatchObject({
      __typename: 'Project',
      usage: { deployments: { used: 0, limit: 1 }, images: { used: 0, limit: 7 } },
    });
    expect(await exemplar.projects.setQuotas({ projectId, deployments: -1 })).toMatchObject({
      __typename: 'ValidationError',
    });
    await orThrow(exemplar.installation.setDefaultQuotas({ images: null }));
    expect(await exemplar.installation.defaultQuotas()).toMatchObject({ images: null });
    expect(await exemplar.projects.usage(projectId)).toMatchObject({
      images: { limit: null },
      deployments: { limit: 1 },
    });
  });

  test('reads lists of any length page by page', async () => {
    const { id: projectId } = await world.project();
    const files = await Promise.all(Array.from({ length: 250 }, (_, number) => drawPicture(0, number)));
    const ids: string[] = [];
    for await (const result of exemplar.images.upload(projectId, files))
      ids.push(result.__typename === 'UploadedImage' ? result.image.id : result.error.message);
    expect(new Set(ids).size).toBe(250);
    const list = exemplar.images.list(projectId, { direction: 'ASC' });
    expect((await list.toArray()).map(({ id }) => id).sort()).toEqual([...ids].sort());
    const sizes = [];
    for await (const page of exemplar.images.list(projectId, { pageSize: 60 }).pages()) sizes.push(page.length);
    expect(sizes).toEqual([60, 60, 60, 60, 10]);
    expect(await list.toArray(3)).toHaveLength(3);
    const nowhere = exemplar.images.list('Project_00000000-0000-7000-8000-000000000000').toArray();
    await expect(nowhere).rejects.toMatchObject({ name: 'ResultError', code: 'NOT_FOUND' });
  }, 120_000);

  test('sends documents of your own', async () => {
    const { projects } = await exemplar.request<{ projects: { nodes: { name: string }[] } }>(
      'query ($first: Int) { projects(first: $first) { nodes { name } } }',
      { first: 1 },
    );
    expect(projects.nodes).toHaveLength(1);
  });
});
