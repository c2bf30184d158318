import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ModelProto } from '#engine/onnx/onnx-messages.ts';
import { writeModel } from '#engine/onnx/write-model.ts';

/** Another library training the same network on one thread, in a process of its own. */
export interface Peer {
  /** With the version: "PyTorch 2.15". */
  readonly name: string;
  /** Processor seconds of one training step. */
  step(): Promise<number>;
  close(): Promise<void>;
}

export interface TrainingSizes {
  /** Pixels of a side of the pictures. */
  readonly size: number;
  readonly batchSize: number;
  readonly classCount: number;
}

/**
 * Runs `command ...args MODEL.onnx SIZE BATCH CLASSES`, which says `ready NAME VERSION` once and then answers each line on stdin with
 * the processor seconds of one step.
 */
export async function openPeer(
  [command, ...args]: readonly [string, ...string[]],
  model: ModelProto,
  { size, batchSize, classCount }: TrainingSizes,
): Promise<Peer> {
  const folder = await mkdtemp(join(tmpdir(), 'exemplar-peer-'));
  const path = join(folder, 'model.onnx');
  await writeFile(path, writeModel(model));
  const child = spawn(command, [...args, path, `${size}`, `${batchSize}`, `${classCount}`], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, OMP_NUM_THREADS: '1' },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${[command, ...args].join(' ')} has ended`);
    return value;
  };
  const name = (await answer()).replace('ready ', '');
  return {
    name,
    step: async () => {
      child.stdin.write('\n');
      return Number(await answer());
    },
    close: async () => {
      child.stdin.end();
      await new Promise((resolve) => child.once('close', resolve));
      await rm(folder, { recursive: true });
    },
  };
}
