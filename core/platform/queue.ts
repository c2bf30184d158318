import { PgBoss, type JobWithMetadata } from 'pg-boss';
import { sql } from 'drizzle-orm';
import { fromDrizzle } from 'pg-boss';
import type { Flavor } from './config.ts';
import type { Transaction } from './database.ts';
import type { Log } from './log.ts';

/** The trace that a job was enqueued in, as `traceparent`, where there is one. */
export interface TracedJob {
  readonly traceparent?: string;
}

/** What a training job carries: everything else is read from the database when it starts. */
export interface TrainingJob extends TracedJob {
  readonly trainingId: string;
}

/** A job that a worker holds; `retryCount` tells its claim from earlier and later ones. */
export interface HeldJob {
  readonly id: string;
  readonly retryCount: number;
}

/** Carried by a job that tries an uploaded base model; any worker may take it. */
export interface AdoptionJob {
  readonly uploadId: string;
}

export const adoptionQueue = 'base-models';

/** Carried by the job of a transfer; any worker may take it. */
export interface TransferJob extends TracedJob {
  readonly transferId: string;
}

export const transferQueue = 'transfers';

/** Carried by the job of a webhook's delivery; any worker may take it. */
export interface WebhookJob {
  readonly deliveryId: string;
}

export const webhookQueue = 'webhooks';
const mostSecondsBetweenWebhooks = 6 * 60 * 60;

/** The most that pg-boss allows. Longer trainings go from job to job (worker/job-lease.ts). */
const mostSecondsOfJob = 24 * 60 * 60 - 1;
/** How often workers may be lost is for the training to say (core/trainings/lost-workers.ts). */
const retryLimit = 100_000;
/** Whoever has begun already comes before all who wait for their first worker. */
const priorityOfBegun = 1;

export const queueOfFlavor = (flavorId: string): string => `training-${flavorId}`;

/** pg-boss with one queue a flavor. */
export interface Queue {
  readonly boss: PgBoss;
  /** Enqueues through the caller's transaction: the job exists when and only when the training does. Returns the job's id. */
  enqueueTraining(tx: Transaction, flavorId: string, job: TrainingJob): Promise<string>;
  /**
   * Ends the job of a training that is to go on or to wait and gives it a new one: ahead of all that have not begun, with all its retries, and other
   * workers are woken. Returns that job's id; undefined when the queue has taken the held one away, and another worker will get it anyway.
   */
  handOverTraining(tx: Transaction, flavorId: string, held: HeldJob, job: TrainingJob): Promise<string | undefined>;
  /** Whether a worker has the job; of one that died the queue notices after its heartbeat. */
  isHeld(tx: Transaction, jobId: string | null): Promise<boolean>;
  /** Has a worker try an uploaded base model. */
  enqueueAdoption(tx: Transaction, job: AdoptionJob): Promise<void>;
  /** Enqueues through the caller's transaction. Returns the job's id. */
  enqueueTransfer(tx: Transaction, job: TransferJob): Promise<string>;
  /** Enqueues through the caller's transaction, to be tried again so often, first after so many seconds and ever more seldom. */
  enqueueWebhook(tx: Transaction, job: WebhookJob, again: { retries: number; retrySeconds: number }): Promise<void>;
  /** Takes a job off the queue. */
  cancelTransfer(tx: Transaction, jobId: string): Promise<void>;
  /** Takes a job off the queue. */
  cancelTraining(tx: Transaction, flavorId: string, jobId: string): Promise<void>;
  close(): Promise<void>;
}

export interface QueueOptions {
  readonly databaseUrl: string;
  readonly flavors: readonly Flavor[];
  /** A worker that was silent this long is taken for dead. */
  readonly heartbeatSeconds: number;
  /** After this long the queue takes a training's job away from its worker. @default a day, the most that pg-boss allows */
  readonly jobSeconds?: number | undefined;
  /** Whether this process watches over the queues (dead workers, retries, retention). */
  readonly supervise: boolean;
  /** The trace that runs, for the jobs. */
  readonly carrier?: () => string | undefined;
  readonly log: Log;
}

export type ActiveAdoptionJob = JobWithMetadata<AdoptionJob>;
export type ActiveTransferJob = JobWithMetadata<TransferJob>;
export type ActiveWebhookJob = JobWithMetadata<WebhookJob>;
export type ActiveTrainingJob = JobWithMetadata<TrainingJob>;

export async function openQueue(options: QueueOptions): Promise<Queue> {
  const traced = <Job extends TracedJob>(job: Job): Job => {
    const traceparent = options.carrier?.();
    return traceparent === undefined ? job : { ...job, traceparent };
  };
  const ofJob = { retryLimit, expireInSeconds: options.jobSeconds ?? mostSecondsOfJob };
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
    // After three of them without a word a process counts as gone (metrics).
    instanceHeartbeatSeconds: 10,
    useListenNotify: true,
  });
  // Without a listener the first lost connection would end the process.
  boss.on('error', (error) => options.log.error({ err: error }, 'queue error'));
  await boss.start();
  for (const flavor of options.flavors) {
    await boss.createQueue(queueOfFlavor(flavor.id), {
      policy: 'standard',
      notify: true,
      retryDelay: 1,
      heartbeatSeconds: options.heartbeatSeconds,
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
  await boss.createQueue(transferQueue, {
    policy: 'standard',
    notify: true,
    retryDelay: 1,
    heartbeatSeconds: options.heartbeatSeconds,
  });
  await boss.createQueue(webhookQueue, {
    policy: 'standard',
    notify: true,
    heartbeatSeconds: options.heartbeatSeconds,
    expireInSeconds: 60,
  });
  return {
    boss,
    enqueueWebhook: async (tx, job, { retries, retrySeconds }) => {
      const id = await boss.send(webhookQueue, job, {
        retryLimit: retries,
        retryDelay: retrySeconds,
        retryBackoff: true,
        retryDelayMax: mostSecondsBetweenWebhooks,
        db: fromDrizzle(tx, sql),
      });
      if (id === null) throw new Error('the queue did not take the job');
    },
    enqueueTransfer: async (tx, job) => {
      const id = await boss.send(transferQueue, traced(job), { ...ofJob, db: fromDrizzle(tx, sql) });
      if (id === null) throw new Error('the queue did not take the job');
      return id;
    },
    cancelTransfer: async (tx, jobId) => {
      await boss.cancel(transferQueue, jobId, { db: fromDrizzle(tx, sql) });
    },
    enqueueAdoption: async (tx, job) => {
      const id = await boss.send(adoptionQueue, job, { db: fromDrizzle(tx, sql) });
      if (id === null) throw new Error('the queue did not take the job');
    },
    enqueueTraining: async (tx, flavorId, job) => {
      // With the job, since an older version of ours may have made the queue.
      const options = { ...ofJob, group: { id: flavorId }, db: fromDrizzle(tx, sql) };
      const id = await boss.send(queueOfFlavor(flavorId), traced(job), options);
      if (id === null) throw new Error('the queue did not take the job');
      return id;
    },
    handOverTraining: async (tx, flavorId, held, job) => {
      const name = queueOfFlavor(flavorId);
      const db = fromDrizzle(tx, sql);
      const rows = await tx.execute(sql`
        select 1 from pgboss.job where id = ${held.id} and state = 'active' and retry_count = ${held.retryCount} for update`);
      if (rows.length === 0) return undefined;
      await boss.complete(name, { ...held }, undefined, { db });
      const id = await boss.send(name, traced(job), {
        ...ofJob,
        group: { id: flavorId },
        priority: priorityOfBegun,
        db,
      });
      if (id === null) throw new Error('the queue did not take the job');
      return id;
    },
    isHeld: async (tx, jobId) => {
      const rows = await tx.execute(sql`select 1 from pgboss.job where id = ${jobId} and state = 'active'`);
      return rows.length > 0;
    },
    cancelTraining: async (tx, flavorId, jobId) => {
      await boss.cancel(queueOfFlavor(flavorId), jobId, { db: fromDrizzle(tx, sql) });
    },
    close: () => boss.stop({ graceful: true, timeout: 10_000 }),
  };
}
