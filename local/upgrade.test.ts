import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrateDatabase, migrationsFolder } from '#core/platform/migrate.ts';
import { readMigrations } from '#core/platform/migrations.ts';
import { openTestDatabase } from '#test/test-database.ts';
import { startRole } from './role-process.ts';

let folder: string;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'exemplar-upgrade-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The migrations of an older version. */
async function olderMigrations(count: number): Promise<string> {
  const older = join(folder, `migrations-${count}`);
  await cp(migrationsFolder, older, { recursive: true });
  const path = join(older, 'meta/_journal.json');
  const journal = JSON.parse(await readFile(path, 'utf8'));
  await writeFile(path, JSON.stringify({ ...journal, entries: journal.entries.slice(0, count) }));
  return older;
}

test.each([
  ['an empty database', 0],
  ['the database of an older version', readMigrations().length - 3],
])('two servers that start at once on %s both serve it', { timeout: 120_000 }, async (_what, applied) => {
  const database = await openTestDatabase('empty');
  const client = postgres(database.url, { max: 1 });
  try {
    if (applied > 0) {
      await migrateDatabase(database.url, await olderMigrations(applied));
      await client`insert into project (name) values ('kept')`;
    }
    const servers = await Promise.all(
      ['a', 'b'].map((name) =>
        startRole('server', {
          DATABASE_URL: database.url,
          EXEMPLAR_DATA: join(folder, `${applied}-${name}`),
          EXEMPLAR_PORT: '0',
          EXEMPLAR_LOG_LEVEL: 'error',
        }),
      ),
    );
    for (const server of servers) expect((await fetch(`${String(server.ready['url'])}/ready`)).status).toBe(200);
    // One of them has made the first administrator and says so.
    expect(servers.filter(({ ready }) => ready['firstToken'] !== undefined)).toHaveLength(1);
    const rows = await client<{ when: string }[]>`select created_at as when from schema_migration order by id`;
    expect(rows.map(({ when }) => Number(when))).toEqual(readMigrations().map(({ when }) => when));
    expect(await client`select name from project`).toEqual(applied > 0 ? [{ name: 'kept' }] : []);
    await Promise.all(servers.map((server) => server.stop()));
  } finally {
    await client.end();
    await database.close();
  }
});
