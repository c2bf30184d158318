import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { DeviceSpeed } from '#core/workers/table.ts';
import type { ChosenLowering } from '#engine/index.ts';

const selfTestPath = fileURLToPath(new URL('./self-test.ts', import.meta.url));
const patienceMilliseconds = 30_000;

export type SelfTestMessage =
  | ({ readonly type: 'lowering' } & ChosenLowering)
  | ({ readonly type: 'speed' } & DeviceSpeed);

export interface SelfTest {
  readonly lowering: Promise<ChosenLowering>;
  /** Of what works on this machine; those that were measured before it ended, however it did. */
  readonly speeds: Promise<readonly DeviceSpeed[]>;
}

/**
 * Compares gradients of both kinds of operators and measures what the machine has, in a process of its own: should ONNX Runtime's blocked operators
 * or the driver of a GPU bring it down, the worker stands, and trains with portable ones.
 */
export function runSelfTest(path = selfTestPath): SelfTest {
  const child = fork(path, {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    timeout: patienceMilliseconds,
    killSignal: 'SIGKILL',
  });
  const lowering = Promise.withResolvers<ChosenLowering>();
  const speeds = Promise.withResolvers<readonly DeviceSpeed[]>();
  const measured: DeviceSpeed[] = [];
  child.on('message', (message: SelfTestMessage) => {
    const { type, ...content } = message;
    if (type === 'lowering') lowering.resolve(content as ChosenLowering);
    else measured.push(content as DeviceSpeed);
  });
  const end = (how: string) => {
    const reason = `Portable operators: the self-test of faster ones ended with ${how}.`;
    lowering.resolve({ name: 'portable', reason });
    speeds.resolve(measured);
  };
  child.on('error', (error) => end(error.message));
  child.on('close', (code, signal) => end(signal ?? `code ${code}`));
  return { lowering: lowering.promise, speeds: speeds.promise };
}
