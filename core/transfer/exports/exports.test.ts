import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { userErrorFields, type ApiClient } from '#test/api-client.ts';
import { collect, subscribeOverSse, transferEventsDocument } from '#test/event-streams.ts';
import { drawPicture } from '#test/pictures.ts';
import { startWorkerProcess, type WorkerProcess } from '#test/worker-process.ts';
import { World, type TestProject } from '#test/world.ts';
import { deleteAbandonedObjects } from '../../platform/objects/abandoned-objects.ts';
import { transferTable } from '../table.ts';
import { deleteExpiredTransferObjects } from '../transfer-expiry.ts';
import { exportFormats } from './export-plan.ts';
import { readExport, type ReadExport } from './testing/read-export.ts';

const fields = `id state format includesImages includesUnlabelled sourcePrefix imageCount byteSize labelsOf downloadUrl expiresAt
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
  let folder: string;
  let project: TestProject;
  let version: { id: string; name: string; trainCount: number; validationCount: number; createdAt: string };
  let api: ReturnType<typeof exporter>;
  beforeAll(async () => {
    world = await World.open({ worker: true });
    api = exporter(world);
    folder = await mkdtemp(join(tmpdir(), 'exemplar-exports-'));
    project = await world.project({ labels: ['cat', 'dog'], images: 6 });
    version = await api.publish(project);
  });
  afterAll(async () => {
    await world.close();
    await rm(folder, { recursive: true, force: true });
  });

  const readBytes = async (bytes: Buffer): Promise<ReadExport> => {
    const path = join(folder, randomUUID());
    await writeFile(path, bytes);
    return readExport(path);
  };

  test.each(exportFormats)('of a dataset version as %s is made, watched, downloaded and read again', async (format) => {
    const id = await api.startExport(project, { datasetVersionId: version.id, format });
    const { events, exported } = await api.finish(id);
    expect(events.map((event) => event.state ?? event.phase).filter((what) => what !== 'READING')).toEqual([
      'QUEUED',
      'RUNNING',
      'WRITING',
      'COMPLETED',
    ]);
    expect(events.find(({ phase }) => phase === 'WRITING')).toMatchObject({ done: 12, total: 12 });
    expect(exported).toMatchObject({
      state: 'COMPLETED',
      format,
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
  ])('is not started with %j', async (input, field) => {
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
  const workers: WorkerProcess[] = [];
  const count = 30_000;
  beforeAll(async () => {
    world = await World.open();
    api = exporter(world);
    project = await world.project({ labels: ['cat'], images: 1 });
    // Many images that are one picture: their bytes are those of the first.
    const { db, objects } = world.platform;
    const [{ sha256 }] = (await db.execute<{ sha256: Buffer }>(sql`select sha256 from image`)) as [{ sha256: Buffer }];
    const prefix = `projects/${bare(project.id)}/images/`;
    const bytes = await objects.get(`${prefix}${sha256.toString('hex')}/original`);
    await db.execute(sql`
      with picture as (
        insert into image (project_id, sha256, file_name, format, width, height, byte_size, is_labelled)
        select ${bare(project.id)}, decode(lpad(to_hex(number), 64, '0'), 'hex'), number || '.jpg', 'JPEG', 64, 48, 1, true
        from generate_series(1, ${count}::int) number returning id)
      insert into annotation (image_id, label_id) select id, ${bare(project.labels[0]!.id)} from picture`);
    for (let number = 1; number <= count; number += 1000)
      await Promise.all(
        Array.from({ length: 1000 }, (_, index) =>
          objects.put(`${prefix}${(number + index).toString(16).padStart(64, '0')}/original`, bytes),
        ),
      );
  });
  afterAll(async () => {
    for (const worker of workers) await worker.close();
    await world.close();
  });

  const startWorker = async () => {
    const worker = await startWorkerProcess(world);
    workers.push(worker);
    return worker;
  };
  /** Resolves when the worker is in the middle of writing. */
  const untilWriting = async (id: string) => {
    for await (const event of api.watch(id)) if (event.phase === 'WRITING') return;
    throw new Error('it ended before');
  };

  test('ends when somebody cancels it, and leaves nothing', async () => {
    await startWorker();
    const id = await api.startExport(project, { format: 'CSV' });
    await untilWriting(id);
    const cancel = `mutation ($id: ID!) { cancelTransfer(id: $id) { ${userErrorFields} ... on CancelTransferPayload { transfer { isCancelRequested } } } }`;
    expect(await world.admin.must(cancel, { id })).toMatchObject({ transfer: { isCancelRequested: true } });
    const { events, exported } = await api.finish(id);
    expect(events.at(-1)).toMatchObject({ state: 'CANCELLED' });
    expect(exported).toMatchObject({ state: 'CANCELLED', downloadUrl: null, losses: null, expiresAt: null });
    expect(await objectsOf(world, id)).toEqual([]);
  });

  test('begins anew when its worker is killed, and what that one had written goes', async () => {
    const id = await api.startExport(project, { format: 'CSV' });
    await untilWriting(id);
    workers[0]!.kill('SIGKILL');
    await workers[0]!.exit;
    const left = await objectsOf(world, id);
    expect(left.filter((path) => path.endsWith('.zip'))).toEqual([]);
    expect(left).toHaveLength(1);
    await startWorker();
    const { events, exported } = await api.finish(id);
    expect(events.find(({ __typename }) => __typename === 'TransferResumed')).toMatchObject({ attempt: 2 });
    expect(exported).toMatchObject({ state: 'COMPLETED', imageCount: count + 1 });
    expect(await objectsOf(world, id)).toEqual([expect.stringContaining(`${bare(id)}/2/labels-csv.zip`)]);
    const { bytes } = await download(exported.downloadUrl);
    expect(bytes.length).toBe(exported.byteSize);
    const path = join(world.platform.config.workDirectory, 'export.zip');
    await writeFile(path, bytes);
    const { items, pictures } = await readExport(path);
    expect([items.length, pictures.size]).toEqual([count + 1, count + 1]);
  });
});
