import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { userErrorFields } from '#test/api-client.ts';
import { emptyInstallation, readIndex, type EmptyInstallation } from '#test/backups.ts';
import { deploy, trainedProject, type Selected, type TrainedProject } from '#test/deployments.ts';
import { collect, subscribeOverSse, transferEventsDocument, watchOverSse } from '#test/event-streams.ts';
import { drawPicture } from '#test/pictures.ts';
import { s3ServerProgram, startS3Server, type TestS3Server } from '#test/s3-server.ts';
import { World } from '#test/world.ts';
import { createBackup } from './create-backup.ts';
import { checkBackup } from './restore-backup.ts';

const shown = `query ($project: ID!, $version: ID!, $deployment: ID!) {
  viewer { user { id name } }
  project(id: $project) { name imageCount labelledImageCount lastSequence labels { id name imageCount }
    images(first: 100) { nodes { id fileName sha256 width height group isLabelled annotations { label { id } } } }
    trash(first: 10) { nodes { __typename deletedAt } }
    trainings(first: 10) { nodes { id state versionName } } transfers(first: 10) { nodes { __typename ... on DatasetExport { id state byteSize } } } }
  modelVersion(id: $version) { name modelSha256 classes { labelId name }
    evaluation { imageCount accuracy confusionMatrix images(first: 100) { nodes { imageId predicted { name } probabilities } } } }
  deployment(id: $deployment) { name state predictions(first: 10) { nodes { id fileName scores { labelName probability } } } } }`;

const links = `query ($project: ID!, $version: ID!, $deployment: ID!) {
  project(id: $project) { images(first: 100) { nodes { original: url(form: ORIGINAL) normalised: url(form: NORMALISED) thumbnail: url(form: THUMBNAIL) } }
    transfers(first: 10) { nodes { ... on DatasetExport { downloadUrl } } } }
  modelVersion(id: $version) { modelUrl }
  deployment(id: $deployment) { predictions(first: 10) { nodes { pictureUrl } } } }`;

describe('a backup', () => {
  let world: World;
  let project: TrainedProject;
  let service: Selected;
  let folder: string;
  let s3: TestS3Server | undefined;
  const opened: EmptyInstallation[] = [];

  /** A call for each picture: how many are answered in one batch changes the last bit. */
  const predict = async (of: World, numbers: readonly number[], query = '?store=no'): Promise<Selected[]> => {
    const results: Selected[] = [];
    for (const number of numbers) {
      const data = new FormData();
      data.append('images', new Blob([new Uint8Array(await drawPicture(number % 2, number))]), `${number}.jpg`);
      const response = await fetch(`${of.url}/deployments/${service.name}/predict${query}`, {
        method: 'POST',
        body: data,
        headers: { authorization: `Bearer ${world.admin.token}` },
      });
      expect(response.status).toBe(200);
      results.push(...(await response.json()).results);
    }
    return results;
  };
  const ids = () => ({ project: project.id, version: project.versions[0]!, deployment: service.id });
  /** Everything that the addresses of an installation give. */
  const bytesOf = async (of: World): Promise<Buffer[]> => {
    const found = JSON.stringify(await of.admin.ask(links, ids())).match(/http[^"]+/g)!;
    expect(found.length).toBeGreaterThan(25);
    const all: Buffer[] = [];
    for (const url of found) {
      const response = await fetch(url);
      expect(response.status, url).toBe(200);
      all.push(Buffer.from(await response.arrayBuffer()));
    }
    return all;
  };
  const eventsOf = async (of: World) => {
    const { project: found } = await of.admin.ask(
      'query ($id: ID!) { project(id: $id) { trainings(first: 1) { nodes { id } } } }',
      {
        id: project.id,
      },
    );
    return collect(watchOverSse(of.admin, found.trainings.nodes[0].id));
  };
  const s3Environment = (): Record<string, string> => {
    const { endpoint, bucket, accessKey, secretKey } = s3!.options;
    return {
      EXEMPLAR_S3_ENDPOINT: endpoint,
      EXEMPLAR_S3_BUCKET: bucket,
      EXEMPLAR_S3_ACCESS_KEY: accessKey,
      EXEMPLAR_S3_SECRET_KEY: secretKey,
    };
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'exemplar-backups-'));
    if (s3ServerProgram !== undefined) s3 = await startS3Server();
    world = await World.open({ worker: true });
    project = await trainedProject(world);
    service = await deploy(world, project.id, { modelVersionId: project.versions[0]!, storeHours: 24 });
    await predict(world, [90], '');
    const { id } = await world.admin.must(
      `mutation ($input: StartExportInput!) { startExport(input: $input) { ${userErrorFields} ... on DatasetExport { id } } }`,
      { input: { projectId: project.id, format: 'CSV', includeImages: true } },
    );
    await collect(subscribeOverSse(world.admin, transferEventsDocument, { id }));
    await world.admin.must(
      `mutation ($input: DeleteImagesInput!) { deleteImages(input: $input) { ${userErrorFields} } }`,
      { input: { projectId: project.id, imageIds: [project.imageIds[0]![4]] } },
    );
  });
  afterAll(async () => {
    for (const installation of opened) await installation.close();
    await world?.close();
    await s3?.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('has every object of the store that some row promises, and no row promises another', async () => {
    const { manifest, place } = await createBackup({ config: world.platform.config, path: folder });
    const index = await readIndex(place);
    const { objectsDirectory } = world.platform.config;
    const stored = (await readdir(objectsDirectory, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => relative(objectsDirectory, join(entry.parentPath, entry.name)));
    expect(index.map(({ key }) => key).sort()).toEqual(stored.sort());
    expect(new Set(index.map(({ kind }) => kind))).toEqual(new Set(['image', 'model', 'prediction', 'transfer']));
    expect(manifest.objects).toMatchObject({ count: index.length, copied: index.length, missing: 0 });
    expect(manifest.tables.find(({ name }) => name === 'image')).toMatchObject({ rows: 10 });
  });

  test.each([
    ['a folder', 'a store of the other kind', () => folder, true],
    ['a file', 'a store of the same kind', () => join(folder, 'backup.tar'), false],
  ])(
    'made in %s while others write, and restored into %s, answers the same and goes on',
    async (_where, _store, path, other) => {
      const enough = new AbortController();
      const busy = await world.project({ labels: ['a', 'b'] });
      let written = 0;
      const writing = (async () => {
        for (; !enough.signal.aborted; written++) {
          const bytes = await drawPicture(written % 2, 200 + written);
          const [imageId] = await world.upload(busy.id, [{ fileName: `${written}.jpg`, bytes }]);
          await world.annotate(busy.id, [{ imageId, labelId: busy.labels[written % 2]!.id }]);
        }
      })();
      const { place } = await createBackup({ config: world.platform.config, path: path() }).finally(async () => {
        enough.abort();
        await writing;
      });

      const installation = await emptyInstallation(world, other && s3 ? s3Environment() : {});
      opened.push(installation);
      const { manifest } = await installation.restore(place);
      const restored = await installation.open(world.admin.token!);
      expect(await restored.admin.ask(shown, ids())).toEqual(await world.admin.ask(shown, ids()));
      expect(await eventsOf(restored)).toEqual(await eventsOf(world));
      expect(await bytesOf(restored)).toEqual(await bytesOf(world));
      expect(await predict(restored, [71, 72])).toEqual(await predict(world, [71, 72]));

      // What others wrote meanwhile is there up to one moment, and whole.
      const { project: half } = await restored.admin.ask(
        `query ($id: ID!) { project(id: $id) { imageCount labelledImageCount images(first: 100) { nodes { isLabelled url(form: NORMALISED) } } } }`,
        { id: busy.id },
      );
      const { nodes } = half.images;
      expect(half).toMatchObject({
        imageCount: nodes.length,
        labelledImageCount: nodes.filter((image: Selected) => image.isLabelled).length,
      });
      expect(nodes.length).toBeLessThanOrEqual(written);
      for (const { url } of nodes) expect((await fetch(url)).status).toBe(200);
      expect(manifest.objects.missing).toBe(0);

      await restored.admin.must(
        `mutation ($input: RestoreImagesInput!) { restoreImages(input: $input) { ${userErrorFields} } }`,
        { input: { projectId: project.id, imageIds: [project.imageIds[0]![4]] } },
      );
      const second = await restored.startTraining(project.id, {
        preference: 'PERFORMANCE_FIRST',
        baseVersionId: project.versions[0],
      });
      expect(second.versionName).toBe('V002');
      expect((await collect(watchOverSse(restored.admin, second.id))).at(-1)).toMatchObject({ state: 'COMPLETED' });

      const { config } = restored.platform;
      const again = await createBackup({ config, path: join(folder, `again-${other}.tar`) });
      expect(again.manifest.objects).toMatchObject({ count: manifest.objects.count + 1, missing: 0 });
      expect((await checkBackup({ config, path: again.place })).objects).toEqual(again.manifest.objects);
    },
  );
});
