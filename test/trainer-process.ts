import { spawnSync } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';

/** Sends a signal to the child process that trains, found by its command line as soon as it is there. */
export async function signalTrainer(trainingId: string, signal: NodeJS.Signals): Promise<void> {
  const pattern = `worker/trainer.ts.*${trainingId.replace('Training_', '')}`;
  for (let tries = 0; tries < 500; tries++) {
    if (spawnSync('pkill', [`-${signal.slice(3)}`, '-f', pattern]).status === 0) return;
    await setTimeout(10);
  }
  throw new Error('no trainer was found');
}
