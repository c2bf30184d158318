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

  // The driver as published ends the process, never answers or mixes up answers (patches/postgres+3.4.9.patch).
  it('ends a transaction whose session PostgreSQL has ended, without the process and without the pool', async () => {
    const pool = connectDatabase(database.url, 2);
    const other = connectDatabase(database.url, 1);
    await other.db.execute(sql`create table outside (round integer)`);
    for (let round = 0; round < 5; round++) {
      const transaction = pool.db.transaction(async (tx) => {
        const [row] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
        await other.client`select pg_terminate_backend(${row!.pid}, 5000)`;
        for (let statement = 0; statement < 3; statement++)
          await tx.execute(sql`insert into outside values (${round})`).catch(() => undefined);
        await tx.execute(sql`select 1`);
      });
      await expect(transaction).rejects.toThrow(/connection|CONNECTION|Failed query/);
      const answers = await Promise.all([1, 2, 3].map((value) => pool.client`select ${value}::int as answer`));
      expect(answers.map(([row]) => row!['answer'])).toEqual([1, 2, 3]);
    }
    expect([...(await other.db.execute(sql`select * from outside`))]).toEqual([]);
    await Promise.all([pool.close(), other.close()]);
  });
});
