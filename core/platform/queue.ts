import { PgBoss, type JobWithMetadata } from 'pg-boss';
import { sql } from 'drizzle-orm';
import { fromDrizzle } from 'pg-boss';
import type { Flavor } from './config.ts';
import type { Transaction } from './database.ts';
import type { Log } from './log.ts';

/** What a training job carries: everything else is read from the database when it starts. */
export interface TrainingJob {
  readonly trainingId: string;
}

/** Carried by a job that tries an uploaded base model; any worker may take it. */
export interface AdoptionJob {
  readonly uploadId: string;
}

export const adoptionQueue = 'base-models';

export const queueOfFlavor = (flavorId: string): string => `training-${flavorId}`;

/** pg-boss with one queue a flavor. */
export interface Queue {
  readonly boss: PgBoss;
  /** Enqueues through the caller's transaction: the job exists when and only when the training does. Returns the job's id. */
  enqueueTraining(tx: Transaction, flavorId: string, job: TrainingJob): Promise<string>;
  /** Has a worker try an uploaded base model. */
  enqueueAdoption(tx: Transaction, job: AdoptionJob): Promise<void>;
  /** Takes a job that has not started off the queue. */
  cancelTraining(tx: Transaction, flavorId: string, jobId: string): Promise<void>;
  close(): Promise<void>;
}

export interface QueueOptions {
  readonly databaseUrl: string;
  readonly flavors: readonly Flavor[];
  /** A worker that was silent this long is taken for dead. */
  readonly heartbeatSeconds: number;
  /** Whether this process watches over the queues (dead workers, retries, retention). */
  readonly supervise: boolean;
  readonly log: Log;
}

export type ActiveAdoptionJob = JobWithMetadata<AdoptionJob>;
export type ActiveTrainingJob = JobWithMetadata<TrainingJob>;

export async function openQueue(options: QueueOptions): Promise<Queue> {
  const boss = new PgBoss({
    connectionString: options.databaseUrl,
    application_name: 'exemplar-queue',
    schema: 'pgboss',
    max: 4,
    supervise: options.supervise,
    // With the defaults of 60 s a dead worker would stay unnoticed for a minute after its heartbeat ran out. The first is how often this
    // process looks, the second how often one of all processes may.
    superviseIntervalSeconds: 2,
    monitorIntervalSeconds: 2,
    useListenNotify: true,
  });
  // Without a listener the first lost connection would end the process.
  boss.on('error', (error) => options.log.error({ err: error }, 'queue error'));
  await boss.start();
  for (const flavor of options.flavors) {
    await boss.createQueue(queueOfFlavor(flavor.id), {
      policy: 'standard',
      notify: true,
      retryLimit: 12,
      retryDelay: 1,
      heartbeatSeconds: options.heartbeatSeconds,
      // The most that pg-boss allows. The training's own deadline ends it long before.
      expireInSeconds: 24 * 60 * 60 - 1,
    });
  }
  await boss.createQueue(adoptionQueue, {
    policy: 'standard',
    notify: true,
    retryLimit: 3,
    retryDelay: 1,
    heartbeatSeconds: options.heartbeatSeconds,
    expireInSeconds: 60 * 60,
  });
  return {
    boss,
    enqueueAdoption: async (tx, job) => {
      const id = await boss.send(adoptionQueue, job, { db: fromDrizzle(tx, sql) });
      if (id === null) throw new Error('the queue did not take the job');
    },
    enqueueTraining: async (tx, flavorId, job) => {
      const id = await boss.send(queueOfFlavor(flavorId), job, { db: fromDrizzle(tx, sql) });
      if (id === null) throw new Error('the queue did not take the job');
      return id;
    },
    cancelTraining: async (tx, flavorId, jobId) => {
      await boss.cancel(queueOfFlavor(flavorId), jobId, { db: fromDrizzle(tx, sql) });
    },
    close: () => boss.stop({ graceful: true, timeout: 10_000 }),
  };
}
