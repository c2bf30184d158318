import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream';
import { drizzle } from 'drizzle-orm/postgres-js';
import type postgres from 'postgres';
import type { Config } from '../platform/config.ts';
import type { Transaction } from '../platform/database.ts';
import { createLog } from '../platform/log.ts';
import { migrationLock } from '../platform/migrate.ts';
import { applyMigrations, readMigrations, type Migration } from '../platform/migrations.ts';
import { ObjectTooLargeError } from '../platform/objects/object-store.ts';
import { openObjectStore, prepareObjectStore } from '../platform/objects/open-object-store.ts';
import { openQueue } from '../platform/queue.ts';
import { BackupError, DamagedBackupError } from './backup-errors.ts';
import type { BackupSource } from './backup-source.ts';
import { checkpointKind } from './checkpoint-copies.ts';
import type { Manifest } from './manifest.ts';
import { MeasuredStream } from './measured-stream.ts';
import { openBackup } from './open-backup.ts';
import { requeueWork, type Requeued } from './requeue-work.ts';
import { restoreTables } from './restore-tables.ts';
import { openSession, sessionUrl } from './session.ts';

export interface RestoreOptions {
  /** Of the empty installation; with a database. */
  readonly config: Config;
  /** A file, a folder of backups, or one backup of such a folder. */
  readonly path: string;
  /** Of this version. @default the one beside the code */
  readonly migrations?: string | undefined;
  /** Hears what is being done. */
  readonly say?: (line: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * Puts a backup into an empty installation. Everything is read and checked first; then objects, then in one transaction the schema that the backup
 * had, its rows, the migrations to this version and new jobs for what had not ended. Whatever fails leaves the database empty.
 * @throws {BackupError} when it cannot be. @throws {DamagedBackupError}
 */
export async function restoreBackup(options: RestoreOptions): Promise<{ manifest: Manifest; requeued: Requeued }> {
  const { config, path, migrations, say = () => {}, signal = new AbortController().signal } = options;
  const session = openSession(sessionUrl(config), 'exemplar-restore');
  try {
    await requireEmptyDatabase(session);
    return await withCheckedBackup({ config, path, say }, async (source) => {
      const { manifest } = source;
      const [before, after] = splitMigrations(manifest, migrations);
      requireFlavors(manifest, config);
      say('restoring objects ...');
      await restoreObjects(config, source, signal);
      const queue = await openQueue({
        databaseUrl: config.databaseUrl!,
        flavors: config.flavors,
        heartbeatSeconds: config.worker.heartbeatSeconds,
        supervise: false,
        log: createLog(config.logLevel, 'restore'),
      });
      try {
        say('restoring rows ...');
        // Servers that start meanwhile wait for it.
        await session`select pg_advisory_lock(${migrationLock})`;
        const requeued = await drizzle({ client: session }).transaction(async (tx) => {
          const raw = statementsOf(tx);
          await requireEmptyDatabase(raw);
          await applyMigrations(raw, before);
          await restoreTables(raw, source, signal);
          await applyMigrations(raw, after);
          return requeueWork(tx, queue, config, manifest.snapshotAt);
        });
        await session`analyze`;
        return { manifest, requeued };
      } finally {
        await queue.close();
      }
    });
  } finally {
    await session.end({ timeout: 5 });
  }
}

/** Reads a whole backup and says what it holds. @throws {BackupError} {DamagedBackupError} */
export const checkBackup = (options: Pick<RestoreOptions, 'config' | 'path' | 'say'>): Promise<Manifest> =>
  withCheckedBackup(options, (source) => Promise.resolve(source.manifest));

async function withCheckedBackup<T>(
  { config, path, say = () => {} }: Pick<RestoreOptions, 'config' | 'path' | 'say'>,
  act: (source: BackupSource) => Promise<T>,
): Promise<T> {
  const work = join(config.workDirectory, `restore-${randomUUID()}`);
  await mkdir(work, { recursive: true });
  try {
    say('checking the backup ...');
    const source = await openBackup(path, work);
    await source.check();
    return await act(source);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** @throws {BackupError} */
async function requireEmptyDatabase(session: postgres.ISql): Promise<void> {
  const [{ count }] = (await session`
    select count(*)::int as count from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v')`) as [
    { count: number },
  ];
  if (count > 0)
    throw new BackupError(
      'The database is not empty. A backup is restored into a new database that no server has started on yet.',
    );
}

/** Those that the backup had, and those that came since. @throws {BackupError} when it had others. */
function splitMigrations({ migration, version }: Manifest, folder: string | undefined): [Migration[], Migration[]] {
  const known = readMigrations(folder);
  const count = known.findIndex(({ when }) => when === migration.when) + 1;
  if (count === 0 || count !== migration.count)
    throw new BackupError(
      `The backup was made by Exemplar ${version} with a schema that this version does not know. Restore it with the version that made it, or a later one.`,
    );
  return [known.slice(0, count), known.slice(count)];
}

/** @throws {BackupError} */
function requireFlavors({ unfinishedTrainings }: Manifest, { flavors }: Config): void {
  for (const { flavor } of unfinishedTrainings)
    if (!flavors.some(({ id }) => id === flavor))
      throw new BackupError(
        `A training that had not ended waits for workers of the flavor ${flavor}. Set EXEMPLAR_FLAVORS as it was set where the backup was made.`,
      );
}

/** Bytes before the rows that promise them. Checkpoints of trainings that ended before the rows were read are left out. */
async function restoreObjects(config: Config, source: BackupSource, signal: AbortSignal): Promise<void> {
  await prepareObjectStore(config);
  const objects = await openObjectStore(config);
  const { unfinishedTrainings } = source.manifest;
  await source.eachObject(async ({ kind, key, bytes, sha256 }, open) => {
    signal.throwIfAborted();
    if (kind === checkpointKind && !unfinishedTrainings.some(({ id }) => key.includes(id))) return;
    const measuring = new MeasuredStream();
    await objects
      .putStream(
        key,
        pipeline(open(), measuring, () => {}),
        bytes,
      )
      .catch((error: unknown) => {
        throw error instanceof ObjectTooLargeError
          ? new DamagedBackupError(key, 'has grown since it was checked')
          : error;
      });
    if (measuring.measured.sha256 !== sha256) throw new DamagedBackupError(key, 'has changed since it was checked');
  });
}

/** The driver's own form of a transaction: for `COPY`, which drizzle does not have. */
const statementsOf = (tx: Transaction): postgres.TransactionSql =>
  (tx as unknown as { session: { client: postgres.TransactionSql } }).session.client;
