import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeAhead } from './decode-ahead.ts';

const never = new AbortController().signal;

describe('decodeAhead', () => {
  it('gives every picture in order, whichever is decoded first, the broken ones with their error', async () => {
    const indices = fc.array(fc.nat({ max: 100 }), { maxLength: 30 }).map((list) => Int32Array.from(list));
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), indices, fc.integer({ min: 1, max: 7 }), async (scheduler, list, batchSize) => {
        const decode = scheduler.scheduleFunction(async (index: number) => {
          if (index % 3 === 0) throw new Error(`broken ${index}`);
          return index * 2;
        });
        const read = async () => {
          const batches = [];
          for await (const batch of decodeAhead(list, batchSize, decode, never)) batches.push(batch);
          return batches;
        };
        const batches = await scheduler.waitFor(read());
        expect(batches.map((batch) => batch.length)).toEqual(
          Array.from({ length: Math.ceil(list.length / batchSize) }, (_, at) =>
            Math.min(batchSize, list.length - at * batchSize),
          ),
        );
        expect(batches.flat()).toEqual(
          Array.from(list, (index) =>
            index % 3 === 0 ? { index, error: new Error(`broken ${index}`) } : { index, value: index * 2 },
          ),
        );
      }),
      { numRuns: 50 },
    );
  });

  it('is one batch ahead of its reader and no more', async () => {
    const started: number[] = [];
    const decode = async (index: number) => started.push(index);
    const batches = decodeAhead(
      Int32Array.from({ length: 12 }, (_, index) => index),
      3,
      decode,
      never,
    );
    expect(started).toHaveLength(0);
    for (const ahead of [6, 9, 12, 12]) {
      await batches.next();
      expect(started).toHaveLength(ahead);
    }
    expect(await batches.next()).toMatchObject({ done: true });
  });

  it('does not wait for a slow picture when it is cancelled', async () => {
    const controller = new AbortController();
    const stuck = () => new Promise<never>(() => {});
    const next = decodeAhead(Int32Array.of(1), 1, stuck, controller.signal).next();
    controller.abort(new Error('some reason'));
    await expect(next).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('gives nothing more once it is cancelled, and decodes nothing more', async () => {
    const controller = new AbortController();
    const started: number[] = [];
    const decode = async (index: number) => started.push(index);
    const batches = decodeAhead(Int32Array.of(0, 1, 2, 3, 4, 5), 2, decode, controller.signal);
    await batches.next();
    controller.abort();
    await expect(batches.next()).rejects.toMatchObject({ name: 'AbortError' });
    expect(await batches.next()).toMatchObject({ done: true });
    expect(started).toEqual([0, 1, 2, 3]);
  });
});
