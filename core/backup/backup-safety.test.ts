import { cp, mkdtemp, open, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { userErrorFields } from '#test/api-client.ts';
import {
  damage,
  emptyInstallation,
  fileOfObject,
  readIndex,
  rewriteManifest,
  type EmptyInstallation,
} from '#test/backups.ts';
import { openTestDatabase } from '#test/test-database.ts';
import { World, type TestProject } from '#test/world.ts';
import { purgeTrash } from '../images/purge-trash.ts';
import { deletePictures } from '../images/store-pictures.ts';
import { readConfig } from '../platform/config.ts';
import { migrateDatabase, migrationsFolder } from '../platform/migrate.ts';
import { deleteAbandonedObjects } from '../platform/objects/abandoned-objects.ts';
import { BackupError, DamagedBackupError } from './backup-errors.ts';
import { objectFile } from './backup-folder.ts';
import { createBackup } from './create-backup.ts';
import { manifestFile } from './manifest.ts';
import { checkBackup } from './restore-backup.ts';

describe('backups', () => {
  let world: World;
  let project: TestProject;
  let folder: string;
  let empty: EmptyInstallation;
  beforeAll(async () => {
    world = await World.open();
    project = await world.project({ labels: ['cat', 'dog'], images: 3 });
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'exemplar-backups-'));
    empty = await emptyInstallation(world);
  });
  afterEach(async () => {
    await empty.close();
    await rm(folder, { recursive: true, force: true });
  });

  const backUp = (path = folder, more: { keep?: number; signal?: AbortSignal } = {}) =>
    createBackup({ config: world.platform.config, path, ...more });
  /** One that stands still while it reads rows. It comes to the settings after most tables: its snapshot is taken by then. */
  const backUpUntilHeld = async () => {
    const blocker = postgres(world.platform.databaseUrl, { max: 1 });
    const released = Promise.withResolvers<void>();
    const blocked = Promise.withResolvers<void>();
    const blocking = blocker.begin(async (tx) => {
      await tx`lock table setting in access exclusive mode`;
      blocked.resolve();
      await released.promise;
    });
    await blocked.promise;
    const running = backUp();
    running.catch(() => undefined);
    const isWaiting = async () =>
      (
        await world.platform.client`select 1 from pg_stat_activity
        where datname = current_database() and application_name = 'exemplar-backup' and wait_event_type = 'Lock'`
      ).length > 0;
    while (!(await isWaiting())) await setTimeout(20);
    const release = async () => {
      released.resolve();
      await blocking;
      await blocker.end();
    };
    return { running, release };
  };
  /** Backups are named by the second. */
  const tables = async () => {
    const client = postgres(empty.database.url, { max: 1 });
    const rows = await client`select relname from pg_class where relnamespace = 'public'::regnamespace`;
    await client.end();
    return rows.length;
  };
  /** The restore is refused, for the reason, and leaves the database as it was. */
  const refusal = async (path: string, more = {}): Promise<Error> => {
    const error = await empty.restore(path, more).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(BackupError);
    expect(await tables()).toBe(0);
    return error as Error;
  };

  test('a second one in the same folder copies what is new, damaged or gone, and the first stays whole', async () => {
    const first = await backUp();
    const images = (await readIndex(first.place)).filter(({ kind }) => kind === 'image');
    expect(first.manifest.objects).toMatchObject({ count: 18, copied: 18 });
    const [damaged, gone] = [images[0]!, images[5]!].map(({ sha256 }) => join(folder, objectFile(sha256)));
    await damage(damaged!);
    await rm(gone!);
    const busy = await world.project({ labels: ['owl'], images: 1 });
    const second = await backUp();
    expect(second.manifest.objects).toMatchObject({ count: 21, copied: 5 });
    for (const { place } of [first, second]) await checkBackup({ config: world.platform.config, path: place });

    await world.admin.must(`mutation ($id: ID!) { deleteProject(id: $id) { ${userErrorFields} } }`, { id: busy.id });
    const third = await backUp(folder, { keep: 1 });
    expect(third.deleted).toEqual([first, second].map(({ place }) => basename(place)));
    expect(third.manifest.objects).toMatchObject({ count: 18, copied: 0 });
    expect((await readdir(folder)).sort()).toEqual([basename(third.place), 'objects']);
    const files = (await readdir(join(folder, 'objects'), { recursive: true, withFileTypes: true })).filter((file) =>
      file.isFile(),
    );
    expect(files).toHaveLength(new Set((await readIndex(third.place)).map(({ sha256 }) => sha256)).size);
    await checkBackup({ config: world.platform.config, path: folder });
  });

  test('nothing that a running one has still to copy is deleted, no migration begins, and all of it comes afterwards', async () => {
    const own = await world.project({ labels: ['cat'], images: 2 });
    const [trashed] = own.imageIds[0]!;
    await world.admin.must(
      `mutation ($input: DeleteImagesInput!) { deleteImages(input: $input) { ${userErrorFields} } }`,
      {
        input: { projectId: own.id, imageIds: [trashed] },
      },
    );
    const doomed = await world.project({ labels: ['dog'], images: 2 });
    const bare = (id: string) => id.replace(/^[A-Za-z]+_/, '');
    const stored = async ({ id }: TestProject) => {
      const images = join(world.platform.config.objectsDirectory, 'projects', bare(id), 'images');
      const files = await readdir(images, { recursive: true, withFileTypes: true }).catch(() => []);
      return files.filter((file) => file.isFile()).length;
    };

    const { running, release } = await backUpUntilHeld();

    await world.admin.must(`mutation ($id: ID!) { deleteProject(id: $id) { ${userErrorFields} } }`, { id: doomed.id });
    await world.admin.must(`mutation ($id: ID!) { emptyTrash(projectId: $id) { ${userErrorFields} } }`, { id: own.id });
    await purgeTrash(world.platform);
    const digests = (await world.platform.client`select sha256 from image where project_id = ${bare(own.id)}`).map(
      (row) => row['sha256'] as Buffer,
    );
    await deletePictures(world.platform, bare(doomed.id), digests);
    expect(await deleteAbandonedObjects(world.platform)).toBe(0);
    expect([await stored(doomed), await stored(own)]).toEqual([6, 6]);
    await expect(backUp()).rejects.toThrow('Another backup of this installation is running.');
    let isMigrated = false;
    const migrating = migrateDatabase(world.platform.databaseUrl).then(() => (isMigrated = true));
    const isHeld = async () =>
      (
        await world.platform.client`select 1 from pg_stat_activity
        where datname = current_database() and wait_event = 'advisory' and query like '%pg_advisory_lock(%'`
      ).length > 0;
    while (!(await isHeld())) await setTimeout(20);
    expect(isMigrated).toBe(false);
    await release();
    await migrating;
    const { manifest } = await running;
    expect(manifest.objects.missing).toBe(0);

    expect(await deleteAbandonedObjects(world.platform)).toBe(1);
    await purgeTrash(world.platform);
    expect([await stored(doomed), await stored(own)]).toEqual([0, 3]);
    await empty.restore(folder);
    const restored = await empty.open(world.admin.token!);
    const { project: found } = await restored.admin.ask(
      'query ($id: ID!) { project(id: $id) { images(first: 9) { nodes { url(form: ORIGINAL) } } } }',
      { id: doomed.id },
    );
    expect(found.images.nodes).toHaveLength(2);
    for (const { url } of found.images.nodes) expect((await fetch(url)).status).toBe(200);
  });

  test('one whose connection is lost is none, and holds nothing up any more', async () => {
    const { running, release } = await backUpUntilHeld();
    await world.platform.client`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'exemplar-backup'`;
    await expect(running).rejects.toThrow(/terminating connection|CONNECTION_/);
    await release();
    expect(await readdir(folder)).toEqual(['objects']);
    await backUp();
  });

  test('an object that the store has lost is named, and the rest is a backup', async () => {
    const index = await readIndex((await backUp()).place);
    const image = index.find(({ kind }) => kind === 'image');
    const path = world.platform.objects.localPath(image!.key)!;
    const bytes = await readFile(path);
    await rm(path);
    try {
      const { manifest, place } = await backUp(join(folder, 'again.tar'));
      expect(manifest.objects).toMatchObject({ count: index.length - 1, missing: 1, missingKeys: [image!.key] });
      await empty.restore(place);
    } finally {
      await writeFile(path, bytes);
    }
  });

  test('one that was given up, or killed, is none and is cleared away', async () => {
    const stopped = AbortSignal.abort(new Error('stopped'));
    for (const path of [folder, join(folder, 'one.tar')]) {
      await expect(backUp(path, { signal: stopped })).rejects.toThrow('stopped');
      expect(await readdir(folder)).toEqual(['objects']);
    }
    const { place } = await backUp();
    await cp(place, join(folder, '.20260101T000000.000Z.part'), { recursive: true });
    await backUp();
    expect((await readdir(folder)).filter((file) => file.startsWith('.'))).toEqual([]);
    await rm(join(place, manifestFile));
    expect((await refusal(place)).message).toMatch(/^There is no finished backup in/);
    expect((await refusal(join(folder, 'none'))).message).toMatch(/^There is no backup at/);
  });

  test('a damaged one is refused, and the file is named', async () => {
    const { place } = await backUp();
    const damages: [string, string, (file: string) => Promise<void>][] = [
      [await fileOfObject(folder, place, 'image'), 'does not have its checksum', damage],
      [await fileOfObject(folder, place, 'image'), 'is missing', (file) => rm(file)],
      [join(place, 'database', 'image.copy.gz'), 'does not have its checksum', damage],
      [join(place, 'database', 'label.copy.gz'), 'instead of', (file) => truncate(file, 20)],
      [join(place, 'objects.ndjson.gz'), 'does not have its checksum', damage],
      [
        join(place, manifestFile),
        'does not have its checksum',
        async (file) => writeFile(file, (await readFile(file, 'utf8')).replace(/"rows": \d+/, '"rows": 999')),
      ],
      [join(place, manifestFile), 'is not whole', (file) => truncate(file, 100)],
    ];
    for (const [file, reason, act] of damages) {
      const whole = await readFile(file);
      await act(file);
      const error = await refusal(folder);
      expect(error).toBeInstanceOf(DamagedBackupError);
      expect((error as DamagedBackupError).file).toBe(file);
      expect(error.message).toContain(reason);
      await writeFile(file, whole);
    }
    await checkBackup({ config: world.platform.config, path: folder });
  });

  test('a damaged file is refused, and what is damaged within it is named', async () => {
    const { place } = await backUp(join(folder, 'one.tar'));
    const whole = await readFile(place);
    const image = (await readIndex((await backUp()).place)).find(({ bytes, kind }) => kind === 'image' && bytes > 100)!;
    const at = (name: string) => whole.indexOf(name) + 512;
    const damages: [string, () => Promise<void>][] = [
      [`one.tar: objects/${image.key}`, () => flip(place, at(basename(image.key)) + 40)],
      ['one.tar: database/image.copy.gz', () => flip(place, at('database/image.copy.gz') + 40)],
      ['is cut off', () => truncate(place, at('database/image.copy.gz') + 40)],
      ['one.tar', () => truncate(place, 1000)],
      ['one.tar', () => writeFile(place, 'no archive at all')],
    ];
    for (const [named, act] of damages) {
      await act();
      const error = await refusal(place);
      expect(error).toBeInstanceOf(DamagedBackupError);
      expect(error.message).toContain(named);
      await writeFile(place, whole);
    }
    await checkBackup({ config: world.platform.config, path: place });
  });

  test('a database that is not empty is left alone', async () => {
    const { place } = await backUp();
    const occupied = await openTestDatabase('migrated');
    try {
      const config = readConfig({ ...empty.environment, DATABASE_URL: occupied.url });
      await expect(empty.restore(place, { config })).rejects.toThrow('The database is not empty.');
    } finally {
      await occupied.close();
    }
    await empty.restore(place);
    await expect(empty.restore(place)).rejects.toThrow('The database is not empty.');
  });

  test('a newer schema is refused, and an older one is brought to this version with its rows in it', async () => {
    const { place } = await backUp();
    const migrations = join(folder, 'migrations');
    await cp(migrationsFolder, migrations, { recursive: true });
    const journalFile = join(migrations, 'meta/_journal.json');
    const journal = JSON.parse(await readFile(journalFile, 'utf8'));
    const { entries } = journal;
    await writeFile(journalFile, JSON.stringify({ ...journal, entries: entries.slice(0, -1) }));
    expect((await refusal(place, { migrations })).message).toContain('with a schema that this version does not know');

    const next = { ...entries.at(-1), idx: entries.length, when: entries.at(-1).when + 1, tag: 'next' };
    await writeFile(journalFile, JSON.stringify({ ...journal, entries: [...entries, next] }));
    await writeFile(
      join(migrations, 'next.sql'),
      `alter table label add column shout text;--> statement-breakpoint\nupdate label set shout = upper(name);`,
    );
    await empty.restore(place, { migrations });
    const client = postgres(empty.database.url, { max: 1 });
    expect(
      await client`select shout from label where project_id = ${project.id.replace('Project_', '')} order by 1`,
    ).toEqual([{ shout: 'CAT' }, { shout: 'DOG' }]);
    // Triggers have counted nothing twice, and count again.
    const figures = (of: postgres.Sql) => of`select id, image_count, image_bytes from project order by id`;
    expect(await figures(client)).toEqual(await figures(world.platform.client));
    expect(await client`select distinct tgenabled from pg_trigger where not tgisinternal`).toEqual([
      { tgenabled: 'O' },
    ]);
    // The migrator of servers finds nothing left to do.
    await migrateDatabase(empty.database.url, migrations);
    await client.end();
    await expect(createBackup({ config: readConfig(empty.environment), path: folder })).rejects.toThrow(
      'The database has the schema of another version of Exemplar.',
    );
  });

  test('rows that do not fit leave the database empty', async () => {
    const { place } = await backUp();
    const file = join(place, manifestFile);
    const lying = (change: (rows: number) => number) =>
      rewriteManifest(file, (manifest) => ({
        ...manifest,
        tables: manifest.tables.map((table) =>
          table.name === 'label' ? { ...table, rows: change(table.rows) } : table,
        ),
      }));
    await lying((rows) => rows + 1);
    expect((await refusal(place)).message).toMatch(/^The table label has \d+ rows instead of \d+\.$/);
    await lying((rows) => rows - 1);
    await rewriteManifest(file, (manifest) => ({
      ...manifest,
      tables: manifest.tables.map((table) =>
        table.name === 'label' ? { ...table, columns: table.columns.toReversed() } : table,
      ),
    }));
    expect((await refusal(place)).message).toMatch(/^The table label does not take its rows: /);
  });

  test('nobody but their owner can read them', async () => {
    const { place } = await backUp();
    const archive = await backUp(join(folder, 'one.tar'));
    const index = await readIndex(place);
    for (const file of [
      join(place, 'database', 'setting.copy.gz'),
      join(folder, objectFile(index[0]!.sha256)),
      archive.place,
    ])
      expect((await stat(file)).mode & 0o077).toBe(0);
  });
});

async function flip(file: string, at: number): Promise<void> {
  const handle = await open(file, 'r+');
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, at);
  buffer[0]! ^= 1;
  await handle.write(buffer, 0, 1, at);
  await handle.close();
}
