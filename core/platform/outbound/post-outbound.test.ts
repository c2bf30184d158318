import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AddressRefusedError, postOutbound, type Outbound } from './post-outbound.ts';
import { isPublicAddress, networkList } from './public-address.ts';

const publicAddresses = [
  '1.1.1.1',
  '8.8.8.8',
  '172.15.255.255',
  '172.32.0.0',
  '100.63.0.1',
  '2606:4700::1111',
  '2a00::1',
];
const otherAddresses =
  '127.0.0.1 127.255.255.254 0.0.0.0 10.1.2.3 172.16.0.1 172.31.255.255 192.168.0.1 169.254.169.254 100.64.0.1 192.0.2.1 198.18.0.1 ' +
  '203.0.113.9 224.0.0.1 255.255.255.255 :: ::1 fe80::1 fc00::1 fd12::1 ff02::1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 64:ff9b::7f00:1 ' +
  '2001:db8::1 2001::1 2002:7f00:1:: 3fff::1 localhost 8.8.8 8.8.8.8.8';

test.each(publicAddresses)('%s is public', (address) => expect(isPublicAddress(address)).toBe(true));
test.each([...otherAddresses.split(' '), ''])('%j is not public', (address) =>
  expect(isPublicAddress(address)).toBe(false),
);

test.each(['10.0.0.0', '10.0.0.0/33', '10.0.0.0/x', 'localhost/8', '::1/129', '/8'])('%j is no network', (network) =>
  expect(() => networkList([network])).toThrow('is no network'),
);

describe('what is posted', () => {
  let server: Server;
  let port: number;
  const received: IncomingMessage[] = [];
  let answer: (request: IncomingMessage, respond: (status: number, headers?: Record<string, string>) => void) => void;
  beforeAll(async () => {
    server = createServer((request, response) => {
      received.push(request);
      answer(request, (status, headers) => response.writeHead(status, headers).end('x'.repeat(1000)));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const loopback = networkList(['127.0.0.0/8']);
  const post = (url: string, more: Partial<Outbound> = {}) =>
    postOutbound(new URL(url), {
      headers: { 'content-type': 'application/json' },
      body: '{}',
      allowed: networkList([]),
      milliseconds: 5000,
      signal: new AbortController().signal,
      ...more,
    });

  const hosts =
    '127.0.0.1 localhost 0x7f.1 2130706433 0177.0.0.1 127.1 0 169.254.169.254 [::1] [::ffff:127.0.0.1] [fe80::1]';
  test.each(hosts.split(' '))('never goes to %s unless it is allowed', async (host) => {
    received.length = 0;
    await expect(post(`http://${host}:${port}/`)).rejects.toThrow(AddressRefusedError);
    expect(received).toEqual([]);
  });

  test('goes to networks that are allowed, and to no others', async () => {
    answer = (_request, respond) => respond(204);
    expect(await post(`http://127.0.0.1:${port}/hook`, { allowed: loopback })).toBe(204);
    await expect(post('http://10.0.0.1/', { allowed: loopback })).rejects.toThrow(AddressRefusedError);
  });

  test('is refused when one of several addresses is not public', async () => {
    const resolve = async () => [
      { address: '8.8.8.8', family: 4 },
      { address: '10.0.0.1', family: 4 },
    ];
    await expect(post('http://both.test/', { resolve })).rejects.toThrow('both.test');
    await expect(post('http://none.test/', { resolve: async () => [] })).rejects.toThrow(AddressRefusedError);
  });

  test('goes to the address that was checked, though the name leads elsewhere a moment later', async () => {
    answer = (_request, respond) => respond(200);
    received.length = 0;
    let resolved = 0;
    // Checked as allowed; a second look would lead to an address that nobody listens on.
    const resolve = async () => [{ address: resolved++ === 0 ? '127.0.0.1' : '127.0.0.9', family: 4 }];
    expect(await post(`http://rebinding.test:${port}/`, { resolve, allowed: loopback })).toBe(200);
    expect(resolved).toBe(1);
    expect(received[0]!.headers.host).toBe(`rebinding.test:${port}`);
  });

  test('follows no redirect', async () => {
    received.length = 0;
    answer = (_request, respond) => respond(302, { location: `http://127.0.0.1:${port}/secret` });
    expect(await post(`http://127.0.0.1:${port}/`, { allowed: loopback })).toBe(302);
    expect(received.map(({ url }) => url)).toEqual(['/']);
  });

  test('is given up when no answer or no address comes in time', async () => {
    answer = () => {};
    await expect(post(`http://127.0.0.1:${port}/`, { allowed: loopback, milliseconds: 100 })).rejects.toThrow(
      /timeout|abort/i,
    );
    const resolve = () => new Promise<never>(() => {});
    await expect(post('http://slow.test/', { resolve, milliseconds: 100 })).rejects.toThrow(/timeout/i);
  });
});
