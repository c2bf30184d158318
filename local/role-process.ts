import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface RoleProcess {
  readonly pid: number;
  /** Resolves when it has ended, whoever ended it. */
  readonly exited: Promise<void>;
  /** What it said when it was ready. */
  readonly ready: Readonly<Record<string, unknown>>;
  stop(): Promise<void>;
}

/** The role ended before it was ready; it has said why on stderr, unless somebody killed it. */
export class RoleFailedError extends Error {
  constructor(role: string, signal: NodeJS.Signals | null) {
    super(`The ${role} did not start${signal ? `: ${signal} ended it before it was ready` : ''}.`);
    this.name = 'RoleFailedError';
  }
}

/** glibc keeps a heap for each of the threads that decode pictures. */
export const thriftyMemory = { MALLOC_ARENA_MAX: '2' } as const;

/**
 * Flags of V8. It lets young objects fill 3 x 32 MB and more before it looks at them, which a worker is not faster by. A server is: what many requests
 * at once hold would be looked at twice while they are answered, count as old from then on, and have the whole heap marked every second
 * (docs/performance.md).
 */
export const flagsOf = {
  server: ['--max-semi-space-size=64'],
  worker: ['--max-semi-space-size=16'],
} as const;

/**
 * Starts `server/main.ts` or `worker/main.ts` as a process of its own and waits until it is ready; `output` is the open file that what
 * it says goes to. @throws {RoleFailedError}
 */
export async function startRole(
  role: 'server' | 'worker',
  environment: Record<string, string>,
  output: number | 'inherit' = 'inherit',
): Promise<RoleProcess> {
  const child = fork(fileURLToPath(new URL(`../${role}/main.ts`, import.meta.url)), [], {
    env: { ...thriftyMemory, ...process.env, ...environment },
    execArgv: [...process.execArgv, ...flagsOf[role]],
    // Not in our process group, so that Ctrl-C in a terminal does not stop the parts out of order.
    detached: true,
    stdio: ['ignore', output, output, 'ipc'],
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const ready = await new Promise<Record<string, unknown>>((resolve, reject) => {
    child.once('message', (message) => resolve(message as Record<string, unknown>));
    child.once('error', reject);
    void exited.then(() => reject(new RoleFailedError(role, child.signalCode)));
  });
  return {
    pid: child.pid!,
    exited,
    ready,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await exited;
    },
  };
}
