import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { zipBytes } from '../../test/archives.ts';
import { deploy, trainedProject, type TrainedProject } from '../../test/deployments.ts';
import { FlakyProxy } from '../../test/flaky-proxy.ts';
import { drawPicture } from '../../test/pictures.ts';
import { World } from '../../test/world.ts';
import { createExemplar, orThrow, type Exemplar, type ImageImport, type TransferEvent } from './index.ts';

/* Imports and exports, deployments and the trash through the typed client. */
describe('the client', () => {
  let world: World;
  let exemplar: Exemplar;
  let trained: TrainedProject;
  let folder: string;
  beforeAll(async () => {
    world = await World.open({ worker: true });
    exemplar = createExemplar({ url: world.url, token: world.admin.token!, retry: { minimumDelay: 5 } });
    folder = await mkdtemp(join(tmpdir(), 'exemplar-transfers-'));
    trained = await trainedProject(world);
  });
  afterAll(async () => {
    exemplar.close();
    await world.close();
    await rm(folder, { recursive: true, force: true });
  });

  const watch = async (events: AsyncIterable<TransferEvent>): Promise<TransferEvent[]> => {
    const all = [];
    for await (const event of events) all.push(event);
    return all;
  };
  const stateOf = (events: readonly TransferEvent[]) =>
    events.findLast((event) => event.__typename === 'TransferStateChanged')?.state;

  test('uploads, previews, imports and watches an archive, and says what was refused', async () => {
    const { id: projectId } = await world.project();
    const archive = await zipBytes([
      { path: 'cat/1.jpg', content: await drawPicture(0, 1), deflate: false },
      { path: 'cat/2.jpg', content: await drawPicture(0, 2), deflate: false },
      { path: 'dog/1.jpg', content: await drawPicture(1, 1), deflate: false },
      { path: 'dog/2.jpg', content: Buffer.from('no picture'), deflate: false },
    ]);
    await writeFile(join(folder, 'pets.zip'), archive);
    const upload = await orThrow(exemplar.transfers.upload(projectId, join(folder, 'pets.zip')));
    expect(upload.fileName).toBe('pets.zip');
    const source = { projectId, uploadIds: [upload.id] };
    expect(await orThrow(exemplar.transfers.preview(source))).toMatchObject({
      format: 'CLASS_FOLDERS',
      imageCount: 4,
      labels: [
        { name: 'cat', imageCount: 2 },
        { name: 'dog', imageCount: 2 },
      ],
    });
    const started = await orThrow(exemplar.transfers.startImport({ source }));

    // Through a proxy that breaks the connection after the first event: nothing is missing, nothing comes twice.
    const proxy = await FlakyProxy.open(world.url);
    const flaky = createExemplar({ url: proxy.url, token: world.admin.token!, retry: { minimumDelay: 5 } });
    const events: TransferEvent[] = [];
    for await (const event of flaky.watchTransfer(started.id)) {
      if (events.push(event) === 1) proxy.breakAll();
    }
    flaky.close();
    await proxy.close();
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
    expect(stateOf(events)).toBe('COMPLETED');
    expect((await exemplar.transferEvents.list(started.id).toArray()).length).toBe(events.length);
    const ended = (await exemplar.transfers.get(started.id)) as ImageImport;
    expect(ended).toMatchObject({
      __typename: 'ImageImport',
      state: 'COMPLETED',
      createdLabelCount: 2,
      counts: { created: 3, refused: 1 },
    });
    expect(await exemplar.transfers.items(started.id, { outcome: 'REFUSED' }).toArray()).toMatchObject([
      { path: 'dog/2.jpg', code: 'NOT_AN_IMAGE' },
    ]);
    expect((await exemplar.transfers.list(projectId).toArray()).map(({ id }) => id)).toEqual([started.id]);
    expect(await exemplar.transfers.cancel(started.id)).toMatchObject({ __typename: 'InvalidStateError' });
    expect(await exemplar.transfers.download(started.id)).toBeNull();
    await expect(exemplar.transfers.items(projectId).toArray()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('says why a file is not taken', async () => {
    expect(await exemplar.transfers.upload(trained.id, Buffer.alloc(0), { fileName: 'a.zip' })).toMatchObject({
      __typename: 'ValidationError',
    });
    await expect(exemplar.transfers.upload(trained.id, join(folder, 'missing.zip'))).rejects.toThrow(/missing\.zip/);
  });

  test('exports a dataset and a model, and gives the archives as they come', async () => {
    const input = { projectId: trained.id, format: 'CSV', includeImages: false } as const;
    const started = await orThrow(exemplar.transfers.startExport(input));
    expect(stateOf(await watch(exemplar.watchTransfer(started.id)))).toBe('COMPLETED');
    const model = await orThrow(exemplar.transfers.startModelExport(trained.versions[0]!));
    await watch(exemplar.watchTransfer(model.id));
    const [dataset, bundle] = await Promise.all([exemplar.transfers.get(started.id), exemplar.transfers.get(model.id)]);
    for (const [id, bytes] of [
      [started.id, dataset?.__typename === 'DatasetExport' && dataset.byteSize],
      [model.id, bundle?.__typename === 'ModelExport' && bundle.bundle?.bytes],
    ] as const) {
      let received = 0;
      for await (const chunk of (await exemplar.transfers.download(id))!) received += chunk.byteLength;
      expect(received).toBe(bytes);
    }
    expect(await orThrow(exemplar.transfers.startModelExport(trained.versions[0]!))).toMatchObject({ id: model.id });
  });

  test('deploys, asks over HTTP, changes, rolls back and deletes', async () => {
    const [modelVersionId] = trained.versions;
    const { id, name } = await deploy(world, trained.id, { modelVersionId: modelVersionId!, storeHours: 1 });
    expect((await exemplar.deployments.list(trained.id).toArray()).map((one) => one.name)).toContain(name);
    const cat = await drawPicture(0, 300);
    const answer = await exemplar.deployments.predict(
      name,
      [
        { source: cat, fileName: 'cat.jpg' },
        { source: Buffer.from('x'), fileName: 'x.jpg' },
      ],
      { scores: 1 },
    );
    expect(answer).toMatchObject({
      deployment: name,
      modelVersion: { id: modelVersionId, versionName: 'V001' },
      results: [
        { fileName: 'cat.jpg', predictedLabel: 'cat', scores: [{ label: 'cat' }] },
        { fileName: 'x.jpg', error: { code: 'PICTURE_REFUSED', refusal: 'NOT_AN_IMAGE' } },
      ],
    });
    const [kept] = await exemplar.servedPredictions.list(id).toArray();
    expect(kept).toMatchObject({ fileName: 'cat.jpg', modelVersion: { name: 'V001' } });
    expect(
      await orThrow(exemplar.servedPredictions.addToProject({ deploymentId: id, predictionIds: [kept!.id] })),
    ).toMatchObject({ results: [{ __typename: 'AddedPrediction', isNew: true }] });
    expect(await orThrow(exemplar.deployments.update({ id, acceptFrom: 0.5 }))).toMatchObject({ acceptFrom: 0.5 });
    expect(await exemplar.deployments.rollback(id)).toMatchObject({ __typename: 'InvalidStateError' });
    expect(await orThrow(exemplar.deployments.stop(id))).toMatchObject({ state: 'STOPPED' });
    await expect(exemplar.deployments.predict(name, [cat])).rejects.toMatchObject({ code: 'INVALID_STATE' });
    await orThrow(exemplar.deployments.start(id));
    const { token } = await orThrow(exemplar.deployments.createToken({ deploymentId: id, name: 'belt' }));
    await expect(createExemplar({ url: world.url, token }).access.viewer()).rejects.toMatchObject({
      name: 'UnauthenticatedError',
    });
    await expect(createExemplar({ url: world.url, token: 'x' }).deployments.predict(name, [cat])).rejects.toMatchObject(
      {
        name: 'UnauthenticatedError',
      },
    );
    expect((await exemplar.deployments.history(id).toArray()).map(({ kind }) => kind).slice(-2)).toEqual([
      'READY',
      'DEPLOYED',
    ]);
    expect(await exemplar.deployments.statistics(id)).toMatchObject({ window: { invocations: expect.any(Number) } });
    expect(await orThrow(exemplar.deployments.delete(id))).toMatchObject({ name });
    expect(await exemplar.deployments.get(id)).toBeNull();
    await expect(exemplar.deployments.predict(name, [cat])).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('lists, restores and empties the trash, and finds images by all filters', async () => {
    const { id: projectId, imageIds, labels } = await world.project({ labels: ['cat', 'dog'], images: 2 });
    const names = async (filter: Parameters<Exemplar['images']['list']>[1]) =>
      (await exemplar.images.list(projectId, filter).toArray()).map(({ fileName }) => fileName);
    expect(await names({ orderBy: 'FILE_NAME' })).toEqual(['cat-0.jpg', 'cat-1.jpg', 'dog-0.jpg', 'dog-1.jpg']);
    expect(await names({ orderBy: 'FILE_NAME', direction: 'DESC', filter: { fileNameContains: 'DOG' } })).toEqual([
      'dog-1.jpg',
      'dog-0.jpg',
    ]);
    expect(await exemplar.images.count(projectId, { filter: { labelId: labels[0]!.id } })).toBe(2);
    expect(await exemplar.images.nearDuplicates(imageIds[0]![0]!)).toEqual([]);
    await orThrow(exemplar.images.delete({ projectId, imageIds: imageIds[0]! }));
    await orThrow(exemplar.labels.delete(labels[1]!.id));
    const items = await exemplar.trash.list(projectId).toArray();
    expect(items.map(({ __typename }) => __typename)).toEqual(['TrashedLabel', 'TrashedImage', 'TrashedImage']);
    expect((await orThrow(exemplar.trash.restoreImages({ projectId, imageIds: imageIds[0]! }))).results).toMatchObject([
      { __typename: 'RestoredImage' },
      { __typename: 'RestoredImage' },
    ]);
    expect(
      (await orThrow(exemplar.trash.restoreLabels({ projectId, labelIds: [labels[1]!.id, labels[0]!.id] }))).results,
    ).toMatchObject([{ __typename: 'RestoredLabel' }, { __typename: 'LabelRestoreRefused' }]);
    await orThrow(exemplar.images.delete({ projectId, imageIds: imageIds[0]! }));
    expect(await orThrow(exemplar.trash.empty(projectId))).toMatchObject({ imageCount: 2 });
    expect(await exemplar.trash.list(projectId, { kind: 'IMAGE' }).toArray()).toEqual([]);
  });

  test('verifies a version, finds its threshold, and tries it on a file', async () => {
    const [modelVersionId] = trained.versions;
    expect(await orThrow(exemplar.modelVersions.verify(modelVersionId!, { fromFile: true }))).toMatchObject({
      isEqual: true,
      differences: [],
      file: { isUnchanged: true, isWithinTolerance: true },
    });
    expect(await exemplar.modelVersions.testEvaluation(modelVersionId!)).toBeNull();
    expect(await exemplar.modelVersions.thresholdFor(modelVersionId!, 0.01)).toMatchObject({
      threshold: expect.any(Number),
    });
    const input = { projectId: trained.id, modelVersionId: modelVersionId! };
    const picture = { source: await drawPicture(1, 301), fileName: 'dog.jpg' };
    expect(await orThrow(exemplar.predictions.predictFile(input, picture))).toMatchObject({ predictedLabel: 'dog' });
    expect(await exemplar.predictions.predictFile(input, Buffer.from('x'))).toMatchObject({
      __typename: 'PictureRefusedError',
    });
  });
});
