import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ModelProto } from '#engine/onnx/onnx-messages.ts';
import { writeModel } from '#engine/onnx/write-model.ts';

/** PyTorch training the same network on one thread, in a process of its own. */
export interface PyTorchPeer {
  readonly version: string;
  /** Processor seconds of one training step. */
  step(): Promise<number>;
  close(): Promise<void>;
}

/** @param python an interpreter that has torch, onnx and numpy. */
export async function openPyTorch(
  python: string,
  model: ModelProto,
  settings: { readonly size: number; readonly batchSize: number; readonly classCount: number },
): Promise<PyTorchPeer> {
  const folder = await mkdtemp(join(tmpdir(), 'exemplar-peer-'));
  await writeFile(join(folder, 'model.onnx'), writeModel(model));
  const script = fileURLToPath(new URL('pytorch_training_step.py', import.meta.url));
  const { size, batchSize, classCount } = settings;
  const child = spawn(python, [script, join(folder, 'model.onnx'), `${size}`, `${batchSize}`, `${classCount}`], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, OMP_NUM_THREADS: '1' },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error('PyTorch has ended');
    return value;
  };
  const version = (await answer()).replace('ready ', '');
  return {
    version,
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
