import { createFirstAdministrator } from '#core/access/users.ts';
import { closeOnStop } from '#core/platform/close-on-stop.ts';
import { ConfigError, readConfig } from '#core/platform/config.ts';
import { ListenError } from '#core/platform/listen-error.ts';
import { ObjectStoreError, prepareObjectStore } from '#core/platform/objects/open-object-store.ts';
import { migrateDatabase } from '#core/platform/migrate.ts';
import { openPlatform } from '#core/platform/platform.ts';
import { startServer } from './http-server.ts';

/* The server role: migrates, makes the first administrator, serves until it is told to stop. */
try {
  const config = readConfig();
  if (config.databaseUrl) await migrateDatabase(config.databaseUrl);
  await prepareObjectStore(config);
  const platform = await openPlatform(config, { role: 'server' });
  const server = await startServer(platform).catch(async (error) => {
    await platform.close();
    throw error;
  });
  const first = await createFirstAdministrator(platform.db);
  if (process.send) process.send({ type: 'ready', url: server.url, firstToken: first?.token });
  else {
    process.stderr.write(`Exemplar serves ${server.url}/graphql\n`);
    if (first) process.stderr.write(`Access token of the first administrator, shown this once: ${first.token}\n`);
  }
  closeOnStop(platform, 'server', server);
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof ListenError || error instanceof ObjectStoreError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
