import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import type { ProcessOwner } from './process-owner.ts';

const run = promisify(execFile);

/** Stops a server that still runs on the cluster: its parent was killed, and nobody else would. */
export async function stopOrphan(
  native: string,
  cluster: string,
  owner: ProcessOwner | undefined,
  log: ((line: string) => void) | undefined,
): Promise<void> {
  const pidFile = join(cluster, 'postmaster.pid');
  const lines = await readFile(pidFile, 'utf8').catch(() => undefined);
  if (lines === undefined) return;
  const pid = Number(lines.split('\n')[0]);
  // pg_ctl and PostgreSQL take it for alive. If parts of it are, the shared memory that they hold still keeps a second server out.
  if (await isUnburied(pid)) return rm(pidFile);
  const pgCtl = join(native, 'bin', 'pg_ctl');
  const settings = { ...owner, cwd: dirname(cluster) };
  const runs = await run(pgCtl, ['status', '-D', cluster], settings).then(
    () => true,
    () => false,
  );
  if (!runs) return;
  log?.('stopping a PostgreSQL that an earlier run left behind');
  await run(pgCtl, ['stop', '-D', cluster, '-m', 'fast', '-w', '-t', '60'], settings).catch((error: Error) => {
    throw new EmbeddedPostgresError(
      `A PostgreSQL that an earlier run left behind (process ${pid}) cannot be stopped: ${error.message.trim()}`,
    );
  });
}

/** Whether the process has ended and its parent has not asked after it: always so in a container whose first process is no init. */
export async function isUnburied(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The state follows the name, which may hold anything.
  return status.slice(status.lastIndexOf(')')).startsWith(') Z');
}
