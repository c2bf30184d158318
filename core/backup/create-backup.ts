import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type postgres from 'postgres';
import type { Config } from '../platform/config.ts';
import { migrationLock } from '../platform/migrate.ts';
import { readMigrations } from '../platform/migrations.ts';
import { holdDeletions } from '../platform/objects/deletion-lock.ts';
import { openObjectStore } from '../platform/objects/open-object-store.ts';
import { BackupError } from './backup-errors.ts';
import { backupName } from './backup-folder.ts';
import type { BackupTarget } from './backup-target.ts';
import { copyCheckpoints, isUnfinished } from './checkpoint-copies.ts';
import { CopyCounts, copyObjects } from './copy-objects.ts';
import { createBackupTarget, isArchivePath } from './create-target.ts';
import { dumpTables } from './dump-tables.ts';
import { writeManifest, type Manifest } from './manifest.ts';
import { objectIndexFile, readLines, writeLines, type IndexedObject } from './object-index.ts';
import { readPromisedObjects, type PromisedObject } from './promised-objects.ts';
import { pruneBackups } from './prune-backups.ts';
import { openSession, sessionUrl } from './session.ts';

/** Any constant works as long as every process uses the same. */
const backupLock = 5_723_019_116;

const packageFile = new URL('../../package.json', import.meta.url);

export interface BackupOptions {
  /** Of the installation; with a database. */
  readonly config: Config;
  /** A folder of backups, or a file that ends in `.tar`. */
  readonly path: string;
  /** Of the backups in the folder so many are kept, the latest. @default all */
  readonly keep?: number | undefined;
  /** Hears what is being done. */
  readonly say?: (line: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * Backs up an installation while it runs: rows of one moment, and every object that they promise. Until it has ended no promised object is
 * deleted and no migration begins while rows are read. Returns what it holds, where it is and the names of older ones that were deleted.
 * @throws {BackupError} when it cannot be made; whatever else fails leaves nothing that could be taken for a backup either.
 */
export async function createBackup(
  options: BackupOptions,
): Promise<{ manifest: Manifest; place: string; deleted: string[] }> {
  const { config, path, keep, say = () => {}, signal = new AbortController().signal } = options;
  const startedAt = new Date();
  const session = openSession(sessionUrl(config), 'exemplar-backup');
  const work = join(config.workDirectory, `backup-${randomUUID()}`);
  let target: BackupTarget | undefined;
  try {
    const [{ pid }] = (await session`select pg_backend_pid() as pid`) as [{ pid: number }];
    await lockInstallation(session);
    const migration = await readMigrationLevel(session);
    target = await createBackupTarget(path, backupName(startedAt));
    const objects = await openObjectStore(config);
    const checkpoints = await copyCheckpoints(session, objects, target);
    await mkdir(work, { recursive: true });
    say('reading the rows of this moment ...');
    const list = join(work, 'promised-objects');
    const snapshot = await dumpSnapshot(session, target, list, signal);
    await session`select pg_advisory_unlock_shared(${migrationLock})`;

    say('copying the objects that they promise ...');
    const counts = new CopyCounts();
    const brought = async function* (into: BackupTarget): AsyncGenerator<IndexedObject, void> {
      for (const checkpoint of checkpoints) {
        counts.add(checkpoint, true);
        yield checkpoint;
      }
      const promised = readLines<PromisedObject>(createReadStream(list));
      yield* copyObjects(promised, objects, into, counts, signal);
    };
    const index = await target.writeFile(objectIndexFile, writeLines(brought(target)));
    const [{ pid: pidNow }] = (await session`select pg_backend_pid() as pid`) as [{ pid: number }];
    if (pidNow !== pid)
      throw new BackupError(
        'The connection to the database was lost, and with it the lock that keeps objects. Try again.',
      );
    const manifest: Manifest = {
      version: (JSON.parse(await readFile(packageFile, 'utf8')) as { version: string }).version,
      startedAt: startedAt.toISOString(),
      finishedAt: new Date().toISOString(),
      migration,
      ...snapshot,
      objects: { file: objectIndexFile, ...index, ...counts, missingKeys: counts.missingKeys },
    };
    const place = await target.finish(writeManifest(manifest));
    target = undefined;
    const deleted = keep === undefined || isArchivePath(path) ? [] : await pruneBackups(path, keep);
    return { manifest, place, deleted };
  } catch (error) {
    await target?.discard();
    throw error;
  } finally {
    await session.end({ timeout: 5 });
    await rm(work, { recursive: true, force: true });
  }
}

/** @throws {BackupError} while another backup runs. */
async function lockInstallation(session: postgres.ISql): Promise<void> {
  const [{ alone }] = (await session`select pg_try_advisory_lock(${backupLock}) as alone`) as [{ alone: boolean }];
  if (!alone) throw new BackupError('Another backup of this installation is running.');
  await session`select pg_advisory_lock_shared(${migrationLock})`;
  await holdDeletions(session);
}

/** @throws {BackupError} unless it is the schema of this version. */
async function readMigrationLevel(session: postgres.ISql): Promise<Manifest['migration']> {
  const known = readMigrations();
  const [{ exists }] = (await session`select to_regclass('public.schema_migration') is not null as exists`) as [
    { exists: boolean },
  ];
  if (!exists) throw new BackupError('There is no installation in the database.');
  const rows = await session<{ when: string }[]>`select created_at as when from schema_migration order by created_at`;
  const when = Number(rows.at(-1)?.when ?? 0);
  if (when !== known.at(-1)!.when)
    throw new BackupError(
      'The database has the schema of another version of Exemplar. Make the backup with the version that the servers run.',
    );
  return { count: rows.length, when };
}

/** Rows, and a list of the objects that they promise, of one moment. */
async function dumpSnapshot(
  session: postgres.Sql,
  target: BackupTarget,
  list: string,
  signal: AbortSignal,
): Promise<Pick<Manifest, 'postgresql' | 'snapshotAt' | 'unfinishedTrainings' | 'tables'>> {
  return session.begin('isolation level repeatable read read only', async (tx) => {
    const [{ version, at }] = (await tx`select current_setting('server_version') as version, now() as at`) as [
      { version: string; at: Date },
    ];
    const tables = await dumpTables(tx, target, signal);
    await pipeline(writeLines(readPromisedObjects(tx)), createWriteStream(list));
    const unfinishedTrainings = await tx.unsafe<{ id: string; flavor: string }[]>(
      `select id, flavor from training where ${isUnfinished} order by id`,
    );
    return {
      postgresql: version,
      snapshotAt: at.toISOString(),
      unfinishedTrainings: unfinishedTrainings.map(({ id, flavor }) => ({ id, flavor })),
      tables,
    };
  });
}
