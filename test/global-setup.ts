import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import type { TestProject } from 'vitest/node';
import { readConfig } from '#core/platform/config.ts';
import { createLog } from '#core/platform/log.ts';
import { migrateDatabase } from '#core/platform/migrate.ts';
import { openQueue } from '#core/platform/queue.ts';
import { startEmbeddedPostgres } from '../local/embedded-postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the cluster of this run, without a database at the end. */
    clusterUrl: string;
  }
}

export const templateDatabase = 'exemplar_template';

/** One real PostgreSQL for the run; each test file clones its database from a migrated template in a few milliseconds. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'exemplar-test-'));
  await chmod(directory, 0o755);
  const database = await startEmbeddedPostgres({
    directory,
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' },
  });
  const clusterUrl = database.url.slice(0, database.url.lastIndexOf('/'));
  const client = postgres(`${clusterUrl}/postgres`, { max: 1 });
  await client.unsafe(`create database ${templateDatabase}`);
  await client.end();
  const databaseUrl = `${clusterUrl}/${templateDatabase}`;
  await migrateDatabase(databaseUrl);
  const queue = await openQueue({
    databaseUrl,
    flavors: readConfig({}).flavors,
    heartbeatSeconds: 10,
    supervise: false,
    log: createLog('silent', 'test'),
  });
  await queue.close();
  project.provide('clusterUrl', clusterUrl);
  return async () => {
    await database.stop();
    await rm(directory, { recursive: true, force: true });
  };
}
