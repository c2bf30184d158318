import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import postgres from 'postgres';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import { stopOrphan } from './orphaned-postgres.ts';
import { findProcessOwner, isReachable, reachableCopy, type ProcessOwner } from './process-owner.ts';

const run = promisify(execFile);

export interface EmbeddedPostgres {
  /** Of the database `exemplar`. */
  readonly url: string;
  readonly process: ChildProcess;
  /** Where its files are: the folder that was asked for, or a stand-in that its user can enter. */
  readonly directory: string;
  /** Fast shutdown: running transactions are rolled back, committed ones are on disk. */
  stop(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  /** Folder of the cluster; made when it is not there. */
  readonly directory: string;
  /** Where it listens; left out = any free port. */
  readonly port?: number;
  /** Extra settings, such as { fsync: 'off' } for tests. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly log?: (line: string) => void;
}

/** Where the root user's clusters and programs go when nobody else can get to the folder that was asked for. */
const sharedFolder = '/var/lib/exemplar';

/**
 * Starts the PostgreSQL that npm brought, on 127.0.0.1 and a free port, with a password of its own. A cluster that a killed process
 * left running is stopped first. Runs as another user where this process is root.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const owner = await findProcessOwner();
  const native = await findBinaries(owner);
  const directory = await placeOf(resolve(options.directory), owner);
  const cluster = join(directory, 'cluster');
  const passwordFile = join(directory, 'password');
  await mkdir(directory, { recursive: true });
  if (owner) await chown(directory, owner.uid, owner.gid);
  if (!(await exists(join(cluster, 'PG_VERSION')))) await initialise(native, cluster, passwordFile, owner);
  await stopOrphan(native, cluster, owner, options.log);

  const password = await readFile(passwordFile, 'utf8');
  const port = options.port ?? (await freePort());
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    ...options.settings,
  };
  const child = spawn(
    join(native, 'bin', 'postgres'),
    ['-D', cluster, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    // A process group of its own: Ctrl-C in a terminal must reach us alone, so that the parts stop in order.
    { ...owner, cwd: directory, detached: true, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const said: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.push(text);
    if (said.length > 200) said.shift();
    options.log?.(text.trimEnd());
  });
  const exited = new Promise<void>((resolveExit) => child.once('exit', () => resolveExit()));
  const base = `postgres://exemplar:${password}@127.0.0.1:${port}`;
  try {
    await waitUntilReady(`${base}/postgres`, child);
  } catch (error) {
    child.kill('SIGINT');
    throw new EmbeddedPostgresError(`PostgreSQL did not start (${String(error)}). It said:\n${said.join('').trim()}`);
  }
  return {
    url: `${base}/exemplar`,
    process: child,
    directory,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGINT');
      await exited;
    },
  };
}

/** Address of the database of a cluster that runs, whoever started it; undefined where none does. */
export async function findRunningPostgres(folder: string): Promise<string | undefined> {
  const directory = await placeOf(resolve(folder), await findProcessOwner());
  const lines = await readFile(join(directory, 'cluster', 'postmaster.pid'), 'utf8').catch(() => undefined);
  if (lines === undefined) return undefined;
  const [pid, , , port] = lines.split('\n');
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    // EPERM: it runs as another user.
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return undefined;
  }
  const password = await readFile(join(directory, 'password'), 'utf8');
  return `postgres://exemplar:${password}@127.0.0.1:${Number(port)}/exemplar`;
}

async function findBinaries(owner: ProcessOwner | undefined): Promise<string> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let native: string;
  try {
    const binaries = (await import(name)) as { postgres: string };
    native = dirname(dirname(binaries.postgres));
  } catch {
    throw new EmbeddedPostgresError(
      `There is no embedded PostgreSQL for ${platform}-${process.arch} (package ${name}). Set DATABASE_URL to a PostgreSQL 18 of your own.`,
    );
  }
  return owner
    ? reachableCopy(native, `postgres-${createHash('sha256').update(native).digest('hex').slice(0, 12)}`, sharedFolder)
    : native;
}

/** The folder itself, or a stand-in under /var/lib when root keeps its data where no other user can go. */
async function placeOf(directory: string, owner: ProcessOwner | undefined): Promise<string> {
  if (!owner || (await isReachable(dirname(directory)))) return directory;
  const place = join(sharedFolder, createHash('sha256').update(directory).digest('hex').slice(0, 16));
  await mkdir(directory, { recursive: true });
  await writeFile(
    join(directory, 'MOVED'),
    `PostgreSQL cannot run as root and no other user can enter this folder, so its files are in ${place}\n`,
  );
  return place;
}

async function initialise(
  native: string,
  cluster: string,
  passwordFile: string,
  owner: ProcessOwner | undefined,
): Promise<void> {
  // A first start that was killed half-way leaves a folder without PG_VERSION.
  await rm(cluster, { recursive: true, force: true });
  await writeFile(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
  if (owner) await chown(passwordFile, owner.uid, owner.gid);
  await run(
    join(native, 'bin', 'initdb'),
    [
      '--username=exemplar',
      `--pgdata=${cluster}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--no-instructions',
    ],
    { ...owner, cwd: dirname(cluster) },
  ).catch((error: Error & { stderr?: string }) => {
    throw new EmbeddedPostgresError(
      `PostgreSQL could not set up ${cluster}:\n${(error.stderr || error.message).trim()}`,
    );
  });
  await chmod(cluster, 0o700);
}

async function waitUntilReady(url: string, child: ChildProcess): Promise<void> {
  const giveUpAt = Date.now() + 120_000;
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error('it ended');
    const client = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} });
    try {
      const known = await client`select 1 from pg_database where datname = 'exemplar'`;
      if (known.length === 0) await client`create database exemplar`;
      return;
    } catch (error) {
      if (Date.now() > giveUpAt) throw error;
      await new Promise((resolveWait) => setTimeout(resolveWait, 50));
    } finally {
      await client.end({ timeout: 1 });
    }
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolvePort, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolvePort(port));
    });
  });
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
