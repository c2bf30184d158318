import { once } from 'node:events';
import { mkdir, open, symlink, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { writeTinyBaseModel } from '#engine/testing/tiny-base-model.ts';
import { freePort, startEmbeddedPostgres } from '../local/embedded-postgres.ts';
import { startRole } from '../local/role-process.ts';
import { processesOf } from './processes.ts';
import type { Say } from './say.ts';
import { Supervised } from './supervised.ts';

const startMilliseconds = 120_000;

export interface RunningTrainer {
  readonly pid: number;
  readonly trainingId: string;
  readonly worker: Supervised;
}

/**
 * PostgreSQL, two servers and two workers as processes on 127.0.0.1, as in production: each role has a folder of its own, only objects
 * are shared. All have fixed addresses, so that they find each other again after a restart.
 */
export class Installation {
  readonly folder: string;
  readonly servers: readonly Supervised[];
  readonly workers: readonly Supervised[];
  readonly postgres: Supervised;
  readonly urls: readonly string[];
  readonly #log: FileHandle;
  #token: string | undefined;
  #databaseUrl = '';
  #closed: Promise<void> | undefined;

  private constructor(folder: string, log: FileHandle, ports: readonly number[], say: Say) {
    this.folder = folder;
    this.#log = log;
    const [postgresPort, ...serverPorts] = ports as [number, ...number[]];
    this.urls = serverPorts.map((port) => `http://127.0.0.1:${port}`);
    this.postgres = new Supervised('PostgreSQL', () => this.#startPostgres(postgresPort), say);
    this.servers = serverPorts.map(
      (port, index) => new Supervised(`server ${index + 1}`, () => this.#startRole('server', index, port), say),
    );
    this.workers = [0, 1].map(
      (index) => new Supervised(`worker ${index + 1}`, () => this.#startRole('worker', index, 0), say),
    );
  }

  /**
   * Starts everything in an empty folder, which any user must be able to enter. What the parts say goes to `log` in it.
   * @throws the signal's reason, or that it took too long; nothing runs then.
   */
  static async open(folder: string, say: Say, signal: AbortSignal): Promise<Installation> {
    await mkdir(join(folder, 'objects'));
    await writeTinyBaseModel(join(folder, 'base-model'));
    const log = await open(join(folder, 'log'), 'a');
    const ports = [await freePort(), await freePort(), await freePort()];
    const installation = new Installation(folder, log, ports, say);
    const patience = AbortSignal.any([signal, AbortSignal.timeout(startMilliseconds)]);
    const giveUp = () => void installation.close();
    patience.addEventListener('abort', giveUp);
    await installation.postgres.up();
    // One after the other: the first makes the administrator.
    for (const server of installation.servers) await server.up();
    await Promise.all(installation.workers.map((worker) => worker.up()));
    patience.removeEventListener('abort', giveUp);
    if (patience.aborted) await installation.close();
    patience.throwIfAborted();
    return installation;
  }

  /** Of the first administrator. */
  get token(): string {
    if (this.#token === undefined) throw new Error('the first server gave no access token');
    return this.#token;
  }

  get databaseUrl(): string {
    return this.#databaseUrl;
  }

  get parts(): readonly Supervised[] {
    return [...this.workers, ...this.servers, this.postgres];
  }

  /** Those that work at this moment, whichever worker they belong to. */
  async trainers(): Promise<RunningTrainer[]> {
    return (await processesOf(this.folder)).flatMap(({ pid, command }) => {
      const match = /worker\/trainer\.ts \S*\/worker-(\d+)\/work\/([0-9a-f-]{36})-\d+$/.exec(command);
      return match ? [{ pid, trainingId: match[2]!, worker: this.workers[Number(match[1]) - 1]! }] : [];
    });
  }

  /** Workers, servers, PostgreSQL: each only after those who need it. Safe to call twice. */
  close(): Promise<void> {
    return (this.#closed ??= this.#close());
  }

  async #close(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.close('SIGTERM')));
    await Promise.all(this.servers.map((server) => server.close('SIGTERM')));
    await this.postgres.close('SIGINT');
    await this.#log.close();
  }

  async #startPostgres(port: number) {
    const { url, process: child } = await startEmbeddedPostgres({
      directory: join(this.folder, 'postgres'),
      port,
      log: (line) => void this.#log.write(`${line}\n`),
    });
    this.#databaseUrl = url;
    return { pid: child.pid!, exited: once(child, 'exit').then(() => {}) };
  }

  async #startRole(role: 'server' | 'worker', index: number, port: number) {
    const data = join(this.folder, `${role}-${index + 1}`);
    await mkdir(data, { recursive: true });
    await symlink('../objects', join(data, 'objects')).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    const environment = {
      DATABASE_URL: this.#databaseUrl,
      DATABASE_LISTEN_URL: '',
      EXEMPLAR_DATA: data,
      EXEMPLAR_HOST: '127.0.0.1',
      EXEMPLAR_PORT: String(port),
      EXEMPLAR_PUBLIC_URL: '',
      EXEMPLAR_FLAVORS: '',
      EXEMPLAR_WORKER_FLAVOR: '',
      EXEMPLAR_WORKER_HEARTBEAT_SECONDS: '10',
      EXEMPLAR_DATABASE_CONNECTIONS: '4',
      EXEMPLAR_BASE_MODEL: join(this.folder, 'base-model'),
      EXEMPLAR_MODELS: '',
      EXEMPLAR_DRAIN_SECONDS: '1',
      EXEMPLAR_LOG_LEVEL: 'info',
    };
    const started = await startRole(role, environment, this.#log.fd);
    this.#token ??= started.ready['firstToken'] as string | undefined;
    return started;
  }
}
