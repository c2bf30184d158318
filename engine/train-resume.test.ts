import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { drain } from '#test/picture-source.ts';
import { keyedSource, tinyTraining } from '#test/tiny-training.ts';
import { blockSize } from './autodiff/block-size.ts';
import { readCheckpoint, writeCheckpoint } from './checkpoint/checkpoint-format.ts';
import { fileCheckpointStore, type CheckpointStore } from './checkpoint/checkpoint-store.ts';
import type { TrainingPosition } from './checkpoint/training-checkpoint.ts';
import type { EngineEvent } from './engine-event.ts';
import { random } from './random/random.ts';
import { tinyBaseModel } from './testing/tiny-base-model.ts';
import { trainClassifier, type TrainOptions, type TrainingResult } from './train.ts';

let directory: string;
/** All that one uninterrupted training saved, in this order, and what it left. */
const saved: Buffer[] = [];
let model: Uint8Array;
let checkpoint: Buffer | undefined;
/** Keeps the latest in memory. */
const store: CheckpointStore = {
  save: async (bytes) => void (checkpoint = bytes),
  load: async () => checkpoint,
};

const train = async (changes: Partial<TrainOptions> = {}) =>
  trainClassifier(await tinyTraining({ preference: 'ACCURACY_FIRST', checkpoints: store, ...changes }));
const factsOf = (bytes: Buffer) => readCheckpoint<TrainingPosition>(bytes)!.facts;
const stagesOf = (events: readonly EngineEvent[]) => [
  ...new Set(events.flatMap((event) => (event.type === 'epoch' ? [event.stage] : []))),
];
const same = (other: Uint8Array) => Buffer.compare(model, other) === 0;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'exemplar-resume-'));
  const save = async (bytes: Buffer) => void saved.push(bytes);
  const { result } = await drain(await train({ checkpoints: { save, load: async () => undefined } }));
  ({ model } = result);
});
afterAll(() => rm(directory, { recursive: true }));
beforeEach(() => {
  checkpoint = undefined;
});

describe('a training that goes on from a checkpoint', () => {
  it('has one at the start of each stage, at each better result and at the end', () => {
    const positions = saved.map((bytes) => factsOf(bytes));
    const starts = positions.filter(({ progress }) => progress === null);
    expect(starts.map(({ stage }) => stage)).toEqual([0, 1, 2]);
    for (const stage of [0, 1]) {
      const between = positions.filter((position) => position.stage === stage && position.progress !== null);
      // How many depends on how the validation figures move.
      expect(between.length).toBeGreaterThan(0);
    }
  });

  it('ends with the same file, and repeats no stage that was finished', async () => {
    for (const at of [Math.floor(saved.length / 2), saved.length - 2, saved.length - 1]) {
      checkpoint = saved[at]!;
      const { stage } = factsOf(checkpoint);
      // With as many threads as it began with, whatever is said now.
      const { events, result } = await drain(await train({ threads: 2 }));
      expect(same(result.model)).toBe(true);
      const left = ['SUFFIX', 'FULL'].slice(stage);
      for (const name of stagesOf(events)) expect(left).toContain(name);
      expect(events).toContainEqual(
        expect.objectContaining({ message: expect.stringContaining('Going on from a checkpoint') as string }),
      );
    }
  });

  it('ends with the same file however often it is dropped, whatever it was doing', async () => {
    const draw = random(4);
    const stagesAtDrop = new Set<number>();
    for (;;) {
      const saves: Buffer[] = [];
      const save = async (bytes: Buffer) => void saves.push((checkpoint = bytes));
      const training = await train({ checkpoints: { save, load: () => store.load() } });
      const enough = 1 + draw.integer(3);
      let eventsToGo = draw.integer(12);
      let next = await training.next();
      while (!next.done && (saves.length < enough || eventsToGo-- > 0)) next = await training.next();
      if (next.done) {
        expect(same(next.value.model)).toBe(true);
        break;
      }
      await training.return(undefined as never);
      stagesAtDrop.add(factsOf(checkpoint!).stage);
    }
    for (const stage of [0, 1]) expect(stagesAtDrop).toContain(stage);
  });

  it('saves its position when it is suspended, so that no epoch is lost, and ends with the same file', async () => {
    const draw = random(6);
    const epochs: number[] = [];
    let savedBySuspending = 0;
    for (;;) {
      const suspend = new AbortController();
      const training = await train({ suspendSignal: suspend.signal });
      const told: EngineEvent[] = [];
      let eventsToGo = 8 + draw.integer(30);
      let next = await training.next();
      let end: unknown;
      while (!next.done) {
        told.push(next.value);
        if (next.value.type === 'epoch' && next.value.stage !== 'HEAD') epochs.push(next.value.epoch);
        if (next.value.type === 'checkpoint' && suspend.signal.aborted) savedBySuspending += 1;
        // Before there is a position all of it would be done again.
        if (checkpoint && eventsToGo-- === 0) suspend.abort();
        try {
          next = await training.next();
        } catch (error) {
          end = error;
          break;
        }
      }
      if (!end) {
        expect(same((next.value as TrainingResult).model)).toBe(true);
        break;
      }
      expect(end).toMatchObject({ name: 'AbortError' });
    }
    expect(savedBySuspending).toBeGreaterThan(0);
    expect(epochs).toEqual(epochs.map((_, index) => epochs[0]! + index));
  });

  it('tells of each checkpoint: what was learning, in which epoch, and how large it is', async () => {
    const sizes: number[] = [];
    const save = async (bytes: Buffer) => void sizes.push(bytes.length);
    const { events, result } = await drain(await train({ checkpoints: { save, load: async () => undefined } }));
    const told = events.filter((event) => event.type === 'checkpoint');
    expect(told.map(({ byteSize }) => byteSize)).toEqual(sizes);
    expect([...new Set(told.map(({ stage }) => stage))]).toEqual(['SUFFIX', 'FULL']);
    told.forEach(({ epoch }, index) => expect(epoch).toBeGreaterThanOrEqual(told[index - 1]?.epoch ?? 1));
    expect(told.at(-1)!.epoch).toBe(result.epochs);
    for (const event of events)
      if (event.type === 'progress') expect(event.epoch === null).toBe(event.phase !== 'TRAINING');
  });

  it('goes on where the disk is full, and says so once until there is room again', async () => {
    let isFull = true;
    const sizes: number[] = [];
    const save = async (bytes: Buffer) => {
      if (isFull) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
      sizes.push(bytes.length);
    };
    const training = await train({ checkpoints: { save, load: async () => undefined } });
    const events: EngineEvent[] = [];
    let next = await training.next();
    while (!next.done) {
      events.push(next.value);
      if (next.value.type === 'epoch' && next.value.stage === 'FULL') isFull = false;
      next = await training.next();
    }
    const warnings = events.filter((event) => event.type === 'log' && /disk is full/.test(event.message));
    expect(warnings).toHaveLength(1);
    expect(sizes.length).toBeGreaterThan(0);
    expect(same(next.value.model)).toBe(true);
    const broken = async () => {
      throw new Error('broken');
    };
    await expect(drain(await train({ checkpoints: { save: broken, load: async () => undefined } }))).rejects.toThrow(
      'broken',
    );
  });

  it('ends with the same file when its process is killed', async () => {
    const draw = random(5);
    const files = fileCheckpointStore(join(directory, 'checkpoint'));
    // How convolutions are computed each process decides for itself; at the start of a stage it is decided.
    for (const stage of [0, 1]) {
      await files.save(saved.find((bytes) => factsOf(bytes).stage === stage)!);
      for (const kill of [true, true, false]) {
        const child = spawn(process.execPath, [join(import.meta.dirname, '../test/train-tiny.ts'), directory], {
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        const exit = once(child, 'exit') as Promise<[code: number | null, signal: string | null]>;
        const lines = createInterface({ input: child.stdout });
        // Some steps after a better result, of which each stage has more than two.
        if (kill) lines.once('line', () => setTimeout(() => child.kill('SIGKILL'), draw.integer(60)));
        expect(await exit).toEqual(kill ? [null, 'SIGKILL'] : [0, null]);
      }
      expect(same(await readFile(join(directory, 'model.onnx')))).toBe(true);
    }
  });

  it('computes convolutions as the checkpoint says, not as the process would choose', async () => {
    const { facts, arrays } = readCheckpoint<TrainingPosition>(saved[0]!)!;
    const lowering = facts.lowering === 'blocked' ? 'portable' : 'blocked';
    checkpoint = writeCheckpoint({ facts: { ...facts, lowering }, arrays });
    const other = (await drain(await train())).result.model;
    // Without a blocked layout there is one way only.
    expect(same(other)).toBe((await blockSize()) === 0);
  });
});

describe('a checkpoint is no reason to go on', () => {
  const foreign: [string, () => Promise<Partial<TrainOptions>> | Partial<TrainOptions>][] = [
    ['of another seed', () => ({ seed: 2 })],
    ['of another preference', () => ({ preference: 'BALANCE' })],
    ['of another base model', () => ({ baseModel: tinyBaseModel(2) })],
    ['of other pictures', async () => ({ train: await keyedSource(4, 50) })],
    [
      'of other labels',
      async () => {
        const source = await keyedSource(4);
        return { train: { ...source, labels: source.labels.with(0, 1) } };
      },
    ],
    ['of other classes', () => ({ classes: ['cat', 'dog', 'fox'].map((name) => ({ id: `id-${name}`, name })) })],
  ];
  /** Whether the training begins with its head. */
  async function startsAfresh(changes: Partial<TrainOptions> = {}): Promise<boolean> {
    const training = await train({ ...changes, checkpoints: { load: () => store.load(), save: async () => {} } });
    for await (const event of training) {
      if (event.type === 'epoch') return event.stage === 'HEAD';
      if (event.type === 'log' && event.message.startsWith('Going on')) return false;
    }
    throw new Error('it ended without an epoch');
  }

  it.each(foreign)('%s', async (_, changes) => {
    checkpoint = saved[1]!;
    expect(await startsAfresh(await changes())).toBe(true);
  });

  it('that was torn, damaged or written by an engine that trains in another way', async () => {
    const bytes = saved[1]!;
    checkpoint = bytes;
    expect(await startsAfresh()).toBe(false);
    checkpoint = bytes.subarray(0, bytes.length - 1);
    expect(await startsAfresh()).toBe(true);
    checkpoint = Buffer.from(bytes).fill(7, 5000, 5001);
    expect(await startsAfresh()).toBe(true);
    const { facts, arrays } = readCheckpoint<Record<string, unknown>>(bytes)!;
    checkpoint = writeCheckpoint({ facts: { ...facts, fingerprint: 'of another recipe' }, arrays });
    expect(await startsAfresh()).toBe(true);
  });
});
