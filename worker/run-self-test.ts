import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ChosenLowering } from '#engine/index.ts';

const selfTestPath = fileURLToPath(new URL('./self-test.ts', import.meta.url));
const patienceMilliseconds = 30_000;

/**
 * Compares gradients of both kinds of operators, in a process of its own: should ONNX Runtime's blocked ones bring it down on this machine,
 * the worker stands, and trains with portable ones.
 */
export function runSelfTest(path = selfTestPath): Promise<ChosenLowering> {
  const child = fork(path, {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    timeout: patienceMilliseconds,
    killSignal: 'SIGKILL',
  });
  let chosen: ChosenLowering | undefined;
  child.on('message', (message: ChosenLowering) => {
    chosen = message;
  });
  return new Promise((resolve) => {
    const end = (how: string) =>
      resolve(
        chosen ?? { name: 'portable', reason: `Portable operators: the self-test of faster ones ended with ${how}.` },
      );
    child.on('error', (error) => end(error.message));
    child.on('close', (code, signal) => end(signal ?? `code ${code}`));
  });
}
