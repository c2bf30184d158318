import { eq, sql } from 'drizzle-orm';
import type { Transaction } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { queueOfFlavor } from '../platform/queue.ts';
import { countLiveWorkers } from '../workers/report-worker.ts';
import { trainingTable } from './table.ts';
import { appendEvents, wakeWatchers } from './training-events.ts';
import { isFinal, type TrainingFact } from './training-facts.ts';

type LogLine = Extract<TrainingFact, { type: 'LOG_LINE' }>;

/** What a training that waits for a worker of the flavor is told, if none is alive. */
export async function missingWorker(tx: Transaction, flavor: string): Promise<LogLine | undefined> {
  if ((await countLiveWorkers(tx, flavor)) > 0) return undefined;
  return {
    type: 'LOG_LINE',
    level: 'WARN',
    message: `No worker of the flavor ${flavor} is alive. The training waits, and goes on as soon as one comes: start one with npm run worker, or choose another flavor.`,
  };
}

const workerCame = (flavor: string): LogLine => ({
  type: 'LOG_LINE',
  level: 'INFO',
  message: `A worker of the flavor ${flavor} is there; the training waits for its turn.`,
});

/**
 * Tells trainings that wait that the last worker of their flavor has gone, or that one has come; each of them once, however many servers look.
 */
export async function announceMissingWorkers(platform: Platform): Promise<void> {
  for (const { id: flavor } of platform.config.flavors) {
    const isMissing = (await countLiveWorkers(platform.db, flavor)) === 0;
    const rows = await platform.db.execute<{ id: string }>(sql`
      select training.id from pgboss.job join training on training.job_id = job.id
      where job.name = ${queueOfFlavor(flavor)} and job.state in ('created', 'retry')
        and (training.no_worker_since is null) = ${isMissing}
        and training.state not in ('COMPLETED', 'FAILED', 'CANCELLED')
      order by job.priority desc, job.created_on limit 100`);
    for (const { id } of rows) await announce(platform, id, flavor);
  }
}

/** Looks again under the training's lock: a worker may have come or taken it, or another server has told it. */
async function announce(platform: Platform, id: string, flavor: string): Promise<void> {
  const isTold = await platform.db.transaction(async (tx) => {
    const [training] = await tx.select().from(trainingTable).where(eq(trainingTable.id, id)).for('no key update');
    // Deleted with its project since.
    if (!training) return false;
    const { state, jobId, noWorkerSince } = training;
    if (isFinal(state) || (await platform.queue.isHeld(tx, jobId))) return false;
    const missing = await missingWorker(tx, flavor);
    if ((missing === undefined) === (noWorkerSince === null)) return false;
    await appendEvents(tx, id, [missing ?? workerCame(flavor)]);
    await tx
      .update(trainingTable)
      .set({ noWorkerSince: missing ? sql`now()` : null })
      .where(eq(trainingTable.id, id));
    return true;
  });
  if (isTold) wakeWatchers(platform, id);
}
