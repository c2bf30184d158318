import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import { findProcessOwner } from './process-owner.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'exemplar-postgres-'));
  await chmod(directory, 0o755);
});
afterAll(() => rm(directory, { recursive: true, force: true }));

test.runIf(process.platform === 'linux')(
  'starts on a cluster whose server was killed and not yet buried, as in a container without an init',
  async () => {
    const postgres = await startEmbeddedPostgres({ directory: join(directory, 'data') });
    const pidFile = join(directory, 'data', 'cluster', 'postmaster.pid');
    const lines = (await readFile(pidFile, 'utf8')).split('\n');
    await postgres.stop();
    // The shell becomes a program that asks after no child; its first answer says that it has.
    const parent = spawn('sh', ['-c', 'sleep 600 & exec cat'], { ...(await findProcessOwner()), cwd: '/' });
    try {
      parent.stdin.write('ready');
      await once(parent.stdout, 'data');
      const [pid] = (await readFile(`/proc/${parent.pid}/task/${parent.pid}/children`, 'utf8')).trim().split(' ');
      process.kill(Number(pid), 'SIGKILL');
      while (!/\) Z/.test(await readFile(`/proc/${pid}/stat`, 'utf8')));
      await writeFile(pidFile, [pid, ...lines.slice(1)].join('\n'));
      const again = await startEmbeddedPostgres({ directory: join(directory, 'data') });
      expect((await readFile(pidFile, 'utf8')).split('\n')[0]).toBe(String(again.process.pid));
      await again.stop();
    } finally {
      parent.kill();
    }
  },
  120_000,
);
