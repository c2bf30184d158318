import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';

/** Of PostgreSQL's advisory locks; any constant works as long as every process uses the same. */
export const migrationLock = 5_723_019_114;

export const migrationsFolder = fileURLToPath(new URL('../../migrations', import.meta.url));

/**
 * Brings the schema to this version. Several processes may call it at once: drizzle's migrator takes no lock, and two at a
 * time fail with a duplicate type, so an advisory lock on a connection of its own comes first.
 * @param folder of the migrations of this version. @default the one beside the code
 */
export async function migrateDatabase(url: string, folder = migrationsFolder): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await client`select pg_advisory_lock(${migrationLock})`;
    await migrate(drizzle({ client }), {
      migrationsFolder: folder,
      migrationsSchema: 'public',
      migrationsTable: 'schema_migration',
    });
  } finally {
    await client.end({ timeout: 5 });
  }
}
