import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ObjectMissingError, ObjectTooLargeError, type ObjectStore } from './object-store.ts';

/** A store of one kind, opened for the tests below. */
export interface StoreUnderTest {
  readonly store: ObjectStore;
  /** Everything that takes up room, half-written objects included. */
  contents(): Promise<readonly string[]>;
  empty(): Promise<void>;
  close(): Promise<void>;
}

const notKeys = [
  '',
  '/',
  '.',
  '..',
  '/etc/passwd',
  '../outside',
  'a/../../outside',
  'a/..',
  'a/.',
  './a',
  'a//b',
  'a/',
  '.hidden',
  'a/.hidden',
  'a/.1.part',
  'a\\b',
  'a\0b',
  'a\n',
  'a b',
  'ä',
];

/** What every object store must do; registers the tests for one of them. */
export function objectStoreContract(kind: string, open: () => Promise<StoreUnderTest>): void {
  describe(`${kind} as an object store`, () => {
    let opened: StoreUnderTest;
    let store: ObjectStore;
    beforeAll(async () => {
      opened = await open();
      ({ store } = opened);
    });
    beforeEach(() => opened.empty());
    afterAll(() => opened.close());

    const textOf = async (key: string) => (await store.get(key)).toString();
    const put = (key: string, text: string) => store.put(key, Buffer.from(text));

    it('gives back any bytes under any key, all at once and as a stream', async () => {
      const segment = fc.stringMatching(/^[A-Za-z0-9_-]{1,12}$/);
      const key = fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => segments.join('/'));
      await fc.assert(
        fc.asyncProperty(key, fc.uint8Array({ maxLength: 2000 }), async (key, bytes) => {
          await opened.empty();
          await store.put(key, bytes);
          expect(Buffer.compare(await store.get(key), bytes)).toBe(0);
          expect(await store.size(key)).toBe(bytes.length);
          const { stream, bytes: length } = await store.open(key);
          expect(length).toBe(bytes.length);
          expect(Buffer.compare(await buffer(stream), bytes)).toBe(0);
        }),
        { numRuns: 30 },
      );
    });

    it('stores several at once, of one folder and of many, and replaces what was there', async () => {
      await put('a/b/1', 'before');
      const objects = Array.from({ length: 40 }, (_, number) => ({
        key: `a/${number % 3 ? 'b' : `c${number}/d`}/${number}`,
        bytes: Buffer.from(`object ${number}`),
      }));
      await store.putMany(objects);
      for (const { key, bytes } of objects) expect(await store.get(key)).toEqual(bytes);
      expect(await opened.contents()).toHaveLength(40);
      await store.putMany([]);
    });

    it('takes dots inside the names of a key', async () => {
      await put('models/1-2/model.onnx', 'model');
      expect(await textOf('models/1-2/model.onnx')).toBe('model');
    });

    it('replaces what was there, by something shorter too', async () => {
      await put('a/b', 'a long first text');
      await store.putStream('a/b', Readable.from([Buffer.from('short')]), 5);
      expect(await textOf('a/b')).toBe('short');
      expect(await opened.contents()).toHaveLength(1);
    });

    it('puts many as it puts one', async () => {
      await put('a/1', 'a long first text');
      const objects = Array.from({ length: 40 }, (_, index) => ({
        key: `a/${index}`,
        bytes: Buffer.from(`x${index}`),
      }));
      await store.putMany(objects);
      for (const { key, bytes } of objects) expect(await textOf(key)).toBe(bytes.toString());
      await store.putMany([]);
      expect(await opened.contents()).toHaveLength(40);
    });

    it('leaves nothing half-written of many where one cannot be put', async () => {
      const objects = ['a/1', 'a/../2', 'a/3'].map((key) => ({ key, bytes: Buffer.from('x') }));
      await expect(store.putMany(objects)).rejects.toThrow('Not an object key');
      for (const key of await opened.contents()) expect(key).toMatch(/a\/[13]$/);
    });

    it('says what is missing', async () => {
      await put('a/b', 'x');
      for (const key of ['absent', 'a/absent', 'absent/b', 'a', 'a/b/c']) {
        const error = await store.get(key).catch((reason: unknown) => reason);
        expect(error, key).toBeInstanceOf(ObjectMissingError);
        expect((error as ObjectMissingError).key).toBe(key);
        await expect(store.open(key), key).rejects.toThrow(ObjectMissingError);
        expect(await store.size(key), key).toBeUndefined();
      }
    });

    it('deletes one object, and nothing where there is none', async () => {
      await put('a/b', 'x');
      await put('a/c', 'y');
      for (const key of ['absent', 'a', 'a/b/c', 'a/b', 'a/b']) await store.delete(key);
      expect(await store.size('a/b')).toBeUndefined();
      expect(await textOf('a/c')).toBe('y');
    });

    it('deletes everything that starts with a prefix, and nothing else', async () => {
      for (const key of ['p/1/a', 'p/1/b/c', 'p/10/a', 'p/2', 'q/1/a']) await put(key, key);
      await store.deleteAll('p/1/');
      await store.deleteAll('p/1/');
      await store.deleteAll('absent/');
      await store.deleteAll('p/2/');
      for (const key of ['p/1/a', 'p/1/b/c']) expect(await store.size(key), key).toBeUndefined();
      for (const key of ['p/10/a', 'p/2', 'q/1/a']) expect(await textOf(key)).toBe(key);
    });

    it('deletes more than S3 lists or deletes at a time', async () => {
      const keys = Array.from({ length: 1100 }, (_, number) => `many/${number % 7}/${String(number).padStart(5, '0')}`);
      await store.putMany([...keys, 'many-more'].map((key) => ({ key, bytes: Buffer.from('x') })));
      await store.deleteAll('many/');
      for (const key of keys) expect(await store.size(key), key).toBeUndefined();
      expect(await textOf('many-more')).toBe('x');
    });

    it('gives ranges of an object, and none that reach beyond its end', async () => {
      const bytes = randomBytes(300_000);
      await store.put('a/b', bytes);
      const ranges = fc.tuple(fc.nat(bytes.length - 1), fc.nat(bytes.length - 1)).map(([a, b]) => ({
        start: Math.min(a, b),
        end: Math.max(a, b),
      }));
      await fc.assert(
        fc.asyncProperty(ranges, async (range) => {
          const { stream, bytes: length } = await store.open('a/b', range);
          expect(length).toBe(range.end - range.start + 1);
          expect(Buffer.compare(await buffer(stream), bytes.subarray(range.start, range.end + 1))).toBe(0);
        }),
        {
          numRuns: 30,
          examples: [[{ start: 0, end: 0 }], [{ start: 0, end: 299_999 }], [{ start: 299_999, end: 299_999 }]],
        },
      );
      for (const range of [
        { start: 0, end: 300_000 },
        { start: 300_000, end: 300_000 },
      ])
        await expect(store.open('a/b', range)).rejects.toThrow(RangeError);
      await expect(store.open('a/absent', { start: 0, end: 0 })).rejects.toThrow(ObjectMissingError);
    });

    it('refuses a prefix that does not end with a slash or is none', async () => {
      await put('p/a', 'x');
      for (const prefix of ['', '/', 'p', '../', './', 'p/../', 'p//', '/p/']) {
        await expect(store.deleteAll(prefix), prefix).rejects.toThrow('Not a');
      }
      expect(await textOf('p/a')).toBe('x');
    });

    it.each(notKeys)('refuses the key %j', async (key) => {
      const refusals = [
        () => put(key, 'x'),
        () => store.putMany([{ key, bytes: Buffer.from('x') }]),
        async () => store.localPath(key),
        () => store.putStream(key, Readable.from([Buffer.from('x')]), 10),
        () => store.get(key),
        () => store.open(key),
        () => store.open(key, { start: 0, end: 0 }),
        () => store.size(key),
        () => store.delete(key),
      ];
      for (const refusal of refusals) await expect(refusal()).rejects.toThrow('Not an object key');
      expect(await opened.contents()).toEqual([]);
    });

    it('takes a stream up to its bound', async () => {
      expect(await store.putStream('empty', Readable.from([]), 0)).toBe(0);
      expect(await store.size('empty')).toBe(0);
      const chunks = ['ab', 'cde'].map((text) => Buffer.from(text));
      expect(await store.putStream('full', Readable.from(chunks), 5)).toBe(5);
      expect(await textOf('full')).toBe('abcde');
    });

    it('leaves the chunks of a stream as they are, unless they are its own', async () => {
      const chunk = Buffer.allocUnsafeSlow(100_000).fill('x');
      const source = () => Readable.from([chunk, chunk, chunk]);
      expect(await store.putStream('a', source(), 1e6)).toBe(300_000);
      expect(await textOf('a')).toBe('x'.repeat(300_000));
      expect(await store.putStream('b', Readable.from([chunk]), 1e6, { release: true })).toBe(100_000);
      expect(await textOf('b')).toBe('x'.repeat(100_000));
      expect(chunk).toHaveLength(0);
    });

    it('stores nothing of a stream past its bound, keeps what was there and lets go of the stream', async () => {
      await put('a', 'before');
      for (const key of ['a', 'b']) {
        const source = Readable.from(['ab', 'cde', 'f'].map((text) => Buffer.from(text)));
        const error = await store.putStream(key, source, 4).catch((reason: unknown) => reason);
        expect(error).toBeInstanceOf(ObjectTooLargeError);
        expect((error as ObjectTooLargeError).maximumBytes).toBe(4);
        expect(source.destroyed).toBe(true);
      }
      expect(await textOf('a')).toBe('before');
      expect(await store.size('b')).toBeUndefined();
      expect(await opened.contents()).toHaveLength(1);
    });

    it('stores nothing of a stream that fails half-way or breaks off, and keeps what was there', async () => {
      await put('a', 'before');
      const failure = new Error('connection lost');
      const failing = Readable.from(
        (function* () {
          yield Buffer.from('half');
          throw failure;
        })(),
      );
      await expect(store.putStream('a', failing, 100)).rejects.toBe(failure);
      const broken = new Readable({ read: () => {} });
      broken.push(Buffer.from('half'));
      const storing = store.putStream('b', broken, 100);
      broken.destroy();
      await expect(storing).rejects.toThrow('Premature close');
      expect(await textOf('a')).toBe('before');
      expect(await opened.contents()).toHaveLength(1);
    });

    it('keeps one of several simultaneous puts of a key, whole', async () => {
      const texts = Array.from({ length: 8 }, (_, index) => String(index).repeat(50_000 + index * 10_000));
      await Promise.all(texts.map((text) => put('a/b', text)));
      expect(texts).toContain(await textOf('a/b'));
      expect(await opened.contents()).toHaveLength(1);
    });

    it('shows a reader the whole of one object while it is being replaced', async () => {
      await put('a/b', '');
      const write = async (offset: number) => {
        for (let length = 1; length <= 100; length++) await put('a/b', 'x'.repeat(length + offset));
      };
      const read = async () => {
        for (let time = 0; time < 200; time++) {
          const { stream, bytes } = await store.open('a/b');
          expect((await buffer(stream)).length).toBe(bytes);
        }
      };
      await Promise.all([write(0), write(50), write(100), read()]);
    });

    it('streams a big object in and out without holding it in memory', async () => {
      const collect = exposedGarbageCollector();
      const chunk = 1024 * 1024;
      const chunks = 96;
      let most = 0;
      const measure = (index: number) => {
        if (index % 8 !== 0) return;
        collect();
        most = Math.max(most, process.memoryUsage().arrayBuffers);
      };
      collect();
      const before = process.memoryUsage().arrayBuffers;
      const source = Readable.from(
        (function* () {
          for (let index = 0; index < chunks; index++) {
            measure(index);
            yield randomBytes(chunk);
          }
        })(),
        { highWaterMark: 1 },
      );
      expect(await store.putStream('big', source, chunks * chunk)).toBe(chunks * chunk);
      const { stream, bytes } = await store.open('big');
      let received = 0;
      for await (const part of stream as AsyncIterable<Buffer>) {
        if (Math.floor((received + part.length) / chunk) > Math.floor(received / chunk))
          measure(Math.floor(received / chunk));
        received += part.length;
      }
      expect([received, bytes]).toEqual([chunks * chunk, chunks * chunk]);
      expect(most - before).toBeLessThan(24 * chunk);
    });
  });
}

/** Only what is still held counts, not what waits to be collected. */
export function exposedGarbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
