import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { World } from '#test/world.ts';
import type { ArchiveEntry } from '../archives/archive.ts';
import { entryBytes } from '../archives/entry-bytes.ts';
import { importBatches } from './import-batches.ts';
import type { ImportUnit } from './import-units.ts';

describe('batches of an import', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.open();
  });
  afterAll(() => world.close());

  const unitOf = (
    index: number,
    chunks: () => AsyncGenerator<Uint8Array, void, undefined>,
    lasts: boolean,
  ): ImportUnit => {
    const path = `${index}.jpg`;
    const entry: ArchiveEntry = {
      index,
      progress: 0,
      path,
      size: 3,
      differsOnlyByCase: false,
      ...(lasts && { isLasting: true }),
      ...entryBytes(path, 3, chunks),
    };
    return { kind: 'PICTURE', entry, planned: undefined };
  };
  const bytesOf = async function* () {
    yield Buffer.from('abc');
  };

  test('read files beside each other where they last, and keep their order', async () => {
    let under = 0;
    let most = 0;
    const release = Promise.withResolvers<void>();
    const units = async function* () {
      for (let index = 0; index < 40; index++)
        yield unitOf(
          index,
          async function* () {
            most = Math.max(most, ++under);
            // A reader that takes one after the other never gets here a second time.
            if (under === 16) release.resolve();
            await release.promise;
            yield* bytesOf();
            under--;
          },
          true,
        );
    };
    const batches = [];
    for await (const batch of importBatches(world.platform, units(), 3)) batches.push(batch);
    expect(batches.flat().map((unit) => unit.kind === 'PICTURE' && unit.path)).toEqual(
      Array.from({ length: 37 }, (_, index) => `${index + 3}.jpg`),
    );
    expect(most).toBe(16);
  });

  test('read files before the next is asked for where they do not last', async () => {
    const read: number[] = [];
    const units = async function* () {
      for (let index = 0; index < 5; index++) {
        yield unitOf(
          index,
          async function* () {
            yield* bytesOf();
            read.push(index);
          },
          false,
        );
        expect(read.at(-1)).toBe(index);
      }
    };
    for await (const batch of importBatches(world.platform, units(), 0)) expect(batch).toHaveLength(5);
    expect(read).toEqual([0, 1, 2, 3, 4]);
  });

  test('fail with the file that cannot be read, whatever comes after it', async () => {
    const failure = new Error('the store is away');
    const units = async function* () {
      for (let index = 0; index < 100; index++)
        yield unitOf(
          index,
          async function* () {
            yield* bytesOf();
            if (index === 20) throw failure;
          },
          true,
        );
    };
    const reading = (async () => {
      for await (const batch of importBatches(world.platform, units(), 0)) expect(batch.length).toBeLessThanOrEqual(48);
    })();
    await expect(reading).rejects.toBe(failure);
  });
});
