import { readdir, readFile, readlink } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';

export interface RunningProcess {
  readonly pid: number;
  /** Program and arguments, with spaces in between. */
  readonly command: string;
}

/**
 * The processes that belong to an installation: roles and trainers have its folder in their environment, PostgreSQL works in it. Not
 * those that have ended and were not asked after. Linux only: reads /proc.
 */
export async function processesOf(folder: string): Promise<RunningProcess[]> {
  const found: RunningProcess[] = [];
  for (const entry of await readdir('/proc')) {
    const pid = Number(entry);
    if (!Number.isInteger(pid) || pid === process.pid) continue;
    const read = (name: string) => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '');
    const [command, environment, status] = await Promise.all([read('cmdline'), read('environ'), read('stat')]);
    const workingFolder = await readlink(`/proc/${pid}/cwd`).catch(() => '');
    // The state follows the name, which may hold anything.
    const isUnburied = status === '' || status.slice(status.lastIndexOf(')')).startsWith(') Z');
    const isPostgres =
      command.includes('postgres') && [command, workingFolder].some((text) => text.includes(`${folder}/`));
    if (!isUnburied && (isPostgres || environment.includes(`EXEMPLAR_DATA=${folder}/`)))
      found.push({ pid, command: command.replaceAll('\0', ' ').trim() });
  }
  return found;
}

/** Waits until none is left; those that are still there after `milliseconds` are killed and returned. */
export async function killLeftovers(folder: string, milliseconds: number): Promise<RunningProcess[]> {
  const giveUpAt = Date.now() + milliseconds;
  for (;;) {
    const left = await processesOf(folder);
    if (left.length === 0) return [];
    if (Date.now() > giveUpAt) {
      for (const { pid } of left) kill(pid, 'SIGKILL');
      return left;
    }
    await setTimeout(100);
  }
}

/** Whether there was such a process to send the signal to. */
export function kill(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}
