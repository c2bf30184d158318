import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { EngineEvent } from '#engine/index.ts';
import type { TrainerCommand, TrainerEnd } from './trainer-protocol.ts';

const trainerPath = fileURLToPath(new URL('./trainer.ts', import.meta.url));
/** A trainer that was told to end and does not answer is killed after this. One that is to keep its model has until its deadline. */
const killAfterMilliseconds = { cancel: 1000, handOver: 5000, keep: undefined } satisfies Record<
  TrainerCommand,
  number | undefined
>;

/** How the trainer ended: as it said itself, or `crashed` when it died without a word. */
export type TrainerOutcome =
  | TrainerEnd
  | { readonly type: 'crashed'; readonly signal: string | null; readonly code: number | null; readonly stderr: string };

export interface RunningTrainer {
  readonly outcome: Promise<TrainerOutcome>;
  command(command: TrainerCommand): void;
  kill(): void;
}

const ends = [
  'done',
  'cancelled',
  'handedOver',
  'diskFull',
  'unreadable',
  'unusableBase',
  'deviceUnavailable',
  'diverged',
  'failed',
] satisfies TrainerEnd['type'][];

function isEnd(message: EngineEvent | TrainerEnd): message is TrainerEnd {
  return ends.some((type) => type === message.type);
}

/** Starts the trainer on a folder that holds `training.json`; `environment` is added to that of this process. */
export function runTrainer(
  folder: string,
  environment: Readonly<Record<string, string>>,
  onEvent: (event: EngineEvent) => void,
): RunningTrainer {
  const child: ChildProcess = fork(trainerPath, [folder], {
    env: { ...process.env, ...environment },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let end: TrainerEnd | undefined;
  let stderr = '';
  const killTimers: NodeJS.Timeout[] = [];
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-4000);
  });
  child.on('message', (message: EngineEvent | TrainerEnd) => {
    if (isEnd(message)) end = message;
    else onEvent(message);
  });
  const outcome = new Promise<TrainerOutcome>((resolve) => {
    child.on('error', (error) => resolve({ type: 'failed', message: error.message, stack: error.stack ?? '' }));
    child.on('close', (code, signal) => {
      for (const timer of killTimers) clearTimeout(timer);
      resolve(end ?? { type: 'crashed', code, signal, stderr });
    });
  });
  return {
    outcome,
    command: (command) => {
      if (child.connected) child.send(command);
      const patience = killAfterMilliseconds[command];
      if (patience !== undefined) killTimers.push(setTimeout(() => child.kill('SIGKILL'), patience));
    },
    kill: () => child.kill('SIGKILL'),
  };
}
