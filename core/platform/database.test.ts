import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
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

  it('goes on when PostgreSQL ends a session that is just being opened', async () => {
    const rejections: unknown[] = [];
    const note = (error: unknown) => rejections.push(error);
    process.on('unhandledRejection', note);
    await using proxy = await proxyThatEndsOpening(database.url, 2);
    const pool = connectDatabase(proxy.url, 1);
    expect([...(await pool.client`select array[1, 2] as list`)]).toEqual([{ list: [1, 2] }]);
    await pool.close();
    process.off('unhandledRejection', note);
    expect(rejections).toEqual([]);
  });
});

/** Lets everything through but the driver's first question, which it answers as a PostgreSQL that shuts down does, so many times. */
async function proxyThatEndsOpening(url: string, times: number): Promise<{ url: string } & AsyncDisposable> {
  const { hostname, port } = new URL(url);
  const fields = 'SFATAL\0VFATAL\0C57P01\0Mterminating connection due to administrator command\0\0';
  const fatal = Buffer.concat([Buffer.from('E\0\0\0'), Buffer.from([fields.length + 4]), Buffer.from(fields)]);
  let left = times;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const behind = connect(Number(port), hostname);
    client.on('data', (chunk) => {
      if (left > 0 && chunk.includes('pg_catalog.pg_type')) {
        left--;
        client.end(fatal);
        behind.destroy();
      } else behind.write(chunk);
    });
    behind.on('data', (chunk) => client.write(chunk));
    behind.on('end', () => client.end());
    client.on('end', () => behind.end());
    for (const socket of [client, behind]) sockets.add(socket.on('error', () => {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const at = new URL(url);
  at.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: at.href,
    [Symbol.asyncDispose]: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
