import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { World } from '#test/world.ts';

const health = 'GET /health HTTP/1.1\r\nhost: x\r\n\r\n';

describe('a connection without a request', () => {
  let world: World | undefined;
  afterEach(async () => {
    await world?.close();
    world = undefined;
  });

  const openWith = async (environment: Record<string, string>): Promise<World> =>
    (world = await World.open({ environment }));
  const connectTo = ({ url }: World): Socket => {
    const { hostname, port } = new URL(url);
    return connect(Number(port), hostname).on('error', () => {});
  };
  const ask = async (socket: Socket): Promise<string> => {
    socket.write(health);
    let answer = '';
    while (!answer.includes('"ok"')) answer += String((await once(socket, 'data'))[0]);
    return answer;
  };

  test('stays open longer than proxies keep theirs, and than headers may take', async () => {
    const opened = await openWith({ EXEMPLAR_REQUEST_SECONDS: '1' });
    const idle = connectTo(opened);
    expect(await ask(idle)).toMatch(/\r\nkeep-alive: timeout=150\r\n/i);
    // The time that headers may take is over once another is given up that began later.
    const slow = connectTo(opened);
    slow.write('GET /health HTTP/1.1\r\n');
    slow.resume();
    await once(slow, 'close');
    expect(await ask(idle)).toMatch(/^HTTP\/1\.1 200 /);
    idle.destroy();
  });

  test('is closed after the time that is configured', async () => {
    const socket = connectTo(await openWith({ EXEMPLAR_KEEP_ALIVE_SECONDS: '1' }));
    expect(await ask(socket)).toMatch(/\r\nkeep-alive: timeout=1\r\n/i);
    socket.resume();
    await once(socket, 'close');
    expect(socket.readableEnded).toBe(true);
  });

  test('does not keep a server from stopping', async () => {
    const opened = await openWith({ EXEMPLAR_KEEP_ALIVE_SECONDS: '3600' });
    const socket = connectTo(opened);
    await ask(socket);
    socket.resume();
    const closed = once(socket, 'close');
    world = undefined;
    await opened.close();
    await closed;
    expect(socket.destroyed).toBe(true);
  });
});
