import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { gatherChunks } from './gather-chunks.ts';

const kilobyte = 1024;

async function gather(chunks: Iterable<Uint8Array>, mostBytes: number, release?: boolean): Promise<Buffer[]> {
  const found: Buffer[] = [];
  for await (const chunk of gatherChunks(Readable.from(chunks), mostBytes, { release: release ?? false }))
    found.push(Buffer.from(chunk));
  return found;
}

describe('gatherChunks', () => {
  it('gives the same bytes in chunks of 256 kB, whatever the sizes of those that come', async () => {
    for (const size of [1000, 64 * kilobyte, 256 * kilobyte, 700 * kilobyte]) {
      const chunks = Array.from({ length: Math.ceil((900 * kilobyte) / size) }, () => randomBytes(size));
      const all = Buffer.concat(chunks);
      const found = await gather(chunks, 1e9);
      expect(Buffer.concat(found).equals(all)).toBe(true);
      expect(found.slice(0, -1).every(({ length }) => length === 256 * kilobyte)).toBe(true);
    }
  });

  it('holds no more than is expected, and gives what passes it apart', async () => {
    expect((await gather([Buffer.from('ab'), Buffer.from('cde'), Buffer.from('f')], 5)).map(String)).toEqual([
      'abcde',
      'f',
    ]);
    expect((await gather([Buffer.from('ab')], 0)).map(String)).toEqual(['a', 'b']);
    expect(await gather([], 0)).toEqual([]);
  });

  it('gives back the memory of what came where it may, but what is shared with others', async () => {
    for (const release of [false, true]) {
      const own = Buffer.allocUnsafeSlow(64 * kilobyte).fill(1);
      const shared = Buffer.allocUnsafeSlow(64 * kilobyte).fill(2);
      const found = await gather([own, shared.subarray(0, 1000)], 1e9, release);
      expect(Buffer.concat(found)).toHaveLength(64 * kilobyte + 1000);
      expect([own.length, shared.length]).toEqual([release ? 0 : 64 * kilobyte, 64 * kilobyte]);
    }
  });

  it('lets go of the stream where the caller goes away', async () => {
    const source = Readable.from([randomBytes(10), randomBytes(10)]);
    for await (const chunk of gatherChunks(source, 10)) {
      expect(chunk).toHaveLength(10);
      break;
    }
    expect(source.destroyed).toBe(true);
  });
});
