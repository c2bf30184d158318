import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createReadStream } from 'node:fs';
import { objectFile } from '#core/backup/backup-folder.ts';
import { readManifest, writeManifest, type Manifest } from '#core/backup/manifest.ts';
import { objectIndexFile, readLines, type IndexedObject } from '#core/backup/object-index.ts';
import { restoreBackup, type RestoreOptions } from '#core/backup/restore-backup.ts';
import { readConfig } from '#core/platform/config.ts';
import { openTestDatabase, type TestDatabase } from './test-database.ts';
import { World } from './world.ts';

/** An installation of which there is nothing yet but an empty database and a folder. */
export interface EmptyInstallation {
  readonly database: TestDatabase;
  readonly environment: Readonly<Record<string, string>>;
  restore(path: string, more?: Partial<RestoreOptions>): ReturnType<typeof restoreBackup>;
  /** With a server and a worker on what was restored; `token` of somebody whom the backup knows. */
  open(token: string): Promise<World>;
  close(): Promise<void>;
}

/** @param more environment, such as that of another store. */
export async function emptyInstallation(
  world: World,
  more: Readonly<Record<string, string>> = {},
): Promise<EmptyInstallation> {
  const database = await openTestDatabase('empty');
  const directory = await mkdtemp(join(tmpdir(), 'exemplar-restored-'));
  const environment = {
    DATABASE_URL: database.url,
    EXEMPLAR_DATA: directory,
    EXEMPLAR_BASE_MODEL: world.platform.config.baseModelDirectory!,
    EXEMPLAR_LOG_LEVEL: 'silent',
    ...more,
  };
  let opened: World | undefined;
  return {
    database,
    environment,
    restore: (path, options = {}) => restoreBackup({ config: readConfig(environment), path, ...options }),
    open: async (token) =>
      (opened = await World.open({
        worker: true,
        environment: { ...environment, EXEMPLAR_PORT: '0' },
        installed: { databaseUrl: database.url, token },
      })),
    close: async () => {
      await opened?.close();
      await database.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

export async function readIndex(backup: string): Promise<IndexedObject[]> {
  const index: IndexedObject[] = [];
  for await (const object of readLines<IndexedObject>(createReadStream(join(backup, objectIndexFile))))
    index.push(object);
  return index;
}

/** Where a folder of backups has an object of one of them. */
export async function fileOfObject(folder: string, backup: string, kind: string): Promise<string> {
  const found = (await readIndex(backup)).find((object) => object.kind === kind);
  return join(folder, objectFile(found!.sha256));
}

/** Changes one byte in the middle. */
export async function damage(file: string): Promise<void> {
  const bytes = await readFile(file);
  bytes[bytes.length >> 1]! ^= 1;
  await writeFile(file, bytes);
}

/** Has a backup say something else of itself, with a right checksum. */
export async function rewriteManifest(file: string, change: (manifest: Manifest) => Manifest): Promise<void> {
  await writeFile(file, writeManifest(change(readManifest(await readFile(file, 'utf8'), file))));
}
