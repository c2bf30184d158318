import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { userErrorFields, type ApiClient } from '#test/api-client.ts';
import { ArchiveFolder } from '#test/archives.ts';
import { collect, subscribeOverSse, transferEventsDocument } from '#test/event-streams.ts';
import { drawPicture } from '#test/pictures.ts';
import { startWorkerProcess, type WorkerProcess } from '#test/worker-process.ts';
import { World, type TestProject } from '#test/world.ts';
import { deleteAbandonedObjects } from '../../platform/objects/abandoned-objects.ts';
import { transferTable } from '../table.ts';
import { deleteExpiredTransferObjects } from '../transfer-expiry.ts';
import { exportFormats } from './export-plan.ts';
import { readExport, type ReadExport } from '#test/read-export.ts';

const fields = `id state exportFormat includesImages includesUnlabelled sourcePrefix imageCount byteSize labelsOf downloadUrl expiresAt
  datasetVersion { name createdAt } losses { kind message count firstSource } failure { code message }`;
const start = `mutation ($input: StartExportInput!) { startExport(input: $input) { ${userErrorFields}
  ... on ValidationError { issues { path message } } ... on DatasetExport { ${fields} } } }`;
const bare = (id: string) => id.replace(/^[A-Za-z]+_/, '');

/** Starting and following exports over the API of a world. */
function exporter(world: World) {
  const tryStart = async (input: object, client: ApiClient = world.admin) =>
    (await client.ask(start, { input })).startExport;
  const startExport = async (project: TestProject, input: object) =>
    (await world.admin.must(start, { input: { projectId: project.id, ...input } })).id as string;
  const watch = (id: string, client: ApiClient = world.admin) =>
    subscribeOverSse(client, transferEventsDocument, { id });
  const get = async (id: string, client: ApiClient = world.admin) =>
    (await client.ask(`query ($id: ID!) { transfer(id: $id) { ... on DatasetExport { ${fields} } } }`, { id }))
      .transfer;
  const finish = async (id: string) => {
    const events = await collect(watch(id));
    return { events, exported: await get(id) };
  };
  const publish = async ({ id }: TestProject) => {
    const { datasetVersion } = await world.admin.must(
      `mutation ($input: PublishDatasetVersionInput!) { publishDatasetVersion(input: $input) { ${userErrorFields}
        ... on PublishedDatasetVersion { datasetVersion { id name trainCount validationCount createdAt } } } }`,
      { input: { projectId: id } },
    );
    return datasetVersion;
  };
  return { tryStart, startExport, watch, get, finish, publish };
}

/** What the address gives. */
async function download(url: string): Promise<{ bytes: Buffer; response: Response }> {
  const response = await fetch(url);
  expect(response.status).toBe(200);
  return { bytes: Buffer.from(await response.arrayBuffer()), response };
}

const objectsOf = async (world: World, exportId: string): Promise<string[]> => {
  const { objectsDirectory } = world.platform.config;
  const entries = await readdir(objectsDirectory, { recursive: true });
  return entries.filter((path) => path.includes(`transfers/${bare(exportId)}/`) && /\.(?:zip|part)$/.test(path));
};

describe('an export', () => {
  let world: World;
  let project: TestProject;
  let version: { id: string; name: string; trainCount: number; validationCount: number; createdAt: string };
  let api: ReturnType<typeof exporter>;
  beforeAll(async () => {
    world = await World.open({ worker: true });
    api = exporter(world);
    project = await world.project({ labels: ['cat', 'dog'], images: 6 });
    version = await api.publish(project);
  });
  afterAll(() => world.close());

  const readBytes = async (bytes: Buffer): Promise<ReadExport> => {
    await using folder = await ArchiveFolder.create();
    return await readExport(await folder.file(bytes));
  };

  test.each(exportFormats)('of a dataset version as %s is made, watched, downloaded and read again', async (format) => {
    const id = await api.startExport(project, { datasetVersionId: version.id, format });
    const { events, exported } = await api.finish(id);
    const passed = new Set(events.map((event) => event.state ?? event.phase));
    passed.delete('READING');
    expect([...passed]).toEqual(['QUEUED', 'RUNNING', 'WRITING', 'COMPLETED']);
    expect(events.findLast(({ phase }) => phase === 'WRITING')).toMatchObject({ done: 12, total: 12 });
    expect(exported).toMatchObject({
      state: 'COMPLETED',
      exportFormat: format,
      includesImages: true,
      includesUnlabelled: false,
      imageCount: 12,
      datasetVersion: { name: version.name },
      labelsOf: version.createdAt,
      failure: null,
    });
    const { bytes, response } = await download(exported.downloadUrl);
    expect(bytes.length).toBe(exported.byteSize);
    expect(response.headers.get('content-type')).toBe('application/zip');
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="V001-[a-z-]+\.zip"$/);
    const { items, pictures } = await readBytes(bytes);
    expect(pictures.size).toBe(12);
    for (const [labelIndex, label] of ['cat', 'dog'].entries())
      for (let number = 0; number < 6; number++) {
        const named = ({ source }: { source: string }) => source.endsWith(`${label}-${number}.jpg`);
        const item = items.find(named)!;
        expect(item.labels.map(({ name }) => name)).toEqual([label]);
        const [, picture] = [...pictures].find(([path]) => named({ source: path }))!;
        expect(Buffer.compare(picture, await drawPicture(labelIndex, number))).toBe(0);
      }
    expect(items.filter(({ split }) => split === 'TRAIN')).toHaveLength(version.trainCount);
    expect(items.filter(({ split }) => split === 'VALIDATION')).toHaveLength(version.validationCount);
    const again = await api.finish(await api.startExport(project, { datasetVersionId: version.id, format }));
    expect(Buffer.compare((await download(again.exported.downloadUrl)).bytes, bytes)).toBe(0);
  });

  test('of the current labels has the labels of now, and unlabelled images where they are asked for', async () => {
    const own = await world.project({ labels: ['cat', 'dog'], images: 2 });
    await world.upload(own.id, [{ fileName: 'new.jpg', bytes: await drawPicture(7, 1) }]);
    const labelled = await api.finish(await api.startExport(own, { format: 'MODELARTS_MANIFEST' }));
    expect(labelled.exported).toMatchObject({ imageCount: 4, datasetVersion: null });
    const all = await api.finish(
      await api.startExport(own, { format: 'MODELARTS_MANIFEST', includeUnlabelled: true, includeImages: false }),
    );
    const { items, paths } = await readBytes((await download(all.exported.downloadUrl)).bytes);
    expect(paths).toEqual(['labels.manifest']);
    expect(items).toHaveLength(5);
    expect(items.find(({ source }) => source.endsWith('new.jpg'))).toMatchObject({ labels: [], split: null });
    const { viewer } = await world.admin.ask('{ viewer { user { name } } }');
    expect(items.find(({ source }) => source.endsWith('cat-0.jpg'))!.labels).toEqual([
      { name: 'cat', annotatedBy: `human/${viewer.user.name}`, createdAt: expect.any(Date) },
    ]);
    expect(all.exported.losses).toEqual([
      {
        kind: 'SOURCE',
        message: expect.any(String),
        count: 5,
        firstSource: expect.stringMatching(/^[a-z]+(?:-\d)?\.jpg$/),
      },
      { kind: 'CREATED_AT', message: expect.any(String), count: 4, firstSource: expect.any(String) },
    ]);
  });

  test('is the same one when it is asked for again with its key', async () => {
    const input = { format: 'CSV', datasetVersionId: version.id, includeImages: false, idempotencyKey: randomUUID() };
    const id = await api.startExport(project, input);
    expect(await api.startExport(project, { ...input, includeUnlabelled: false })).toBe(id);
    expect(await api.tryStart({ projectId: project.id, ...input, format: 'COCO' })).toMatchObject({ code: 'CONFLICT' });
    await api.finish(id);
  });

  test.each([
    [{ format: 'FOLDERS', includeImages: false }, 'includeImages'],
    [{ format: 'FOLDERS', sourcePrefix: 's3://b/' }, 'sourcePrefix'],
    [{ format: 'CSV', includeUnlabelled: true }, 'includeUnlabelled'],
    [{ format: 'CSV', sourcePrefix: 'a\nb' }, 'sourcePrefix'],
    [{ format: 'CSV', sourcePrefix: 'a'.repeat(1025) }, 'sourcePrefix'],
  ])('is not started with %.60j', async (input, field) => {
    const refused = await api.tryStart({ projectId: project.id, datasetVersionId: version.id, ...input });
    expect(refused).toMatchObject({ code: 'VALIDATION_FAILED', issues: [{ path: ['input', field] }] });
  });

  test('of a version of another project is not started, also where the viewer sees both', async () => {
    const other = await world.project();
    const refused = await api.tryStart({ projectId: other.id, datasetVersionId: version.id, format: 'CSV' });
    expect(refused).toMatchObject({ code: 'NOT_FOUND' });
  });

  test('can be downloaded by those who have its address only, until its time is over', async () => {
    const { exported } = await api.finish(
      await api.startExport(project, { datasetVersionId: version.id, format: 'CSV' }),
    );
    const days = (Date.parse(exported.expiresAt) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(6.9);
    expect(days).toBeLessThan(7.1);
    const url = new URL(exported.downloadUrl);
    const hours = (Number(url.searchParams.get('expires')) - Date.now() / 1000) / 3600;
    expect(hours).toBeGreaterThan(11.9);
    expect(hours).toBeLessThan(12.1);
    expect((await fetch(`${url.origin}${url.pathname}`)).status).toBe(403);
    const stranger = await world.user();
    expect(await api.get(exported.id, stranger)).toBeNull();
    const { db } = world.platform;
    const expire = (interval: string) =>
      db
        .update(transferTable)
        .set({ expiresAt: sql`now() + ${interval}::interval` })
        .where(eq(transferTable.id, bare(exported.id)));
    await expire('1 hour');
    const soon = new URL((await api.get(exported.id)).downloadUrl);
    expect(Number(soon.searchParams.get('expires')) - Date.now() / 1000).toBeLessThanOrEqual(3600);
    await deleteExpiredTransferObjects(world.platform);
    await deleteAbandonedObjects(world.platform);
    expect(await objectsOf(world, exported.id)).toHaveLength(1);
    await expire('-1 second');
    expect((await api.get(exported.id)).downloadUrl).toBeNull();
    expect(await deleteExpiredTransferObjects(world.platform)).toBe(1);
    await deleteAbandonedObjects(world.platform);
    expect(await objectsOf(world, exported.id)).toEqual([]);
    expect(await api.get(exported.id)).toMatchObject({ state: 'COMPLETED', downloadUrl: null, expiresAt: null });
    expect((await fetch(url)).status).toBe(404);
  });
});

describe('an export that is interrupted', () => {
  let world: World;
  let project: TestProject;
  let api: ReturnType<typeof exporter>;
  /** Of a picture in the middle of the project. */
  let picture: string;
  let worker: WorkerProcess;
  beforeAll(async () => {
    world = await World.open();
    api = exporter(world);
    project = await world.project({ labels: ['cat'], images: 6 });
    const images = await world.platform.db.execute<{ sha256: Buffer }>(sql`select sha256 from image order by id`);
    const { objectsDirectory } = world.platform.config;
    const digest = images[3]!.sha256.toString('hex');
    picture = join(objectsDirectory, 'projects', bare(project.id), 'images', digest, 'original');
    worker = await startWorkerProcess(world);
  });
  afterAll(async () => {
    await worker.close();
    await world.close();
  });

  /** Until it is over, a pipe that nobody writes into stands where the picture was: who reads it waits. */
  const stuck = async <T>(work: () => Promise<T>): Promise<T> => {
    const bytes = await readFile(picture);
    await rm(picture);
    await promisify(execFile)('mkfifo', [picture]);
    try {
      return await work();
    } finally {
      await rm(picture);
      await writeFile(picture, bytes);
    }
  };
  const untilStuck = async (id: string) => {
    for await (const event of api.watch(id)) if (event.phase === 'WRITING' && event.done === 3) return;
    throw new Error('it ended before');
  };
  /** An export whose worker was killed while it wrote. */
  const killedHalfWay = () =>
    stuck(async () => {
      const id = await api.startExport(project, { format: 'CSV' });
      await untilStuck(id);
      worker.kill('SIGKILL');
      await worker.exit;
      return id;
    });

  test('ends when somebody cancels it, and leaves nothing', async () => {
    await stuck(async () => {
      const id = await api.startExport(project, { format: 'CSV' });
      await untilStuck(id);
      expect(await objectsOf(world, id)).toEqual([expect.stringMatching(/\.part$/)]);
      const cancel = `mutation ($id: ID!) { cancelTransfer(id: $id) { ${userErrorFields} ... on CancelTransferPayload { transfer { isCancelRequested } } } }`;
      expect(await world.admin.must(cancel, { id })).toMatchObject({ transfer: { isCancelRequested: true } });
      const { events, exported } = await api.finish(id);
      expect(events.at(-1)).toMatchObject({ state: 'CANCELLED' });
      expect(exported).toMatchObject({ state: 'CANCELLED', downloadUrl: null, losses: null, expiresAt: null });
      expect(await objectsOf(world, id)).toEqual([]);
    });
  });

  test('begins anew when its worker is killed, and what that one had written goes', async () => {
    const id = await killedHalfWay();
    expect(await objectsOf(world, id)).toEqual([expect.stringMatching(/\/1\/\.[^/]+\.part$/)]);
    await worker.close();
    worker = await startWorkerProcess(world);
    const { events, exported } = await api.finish(id);
    expect(events.find(({ __typename }) => __typename === 'TransferResumed')).toMatchObject({ attempt: 2 });
    expect(exported).toMatchObject({ state: 'COMPLETED', imageCount: 6 });
    expect(await objectsOf(world, id)).toEqual([expect.stringContaining(`${bare(id)}/2/labels-csv.zip`)]);
    const { bytes } = await download(exported.downloadUrl);
    expect(bytes.length).toBe(exported.byteSize);
    await using folder = await ArchiveFolder.create();
    const { items, pictures } = await readExport(await folder.file(bytes));
    expect([items.length, pictures.size]).toEqual([6, 6]);
  });

  test('is swept away when it was cancelled after its worker had been killed', async () => {
    const id = await killedHalfWay();
    const { db } = world.platform;
    await db
      .update(transferTable)
      .set({ state: 'CANCELLED' })
      .where(eq(transferTable.id, bare(id)));
    expect(await objectsOf(world, id)).toHaveLength(1);
    expect(await deleteExpiredTransferObjects(world.platform)).toBeGreaterThanOrEqual(1);
    await deleteAbandonedObjects(world.platform);
    expect(await objectsOf(world, id)).toEqual([]);
  });
});
