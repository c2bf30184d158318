import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '#test/test-database.ts';
import { migrateDatabase } from './migrate.ts';

describe('migrateDatabase', () => {
  let database: TestDatabase;
  let client: postgres.Sql;
  beforeEach(async () => {
    database = await openTestDatabase('empty');
    client = postgres(database.url, { max: 1 });
  });
  afterEach(async () => {
    await client.end();
    await database.close();
  });

  const shape = async () =>
    client`select table_name, column_name, data_type from information_schema.columns
      where table_schema = 'public' order by 1, 2`;

  it('makes every table, also when several processes start at once on an empty database', async () => {
    expect(await shape()).toHaveLength(0);
    await Promise.all(Array.from({ length: 4 }, () => migrateDatabase(database.url)));
    const after = await shape();
    for (const table of ['project', 'image', 'label', 'training', 'model_version', 'schema_migration'])
      expect(after.some((row) => row['table_name'] === table)).toBe(true);
    const applied = await client`select hash from schema_migration`;
    expect(new Set(applied.map((row) => row['hash'])).size).toBe(applied.length);
  });

  it('changes nothing the second time', async () => {
    await migrateDatabase(database.url);
    const before = [await shape(), await client`select * from schema_migration`];
    await migrateDatabase(database.url);
    expect([await shape(), await client`select * from schema_migration`]).toEqual(before);
  });

  it('leaves neither its lock nor its connection behind, also when it fails', async () => {
    await client`create table project (unexpected text)`;
    await expect(migrateDatabase(database.url)).rejects.toThrow('Failed query');
    const [left] = await client`select
      (select count(*)::int from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
          and backend_type = 'client backend') as sessions,
      (select count(*)::int from pg_locks l join pg_database d on d.oid = l.database
        where d.datname = current_database() and locktype = 'advisory') as locks`;
    expect(left).toEqual({ sessions: 0, locks: 0 });
    await client`drop table project`;
    await migrateDatabase(database.url);
    expect(await client`select count(*)::int as count from project`).toEqual([{ count: 0 }]);
  });

  it('turns what an image is into a list of what it carries', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'exemplar-migrations-'));
    try {
      await copyMigrations(folder, 4);
      await migrateDatabase(database.url, folder);
      const id = '0197d3a2-0000-7000-8000-000000000001';
      await client`insert into project (id, name) values (${id}, 'p')`;
      await client`insert into dataset_version (id, project_id, name, train_ratio, seed, content_sha256, image_count, train_count, validation_count)
        values (${id}, ${id}, 'V001', 0.8, 0, '\\x00', 1, 1, 0)`;
      await client`insert into dataset_version_image (dataset_version_id, image_id, sha256, class_index, split)
        values (${id}, ${id}, '\\x00', 3, 'TRAIN')`;
      await migrateDatabase(database.url);
      expect(await client`select class_indexes from dataset_version_image`).toEqual([{ class_indexes: [3] }]);
      expect(await client`select type from project`).toEqual([{ type: 'SINGLE_LABEL' }]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('knows of old images where they stand, whose project their labels are of, and that deleted ones are gone for good', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'exemplar-migrations-'));
    try {
      await copyMigrations(folder, 8);
      await migrateDatabase(database.url, folder);
      const id = (number: number) => `0197d3a2-0000-7000-8000-00000000000${number}`;
      await client`insert into project (id, name) values (${id(0)}, 'p')`;
      await client`insert into label (id, project_id, name, color) values (${id(1)}, ${id(0)}, 'cat', '#000000')`;
      for (const [number, override, deletedAt] of [
        [1, null, null],
        [2, 'TEST', null],
        [3, null, new Date()],
      ] as const)
        await client`insert into image (id, project_id, sha256, file_name, format, width, height, byte_size, split_override, deleted_at)
          values (${id(number)}, ${id(0)}, ${Buffer.from([number])}, 'x', 'png', 1, 1, 1, ${override}, ${deletedAt})`;
      await client`insert into annotation (image_id, label_id) values (${id(1)}, ${id(1)})`;
      await client`insert into split_assignment (project_id, sha256, split)
        select ${id(0)}, sha256, 'TRAIN' from image where deleted_at is null`;
      await migrateDatabase(database.url);
      expect(await client`select project_id from annotation`).toEqual([{ project_id: id(0) }]);
      expect(await client`select image_id, split from image_standing order by image_id`).toEqual([
        { image_id: id(1), split: 'TRAIN' },
        { image_id: id(2), split: 'TEST' },
      ]);
      expect(await client`select id from image where expires_at <= now()`).toEqual([{ id: id(3) }]);
      const bytes = async () => (await client`select image_bytes::int from project`)[0]!['image_bytes'] as number;
      expect(await bytes()).toBe(3);
      await client`delete from image where id in ${client([id(2), id(3)])}`;
      expect(await bytes()).toBe(1);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

/** The first few migrations, as an older release had them. */
async function copyMigrations(to: string, count: number): Promise<void> {
  const from = join(import.meta.dirname, '../../migrations');
  await cp(from, to, { recursive: true });
  const path = join(to, 'meta/_journal.json');
  const journal = JSON.parse(await readFile(path, 'utf8'));
  await writeFile(path, JSON.stringify({ ...journal, entries: journal.entries.slice(0, count) }));
}
