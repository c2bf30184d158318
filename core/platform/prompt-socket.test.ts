import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import postgres from 'postgres';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freePort } from '#test/free-port.ts';
import { openTestDatabase, type TestDatabase } from '#test/test-database.ts';
import { promptSockets } from './prompt-socket.ts';

describe('promptSockets', () => {
  let database: TestDatabase;
  beforeEach(async () => (database = await openTestDatabase('empty')));
  afterEach(() => database.close());

  const connect = (url: string) =>
    postgres(url, { ...promptSockets(), max: 1, connect_timeout: 2, backoff: () => 0.01 });

  it('carry statements of any size, and are opened again when they break', async () => {
    const client = connect(database.url);
    try {
      const long = 'ä'.repeat(200_000);
      const [first] = await client`select pg_backend_pid() as pid, ${long}::text as said`;
      expect(first!['said']).toBe(long);
      await expect(client`select pg_terminate_backend(pg_backend_pid())`).rejects.toThrow(
        /CONNECTION_CLOSED|terminating connection/,
      );
      const [second] = await client`select pg_backend_pid() as pid`;
      expect(second!['pid']).not.toBe(first!['pid']);
    } finally {
      await client.end();
    }
  });

  it('go to the next host of several when one is not there', async () => {
    const { username, password, hostname, port, pathname } = new URL(database.url);
    const dead = await freePort();
    const client = connect(`postgres://${username}:${password}@${hostname}:${dead},${hostname}:${port}${pathname}`);
    try {
      expect(await client`select 1 as one`).toEqual([{ one: 1 }]);
    } finally {
      await client.end();
    }
  });

  it('fail as those of the driver do where nobody listens, and where nobody answers', async () => {
    const refused = connect(`postgres://nobody@127.0.0.1:${await freePort()}/nothing`);
    await expect(refused`select 1`).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await refused.end();
    const silent = createServer(() => {}).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const waiting = connect(`postgres://nobody@127.0.0.1:${(silent.address() as AddressInfo).port}/nothing`);
    await expect(waiting`select 1`).rejects.toMatchObject({ code: 'CONNECT_TIMEOUT' });
    await waiting.end({ timeout: 1 });
    silent.close();
  });
});
