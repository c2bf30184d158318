import { cp, readFile, stat } from 'node:fs/promises';
import { dirname, join, parse } from 'node:path';

/** Whom PostgreSQL runs as: it refuses root, so root lends it the identity of an unprivileged user of the system. */
export interface ProcessOwner {
  readonly uid: number;
  readonly gid: number;
}

/** Undefined unless this process is root; then `postgres`, or else `nobody`. */
export async function findProcessOwner(): Promise<ProcessOwner | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const users = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  for (const name of ['postgres', 'nobody']) {
    const user = users.find((fields) => fields[0] === name);
    if (user) return { uid: Number(user[2]), gid: Number(user[3]) };
  }
  throw new Error('PostgreSQL does not run as root, and this system has neither a user postgres nor nobody.');
}

/** Whether an unprivileged user can get to the path: every folder above it must let others pass. */
export async function isReachable(path: string): Promise<boolean> {
  const { root } = parse(path);
  for (let folder = path; folder !== root; folder = dirname(folder)) {
    const mode = await stat(folder).then(
      (stats) => stats.mode,
      () => undefined,
    );
    if (mode !== undefined && (mode & 0o001) === 0) return false;
  }
  return true;
}

/** A copy of a folder of programs where an unprivileged user can run them; made once for each `name`. */
export async function reachableCopy(folder: string, name: string, at: string): Promise<string> {
  if (await isReachable(folder)) return folder;
  const copy = join(at, name);
  const complete = join(copy, '.complete');
  if (!(await stat(complete).catch(() => undefined))) {
    await cp(folder, copy, { recursive: true, verbatimSymlinks: true });
    await cp(join(folder, 'pg-symlinks.json'), complete);
  }
  return copy;
}
