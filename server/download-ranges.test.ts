import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exposedGarbageCollector } from '#core/platform/objects/object-store.contract.ts';
import { signGrant } from '#core/platform/signed-url.ts';
import { World } from '#test/world.ts';
import { readByteRange } from './byte-range.ts';

const run = promisify(execFile);
const megabyte = 1024 * 1024;
const chunk = Buffer.alloc(megabyte);

describe('a download', () => {
  let world: World;
  let folder: string;
  const key = 'projects/p/transfers/1/export.zip';
  const bytes = randomBytes(300_000);
  beforeAll(async () => {
    world = await World.open();
    folder = await mkdtemp(join(tmpdir(), 'exemplar-ranges-'));
    await world.platform.objects.put(key, bytes);
    await world.platform.objects.put('projects/p/empty', Buffer.alloc(0));
  });
  afterAll(async () => {
    await world.close();
    await rm(folder, { recursive: true, force: true });
  });

  const addressOf = (subject: string) => {
    const expires = Math.floor(Date.now() / 1000) + 600;
    return `${world.url}/objects/${subject}?${signGrant(world.platform.signingSecret, { verb: 'GET', subject, expires })}`;
  };
  const ask = async (headers: Record<string, string>, subject = key, method = 'GET') => {
    const response = await fetch(addressOf(subject), { headers, method });
    return { status: response.status, headers: response.headers, body: Buffer.from(await response.arrayBuffer()) };
  };

  test.each([
    ['bytes=0-0', 0, 0],
    ['bytes=100-199', 100, 199],
    ['bytes=299999-', 299_999, 299_999],
    ['bytes=1000-999999999', 1000, 299_999],
    ['bytes=-500', 299_500, 299_999],
    ['bytes=-999999999', 0, 299_999],
  ])('gives %s as 206', async (range, start, end) => {
    const { status, headers, body } = await ask({ range });
    expect(status).toBe(206);
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-range': `bytes ${start}-${end}/300000`,
      'content-length': String(end - start + 1),
      'content-type': 'application/zip',
      'content-disposition': 'attachment; filename="export.zip"',
      'accept-ranges': 'bytes',
    });
    expect(Buffer.compare(body, bytes.subarray(start, end + 1))).toBe(0);
  });

  test.each(['bytes=0-1,5-6', 'items=0-1', 'bytes=', 'bytes=-', 'bytes=5-4', 'bytes=a-b', 'bytes=1-2-3'])(
    'gives the whole for %s',
    async (range) => {
      const { status, headers, body } = await ask({ range });
      expect([status, headers.get('content-range')]).toEqual([200, null]);
      expect(Buffer.compare(body, bytes)).toBe(0);
    },
  );

  test.each([
    [key, 'bytes=300000-', 300_000],
    [key, 'bytes=300000-300001', 300_000],
    [key, 'bytes=-0', 300_000],
    ['projects/p/empty', 'bytes=0-', 0],
    ['projects/p/empty', 'bytes=-5', 0],
  ])('of %s answers %s with 416 and says how long it is', async (subject, range, size) => {
    const { status, headers, body } = await ask({ range }, subject);
    expect([status, headers.get('content-range')]).toEqual([416, `bytes */${size}`]);
    expect(JSON.parse(body.toString())).toEqual({ code: 'RANGE_NOT_SATISFIABLE', message: `There are ${size} bytes.` });
  });

  test('goes on only where the bytes are those that the client has', async () => {
    const whole = await ask({});
    const etag = whole.headers.get('etag')!;
    expect(etag).toMatch(/^"[\w-]{22}"$/);
    expect((await ask({ range: 'bytes=5-', 'if-range': etag })).status).toBe(206);
    for (const other of ['"other"', `W/${etag}`, 'Wed, 21 Oct 2015 07:28:00 GMT']) {
      const anew = await ask({ range: 'bytes=5-', 'if-range': other });
      expect([anew.status, anew.body.length], other).toEqual([200, bytes.length]);
    }
    await world.platform.objects.put('projects/p/other', bytes);
    expect((await ask({}, 'projects/p/other')).headers.get('etag')).not.toBe(etag);
  });

  test('is not sent again to who has it', async () => {
    const etag = (await ask({}, key, 'HEAD')).headers.get('etag')!;
    for (const known of [etag, `W/${etag}`, `"a", ${etag}`, '*']) {
      const answer = await ask({ 'if-none-match': known });
      expect([answer.status, answer.body.length], known).toEqual([304, 0]);
    }
    expect((await ask({ 'if-none-match': '"a"' })).status).toBe(200);
  });

  test('by HEAD knows no ranges, and of what is gone gives none', async () => {
    const head = await ask({ range: 'bytes=0-1' }, key, 'HEAD');
    expect([head.status, head.headers.get('content-length'), head.body.length]).toEqual([200, '300000', 0]);
    for (const method of ['GET', 'HEAD'])
      expect((await ask({ range: 'bytes=0-1' }, 'projects/p/absent', method)).status).toBe(404);
  });

  test('that broke off is taken up by curl -C -', async () => {
    const path = join(folder, 'export.zip');
    await writeFile(path, bytes.subarray(0, 123_456));
    const { stdout } = await run('curl', [
      '-sSf',
      '--continue-at',
      '-',
      '--output',
      path,
      '--write-out',
      '%{http_code} %{size_download}',
      addressOf(key),
    ]);
    expect(stdout).toBe(`206 ${bytes.length - 123_456}`);
    expect(Buffer.compare(await readFile(path), bytes)).toBe(0);
  });

  test('waits for a reader who has stopped, in bounded memory', async () => {
    const collect = exposedGarbageCollector();
    const held = () => {
      collect();
      return process.memoryUsage().arrayBuffers;
    };
    const before = held();
    const large = 'projects/p/large';
    const chunks = Readable.from(Array.from({ length: 96 }, () => chunk));
    await world.platform.objects.putStream(large, chunks, 96 * megabyte);
    const request = get(addressOf(large), { headers: { range: 'bytes=1-' } });
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    expect(response.statusCode).toBe(206);
    await once(response, 'readable');
    // While another reads all of it, a server that does not wait would have sent all to the first as well.
    let others = 0;
    const other = await fetch(addressOf(large));
    for await (const part of other.body!) others += part.byteLength;
    expect(others).toBe(96 * megabyte);
    await expect.poll(held, { timeout: 5000 }).toBeLessThan(before + 16 * megabyte);
    let rest = 0;
    for await (const part of response as AsyncIterable<Buffer>) rest += part.length;
    expect(rest).toBe(96 * megabyte - 1);
  });
});

test('what is no single range of bytes is none', () => {
  expect(readByteRange(undefined, 10)).toBeUndefined();
  expect(readByteRange('BYTES=1-2', 10)).toEqual({ start: 1, end: 2 });
  expect(readByteRange('bytes= 1-2 ', 10)).toEqual({ start: 1, end: 2 });
  expect(readByteRange('bytes=99999999999999999999-', 10)).toBe('UNSATISFIABLE');
  expect(readByteRange('bytes=0-99999999999999999999', 10)).toEqual({ start: 0, end: 9 });
});
