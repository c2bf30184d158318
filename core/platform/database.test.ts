import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '#test/test-database.ts';
import { connectDatabase } from './database.ts';

describe('a database connection', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase('empty');
  });
  afterAll(() => database.close());

  it('does not leave a lock to a process that never ends its transaction, where it is told so', async () => {
    const frozen = connectDatabase(database.url, 1, 1);
    const other = connectDatabase(database.url, 1);
    await other.db.execute(sql`create table row (id integer)`);
    await other.db.execute(sql`insert into row values (1)`);
    const isLocked = Promise.withResolvers<void>();
    const never = frozen.db.transaction(async (tx) => {
      await tx.execute(sql`select * from row for update`);
      isLocked.resolve();
      await new Promise(() => {});
    });
    never.catch(() => undefined);
    await isLocked.promise;
    expect([...(await other.db.execute(sql`select * from row for update`))]).toEqual([{ id: 1 }]);
    await Promise.all([frozen.close(), other.close()]);
  });
});
