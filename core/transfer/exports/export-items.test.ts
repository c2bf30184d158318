import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { userErrorFields } from '#test/api-client.ts';
import { drawPicture } from '#test/pictures.ts';
import { World, type TestProject } from '#test/world.ts';
import { connectDatabase } from '../../platform/database.ts';
import { allItems, type ExportItem, type ExportItems } from './export-items.ts';
import type { ExportPlan } from './export-plan.ts';
import { spoolItems } from './item-spool.ts';
import { readCurrentItems, readVersionItems } from './read-export-items.ts';
import { itemsOf, listOf } from './testing/items-of.ts';
import { readExport } from '#test/read-export.ts';
import { writeArchive } from './write-archive.ts';

const bare = (id: string) => id.replace(/^[A-Za-z]+_/, '');

describe('the pictures of an export', () => {
  let world: World;
  let folder: string;
  beforeAll(async () => {
    world = await World.open();
    folder = await mkdtemp(join(tmpdir(), 'exemplar-export-'));
  });
  afterAll(async () => {
    await world.close();
    await rm(folder, { recursive: true, force: true });
  });

  let spools = 0;
  const spool = (items: AsyncIterable<ExportItem>) => spoolItems(join(folder, `spool-${++spools}`), items);
  const publish = async ({ id }: TestProject) => {
    const { datasetVersion } = await world.admin.must(
      `mutation ($input: PublishDatasetVersionInput!) { publishDatasetVersion(input: $input) { ${userErrorFields}
        ... on PublishedDatasetVersion { datasetVersion { id trainCount validationCount } } } }`,
      { input: { projectId: id } },
    );
    return { ...datasetVersion, id: bare(datasetVersion.id) } as {
      id: string;
      trainCount: number;
      validationCount: number;
    };
  };
  const ofVersion = async (id: string) => spool((await readVersionItems(world.platform.db, { id })).items);
  const current = (project: TestProject, includeUnlabelled = false) =>
    readCurrentItems(world.platform.db, bare(project.id), { includeUnlabelled }, ({ items }) => spool(items));
  /** Images of one call are made at the same time: their ids are in any order. */
  const bySource = async (items: ExportItems) =>
    (await listOf(allItems(items))).sort((a, b) => (a.source < b.source ? -1 : 1));
  const plan: ExportPlan = {
    format: 'CSV',
    includeImages: true,
    sourcePrefix: '',
    name: 'V001',
    classes: [],
    writtenAt: new Date(0),
  };
  const write = async (project: TestProject, items: ExportItems, options: Partial<ExportPlan> = {}) => {
    const key = `projects/${bare(project.id)}/transfers/${++spools}/export.zip`;
    const progress: number[] = [];
    const written = await writeArchive(
      world.platform.objects,
      { projectId: bare(project.id), key },
      items,
      { ...plan, ...options },
      { signal: new AbortController().signal, progress: (done) => progress.push(done) },
    );
    return { ...written, key, progress, bytes: await world.platform.objects.get(key) };
  };
  const read = ({ key }: { key: string }) => readExport(join(world.platform.config.objectsDirectory, key));
  const deleteImages = (project: TestProject, imageIds: readonly string[]) =>
    world.admin.must(`mutation ($input: DeleteImagesInput!) { deleteImages(input: $input) { ${userErrorFields} } }`, {
      input: { projectId: project.id, imageIds, deleteSourceFiles: true },
    });

  test('of a dataset version are those of then, byte for byte, whatever happened since', async () => {
    const project = await world.project({ labels: ['cat', 'dog'], images: 6 });
    const version = await publish(project);
    const before = await write(project, await ofVersion(version.id));
    await deleteImages(project, [project.imageIds[0]![0]!]);
    await world.annotate(project.id, [{ imageId: project.imageIds[0]![1]!, labelId: project.labels[1]!.id }]);
    await world.admin.must(
      `mutation ($id: ID!, $input: UpdateLabelInput!) { updateLabel(id: $id, input: $input) { ${userErrorFields} } }`,
      { id: project.labels[0]!.id, input: { name: 'tomcat' } },
    );
    const after = await write(project, await ofVersion(version.id));
    expect(Buffer.compare(after.bytes, before.bytes)).toBe(0);
    expect(after.byteSize).toBe(after.bytes.length);
    expect(after.losses).toEqual([]);
    expect(after.progress).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
    const { items, pictures } = await read(after);
    const counts = Map.groupBy(items, ({ split }) => split);
    expect([counts.get('TRAIN')!.length, counts.get('VALIDATION')!.length]).toEqual([
      version.trainCount,
      version.validationCount,
    ]);
    for (const [labelIndex, name] of ['cat', 'dog'].entries())
      for (let number = 0; number < 6; number++) {
        const item = items.find(({ source }) => source === `images/${name}-${number}.jpg`)!;
        expect(item.labels).toEqual([{ name }]);
        expect(pictures.get(item.source)).toEqual(await drawPicture(labelIndex, number));
      }
    const now = await listOf(allItems(await current(project)));
    expect(now.map(({ source, labels }) => `${source} ${labels[0]!.name}`).sort()).toEqual([
      'cat-1.jpg dog',
      ...[2, 3, 4, 5].map((number) => `cat-${number}.jpg tomcat`),
      ...[0, 1, 2, 3, 4, 5].map((number) => `dog-${number}.jpg dog`),
    ]);
  });

  test('that carry labels now tell who said so, when, how sure, and the part where one is known', async () => {
    const project = await world.project({ labels: ['cat', 'dog'], type: 'MULTI_LABEL' });
    const [cat, dog] = project.labels;
    const webp = 'nothing.webp';
    const ids = await world.upload(
      project.id,
      await Promise.all(
        ['a.jpg', 'no ending', 'c.jpg', webp].map(async (fileName, number) => ({
          fileName,
          bytes: await drawPicture(5, number),
        })),
      ),
    );
    await world.annotate(project.id, [{ imageId: ids[0], addLabelIds: [dog!.id, cat!.id] }]);
    await world.annotate(project.id, [{ imageId: ids[1], addLabelIds: [cat!.id] }]);
    const { db } = world.platform;
    await db.execute(sql`update annotation set source = 'MODEL', confidence = 0.8, created_by = null,
      created_at = '2024-05-06T07:08:09.123Z' where image_id = ${bare(ids[0]!)} and label_id = ${bare(dog!.id)}`);
    await db.execute(sql`update annotation set source = 'IMPORT' where image_id = ${bare(ids[1]!)}`);
    await world.admin.must(
      `mutation ($input: SetImageSplitInput!) { setImageSplit(input: $input) { ${userErrorFields} } }`,
      { input: { projectId: project.id, imageIds: [ids[0]!], split: 'TEST' } },
    );
    const { viewer } = await world.admin.ask('{ viewer { user { name } } }');
    const items = await bySource(await current(project, true));
    expect(items).toEqual([
      {
        source: 'a.jpg',
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        labels: [
          { name: 'cat', annotatedBy: `human/${viewer.user.name}`, createdAt: expect.any(Date) },
          {
            name: 'dog',
            annotatedBy: 'exemplar/model',
            confidence: 0.8,
            createdAt: new Date('2024-05-06T07:08:09.123Z'),
          },
        ],
        split: 'TEST',
        size: { width: 64, height: 48 },
      },
      expect.objectContaining({ source: 'c.jpg', labels: [], split: null }),
      expect.objectContaining({ source: 'no ending.jpg', labels: [{ name: 'cat', createdAt: expect.any(Date) }] }),
      expect.objectContaining({ source: webp, labels: [], split: null }),
    ]);
    const labelled = await current(project);
    expect(labelled.count).toBe(2);
    expect(labelled.parts).toEqual(['TEST', null]);
  });

  test('are read in batches, all of one moment', async () => {
    const project = await world.project({ labels: ['cat', 'dog'] });
    const [cat, dog] = project.labels.map(({ id }) => bare(id));
    const projectId = bare(project.id);
    const { db } = world.platform;
    const count = 2500;
    await db.execute(sql`
      with picture as (
        insert into image (project_id, sha256, file_name, format, width, height, byte_size, is_labelled)
        select ${projectId}, sha256(number::text::bytea), number || '.jpg', 'JPEG', 1, 1, 1, true
        from generate_series(1, ${count}::int) number returning id)
      insert into annotation (image_id, label_id, source) select id, ${cat}, 'IMPORT' from picture`);
    const seen: string[] = [];
    await readCurrentItems(db, projectId, { includeUnlabelled: false }, async ({ classes, items }) => {
      expect(classes).toEqual(['cat', 'dog']);
      for await (const { source, labels } of items) {
        // Behind the back of the transaction, in batches that it has not read yet.
        if (seen.length === 0) {
          await db.execute(sql`update annotation set label_id = ${dog} where label_id = ${cat}`);
          await db.execute(
            sql`update image set deleted_at = now() where project_id = ${projectId} and file_name = '2400.jpg'`,
          );
        }
        seen.push(`${source} ${labels.map(({ name }) => name).join()}`);
      }
    });
    expect(seen).toHaveLength(count);
    expect(new Set(seen)).toEqual(new Set(Array.from({ length: count }, (_, index) => `${index + 1}.jpg cat`)));
    const later = await listOf(allItems(await current(project)));
    expect(later).toHaveLength(count - 1);
    expect(new Set(later.flatMap(({ labels }) => labels.map(({ name }) => name)))).toEqual(new Set(['dog']));
  });

  test('may take longer to read than a transaction of a worker may last', async () => {
    const project = await world.project({ labels: ['cat'], images: 2 });
    const connection = connectDatabase(world.platform.databaseUrl, 1, 1);
    try {
      await expect(connection.db.transaction((tx) => tx.execute(sql`select pg_sleep(1.5)`))).rejects.toThrow(
        /pg_sleep|CONNECTION_CLOSED/,
      );
      const read = readCurrentItems(
        connection.db,
        bare(project.id),
        { includeUnlabelled: false },
        async ({ items }) => {
          await world.platform.db.execute(sql`select pg_sleep(1.5)`);
          return listOf(items);
        },
      );
      expect(await read).toHaveLength(2);
    } finally {
      await connection.close();
    }
  });

  test('are normalised where the uploaded bytes are gone, and left out where all are', async () => {
    const project = await world.project({ labels: ['cat'], images: 3 });
    const items = await bySource(await current(project));
    const keyOf = (item: ExportItem, form: string) => `projects/${bare(project.id)}/images/${item.sha256}/${form}`;
    const { objects } = world.platform;
    const normalised = await objects.get(keyOf(items[0]!, 'normalised'));
    await objects.delete(keyOf(items[0]!, 'original'));
    for (const form of ['original', 'normalised']) await objects.delete(keyOf(items[1]!, form));
    const written = await write(project, itemsOf(items), { format: 'FOLDERS' });
    expect(written.losses.filter(({ kind }) => kind === 'PICTURE').map(({ count }) => count)).toEqual([1, 1]);
    const { pictures } = await read(written);
    expect([...pictures.keys()]).toEqual(['cat/cat-0.jpg', 'cat/cat-2.jpg']);
    expect(pictures.get('cat/cat-0.jpg')).toEqual(normalised);
  });

  test('leave nothing in the store when the export is stopped half-way', async () => {
    const project = await world.project({ labels: ['cat'], images: 3 });
    const stopping = new AbortController();
    const prefix = `projects/${bare(project.id)}/transfers/stopped`;
    const writing = writeArchive(
      world.platform.objects,
      { projectId: bare(project.id), key: `${prefix}/export.zip` },
      await current(project),
      plan,
      { signal: stopping.signal, progress: (done) => done === 2 && stopping.abort(new Error('told to stop')) },
    );
    await expect(writing).rejects.toThrow('told to stop');
    expect(await world.platform.objects.size(`${prefix}/export.zip`)).toBeUndefined();
  });

  test('come back from the disk as they were, however many labels they have', async () => {
    const labels = Array.from({ length: 5000 }, (_, index) => ({
      name: `${index} \u2028\n"😀`,
      confidence: 0.1,
      createdAt: new Date(index),
    }));
    const items: ExportItem[] = [
      { source: 'a.jpg', sha256: 'a', split: null, labels },
      { source: 'b.jpg', sha256: 'b', split: 'TEST', labels: [] },
    ];
    const spooled = await spool(itemsOf(items).of(null));
    expect(await listOf(spooled.of(null))).toEqual([items[0]]);
    expect(await listOf(spooled.of('TEST'))).toEqual([]);
    expect({ count: spooled.count, parts: spooled.parts }).toEqual({ count: 1, parts: [null] });
  });
});
