import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '#core/platform/config.ts';
import { lockData } from './data-lock.ts';
import { findRunningPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';

/** The configuration with the address of a database that answers, and how to let go of it. */
export interface ReachedDatabase extends AsyncDisposable {
  readonly config: Config;
}

/** There is neither an address of a database nor data of `npm start`. */
export class NoInstallationError extends Error {
  constructor(directory: string) {
    super(
      `There is no installation: DATABASE_URL is not set, and ${directory} holds no data of npm start (EXEMPLAR_DATA).`,
    );
    this.name = 'NoInstallationError';
  }
}

/**
 * The database of an installation: that of `DATABASE_URL`, or the one that `npm start` brings, whether it runs or not. @throws {NoInstallationError}
 */
export async function reachDatabase(config: Config): Promise<ReachedDatabase> {
  if (config.databaseUrl) return { config, [Symbol.asyncDispose]: () => Promise.resolve() };
  const directory = join(config.dataDirectory, 'postgres');
  const databaseUrl = await findRunningPostgres(directory);
  if (databaseUrl) return { config: { ...config, databaseUrl }, [Symbol.asyncDispose]: () => Promise.resolve() };
  const exists = await access(directory).then(
    () => true,
    () => false,
  );
  if (!exists) throw new NoInstallationError(config.dataDirectory);
  return startDatabase(config);
}

/** As above for an installation that nothing may run of yet; makes its database where there is none. @throws {DataInUseError} {DataFolderError} */
export async function makeDatabase(config: Config): Promise<ReachedDatabase> {
  return config.databaseUrl ? { config, [Symbol.asyncDispose]: () => Promise.resolve() } : startDatabase(config);
}

async function startDatabase(config: Config): Promise<ReachedDatabase> {
  const unlock = await lockData(config.dataDirectory);
  try {
    const database = await startEmbeddedPostgres({ directory: join(config.dataDirectory, 'postgres') });
    return {
      config: { ...config, databaseUrl: database.url },
      [Symbol.asyncDispose]: async () => {
        await database.stop();
        await unlock();
      },
    };
  } catch (error) {
    await unlock();
    throw error;
  }
}
