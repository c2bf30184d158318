import { createServer } from 'node:net';
import { join } from 'node:path';
import { ListenError } from '#core/platform/listen-error.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres.ts';
import { lockData } from './data-lock.ts';
import { startRole, type RoleProcess } from './role-process.ts';

export interface StackOptions {
  /** Holds everything: PostgreSQL, objects, working files. */
  readonly dataDirectory: string;
  /** 0 = any free one. */
  readonly port: number;
  readonly host?: string;
  /** What PostgreSQL says. */
  readonly log?: (line: string) => void;
  /** More environment for server and worker. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Gives the start up between two parts. */
  readonly signal?: AbortSignal;
  /** Hears the first administrator's token, at the first start of a data directory: at once, so that no failure after it loses it. */
  readonly onFirstToken?: (token: string) => void;
}

export interface Stack {
  readonly url: string;
  /** Where PostgreSQL keeps its files; for root this need not be inside the data directory. */
  readonly databaseDirectory: string;
  readonly pids: { readonly postgres: number; readonly server: number; readonly worker: number };
  /** Resolves with its name when a part ends without being asked to. */
  readonly partEnded: Promise<string>;
  /** Worker, server, PostgreSQL: each only after those who need it. Safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Starts everything on this machine.
 * @throws {ListenError} {DataInUseError} {DataFolderError} {EmbeddedPostgresError} {RoleFailedError}, or the signal's reason; nothing
 * runs then.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const host = options.host ?? '127.0.0.1';
  if (options.port !== 0) await requireFreePort(host, options.port);
  const unlock = await lockData(options.dataDirectory);
  let database: EmbeddedPostgres | undefined;
  let server: RoleProcess | undefined;
  let worker: RoleProcess | undefined;
  let stopped: Promise<void> | undefined;
  const stop = () =>
    (stopped ??= (async () => {
      await worker?.stop();
      await server?.stop();
      await database?.stop();
      await unlock();
    })());
  try {
    database = await startEmbeddedPostgres({
      directory: join(options.dataDirectory, 'postgres'),
      ...(options.log && { log: options.log }),
    });
    options.signal?.throwIfAborted();
    const environment = {
      EXEMPLAR_LOG_LEVEL: 'warn',
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => name === 'EXEMPLAR_LOG_LEVEL')),
      DATABASE_URL: database.url,
      DATABASE_LISTEN_URL: '',
      EXEMPLAR_DATA: options.dataDirectory,
      EXEMPLAR_HOST: host,
      EXEMPLAR_PORT: String(options.port),
      ...options.environment,
    } as Record<string, string>;
    server = await startRole('server', environment);
    const firstToken = server.ready['firstToken'] as string | undefined;
    if (firstToken !== undefined) options.onFirstToken?.(firstToken);
    options.signal?.throwIfAborted();
    worker = await startRole('worker', environment);
    options.signal?.throwIfAborted();
  } catch (error) {
    await stop();
    throw error;
  }
  const ended = (name: string, exited: Promise<void>) => exited.then(() => name);
  const postgresExited = new Promise<void>((resolve) => database.process.once('exit', () => resolve()));
  return {
    url: String(server.ready['url']),
    databaseDirectory: database.directory,
    pids: { postgres: database.process.pid!, server: server.pid, worker: worker.pid },
    partEnded: Promise.race([
      ended('worker', worker.exited),
      ended('server', server.exited),
      ended('PostgreSQL', postgresExited),
    ]),
    stop,
  };
}

/** Before anything is started, since the server is the second part. @throws {ListenError} */
function requireFreePort(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => reject(new ListenError(host, port, error.code)));
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}
