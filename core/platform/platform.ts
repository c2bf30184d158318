import type postgres from 'postgres';
import { Background } from './background.ts';
import type { Config } from './config.ts';
import { connectDatabase, type Database } from './database.ts';
import { createLog, type Log } from './log.ts';
import { Notifier } from './events/notifier.ts';
import { meteredStore } from './metrics/metered-store.ts';
import { Metrics } from './metrics/metrics.ts';
import { openObjectStore } from './objects/open-object-store.ts';
import type { ObjectStore } from './objects/object-store.ts';
import { openQueue, type Queue } from './queue.ts';
import { readSigningSecret } from './signing-secret.ts';
import { openTracing, type Tracing } from './tracing/tracing.ts';

/** What every action may use: opened once a process. */
export interface Platform {
  readonly config: Config;
  readonly databaseUrl: string;
  readonly db: Database;
  /** The driver beneath `db`: for statements of the hot path, which it prepares once. */
  readonly client: postgres.Sql;
  readonly objects: ObjectStore;
  readonly queue: Queue;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly tracing: Tracing;
  readonly signingSecret: Buffer;
  /** Wakes the watchers of event logs, on all servers. */
  readonly notifier: Notifier;
  readonly background: Background;
  /** Address under which clients reach this installation, without a slash at the end; known once the server listens. */
  publicUrl: string;
  close(): Promise<void>;
}

export interface PlatformOptions {
  readonly role: 'server' | 'worker' | 'test';
  readonly supervise?: boolean;
  /** As in the options of the queue. */
  readonly jobSeconds?: number | undefined;
}

/** Those of a worker are short, but for the one that stores the predictions of a model. */
const workerTransactionSeconds = 60;

/** Connects to everything. The schema must have been migrated. */
export async function openPlatform(config: Config, options: PlatformOptions): Promise<Platform> {
  const databaseUrl = config.databaseUrl;
  if (!databaseUrl) throw new Error('DATABASE_URL is not set. `npm start` starts a PostgreSQL of its own.');
  const tracing = await openTracing(config.operations.tracing, options.role, (error) =>
    log.warn({ err: error }, 'traces could not be sent'),
  );
  const log = createLog(config.logLevel, options.role, tracing.isOn ? () => ({ ...tracing.ids() }) : undefined);
  const transactionSeconds = options.role === 'worker' ? workerTransactionSeconds : undefined;
  const database = connectDatabase(databaseUrl, config.databaseConnections, transactionSeconds);
  try {
    const signingSecret = await readSigningSecret(database.db);
    const queue = await openQueue({
      databaseUrl,
      flavors: config.flavors,
      heartbeatSeconds: config.worker.heartbeatSeconds,
      jobSeconds: options.jobSeconds,
      supervise: options.supervise ?? true,
      carrier: () => tracing.carrier(),
      log,
    });
    const metrics = new Metrics();
    const notifier = new Notifier(database.client, log);
    const background = new Background(log);
    return {
      config,
      databaseUrl,
      db: database.db,
      client: database.client,
      objects: meteredStore(await openObjectStore(config), metrics),
      queue,
      log,
      metrics,
      tracing,
      signingSecret,
      notifier,
      background,
      publicUrl: config.publicUrl ?? `http://${config.host}:${config.port}`,
      close: async () => {
        await background.close();
        await queue.close();
        await notifier.close();
        await database.close();
        await tracing.close();
      },
    };
  } catch (error) {
    await database.close();
    await tracing.close();
    throw error;
  }
}
