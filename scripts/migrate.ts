import '#core/platform/require-node.ts';

const { readConfig } = await import('#core/platform/config.ts');
const { migrateDatabase } = await import('#core/platform/migrate.ts');
const { databaseUrl } = readConfig();
if (!databaseUrl) {
  process.stderr.write('Set DATABASE_URL to the database to migrate. `npm start` migrates its own by itself.\n');
  process.exit(1);
}
await migrateDatabase(databaseUrl);
process.stderr.write('The database schema is up to date.\n');
