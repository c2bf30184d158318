import { buffer } from 'node:stream/consumers';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { writeZip } from '#core/transfer/archives/write-zip.ts';
import { userErrorFields } from '#test/api-client.ts';
import { subscribeOverWebSocket, transferEventsDocument, type StreamedEvent } from '#test/event-streams.ts';
import { readImport, sendImport, startImport } from '#test/import-client.ts';
import { plainPicture } from '#test/pictures.ts';
import { startWorkerProcess, type WorkerProcess } from '#test/worker-process.ts';
import { World, type TestProject } from '#test/world.ts';

const count = 600;

describe('an import between workers', () => {
  let world: World;
  let archive: Buffer;
  const workers: WorkerProcess[] = [];
  beforeAll(async () => {
    world = await World.open();
    const members = Array.from({ length: count }, (_, number) => ({
      path: `${number % 2 ? 'cat' : 'dog'}/${number}.bmp`,
      content: plainPicture(number),
    }));
    archive = await buffer(writeZip(members));
  });
  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.close()));
  });
  afterAll(() => world.close());

  const begin = async (project: TestProject) =>
    startImport(world.admin, {
      projectId: project.id,
      uploadIds: [await sendImport(world.admin, project.id, 'a.zip', archive)],
    });
  /** Watches it to its end; calls once some items are there and many are to come. */
  const watch = async (id: string, halfWay: () => Promise<unknown>): Promise<StreamedEvent[]> => {
    const seen: StreamedEvent[] = [];
    let called = false;
    for await (const event of subscribeOverWebSocket(world.admin, transferEventsDocument, { id })) {
      seen.push(event);
      if (called || event.phase !== 'WRITING' || event.done === 0) continue;
      called = true;
      await halfWay();
    }
    expect(called).toBe(true);
    return seen;
  };
  const expectAllOnce = async (project: TestProject, id: string) => {
    const done = await readImport(world.admin, id);
    expect(done).toMatchObject({
      state: 'COMPLETED',
      counts: { created: count, duplicate: 0, skipped: 0, refused: 0 },
    });
    const projectId = project.id.replace('Project_', '');
    const [rows] = await world.platform.db.execute(sql`
      select count(*)::int as images, count(distinct sha256)::int as pictures, count(*) filter (where is_labelled)::int as labelled
      from image where project_id = ${projectId}`);
    expect(rows).toEqual({ images: count, pictures: count, labelled: count });
    const [items] = await world.platform.db.execute(sql`
      select count(*)::int as items, max(item_index) as last from transfer_item where transfer_id = ${id.replace('ImageImport_', '')}`);
    expect(items).toEqual({ items: count, last: count - 1 });
  };

  test('is gone on with where it was, no picture twice, when its worker is killed', async () => {
    const project = await world.project();
    const [first] = [await startWorkerProcess(world)];
    workers.push(first);
    const id = await begin(project);
    const seen = await watch(id, async () => {
      first.kill('SIGKILL');
      await first.exit;
      workers.push(await startWorkerProcess(world));
    });
    expect(seen.map((event) => event.sequence)).toEqual(seen.map((_, index) => index + 1));
    const resumed = seen.findIndex((event) => event.__typename === 'TransferResumed');
    expect(seen[resumed]).toMatchObject({ attempt: 2 });
    const before = seen.slice(0, resumed).filter((event) => event.phase === 'WRITING');
    const after = seen.slice(resumed).filter((event) => event.phase === 'WRITING');
    expect(after[0].done).toBeGreaterThan(before.at(-1).done);
    await expectAllOnce(project, id);
  });

  test('is given back by a worker that is told to stop', async () => {
    const project = await world.project();
    const first = await startWorkerProcess(world, { EXEMPLAR_WORKER_HEARTBEAT_SECONDS: '600' });
    workers.push(first);
    const id = await begin(project);
    await watch(id, async () => {
      first.kill('SIGTERM');
      expect(await first.exit).toEqual([0, null]);
      workers.push(await startWorkerProcess(world));
    });
    await expectAllOnce(project, id);
  });

  test('ends when somebody cancels it, and keeps what it has brought', async () => {
    const project = await world.project();
    workers.push(await startWorkerProcess(world));
    const id = await begin(project);
    const seen = await watch(id, () =>
      world.admin.must(`mutation ($id: ID!) { cancelTransfer(id: $id) { ${userErrorFields} } }`, { id }),
    );
    expect(seen.at(-1)).toMatchObject({ state: 'CANCELLED' });
    expect(seen.some((event) => event.__typename === 'TransferCancelRequested')).toBe(true);
    const { counts } = await readImport(world.admin, id);
    const { project: left } = await world.admin.ask('query ($id: ID!) { project(id: $id) { imageCount } }', {
      id: project.id,
    });
    expect(counts.created).toBe(left.imageCount);
    expect(left.imageCount).toBeGreaterThan(0);
    expect(left.imageCount).toBeLessThan(count);
  });
});
