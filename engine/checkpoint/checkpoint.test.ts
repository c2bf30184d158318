import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCheckpoint, writeCheckpoint } from './checkpoint-format.ts';
import { fileCheckpointStore } from './checkpoint-store.ts';

const checkpoint = {
  facts: { step: 3, losses: [0.5, null], name: 'Ünï' },
  arrays: { w: Float32Array.of(1, -0, 3e-41) },
};

describe('a checkpoint', () => {
  test('comes back to the bit', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string({ minLength: 1 }).filter((name) => name !== '__proto__'),
          fc.float32Array(),
        ),
        fc.jsonValue(),
        (arrays, facts) => {
          const read = readCheckpoint(writeCheckpoint({ facts, arrays }))!;
          expect(read.facts).toEqual(JSON.parse(JSON.stringify(facts)));
          expect(Object.keys(read.arrays)).toEqual(Object.keys(arrays));
          for (const [name, values] of Object.entries(arrays))
            expect(Buffer.from(read.arrays[name]!.buffer)).toEqual(Buffer.from(values.slice().buffer));
        },
      ),
    );
  });

  test('that was cut off or changed anywhere is none', () => {
    const bytes = writeCheckpoint(checkpoint);
    for (let length = 0; length < bytes.length; length++)
      expect(readCheckpoint(bytes.subarray(0, length))).toBeUndefined();
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 1;
      expect(readCheckpoint(changed)).toBeUndefined();
    }
    expect(readCheckpoint(Buffer.concat([bytes, Buffer.of(0)]))).toBeUndefined();
  });
});

describe('a checkpoint file', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'exemplar-checkpoint-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('is missing, then the last one saved; what a crash left half-written does not matter', async () => {
    const path = join(folder, 'checkpoint');
    const store = fileCheckpointStore(path);
    expect(await store.load()).toBeUndefined();
    await store.save(writeCheckpoint(checkpoint));
    await writeFile(`${path}.part`, 'half of the next');
    expect(readCheckpoint((await store.load())!)).toEqual(checkpoint);
    await store.save(writeCheckpoint({ ...checkpoint, facts: 'later' }));
    expect(readCheckpoint((await store.load())!)?.facts).toBe('later');
    expect(await readdir(folder)).toEqual(['checkpoint']);
  });
});
