import { readdir, rm, statfs, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { collect, watchOverSse } from '#test/event-streams.ts';
import { openSmallDisk } from '#test/small-disk.ts';
import { World, type TestProject } from '#test/world.ts';

const disk = openSmallDisk(64_000_000);
afterAll(() => disk?.close());

/** Larger than what a trainer is told, smaller than a model. */
const someBytes = 40_000;

describe.skipIf(!disk)('on a full disk (skipped where no file system may be mounted)', () => {
  let world: World;
  let project: TestProject;
  let modelBytes: number;
  const filler = () => join(disk!.path, 'filler');
  beforeAll(async () => {
    // Without a cache, which would take the room that the cases leave.
    world = await World.open({
      worker: true,
      environment: { EXEMPLAR_DATA: disk!.path, EXEMPLAR_CACHE_BYTES: '0' },
    });
    project = await world.project({ labels: ['circle', 'square'], images: 8 });
    await train();
    const [row] = await world.platform.db.execute<{ bytes: number }>(
      sql`select model_bytes::int as bytes from model_version`,
    );
    modelBytes = row!.bytes;
  });
  afterEach(() => rm(filler(), { force: true }));
  afterAll(() => world.close());

  const train = async (preference = 'PERFORMANCE_FIRST') => {
    const { id } = await world.startTraining(project.id, { preference });
    return collect(watchOverSse(world.admin, id));
  };
  const leave = async (bytes: number) => {
    const { bavail, bsize } = await statfs(disk!.path);
    await writeFile(filler(), Buffer.alloc(bavail * bsize - bytes));
  };
  const files = async () =>
    (await readdir(join(disk!.path, 'objects'), { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();

  test.each([
    ['for what the trainer is told', () => 0],
    ['for the model that the trainer writes', () => someBytes],
    ['for the model in the object store', () => modelBytes + someBytes],
  ])('without room %s a training fails, says so and leaves nothing', async (_, room) => {
    expect(modelBytes).toBeGreaterThan(someBytes);
    const before = await files();
    await leave(room());
    expect((await train()).at(-1)).toMatchObject({
      state: 'FAILED',
      failure: { code: 'DISK_FULL', isRetryable: true, hint: expect.stringContaining('Make room') as string },
    });
    await expect.poll(() => readdir(join(disk!.path, 'work'))).toEqual([]);
    await rm(filler());
    const events = await train();
    expect(events.at(-1)).toMatchObject({ state: 'COMPLETED' });
    const after = await files();
    const isNewModel = (path: string) => /models\/[^/]+\/model\.onnx$/.test(path) && !before.includes(path);
    expect(after.filter(isNewModel)).toHaveLength(1);
    expect(after.filter((path) => !isNewModel(path))).toEqual(before);
  });
});

describe.skipIf(!disk)('on disks that are full (skipped where no file system may be mounted)', () => {
  test('a training that can keep neither pictures nor its position says so and ends as ever', async () => {
    const [cacheDisk, checkpointDisk] = [openSmallDisk(4096)!, openSmallDisk(4096)!];
    const world = await World.open({ worker: true });
    try {
      const { cacheDirectory, objectsDirectory } = world.platform.config;
      const project = await world.project({ labels: ['circle', 'square'], images: 8 });
      await rm(cacheDirectory, { recursive: true, force: true });
      await symlink(cacheDisk.path, cacheDirectory);
      const folder = join(objectsDirectory, 'projects', project.id.replace('Project_', ''));
      await symlink(checkpointDisk.path, join(folder, 'checkpoints'));
      const { id } = await world.startTraining(project.id, { preference: 'ACCURACY_FIRST' });
      const events = await collect(watchOverSse(world.admin, id));
      expect(events.some((event) => /disk is full/.test(event.message ?? ''))).toBe(true);
      expect(events.at(-1)).toMatchObject({ state: 'COMPLETED' });
    } finally {
      await world.close();
      cacheDisk.close();
      checkpointDisk.close();
    }
  });
});
