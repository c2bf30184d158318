import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '#test/test-database.ts';
import { connectDatabase, type DatabaseConnection } from './database.ts';
import { readSigningSecret } from './signing-secret.ts';

describe('the signing secret', () => {
  let database: TestDatabase;
  let servers: DatabaseConnection[];
  beforeAll(async () => {
    database = await openTestDatabase('migrated');
    servers = Array.from({ length: 4 }, () => connectDatabase(database.url, 1));
  });
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.close()));
    await database.close();
  });

  it('is one for all servers, also when all start first at once, and has 256 bits', async () => {
    const secrets = await Promise.all(servers.map(({ db }) => readSigningSecret(db)));
    expect(secrets[0]).toHaveLength(32);
    for (const secret of [...secrets, await readSigningSecret(servers[0]!.db)]) expect(secret).toEqual(secrets[0]);
  });

  it('is another one in another installation', async () => {
    const other = await openTestDatabase('migrated');
    const connection = connectDatabase(other.url, 1);
    expect(await readSigningSecret(connection.db)).not.toEqual(await readSigningSecret(servers[0]!.db));
    await connection.close();
    await other.close();
  });
});
