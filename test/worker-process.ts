import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { World } from './world.ts';

/** A worker as it runs in production: a process of its own, with the database and the objects of a world. */
export interface WorkerProcess {
  readonly pid: number;
  /** Of its end: exit code and signal. */
  readonly exit: Promise<[code: number | null, signal: NodeJS.Signals | null]>;
  /** Whether it is the one that works on the training. */
  holds(trainingId: string): Promise<boolean>;
  kill(signal: NodeJS.Signals): void;
  /** Ends it, if it has not ended, and deletes what it leaves. */
  close(): Promise<void>;
}

/** @param environment as for `npm run worker`. @param output an open file for what it says. */
export async function startWorkerProcess(
  { platform }: World,
  environment: Readonly<Record<string, string>> = {},
  output: number | 'inherit' = 'inherit',
): Promise<WorkerProcess> {
  const { config } = platform;
  // Its own, but for the objects: several workers on one machine.
  const directory = await mkdtemp(join(tmpdir(), 'exemplar-worker-'));
  await symlink(config.objectsDirectory, join(directory, 'objects'));
  const child = fork(join(import.meta.dirname, '../worker/main.ts'), [], {
    stdio: ['ignore', output, output, 'ipc'],
    env: {
      ...process.env,
      DATABASE_URL: platform.databaseUrl,
      EXEMPLAR_DATA: directory,
      EXEMPLAR_LOG_LEVEL: config.logLevel,
      EXEMPLAR_BASE_MODEL: config.baseModelDirectory,
      ...environment,
    },
  });
  const exit = once(child, 'exit') as WorkerProcess['exit'];
  const ready = await Promise.race([once(child, 'message'), exit.then(() => undefined)]);
  if (!ready) throw new Error('the worker did not start');
  return {
    pid: child.pid!,
    exit,
    holds: async (trainingId) =>
      (await readdir(join(directory, 'work'))).some((name) => name.startsWith(trainingId.replace('Training_', ''))),
    kill: (signal) => void child.kill(signal),
    close: async () => {
      child.kill('SIGKILL');
      await exit;
      await rm(directory, { recursive: true, force: true });
    },
  };
}
