import { sql } from 'drizzle-orm';
import type { Platform } from '../platform/platform.ts';
import { endTraining } from './run-training.ts';
import { cancelWaiting } from './stop-training.ts';
import { checkpointPrefix, lockTraining } from './training-row.ts';
import { StaleAttemptError, wakeWatchers } from './training-events.ts';
import { isFinal } from './training-facts.ts';

/**
 * Ends trainings whose job the queue has given up: without this, one whose workers all died would show RUNNING for ever.
 * Returns their ids.
 */
export async function reapLostTrainings(platform: Platform): Promise<string[]> {
  const rows = await platform.db.execute<{ id: string; attempt: number; project_id: string }>(sql`
    select training.id, training.attempt, training.project_id from training
    left join pgboss.job on job.id = training.job_id
    where training.state in ('QUEUED', 'PREPARING', 'RUNNING', 'EVALUATING')
      and (job.id is null or job.state in ('failed', 'cancelled', 'completed'))
      and training.created_at < now() - interval '10 seconds'
    limit 100`);
  for (const { id, attempt, project_id: projectId } of rows) {
    try {
      await endTraining(platform, id, attempt, {
        state: 'FAILED',
        failure: {
          code: 'WORKER_LOST',
          message: `The training was given up after ${attempt} attempt(s): its workers were lost.`,
          hint: 'Look at the log of the workers and at their memory, then start the training again.',
          retryable: true,
        },
      });
      await platform.objects.deleteAll(checkpointPrefix({ id, projectId }));
    } catch (error) {
      if (!(error instanceof StaleAttemptError)) throw error;
    }
  }
  return rows.map((row) => row.id);
}

/**
 * Cancels trainings whose worker died before it could do as it was told: they wait for another, which may be long in coming.
 * Returns their ids.
 */
export async function cancelAbandonedTrainings(platform: Platform): Promise<string[]> {
  const rows = await platform.db.execute<{ id: string }>(sql`
    select training.id from training join pgboss.job on job.id = training.job_id
    where training.state in ('PREPARING', 'RUNNING', 'EVALUATING') and training.stop_request = 'CANCEL'
      and job.state in ('created', 'retry')
    limit 100`);
  const cancelled: string[] = [];
  for (const { id } of rows) {
    const training = await platform.db.transaction(async (tx) => {
      const current = await lockTraining(tx, id);
      if (isFinal(current.state) || (await platform.queue.isHeld(tx, current.jobId))) return undefined;
      await cancelWaiting(tx, platform, current);
      return current;
    });
    if (!training) continue;
    cancelled.push(id);
    wakeWatchers(platform, id, training.projectId);
    await platform.objects.deleteAll(checkpointPrefix(training));
  }
  return cancelled;
}
